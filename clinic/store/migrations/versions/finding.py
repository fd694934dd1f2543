"""How a resident is found: by the beginning of her name and the end of her telephone number.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision: str | None = "0013"
branch_labels: str | None = None
depends_on: str | None = None

SOUGHT = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")
_DIGITS = "replace(replace(replace(replace(phone, ' ', ''), '-', ''), '(', ''), ')', '')"


def upgrade() -> None:
    """Add both columns with what is known, and an index of each."""
    op.add_column("resident", sa.Column("sought", SOUGHT, nullable=False, server_default=""))
    op.add_column("resident", sa.Column("phone_end", sa.String(4), nullable=False, server_default=""))
    end = f"right({_DIGITS}, 4)" if op.get_bind().dialect.name == "postgresql" else f"substr({_DIGITS}, -4)"
    op.execute(f"UPDATE resident SET sought = lower(replace(name, ' ', '')), phone_end = {end}")  # noqa: S608
    op.create_index("resident_by_name", "resident", ["tenant", "sought", "id"])
    op.create_index("resident_by_phone", "resident", ["tenant", "phone_end", "id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index("resident_by_phone", "resident")
    op.drop_index("resident_by_name", "resident")
    op.drop_column("resident", "phone_end")
    op.drop_column("resident", "sought")
