"""The editions of the ledger's tables, oldest first. Alembic runs them when the ledger is opened."""
