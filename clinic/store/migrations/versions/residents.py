"""Whose each visit is, as a keyed hash; and the trail by who did something.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today. The
hashes themselves need the clinic's key and are filled in when the server starts.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the column and both indexes."""
    op.add_column("visit", sa.Column("resident", sa.LargeBinary(32)))
    op.create_index("visit_by_resident", "visit", ["tenant", "resident", "measured_at"])
    op.create_index("audit_by_who", "audit", ["tenant", "who", "at"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index("audit_by_who", "audit")
    op.drop_index("visit_by_resident", "visit")
    op.drop_column("visit", "resident")
