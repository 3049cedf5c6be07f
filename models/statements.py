"""SQL that matters lives in files: one statement a file, named after what runs it; its header states the possible answers."""

from functools import cached_property
from pathlib import Path

from sqlalchemy import TextClause, text


class Statements:
    """The statements of a folder, each read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, TextClause] = {}

    def __call__(self, name: str) -> TextClause:
        """The statement of <name>.sql, its comments left out so that the wire carries none."""
        if name not in self._read:
            lines = (self.folder / f"{name}.sql").read_text().splitlines()
            self._read[name] = text("\n".join(line for line in lines if not line.lstrip().startswith("--")))
        return self._read[name]

    @cached_property
    def names(self) -> list[str]:
        """Every statement that there is."""
        return sorted(file.stem for file in self.folder.glob("*.sql"))
