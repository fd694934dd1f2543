"""Who did what to whom and when is found in the trail, and where a visit went on to, among many.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today.
"""

from alembic import op

revision = "0016"
down_revision: str | None = "0015"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the indexes."""
    op.create_index("audit_by_what", "audit", ["tenant", "did", "number"])
    op.create_index("audit_by_whom", "audit", ["tenant", "about", "number"])
    op.create_index("audit_by_time", "audit", ["tenant", "at"])
    op.create_index("forward_by_visit", "forward", ["tenant", "visit"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index("forward_by_visit", "forward")
    for name in ("audit_by_time", "audit_by_whom", "audit_by_what"):
        op.drop_index(name, "audit")
