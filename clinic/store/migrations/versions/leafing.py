"""What stations asked of slips is counted for all at once, and what was closed is found by its station.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision: str | None = "0016"
branch_labels: str | None = None
depends_on: str | None = None

CLOSED = sa.text("closed_at IS NOT NULL")


def upgrade() -> None:
    """Add the indexes."""
    op.create_index("audit_by_deed", "audit", ["tenant", "did", "at", "who"])
    op.create_index(
        "task_by_closing_there",
        "task",
        ["tenant", "station", "closed_at"],
        sqlite_where=CLOSED,
        postgresql_where=CLOSED,
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_index("task_by_closing_there", "task")
    op.drop_index("audit_by_deed", "audit")
