"""The horizon of tombstones, and revisions that only move for what can be seen."""

from pathlib import Path

from alembic import op

from migrations.statements import run

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Remember which tombstones were taken; a lease that is prolonged is no change."""
    run(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    """As it was: every write is a change."""
    op.execute("drop trigger stamp_changed on tasks")
    op.execute("drop function stamp_changed_task()")
    op.execute(
        "create trigger stamp_changed before insert or update on tasks for each row execute function stamp_changed()"
    )
    op.execute("alter table instance drop column horizon")
