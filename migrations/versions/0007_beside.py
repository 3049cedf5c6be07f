"""Which versions of the server a schema still serves, so that an old one may run beside a new one."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The oldest revision whose version works on this schema; a migration that takes something away raises it."""
    op.execute("alter table instance add column serves varchar not null default '0006'")


def downgrade() -> None:
    """As it was: a version works on its own schema alone."""
    op.execute("alter table instance drop column serves")
