"""Tables of what the stations say of themselves. Tenant comes first in every key.

Names of columns and nothing else; a change here needs a migration beside it.
"""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String, Table, text

from clinic.store.tables import LONG, METADATA

REPORT = Table(
    "station_report",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("station", String(64), primary_key=True),
    Column("sequence", LONG, nullable=False),
    Column("received_at", String(40), nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""The latest report of each station, as it was sealed."""

FORMER_KEY = Table(
    "former_key",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("station", String(64), primary_key=True),
    Column("verify_key", String(64), primary_key=True),
    Column("since", String(40), nullable=False),
    Column("until", String(40), nullable=False),
    Column("revoked", Boolean, nullable=False),
)
"""Keys that a station signed with before the one it has: ``until`` another took its place, or for ever not
any more where it was ``revoked`` by then."""

TRAIL_HEAD = Table(
    "trail_head",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("station", String(64), primary_key=True),
    Column("verify_key", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("hash", String(64), nullable=False),
    Column("sequence", LONG, nullable=False),
    Column("told_at", String(40), nullable=False),
    Column("parted", Boolean, nullable=False),
    Index(
        "trail_parted",
        "tenant",
        "station",
        "verify_key",
        sqlite_where=text("parted = 1"),
        postgresql_where=text("parted"),
    ),
)
"""Where a station's trail of staff actions ended, as it said each time. ``parted``: it does not go on from
one that was told before. A station that was enrolled anew, with another key, begins another trail."""

STATION_CODE = Table(
    "station_code",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("code", LargeBinary(32), primary_key=True),
    Column("expires_at", String(40), nullable=False),
)
"""What a station that was announced shows to go first, as the SHA-256 of it."""
