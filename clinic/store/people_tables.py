"""Tables of people and of what is done for them. Tenant comes first in every key.

No identity number stands here: a resident is found by the keyed hash of it. Names of columns and nothing
else; a change here needs a migration beside it.
"""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String, Table, Text, text

from clinic.store.tables import METADATA

SOUGHT = String(64).with_variant(String(64, collation="C"), "postgresql")
"""Compared sign by sign, whatever the language of the database."""

RESIDENT = Table(
    "resident",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("hash", LargeBinary(32), primary_key=True),
    Column("id", String(36), nullable=False),
    Column("name", String(64), nullable=False),
    Column("phone", String(32), nullable=False),
    Column("team", String(64), nullable=False),
    Column("doctor", String(64), nullable=False),
    Column("contracted", Boolean, nullable=False),
    Column("changed_at", String(40), nullable=False),
    Column("sought", SOUGHT, nullable=False, server_default=""),
    Column("phone_end", String(4), nullable=False, server_default=""),
    Index("resident_by_name", "tenant", "sought", "id"),
    Index("resident_by_phone", "tenant", "phone_end", "id"),
    Index("resident_by_id", "tenant", "id", unique=True),
    Index("resident_by_team", "tenant", "team"),
    Index("resident_by_change", "tenant", "changed_at", "id"),
)
"""Whoever was on the roster, or came with a card and agreed to share. ``id`` is random and may be shown.

``sought`` and ``phone_end`` are what ``finding`` compares: name without spaces, last four digits.
"""

_OPEN = text("closed_at IS NULL")
_CLOSED = text("closed_at IS NOT NULL")

TASK = Table(
    "task",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("subject", String(36), nullable=False),
    Column("reason", String(32), nullable=False),
    Column("level", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("visit", String(36), nullable=False),
    Column("station", String(64), nullable=False),
    Column("name", String(64), nullable=False),
    Column("phone", String(32), nullable=False),
    Column("team", String(64), nullable=False),
    Column("owner", String(64), nullable=False),
    Column("opened_at", String(40), nullable=False),
    Column("due_at", String(40), nullable=False),
    Column("follow_up_by", String(40), nullable=False),
    Column("contacted_at", String(40)),
    Column("closed_at", String(40)),
    Column("outcome", String(32), nullable=False),
    Column("why", String(32), nullable=False),
    Column("events", Integer, nullable=False),
    Column("alarmed_at", String(40)),
    Column("changed_at", String(40), nullable=False, server_default=""),
    Index(
        "one_open_task",
        "tenant",
        "subject",
        "reason",
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    ),
    Index("task_by_danger", "tenant", "level", "due_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("task_by_subject", "tenant", "subject", "opened_at"),
    Index("task_by_alarm", "tenant", "alarmed_at"),
    Index("task_by_closing", "tenant", "closed_at", sqlite_where=_CLOSED, postgresql_where=_CLOSED),
    Index(
        "task_by_closing_there",
        "tenant",
        "station",
        "closed_at",
        sqlite_where=_CLOSED,
        postgresql_where=_CLOSED,
    ),
    Index("task_by_visit", "tenant", "visit", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("task_by_change", "tenant", "changed_at", "id"),
)
"""What somebody has to do for a resident. ``subject`` is her id, or that of a visit that nobody owns."""

TASK_EVENT = Table(
    "task_event",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("task", String(36), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("who", String(64), nullable=False),
    Column("did", String(16), nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("why", String(32), nullable=False),
    Column("note", Text, nullable=False),
    Column("due_at", String(40), nullable=False),
    Column("visit", String(36), nullable=False, server_default=""),
    Index("task_event_by_time", "tenant", "at"),
)
"""The history of each task. Rows are only added."""

WAITING_ROSTER = Table(
    "waiting_roster",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("staff", String(64), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("read_at", String(40), nullable=False),
)
"""A roster that was shown to somebody and is not taken yet, sealed to a key that only that page holds."""
