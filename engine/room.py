"""How much more a worker has room for: places of all, and of each kind. It knows nothing of leases or messages."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Place:
    """What a task takes up while it is worked on; `left` is set when it is over, or stands still in place."""

    kind: str
    left: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Room:
    """`slots`: how many more tasks there is room for; `kinds`: how many of each kind."""

    slots: int
    kinds: dict[str, int]

    @property
    def least(self) -> int:
        """So many tasks have room whatever kinds they are of."""
        return max(0, min([self.slots, *self.kinds.values()]))

    def fits(self, kind: str | None) -> bool:
        """Whether there is a place; for one whose kind is not known, whichever it is."""
        return self.least > 0 if kind is None else self.slots > 0 and self.kinds.get(kind, 1) > 0

    def take(self, kind: str | None) -> bool:
        """Take a place, if there is one."""
        if not self.fits(kind):
            return False
        self.slots -= 1
        for name in self.kinds if kind is None else self.kinds.keys() & {kind}:
            self.kinds[name] -= 1
        return True


def room(slots: int, parallel: Mapping[str, int], places: Iterable[Place]) -> Room:
    """What is left beside these."""
    taken = Counter(place.kind for place in places)
    return Room(slots - taken.total(), {kind: most - taken[kind] for kind, most in parallel.items()})
