"""A revision: the snapshot that a response was read in, as text that clients hand back; pure, no database.

`<epoch>-<snapshot>`; while a set of changes is handed out in pieces, `-<goal>-<changed>-<id>` follows: where it goes on, and
the snapshot that will have been reached at the end (docs/decisions on revisions, design.md §4).
"""

import re
from dataclasses import dataclass
from uuid import UUID

_LONGEST = 100_000
_SNAPSHOT = re.compile(r"[0-9]{1,19}:[0-9]{1,19}:(?:[0-9]{1,19}(?:,[0-9]{1,19})*)?", re.ASCII)
_MOST = 2**63  # PostgreSQL's xid8 goes on to 2^64; nobody gets there


@dataclass(frozen=True, slots=True)
class Progress:
    """A piece of a set of changes was handed out: up to the row (changed, id); all of it is visible in `goal`."""

    goal: str
    changed: int
    id: UUID


@dataclass(frozen=True, slots=True)
class Revision:
    """What has been seen: all that is visible in `snapshot` (PostgreSQL's text of a pg_snapshot) of the cluster `epoch`."""

    epoch: UUID
    snapshot: str
    progress: Progress | None = None

    def __str__(self) -> str:
        """The text for clients."""
        parts = [self.epoch.hex, self.snapshot]
        if self.progress:
            parts += [self.progress.goal, str(self.progress.changed), self.progress.id.hex]
        return "-".join(parts)


def parse(text: str) -> Revision | None:
    """The revision that a client handed back; None for anything that we never gave out in this form."""
    parts = text.split("-") if len(text) <= _LONGEST else []
    if len(parts) not in (2, 5) or not all(_is_snapshot(part) for part in parts[1:3]):
        return None
    try:
        epoch = _uuid(parts[0])
        progress = Progress(parts[2], _xid(parts[3]), _uuid(parts[4])) if len(parts) == 5 else None
    except ValueError:
        return None
    return Revision(epoch, parts[1], progress)


def _is_snapshot(text: str) -> bool:
    """Whether PostgreSQL takes the text: it raises for a snapshot that is not in order."""
    if not _SNAPSHOT.fullmatch(text):
        return False
    least, most, running = text.split(":")
    low, high = int(least), int(most)
    listed = [int(xid) for xid in running.split(",")] if running else []
    inside = all(low <= xid < high for xid in listed) and listed == sorted(set(listed))
    return 0 < low <= high < _MOST and inside


def _uuid(text: str) -> UUID:
    found = UUID(hex=text)
    if found.hex != text:
        raise ValueError(text)
    return found


def _xid(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 19 or int(text) >= _MOST:
        raise ValueError(text)
    return int(text)
