"""Finished tasks by when they ended: what retention takes first."""

from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Only what has ended stands in it, so that a move which ends nothing does not touch it."""
    op.execute(
        "create index ix_tasks_finished on tasks (completed_at) where completed_at is not null and deleted_at is null"
    )


def downgrade() -> None:
    """Without it."""
    op.execute("drop index ix_tasks_finished")
