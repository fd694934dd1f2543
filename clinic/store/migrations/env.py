"""What Alembic runs: on the connection that the store hands over, inside the store's own transaction."""

from alembic import context

from clinic.store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
