"""Reads engine/sql: one statement a file; its header comment states the possible answers."""

from functools import cache
from pathlib import Path

from sqlalchemy import TextClause, text

FOLDER = Path(__file__).parent / "sql"


@cache
def statement(name: str) -> TextClause:
    """The statement of engine/sql/<name>.sql, its comments left out so that the wire carries none."""
    lines = (FOLDER / f"{name}.sql").read_text().splitlines()
    return text("\n".join(line for line in lines if not line.lstrip().startswith("--")))


def names() -> list[str]:
    """Every statement that there is."""
    return sorted(file.stem for file in FOLDER.glob("*.sql"))
