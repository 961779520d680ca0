"""Run by Alembic: migrate through the connection that `agent.history.database` has opened."""

from alembic import context

from agent.history.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
