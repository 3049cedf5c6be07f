"""Reading a migration that is written in SQL: statements stand apart by an empty line."""

from pathlib import Path

from alembic import op


def run(script: Path) -> None:
    """Execute the statements of `script` one by one (the driver takes one at a time)."""
    for statement in script.read_text().split("\n\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)
