"""Where Alembic meets our tables: it is handed an open connection, and never a URL."""

from alembic import context
from sqlalchemy import Connection

from models.tables import metadata

connection: Connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, compare_type=True, compare_server_default=False)
with context.begin_transaction():
    context.run_migrations()
