"""What Alembic runs: on the connection the ledger hands over, inside the ledger's own transaction."""

from alembic import context

from kiosk.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
