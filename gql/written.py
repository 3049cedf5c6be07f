"""Objects of lists as they were written before, known again by the very bytes that PostgreSQL gave for their rows.

What is written of an object in a list that is executed directly follows from its row, the viewer's role and the selection, and
from nothing else: no field looks at a clock, a setting or another row (gql/types/task.py). So equal bytes, for an equal view
and the same selection, are written alike: they need not be read, completed or written again. Nothing old can be shown, and
nothing that the asker may not see, as the bytes are those of the statement that was just run for them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeAlias

import orjson

MOST_BYTES = 16_000_000
_EACH = 200  # bytes for the two objects, their headers and their place in a dictionary
_SHELF = 1_000

Shelf: TypeAlias = dict[bytes, orjson.Fragment]  # Python's collector of garbage does not look into it
Shelves: TypeAlias = dict[Hashable, dict[Hashable, Shelf]]
_NONE: Mapping[Hashable, Shelf] = {}


class Written:
    """The memory of a process, by whom it belongs to and by the view. It takes `capacity` bytes at the most.

    There are two halves. When the young one is full, it becomes the old one, and what was old is forgotten; what is found in
    the old one moves over. So whatever is asked for stays, and nothing has to be kept in order.
    """

    def __init__(self, capacity: int = MOST_BYTES) -> None:
        self._half = capacity // 2
        self._weight = 0  # of the young half
        self._young: Shelves = {}
        self._old: Shelves = {}

    def rows(
        self,
        owner: Hashable,
        view: Hashable,
        keys: Sequence[bytes],
        write: Callable[[Sequence[int]], Iterable[bytes]],
    ) -> list[orjson.Fragment]:
        """What is written for each of the keys; `write` does it for those at some places. Raises what that raises."""
        shelf = self._young.get(owner, _NONE).get(view) or {}
        found = list(map(shelf.get, keys))
        missing = [place for place, each in enumerate(found) if each is None] if None in found else []
        if missing:
            old = self._old.get(owner, _NONE).get(view) or {}
            known = {place: kept for place in missing if (kept := old.get(keys[place]))}
            new = [place for place in missing if place not in known]
            texts = dict(zip(new, write(new), strict=True)) if new else {}
            for place in missing:
                kept = known.get(place)
                text = texts[place] if kept is None else orjson.dumps(kept)
                found[place] = self._keep(owner, view, keys[place], text)
        return [each for each in found if each is not None]

    def forget(self, owner: Hashable) -> None:
        """Nobody will ask for what belongs to it. What it weighed is counted until the young half becomes the old one."""
        self._young.pop(owner, None)
        self._old.pop(owner, None)

    def _keep(self, owner: Hashable, view: Hashable, key: bytes, text: bytes) -> orjson.Fragment:
        made = orjson.Fragment(text)
        weight = len(key) + len(text) + _EACH
        if weight + _SHELF > self._half:
            return made
        if self._weight + weight + _SHELF > self._half:
            self._old, self._young, self._weight = self._young, {}, 0
        shelves = self._young.setdefault(owner, {})
        if view not in shelves:
            shelves[view] = {}
            weight += _SHELF
        self._weight += weight
        shelves[view][key] = made
        return made
