"""Why a task does not move: who paused it and why, since when its worker is silent, how many of them were lost in a row."""

from pathlib import Path

from alembic import op

from migrations.statements import run

revision = "0010"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Four columns, and what must be true of them."""
    run(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    """Without them."""
    op.execute(
        "create or replace function stamp_changed_task() returns trigger language plpgsql as $$"
        " begin"
        " if tg_op = 'UPDATE' and new.changed = old.changed then"
        " old.deadline_at := new.deadline_at;"
        " old.checkpoint := new.checkpoint;"
        " if new is not distinct from old then return new; end if;"
        " end if;"
        " new.changed := pg_current_xact_id();"
        " return new;"
        " end $$"
    )
    for column in ("recoveries", "unheard_since", "paused_by", "pause_reason"):
        op.execute(f"alter table tasks drop column {column}")
