"""What was erased, and what goes on to other servers.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"
branch_labels: str | None = None
depends_on: str | None = None

LONG = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "erased_visit",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("erased_at", sa.String(40), nullable=False),
    )
    op.create_table(
        "forward",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("target", sa.String(32), primary_key=True),
        sa.Column("visit", sa.String(36), primary_key=True),
        sa.Column("place_in_feed", LONG, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("first_at", sa.String(40), nullable=False),
        sa.Column("next_at", sa.String(40), nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("why", sa.String(64), nullable=False),
    )
    op.create_index("forward_by_time", "forward", ["tenant", "target", "state", "next_at"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("forward")
    op.drop_table("erased_visit")
