"""The station's book: staff, the trail of their actions, and what they found of the instruments.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today.
"""

import sqlalchemy as sa
from alembic import op

revision = "book"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make staff, trail and book; the trail and the book refuse to be changed."""
    op.create_table(
        "staff",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("badge", sa.String(64), nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("hash", sa.String(200), nullable=False),
        sa.Column("pepper", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("tried_boot", sa.Uuid),
        sa.Column("tried_ms", sa.Integer, nullable=False),
    )
    op.create_index("one_owner_a_badge", "staff", ["badge"], unique=True, sqlite_where=sa.text("badge <> ''"))
    op.create_table(
        "trail",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("clock_trusted", sa.Boolean, nullable=False),
        sa.Column("boot", sa.Uuid, nullable=False),
        sa.Column("monotonic_ms", sa.Integer, nullable=False),
        sa.Column("who", sa.String(32), nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(128), nullable=False),
        sa.Column("result", sa.String(128), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
    )
    op.create_table(
        "book",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("page", sa.String(16), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("instrument", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_index("book_order", "book", ["page", "instrument", "number"])
    for table in ("trail", "book"):
        for what in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table}: lines are only added'); END"
            )


def downgrade() -> None:
    """Take them away."""
    for table in ("book", "trail", "staff"):
        op.drop_table(table)
