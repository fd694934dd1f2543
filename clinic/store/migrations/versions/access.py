"""Roles and teams of the staff, sessions that end when nobody touches them, tries, and a chained trail.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today. Who
was on the staff could do everything, and still can; sessions of before end.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None

NAMED = sa.text("subject <> ''")


def upgrade() -> None:
    """Add the columns and the tables."""
    op.add_column("staff", sa.Column("team", sa.String(64), nullable=False, server_default=""))
    op.add_column("staff", sa.Column("subject", sa.String(64), nullable=False, server_default=""))
    op.add_column("staff", sa.Column("enabled", sa.Boolean, nullable=False, server_default=sa.true()))
    op.execute("UPDATE staff SET role = 'admin'")
    op.create_index(
        "one_account_a_subject",
        "staff",
        ["tenant", "subject"],
        unique=True,
        sqlite_where=NAMED,
        postgresql_where=NAMED,
    )
    op.execute("DELETE FROM session")
    op.add_column("session", sa.Column("made_at", sa.String(40), nullable=False, server_default=""))
    op.add_column("session", sa.Column("seen_at", sa.String(40), nullable=False, server_default=""))
    op.create_table(
        "login_try",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("tried_at", sa.String(40), nullable=False),
    )
    op.create_table(
        "nonce",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("number", sa.String(128), primary_key=True),
        sa.Column("taken_at", sa.String(40), nullable=False),
    )
    op.create_index("nonce_by_time", "nonce", ["tenant", "taken_at"])
    op.add_column("audit", sa.Column("hash", sa.LargeBinary(32)))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("audit", "hash")
    op.drop_table("nonce")
    op.drop_table("login_try")
    op.drop_column("session", "seen_at")
    op.drop_column("session", "made_at")
    op.drop_index("one_account_a_subject", "staff")
    for column in ("enabled", "subject", "team"):
        op.drop_column("staff", column)
