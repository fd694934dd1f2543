"""A visit of nobody known is found by the telephone given at it; what of a visit a server refuses is named.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision: str | None = "0018"
branch_labels: str | None = None
depends_on: str | None = None

GIVEN = sa.text("phone_mark IS NOT NULL")


def upgrade() -> None:
    """Add the columns; marks of older visits are made when somebody first asks by a telephone."""
    op.add_column("visit", sa.Column("phone_mark", sa.LargeBinary(32)))
    op.create_index(
        "visit_by_phone", "visit", ["tenant", "phone_mark"], sqlite_where=GIVEN, postgresql_where=GIVEN
    )
    op.add_column("forward", sa.Column("refused", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("forward", "refused")
    op.drop_index("visit_by_phone", "visit")
    op.drop_column("visit", "phone_mark")
