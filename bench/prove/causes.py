"""What died right before a timer came late: the figure says how late, this says after what. Pure."""

from collections import defaultdict
from collections.abc import Sequence

BEFORE_SECONDS = 1.0  # a death so long before a timer was due, or until it completed, may have delayed it
NOTHING = "nothing died"

Span = tuple[float, float]  # seconds of the epoch: from, to
Late = tuple[float, float]  # seconds of the epoch at which it was due, milliseconds after it


def causes(
    timers: Sequence[Late], deaths: Sequence[tuple[float, str]], gravest: Sequence[str]
) -> dict[str, list[float]]:
    """The milliseconds of each timer under what died around it; of several deaths the one that stands first in `gravest`."""
    found: dict[str, list[float]] = defaultdict(list)
    ordered, rank = sorted(deaths), {kind: place for place, kind in enumerate(gravest)}
    first = 0
    for due, late_ms in sorted(timers):
        while first < len(ordered) and ordered[first][0] < due - BEFORE_SECONDS:
            first += 1
        around = {kind for _, kind in _until(ordered, first, due + late_ms / 1000)}
        found[min(around, key=lambda kind: rank.get(kind, len(rank)), default=NOTHING)].append(late_ms)
    return dict(found)


def _until(ordered: Sequence[tuple[float, str]], first: int, end: float) -> list[tuple[float, str]]:
    last = first
    while last < len(ordered) and ordered[last][0] <= end:
        last += 1
    return list(ordered[first:last])


def outside(timers: Sequence[Late], spans: Sequence[Span]) -> list[Late]:
    """The timers that were due in none of the spans."""
    return [(due, by) for due, by in timers if not any(start <= due <= end for start, end in spans)]
