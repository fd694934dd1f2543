"""The clinic's tables. Tenant comes first in every key, so a district can be cut out or sharded whole.

Names of columns and nothing else: no query, no engine. A change here needs a migration beside it.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
    true,
)

METADATA = MetaData()

# Counts of a station go up to 2**53. SQLite's own integer is wide enough under its one name.
LONG = Integer().with_variant(BigInteger(), "postgresql")

_UNTIMED = text("clock_trusted = false")
_GIVEN = text("phone_mark IS NOT NULL")

ENVELOPE = Table(
    "envelope",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("sha256", LargeBinary(32), nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("visit", String(36)),
    Column("station", String(64), nullable=False),
    Column("sequence", LONG, nullable=False),
    Column("boot", String(36), nullable=False),
    Column("monotonic_ms", LONG, nullable=False),
    Column("wall", String(40), nullable=False),
    Column("clock_trusted", Boolean, nullable=False),
    Column("demo", Boolean, nullable=False),
    Column("incomplete", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(64), nullable=False, server_default=""),
    Column("received_at", String(40), nullable=False),
    Index("envelope_by_state", "tenant", "state", "received_at"),
    Index("envelope_by_visit", "tenant", "visit"),
    Index("envelope_untimed", "tenant", "station", "boot", sqlite_where=_UNTIMED, postgresql_where=_UNTIMED),
)
"""What enrolled stations sent, as it came. ``state``: opened, quarantined, dismissed, erased (no ``raw``)."""

UNPROVEN = Table(
    "unproven",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("sha256", LargeBinary(32), primary_key=True),
    Column("id", String(36), nullable=False),
    Column("station", String(64), nullable=False),
    Column("reason", String(64), nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("received_at", String(40), nullable=False),
)
"""Bytes that name a station which did not sign them. Keyed by content, so a forger cannot take an id."""

VISIT = Table(
    "visit",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("status", String(20), nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("envelope", String(36), nullable=False),
    Column("station", String(64), nullable=False),
    Column("sequence", LONG, nullable=False),
    Column("level", Integer, nullable=False),
    Column("civil_date", String(10), nullable=False),
    Column("measured_at", String(40), nullable=False),
    Column("received_at", String(40), nullable=False),
    Column("resident", LargeBinary(32)),
    Column("place_in_feed", LONG, nullable=False),
    Column("phone_mark", LargeBinary(32)),
    Index("visit_by_phone", "tenant", "phone_mark", sqlite_where=_GIVEN, postgresql_where=_GIVEN),
    Index("visit_by_time", "tenant", "measured_at", "status", "station"),
    Index("visit_by_resident", "tenant", "resident", "measured_at"),
    Index("visit_by_feed", "tenant", "place_in_feed", unique=True),
    Index("visit_by_station", "tenant", "station", "measured_at"),
    Index("visit_by_change", "tenant", "received_at", "place_in_feed"),
)
"""The version of each visit that holds, its record in clear: the disk under it is the clinic's to protect.

``resident`` is the keyed hash that tells whose it is: empty where nobody can be told, NULL until looked at.
``phone_mark`` is the keyed hash of the telephone given at it, NULL where it is somebody's or none was given.
``place_in_feed`` rises with every change of any visit: who has read up to one number asks for what is above.
``received_at`` is when this version came or was changed, written in the turn of its place: it rises with it.
"""

VISIT_BEFORE = Table(
    "visit_before",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("status", String(20), nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("envelope", String(36), nullable=False),
    Column("station", String(64), nullable=False),
    Column("sequence", LONG, nullable=False),
    Column("level", Integer, nullable=False),
    Column("civil_date", String(10), nullable=False),
    Column("measured_at", String(40), nullable=False),
    Column("received_at", String(40), nullable=False),
    Column("replaced_at", String(40), nullable=False),
)
"""Versions of visits that an amendment took the place of, as they were. Rows are only added."""

AMENDMENT = Table(
    "amendment",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("visit", String(36), nullable=False),
    Column("station", String(64), nullable=False),
    Column("sequence", LONG, nullable=False),
    Column("corrects", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("received_at", String(40), nullable=False),
    Column("version", Integer),
    Index("amendment_by_visit", "tenant", "visit", "sequence"),
)
"""What corrects a visit, by envelope. ``version`` NULL: it waits; 0: it holds and made no version."""

STATION = Table(
    "station",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("verify_key", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("approved_at", String(40), nullable=False),
    Column("last_seen", String(40)),
    Column("edition", Integer, nullable=False),
    Column("settings", LargeBinary, nullable=False),
    Column("street", String(64), nullable=False, server_default=""),
    Column("boot", String(36), nullable=False, server_default=""),
    Column("drift_ms", LONG),
    Column("clock_trusted", Boolean),
    Column("booted_ms", LONG),
    Column("heard_ms", LONG),
    Column("changed_at", String(40), nullable=False, server_default=""),
)
"""``settings`` is what the station was last told; ``edition`` rises when that changes.

