"""Which edition of the ledger this software writes, and where the way to it lies. It runs none of it."""

from pathlib import Path

MIGRATIONS = Path(__file__).with_name("migrations")
EDITION = "shelf"
"""The newest migration: a ledger of this edition needs none."""
