"""When a boot of a station began, so that what it sealed with a wrong clock gets its true time.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision: str | None = "0010"
branch_labels: str | None = None
depends_on: str | None = None

LONG = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
_UNTIMED = sa.text("clock_trusted = false")


def upgrade() -> None:
    """Add the column, and an index of the few envelopes that need it."""
    op.add_column("station", sa.Column("booted_ms", LONG))
    op.create_index(
        "envelope_untimed",
        "envelope",
        ["tenant", "station", "boot"],
        sqlite_where=_UNTIMED,
        postgresql_where=_UNTIMED,
    )


def downgrade() -> None:
    """Take both away; times that were worked out stay as they are."""
    op.drop_index("envelope_untimed", "envelope")
    op.drop_column("station", "booted_ms")
