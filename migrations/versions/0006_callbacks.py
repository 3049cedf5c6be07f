"""Answers that are called back for steps of http work."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table that goes with the tasks. Requests have no business in it."""
    op.execute(
        "create table callbacks (task_id uuid not null, run integer not null, step integer not null, body varchar not null,"
        " at timestamp with time zone default clock_timestamp() not null,"
        " constraint pk_callbacks primary key (task_id, run, step),"
        " constraint fk_callbacks_task_id foreign key (task_id) references tasks (id) on delete cascade)"
    )
    op.execute("alter table callbacks enable row level security")


def downgrade() -> None:
    """Without it."""
    op.execute("drop table callbacks")
