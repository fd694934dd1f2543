"""What the worklist and the board ask stays as quick with years of visits: an index for each question.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision: str | None = "0011"
branch_labels: str | None = None
depends_on: str | None = None

OPEN = sa.text("closed_at IS NULL")
CLOSED = sa.text("closed_at IS NOT NULL")


def upgrade() -> None:
    """Add the indexes; that of visits by time answers the board's counts by itself."""
    op.create_index("task_by_alarm", "task", ["tenant", "alarmed_at"])
    op.create_index(
        "task_by_closing", "task", ["tenant", "closed_at"], sqlite_where=CLOSED, postgresql_where=CLOSED
    )
    op.create_index("task_by_visit", "task", ["tenant", "visit"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("task_event_by_time", "task_event", ["tenant", "at"])
    op.create_index(
        "trail_parted",
        "trail_head",
        ["tenant", "station", "verify_key"],
        sqlite_where=sa.text("parted = 1"),
        postgresql_where=sa.text("parted"),
    )
    op.drop_index("visit_by_time", "visit")
    op.create_index("visit_by_time", "visit", ["tenant", "measured_at", "status", "station"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index("visit_by_time", "visit")
    op.create_index("visit_by_time", "visit", ["tenant", "measured_at"])
    op.drop_index("trail_parted", "trail_head")
    op.drop_index("task_event_by_time", "task_event")
    for name in ("task_by_visit", "task_by_closing", "task_by_alarm"):
        op.drop_index(name, "task")
