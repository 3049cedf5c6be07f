"""The queue of each kind, the most urgent first, and the leases by when they run out: what workers and the sweep ask for."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One index over what waits, one over what is worked on."""
    op.execute(
        "create index ix_tasks_queue on tasks (kind, priority desc, deadline_at)"
        " where status = 'QUEUED' and deleted_at is null"
    )
    op.execute(
        "create index ix_tasks_lease on tasks (deadline_at) where lease_owner is not null and deleted_at is null"
    )


def downgrade() -> None:
    """Without them."""
    op.execute("drop index ix_tasks_lease")
    op.execute("drop index ix_tasks_queue")
