"""The ground: accounts, workspaces, tasks, their history, counts and the effective role."""

from pathlib import Path

from alembic import op

from migrations.statements import run

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = (
    "idempotency_keys instance events logs tasks task_counts invitations memberships api_tokens workspaces "
    "refresh_tokens sessions lockouts password_resets identities users"
)
_FUNCTIONS = (
    "stamp_changed touch_workspace touch_workspaces_of_user count_tasks_inserted count_tasks_updated "
    "count_tasks_deleted forget_counts"
)


def upgrade() -> None:
    """Make everything."""
    run(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    """Take everything away."""
    op.execute("drop function effective_role(uuid, uuid, uuid, uuid)")
    for table in _TABLES.split():
        op.execute(f"drop table {table} cascade")
    for function in _FUNCTIONS.split():
        op.execute(f"drop function {function}()")
    op.execute("drop type task_status")
    op.execute("drop type role")
