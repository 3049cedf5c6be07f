"""A bounded memory for what is dear to work out again: what was used least recently goes first."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """Holds values as long as their weights together are within `capacity`; without a weight each counts as one.

    `gone` is told of each value that it holds no longer.
    """

    def __init__(self, capacity: int, gone: Callable[[V], object] = lambda _: None) -> None:
        self._capacity = capacity
        self._gone = gone
        self._held: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._weight = 0

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: K) -> V | None:
        """The value, which by this has been used last; None where it is not known (any more)."""
        found = self._held.get(key)
        if found is None:
            return None
        self._held.move_to_end(key)
        return found[0]

    def keep(self, key: K, value: V, weight: int = 1) -> V:
        """Remember a value in the place of an earlier one; gives it back. One that is heavier than all may be is not kept."""
        self.forget(key)
        self._held[key] = (value, weight)
        self._weight += weight
        while self._weight > self._capacity:
            self.forget(next(iter(self._held)))
        return value

    def forget(self, key: K) -> None:
        """Know it no more."""
        found = self._held.pop(key, None)
        if found is not None:
            self._weight -= found[1]
            self._gone(found[0])
