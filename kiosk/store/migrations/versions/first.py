"""The first tables of the ledger.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the envelopes and the counter."""
    op.create_table(
        "envelope",
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
    )
    op.create_index("envelope_order", "envelope", ["state", "lane", "sequence"])
    op.create_index(
        "one_draft_a_visit",
        "envelope",
        ["visit"],
        unique=True,
        sqlite_where=sa.text("state IN ('draft', 'guest')"),
    )
    op.create_table(
        "counter",
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("counter")
    op.drop_table("envelope")
