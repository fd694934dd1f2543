"""When tasks and stations changed last, and an index for every question about what is new.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision: str | None = "0014"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the columns; a task that is here changed with its latest line, a station when it was let in."""
    for table in ("task", "station"):
        op.add_column(table, sa.Column("changed_at", sa.String(40), nullable=False, server_default=""))
    op.execute(
        "UPDATE task SET changed_at = coalesce((SELECT max(at) FROM task_event "
        "WHERE task_event.tenant = task.tenant AND task_event.task = task.id), opened_at)"
    )
    op.execute("UPDATE station SET changed_at = approved_at")
    op.create_index("visit_by_change", "visit", ["tenant", "received_at", "place_in_feed"])
    op.create_index("task_by_change", "task", ["tenant", "changed_at", "id"])
    op.create_index("resident_by_change", "resident", ["tenant", "changed_at", "id"])
    op.create_index("forward_by_place", "forward", ["tenant", "target", "place_in_feed"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index("forward_by_place", "forward")
    op.drop_index("resident_by_change", "resident")
    op.drop_index("task_by_change", "task")
    op.drop_index("visit_by_change", "visit")
    for table in ("station", "task"):
        op.drop_column(table, "changed_at")
