"""The tables of the ledger. The clear columns sort and count; none of them says anything about a person."""

from enum import StrEnum

import sqlalchemy as sa

METADATA = sa.MetaData()


class State(StrEnum):
    """Where an envelope stands. Only ``DONE`` is ever purged; ``SHELF`` waits for staff to say whose."""

    DRAFT = "draft"
    GUEST = "guest"
    SHELF = "shelf"
    WAITING = "waiting"
    DONE = "done"


ENVELOPE = sa.Table(
    "envelope",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("visit", sa.Uuid),
    sa.Column("lane", sa.Integer, nullable=False),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("boot", sa.Uuid, nullable=False),
    sa.Column("monotonic_ms", sa.Integer, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("status", sa.Integer),
    sa.Column("detail", sa.String, nullable=False),
    sa.Column("kept_at", sa.String(32), nullable=False),
    sa.Column("done_at", sa.String(32)),
    sa.Index("envelope_order", "state", "lane", "sequence"),
    sa.Index("one_draft_a_visit", "visit", unique=True, sqlite_where=sa.text("state IN ('draft', 'guest')")),
)
"""``lane`` is the rank of the kind, ``body`` the whole envelope, ``status`` the clinic's last answer. Times
are RFC 3339 in UTC with microseconds, so they sort as text."""

COUNTER = sa.Table(
    "counter",
    METADATA,
    sa.Column("name", sa.String(16), primary_key=True),
    sa.Column("last", sa.Integer, nullable=False),
)
"""One row, ``sequence``: the highest number that any kept envelope had."""

SHELF = sa.Table(
    "shelf",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("instrument", sa.String(64), nullable=False),
    sa.Column("heard_at", sa.String(32), nullable=False),
)
"""Results without a person, by the id of their envelope. Specimen numbers are sealed: some are a person's."""
