"""A station that was announced goes first, and one address has a share of the requests to join.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision: str | None = "0019"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the table of codes, and add to requests where they came from and which code they showed."""
    op.create_table(
        "station_code",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("code", sa.LargeBinary(32), primary_key=True),
        sa.Column("expires_at", sa.String(40), nullable=False),
    )
    op.add_column("enrolment", sa.Column("address", sa.String(64), nullable=False, server_default=""))
    op.add_column("enrolment", sa.Column("code", sa.LargeBinary(32)))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("enrolment", "code")
    op.drop_column("enrolment", "address")
    op.drop_table("station_code")
