"""What the pages ask: a team that is the resident's own is not repeated on her task, and teams by an index.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today.
"""

from alembic import op

revision = "0009"
down_revision: str | None = "0008"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Forget the repeated teams, add the index."""
    op.execute(
        "UPDATE task SET team = '' WHERE EXISTS (SELECT 1 FROM resident "
        "WHERE resident.tenant = task.tenant AND resident.id = task.subject AND resident.team = task.team)"
    )
    op.create_index("resident_by_team", "resident", ["tenant", "team"])


def downgrade() -> None:
    """Take the index away; a task that names no team shows that of its resident."""
    op.drop_index("resident_by_team", "resident")