``booted_ms`` is when its ``boot`` began by the clinic's clock, in ms since 1970, or later. ``drift_ms`` is
how far the clinic's clock is ahead of the station's, from that beginning and from what the station's clock
said ``heard_ms`` after it, in the envelope that was sealed last: however late it came, an hour without a link
is not taken for a wrong clock.
"""

ENROLMENT = Table(
    "enrolment",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("station", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("verify_key", String(64), nullable=False),
    Column("commitment", String(64), nullable=False),
    Column("clinic_number", String(64), nullable=False),
    Column("number", String(64)),
    Column("software", String(64), nullable=False),
    Column("demo", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("requested_at", String(40), nullable=False),
    Column("address", String(64), nullable=False, server_default=""),
    Column("code", LargeBinary(32)),
)
"""Requests to join. Before the station opened its ``number`` there is no code to compare."""

STAFF = Table(
    "staff",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("hash", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("team", String(64), nullable=False, server_default=""),
    Column("subject", String(64), nullable=False, server_default=""),
    Column("enabled", Boolean, nullable=False, server_default=true()),
    Index(
        "one_account_a_subject",
        "tenant",
        "subject",
        unique=True,
        sqlite_where=text("subject <> ''"),
        postgresql_where=text("subject <> ''"),
    ),
)

LOGIN_TRY = Table(
    "login_try",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("tried_at", String(40), nullable=False),
)
"""Wrong passwords in a row, by the name they were tried for, whether there is such an account or not."""

SESSION = Table(
    "session",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("token", LargeBinary(32), primary_key=True),
    Column("staff", String(64), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("expires_at", String(40), nullable=False),
    Column("made_at", String(40), nullable=False, server_default=""),
    Column("seen_at", String(40), nullable=False, server_default=""),
)
"""``token`` is the SHA-256 of what the browser holds: a copied database opens no session."""

NONCE = Table(
    "nonce",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("number", String(128), primary_key=True),
    Column("taken_at", String(40), nullable=False),
    Index("nonce_by_time", "tenant", "taken_at"),
)
"""The random numbers of signed requests within the skew, so that no worker takes one twice."""

SEALED_KEY = Table(
    "sealed_key",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("name", String(16), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("sealed_to", String(128), nullable=False),
    Column("fits", LargeBinary(32), nullable=False),
)
"""A key sealed to the recovery key: that by which people are found. ``fits`` tells it from any other."""

COUNTER = Table(
    "counter",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("name", String(16), primary_key=True),
    Column("last", LONG, nullable=False),
)
"""The last number given out, by what it counts."""

AUDIT = Table(
    "audit",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("who", String(64), nullable=False),
    Column("did", String(40), nullable=False),
    Column("about", String(64), nullable=False),
    Column("hash", LargeBinary(32)),
    Index("audit_by_who", "tenant", "who", "at"),
    Index("audit_by_what", "tenant", "did", "number"),
    Index("audit_by_whom", "tenant", "about", "number"),
    Index("audit_by_time", "tenant", "at"),
    Index("audit_by_deed", "tenant", "did", "at", "who"),
)
