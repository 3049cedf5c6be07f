"""What a piece of work has done so far and not yet written: cursor, state, progress and log lines, within their caps."""

import json
import time
from dataclasses import dataclass, field
from typing import Any

MAX_LINE = 4_096  # characters
MAX_LINES = 10_000  # of one task
MAX_NOTE = 200
FULL = "The log is full: further lines are not kept."


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log; `at` is when it was said, on this process's monotonic clock."""

    stream: str
    text: str
    at: float = field(default_factory=time.monotonic, compare=False)


@dataclass(slots=True)
class Loop:
    """One loop of `iterate`: its place among the loops of the function, and how many items are done."""

    number: str
    cursor: int


class Journal:
    """Begins with the checkpoint of the run before (`{"cursors": {"0": 3}, "state": …}`), or None."""

    def __init__(self, checkpoint: Any = None) -> None:
        kept: dict[str, Any] = checkpoint or {}  # JSON: our own earlier writing
        self.cursors: dict[str, int] = dict(kept.get("cursors", {}))
        self.state: Any = kept.get("state")
        self._state = json.dumps(self.state)  # as it was given: the work may go on to change it in place
        self.fraction: float | None = None
        self.note: str | None = None
        self.dirty = False  # whether there is progress that is not written
        self._saved = self.checkpoint()
        self._loops = 0
        self._lines: list[Line] = []
        self._kept = 0

    def keep(self, state: Any) -> None:
        """Keep this from now on. Raises TypeError or ValueError for what is no JSON."""
        self._state = json.dumps(state, allow_nan=False)
        self.state = state

    def checkpoint(self) -> str | None:
        """What to keep in the task's row, as JSON: None while there is nothing."""
        if not self.cursors and self._state == "null":
            return None
        return f'{{"cursors": {json.dumps(self.cursors)}, "state": {self._state}}}'

    def unsaved(self) -> str | None:
        """The checkpoint when it differs from what is saved, or None."""
        now = self.checkpoint()
        return None if now == self._saved else now

    def saved(self, checkpoint: str | None, fraction: float | None = None, note: str | None = None) -> None:
        """This is in the row; what has come meanwhile is still to be written."""
        self._saved = self._saved if checkpoint is None else checkpoint
        self.dirty = (self.fraction, self.note) != (fraction, note)

    def put_back(self, lines: list[Line]) -> None:
        """These could not be written."""
        self._lines[:0] = lines

    def next_loop(self) -> Loop:
        """The next loop of the function, with the cursor that it had reached."""
        number = str(self._loops)
        self._loops += 1
        return Loop(number, self.cursors.get(number, 0))

    def passed(self, loop: Loop, cursor: int, total: int | None) -> None:
        """An item is done."""
        loop.cursor = self.cursors[loop.number] = cursor
        if total:
            self.advance(cursor / total, f"{cursor:,} of {total:,}")

    def advance(self, fraction: float | None, note: str | None) -> None:
        """How far it is: what is out of range is brought into it, what is not a number is left out."""
        if fraction is not None and fraction == fraction:  # not NaN  # noqa: PLR0124
            self.fraction = min(1.0, max(0.0, float(fraction)))
        if note is not None:
            self.note = _storable(note)[:MAX_NOTE]
        self.dirty = True

    def log(self, text: str, stream: str) -> None:
        """Lines for the log; what goes beyond the cap is dropped, and the last line says so."""
        for line in _storable(text).splitlines() or [""]:
            if self._kept >= MAX_LINES:
                return
            self._kept += 1
            full = self._kept == MAX_LINES
            kept = line if len(line) <= MAX_LINE else line[: MAX_LINE - 1] + "…"
            self._lines.append(Line(stream, FULL if full else kept))

    def take_lines(self) -> list[Line]:
        """The lines not yet written; they are the caller's now."""
        lines, self._lines = self._lines, []
        return lines


def _storable(text: str) -> str:
    """Without what PostgreSQL cannot keep in a text: NUL and lone surrogates."""
    return text.replace("\0", "�").encode("utf-8", "replace").decode("utf-8")
