"""The shelf: results without a person.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today.
"""

import sqlalchemy as sa
from alembic import op

revision = "shelf"
down_revision: str | None = "book"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the shelf."""
    op.create_table(
        "shelf",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("instrument", sa.String(64), nullable=False),
        sa.Column("heard_at", sa.String(32), nullable=False),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("shelf")
