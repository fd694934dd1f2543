"""The tables of the station's book: its staff, what they did, and what they found of the instruments.

No resident stands in them. Times are RFC 3339 in UTC with microseconds.
"""

from enum import StrEnum

import sqlalchemy as sa

from kiosk.store.tables import METADATA


class Page(StrEnum):
    """What a record of the book is."""

    CALIBRATION = "calibration"
    CHECK = "check"
    LOT = "lot"
    RUN = "run"
    SUPPLY = "supply"


STAFF = sa.Table(
    "staff",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.String(64), nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("badge", sa.String(64), nullable=False),
    sa.Column("enabled", sa.Boolean, nullable=False),
    sa.Column("hash", sa.String(200), nullable=False),
    sa.Column("pepper", sa.String(16), nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("tried_boot", sa.Uuid),
    sa.Column("tried_ms", sa.Integer, nullable=False),
    sa.Index("one_owner_a_badge", "badge", unique=True, sqlite_where=sa.text("badge <> ''")),
)

TRAIL = sa.Table(
    "trail",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("clock_trusted", sa.Boolean, nullable=False),
    sa.Column("boot", sa.Uuid, nullable=False),
    sa.Column("monotonic_ms", sa.Integer, nullable=False),
    sa.Column("who", sa.String(32), nullable=False),
    sa.Column("act", sa.String(32), nullable=False),
    sa.Column("subject", sa.String(128), nullable=False),
    sa.Column("result", sa.String(128), nullable=False),
    sa.Column("hash", sa.LargeBinary(32), nullable=False),
)
"""Two triggers of the migration refuse to change or delete a row of it."""

RECORD = sa.Table(
    "book",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("page", sa.String(16), nullable=False),
    sa.Column("id", sa.String(64), nullable=False),
    sa.Column("instrument", sa.String(32), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Index("book_order", "page", "instrument", "number"),
)
"""Records as versioned JSON, in the order they were made, whatever the clock said; none is ever changed."""
