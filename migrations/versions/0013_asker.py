"""For whom a statement works is told with the statement; the role of requests may change members, invitations and tokens."""

from pathlib import Path

from alembic import op

from migrations.grants import grant
from migrations.statements import run

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A parameter that tells, a view for lists, triggers that are the owner's, and the role's privileges."""
    run(Path(__file__).with_suffix(".sql"))
    grant(op.get_bind())


def downgrade() -> None:
    """As 0002 made it."""
    op.execute("drop view reachable_tasks")
    op.execute("drop domain pooled_asker")
    op.execute("drop domain asker")
    op.execute("drop function works_for(text)")
    op.execute(
        "create or replace function reachable_workspaces() returns uuid[] language sql stable security definer"
        " set search_path = public as $$"
        " select coalesce(array_agg(workspace_id), cast('{}' as uuid[])) from memberships"
        " where user_id = cast(nullif(current_setting('fermata.user', true), '') as uuid) $$"
    )
    op.execute("drop function workspaces_of_asker()")
    for name in ("touch_workspace", "touch_workspaces_of_user", "forget_counts"):
        op.execute(f"alter function {name}() security invoker reset search_path")
