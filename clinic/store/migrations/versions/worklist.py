"""Residents, tasks, what stations say of themselves, and numbers that count up in the order of commits.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None

LONG = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
OPEN = sa.text("closed_at IS NULL")
WIDER = (
    ("envelope", "sequence"),
    ("envelope", "monotonic_ms"),
    ("visit", "sequence"),
    ("visit_before", "sequence"),
    ("amendment", "sequence"),
)


def upgrade() -> None:
    """Make the tables, widen the counts, number what is there."""
    if op.get_bind().dialect.name == "postgresql":
        for table, column in WIDER:
            op.alter_column(table, column, type_=sa.BigInteger())
    _counter()
    _visit()
    _station()
    _resident()
    _task()
    _event()
    _fleet()


def downgrade() -> None:
    """Take them away; widened columns stay wide."""
    for table in ("trail_head", "station_report", "task_event", "task", "resident", "counter"):
        op.drop_table(table)
    for column in ("clock_trusted", "drift_ms", "boot", "street"):
        op.drop_column("station", column)
    op.drop_index("visit_by_feed", "visit")
    op.drop_column("visit", "place_in_feed")


def _counter() -> None:
    op.create_table(
        "counter",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("last", LONG, nullable=False),
    )
    for name, table in (("visits", "visit"), ("trail", "audit")):
        many = "count(*)" if table == "visit" else "max(number)"
        op.execute(f"INSERT INTO counter SELECT tenant, '{name}', {many} FROM {table} GROUP BY tenant")  # noqa: S608


def _visit() -> None:
    op.add_column("visit", sa.Column("place_in_feed", LONG, nullable=False, server_default="0"))
    op.execute(
        "UPDATE visit SET place_in_feed = o.n FROM (SELECT tenant, id, row_number() OVER "
        "(PARTITION BY tenant ORDER BY received_at, id) AS n FROM visit) AS o "
        "WHERE o.tenant = visit.tenant AND o.id = visit.id"
    )
    op.create_index("visit_by_feed", "visit", ["tenant", "place_in_feed"], unique=True)


def _station() -> None:
    op.add_column("station", sa.Column("street", sa.String(64), nullable=False, server_default=""))
    op.add_column("station", sa.Column("boot", sa.String(36), nullable=False, server_default=""))
    op.add_column("station", sa.Column("drift_ms", LONG))
    op.add_column("station", sa.Column("clock_trusted", sa.Boolean))


def _resident() -> None:
    op.create_table(
        "resident",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("hash", sa.LargeBinary(32), primary_key=True),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("phone", sa.String(32), nullable=False),
        sa.Column("team", sa.String(64), nullable=False),
        sa.Column("doctor", sa.String(64), nullable=False),
        sa.Column("contracted", sa.Boolean, nullable=False),
        sa.Column("changed_at", sa.String(40), nullable=False),
    )
    op.create_index("resident_by_id", "resident", ["tenant", "id"], unique=True)


def _task() -> None:
    op.create_table(
        "task",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("subject", sa.String(36), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("visit", sa.String(36), nullable=False),
        sa.Column("station", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("phone", sa.String(32), nullable=False),
        sa.Column("team", sa.String(64), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("opened_at", sa.String(40), nullable=False),
        sa.Column("due_at", sa.String(40), nullable=False),
        sa.Column("follow_up_by", sa.String(40), nullable=False),
        sa.Column("contacted_at", sa.String(40)),
        sa.Column("closed_at", sa.String(40)),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("why", sa.String(32), nullable=False),
        sa.Column("events", sa.Integer, nullable=False),
    )
    one = ["tenant", "subject", "reason"]
    op.create_index("one_open_task", "task", one, unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    danger = ["tenant", "level", "due_at"]
    op.create_index("task_by_danger", "task", danger, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("task_by_subject", "task", ["tenant", "subject", "opened_at"])


def _event() -> None:
    op.create_table(
        "task_event",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("task", sa.String(36), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("did", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("why", sa.String(32), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("due_at", sa.String(40), nullable=False),
    )


def _fleet() -> None:
    op.create_table(
        "station_report",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("station", sa.String(64), primary_key=True),
        sa.Column("sequence", LONG, nullable=False),
        sa.Column("received_at", sa.String(40), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "trail_head",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("station", sa.String(64), primary_key=True),
        sa.Column("verify_key", sa.String(64), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("sequence", LONG, nullable=False),
        sa.Column("told_at", sa.String(40), nullable=False),
        sa.Column("parted", sa.Boolean, nullable=False),
    )
