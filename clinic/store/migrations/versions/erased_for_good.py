"""Keys a station had before, who was erased and where else she is, and how a clock is measured within a boot.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision: str | None = "0012"
branch_labels: str | None = None
depends_on: str | None = None

LONG = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
UNPROVEN = sa.table("unproven", sa.column("reason", sa.String), sa.column("raw", sa.LargeBinary))


def upgrade() -> None:
    """Make the tables, and keep of what another program sent in vain nothing that says whom it was about."""
    op.create_table(
        "former_key",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("station", sa.String(64), primary_key=True),
        sa.Column("verify_key", sa.String(64), primary_key=True),
        sa.Column("since", sa.String(40), nullable=False),
        sa.Column("until", sa.String(40), nullable=False),
        sa.Column("revoked", sa.Boolean, nullable=False),
    )
    op.create_table(
        "erased_person",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("hash", sa.LargeBinary(32), primary_key=True),
        sa.Column("erased_at", sa.String(40), nullable=False),
    )
    op.create_table(
        "erased_elsewhere",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("target", sa.String(32), primary_key=True),
        sa.Column("visit", sa.String(36), primary_key=True),
        sa.Column("names", sa.Text, nullable=False),
        sa.Column("erased_at", sa.String(40), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_at", sa.String(40), nullable=False),
        sa.Column("status", sa.Integer),
    )
    op.create_index("erased_elsewhere_by_time", "erased_elsewhere", ["tenant", "target", "state", "next_at"])
    op.add_column("station", sa.Column("heard_ms", LONG))
    op.execute(UNPROVEN.update().where(UNPROVEN.c.reason == "fhir_not_valid").values(raw=b""))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("station", "heard_ms")
    for table in ("erased_elsewhere", "erased_person", "former_key"):
        op.drop_table(table)
