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

    def fits(self, kind: str | None) -> bool:
        """Whether there is a place. A kind that is not known has no limit of its own."""
        return self.slots > 0 and (kind is None or self.kinds.get(kind, 1) > 0)

    def take(self, kind: str | None) -> bool:
        """Take a place, if there is one."""
        if not self.fits(kind):
            return False
        self.slots -= 1
        if kind in self.kinds:
            self.kinds[kind] -= 1
        return True


def room(slots: int, parallel: Mapping[str, int], places: Iterable[Place]) -> Room:
    """What is left beside these."""
    taken = Counter(place.kind for place in places)
    return Room(slots - taken.total(), {kind: most - taken[kind] for kind, most in parallel.items()})
