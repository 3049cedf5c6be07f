"""Who is next, for a kind of which a worker runs only a few tasks at a time. It knows nothing of leases or messages."""

from engine.leases import Pair

LONGEST = 1_000  # pairs that wait here; what comes beyond is sent again anyway


class Turns:
    """`places`: tasks of the kind at a time. What finds none free waits here, and nobody waits with it.

    So that a queue in which one kind stands first is emptied all the same, and the others behind it have their turn.
    """

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: dict[Pair, None] = {}

    def enter(self, pair: Pair) -> bool:
        """Take a place; False when there is none: the pair comes up as `following` of one that has."""
        if self._free > 0:
            self._free -= 1
            return True
        if len(self._waiting) < LONGEST:
            self._waiting[pair] = None
        return False

    def following(self) -> Pair | None:
        """The next pair for a place that was taken, the first come first; None: give the place back."""
        pair = next(iter(self._waiting), None)
        if pair is not None:
            del self._waiting[pair]
        return pair

    def leave(self) -> None:
        """Give a place back."""
        self._free += 1
