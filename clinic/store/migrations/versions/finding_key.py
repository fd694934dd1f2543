"""The key that people are found by is kept here too, sealed to the recovery key.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision: str | None = "0017"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add its table."""
    op.create_table(
        "sealed_key",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("sealed_to", sa.String(128), nullable=False),
        sa.Column("fits", sa.LargeBinary(32), nullable=False),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("sealed_key")
