"""The second line: row-level security for the role that serves requests."""

from pathlib import Path

from alembic import op

from migrations.statements import run

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_GUARDED = ("workspaces", "memberships", "invitations", "api_tokens", "tasks", "task_counts", "logs", "events")


def upgrade() -> None:
    """Make the role, the policies and the grants."""
    run(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    """Take the policies away; the role stays, as other databases of the cluster may use it."""
    for table in _GUARDED:
        op.execute(f"drop policy reach on {table}")
        op.execute(f"alter table {table} disable row level security")
    op.execute("drop function reachable_workspaces()")
