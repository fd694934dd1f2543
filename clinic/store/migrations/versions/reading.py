"""The visits of a station by time.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today.
"""

from alembic import op

revision = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the index."""
    op.create_index("visit_by_station", "visit", ["tenant", "station", "measured_at"])


def downgrade() -> None:
    """Take it away."""
    op.drop_index("visit_by_station", "visit")
