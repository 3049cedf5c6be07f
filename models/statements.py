"""SQL that matters lives in files: one statement a file, named after what runs it; its header states the possible answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import ClauseElement, TextClause, text
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from sqlalchemy.sql.compiler import SQLCompiler


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement as the driver takes it, and the names of its values in their order."""

    sql: str
    names: tuple[str, ...]

    def arguments(self, values: Mapping[str, Any]) -> tuple[Any, ...]:  # columns of several types
        """The values in the order of their places. Raises KeyError for one that is missing."""
        return tuple([values[name] for name in self.names])


def prepared(statement: ClauseElement) -> Prepared:
    """A statement of SQLAlchemy, compiled once for all."""
    compiled = statement.compile(dialect=asyncpg_dialect())
    assert isinstance(compiled, SQLCompiler)
    return Prepared(str(compiled), tuple(compiled.positiontup or ()))


class Statements:
    """The statements of a folder, each read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, TextClause] = {}
        self._prepared: dict[str, Prepared] = {}

    def __call__(self, name: str) -> TextClause:
        """The statement of <name>.sql, its comments left out so that the wire carries none."""
        if name not in self._read:
            lines = (self.folder / f"{name}.sql").read_text().splitlines()
            self._read[name] = text("\n".join(line for line in lines if not line.lstrip().startswith("--")))
        return self._read[name]

    def prepared(self, name: str) -> Prepared:
        """The same for `Database.rows`."""
        if name not in self._prepared:
            self._prepared[name] = prepared(self(name))
        return self._prepared[name]

    @cached_property
    def names(self) -> list[str]:
        """Every statement that there is."""
        return sorted(file.stem for file in self.folder.glob("*.sql"))
