"""What narrows lists to what is reached is no reason for PostgreSQL to expect few tasks."""

from pathlib import Path

from alembic import op

from migrations.statements import run

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The view that lists read, written otherwise."""
    run(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    """As 0013 made it."""
    op.execute(
        "create or replace view reachable_tasks as"
        " select * from tasks where workspace_id = any (cast((select reachable_workspaces()) as uuid[]))"
    )
