"""The catalogue: every kind that there is here, by name."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from engine.errors import Problem
from engine.kinds.errors import KindsError
from engine.kinds.file import read
from engine.kinds.items import ITEMS
from engine.kinds.kind import Kind
from engine.kinds.timer import TIMER

BUILT_IN: tuple[Kind, ...] = (TIMER, ITEMS)


class Catalogue:
    """The kinds that are always there, and then those that were declared. Raises KindsError for a name used twice."""

    def __init__(self, declared: Iterable[Kind] = ()) -> None:
        self._kinds: dict[str, Kind] = {}
        for kind in (*BUILT_IN, *declared):
            if kind.name in self._kinds:
                raise KindsError(f'there are two kinds with the name "{kind.name}"')
            self._kinds[kind.name] = kind

    @classmethod
    def load(cls, path: Path | None) -> "Catalogue":
        """With the kinds of the TOML file at `path`; None: there is no file. Raises KindsError."""
        return cls() if path is None else cls(read(path))

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._kinds.values())

    def __len__(self) -> int:
        return len(self._kinds)

    def get(self, name: str) -> Kind | None:
        """The kind with that name; None where there is none."""
        return self._kinds.get(name)

    def names(self) -> list[str]:
        """The names, the timer first, in the order of declaration."""
        return list(self._kinds)

    def problems(self, name: str, value: object) -> list[Problem]:
        """What is wrong with an input for the kind `name`; an unknown kind is a problem with the path `kind`."""
        kind = self.get(name)
        if kind is None:
            return [Problem("kind", f'there is no kind "{name}" here; there are: {", ".join(self._kinds)}')]
        return kind.problems(value)
