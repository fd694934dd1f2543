"""When somebody was found in danger last, and which visit asked for each line of a task's history.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision: str | None = "0009"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add both; what is known of older tasks is that their latest visit asked last."""
    op.add_column("task", sa.Column("alarmed_at", sa.String(40)))
    op.execute("UPDATE task SET alarmed_at = opened_at WHERE level >= 3")
    op.add_column("task_event", sa.Column("visit", sa.String(36), nullable=False, server_default=""))
    op.execute(
        "UPDATE task_event SET visit = (SELECT task.visit FROM task "
        "WHERE task.tenant = task_event.tenant AND task.id = task_event.task) "
        "WHERE number = (SELECT max(later.number) FROM task_event AS later "
        "WHERE later.tenant = task_event.tenant AND later.task = task_event.task "
        "AND later.did IN ('opened', 'raised', 'again')) "
        "AND EXISTS (SELECT 1 FROM task WHERE task.tenant = task_event.tenant AND task.id = task_event.task)"
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_column("task_event", "visit")
    op.drop_column("task", "alarmed_at")
