"""The editions of the ledger's tables, oldest first. Alembic runs them when the ledger is opened."""

from pathlib import Path

MIGRATIONS = Path(__file__).parent
EDITION = "shelf"
"""The newest of them: a ledger of this edition needs none."""
