"""How common words are, so that a search is planned well."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The planner does not take it from the trigram index, and would read every task for a common word."""
    op.execute("create statistics tasks_words on (lower(title || ' ' || description)) from tasks")


def downgrade() -> None:
    """As it was: guessed by the length of the pattern."""
    op.execute("drop statistics tasks_words")
