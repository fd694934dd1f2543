"""The first tables of the clinic.

A migration is a photograph: it repeats the columns as they were and never imports the tables of today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make every table of the first edition."""
    for make in (_envelope, _unproven, _visit, _station, _enrolment, _staff, _session, _audit):
        make()


def downgrade() -> None:
    """Take them away."""
    for table in ("envelope", "unproven", "visit", "station", "enrolment", "staff", "session", "audit"):
        op.drop_table(table)


def _envelope() -> None:
    op.create_table(
        "envelope",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("sha256", sa.LargeBinary(32), nullable=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("visit", sa.String(36)),
        sa.Column("station", sa.String(64), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("boot", sa.String(36), nullable=False),
        sa.Column("monotonic_ms", sa.Integer, nullable=False),
        sa.Column("wall", sa.String(40), nullable=False),
        sa.Column("clock_trusted", sa.Boolean, nullable=False),
        sa.Column("demo", sa.Boolean, nullable=False),
        sa.Column("incomplete", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(64), nullable=False, server_default=""),
        sa.Column("received_at", sa.String(40), nullable=False),
    )
    op.create_index("envelope_by_state", "envelope", ["tenant", "state", "received_at"])
    op.create_index("envelope_by_visit", "envelope", ["tenant", "visit"])


def _unproven() -> None:
    op.create_table(
        "unproven",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("sha256", sa.LargeBinary(32), primary_key=True),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("station", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(64), nullable=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.Column("received_at", sa.String(40), nullable=False),
    )


def _visit() -> None:
    op.create_table(
        "visit",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
        sa.Column("envelope", sa.String(36), nullable=False),
        sa.Column("station", sa.String(64), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("civil_date", sa.String(10), nullable=False),
        sa.Column("measured_at", sa.String(40), nullable=False),
        sa.Column("received_at", sa.String(40), nullable=False),
    )
    op.create_index("visit_by_time", "visit", ["tenant", "measured_at"])


def _station() -> None:
    op.create_table(
        "station",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("verify_key", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("approved_at", sa.String(40), nullable=False),
        sa.Column("last_seen", sa.String(40)),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("settings", sa.LargeBinary, nullable=False),
    )


def _enrolment() -> None:
    op.create_table(
        "enrolment",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("station", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("verify_key", sa.String(64), nullable=False),
        sa.Column("commitment", sa.String(64), nullable=False),
        sa.Column("clinic_number", sa.String(64), nullable=False),
        sa.Column("number", sa.String(64)),
        sa.Column("software", sa.String(64), nullable=False),
        sa.Column("demo", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("requested_at", sa.String(40), nullable=False),
    )


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
    )


def _session() -> None:
    op.create_table(
        "session",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("token", sa.LargeBinary(32), primary_key=True),
        sa.Column("staff", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("csrf", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.String(40), nullable=False),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("did", sa.String(40), nullable=False),
        sa.Column("about", sa.String(64), nullable=False),
    )
