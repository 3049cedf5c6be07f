"""Whether a change was made under the claim of an Idempotency-Key is written with the change itself."""

from pathlib import Path

from alembic import op

from migrations.statements import run

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two columns, and a parameter that writes one of them."""
    run(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    """Without them."""
    op.execute("drop domain carried_out")
    op.execute("drop function carries_out(text)")
    op.execute("drop index uq_idempotency_keys_claim")
    for column in ("carried_out_at", "claim"):
        op.execute(f"alter table idempotency_keys drop column {column}")
