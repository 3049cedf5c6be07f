"""One task while a worker works on it: its lease, its context, and by when this try must be over."""

import asyncio
import time
from dataclasses import dataclass, field

from engine.kinds.context import Context, Wish
from engine.kinds.kind import Kind
from engine.leases import Lease, Note, Pair
from models.lifecycle import Status

WISHES: dict[Status | None, Wish] = {Status.PAUSING: Wish.PAUSE, Status.CANCELLING: Wish.CANCEL}


@dataclass(slots=True)
class Run:
    """`lease` is None once it was given back; `held` waits for the next one while the work stands still in place."""

    kind: Kind
    ctx: Context
    lease: Lease | None = None
    until: float | None = None  # on the monotonic clock; None: as long as it likes
    news: asyncio.Event = field(default_factory=asyncio.Event)  # something is wished, or the lease is another
    held: "asyncio.Future[Lease | None] | None" = None
    held_as: Pair | None = None
    place: Pair | None = None  # the lease that it has, or had last, its place by
    leaving: bool = False  # the lease is being given back: how the task stands is no news for the work
    written: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def pair(self) -> Pair | None:
        """The lease that is worked under."""
        return self.lease.pair if self.lease else None

    def begin(self, lease: Lease | None) -> None:
        """Work under this lease from now on; None: under none."""
        self.lease, self.until, self.leaving = lease, None, False
        if lease is not None:
            self.place = lease.pair
            own = lease.task.timeout_ms
            allowed = self.kind.limits.timeout_ms if own is None else own
            self.until = None if allowed is None else time.monotonic() + (allowed - lease.spent_ms) / 1000
        self.news.set()

    def seconds_left(self) -> float | None:
        """How much longer this try may take; None: as long as it likes."""
        return None if self.until is None else max(0.0, self.until - time.monotonic())

    def ask(self, wish: Wish) -> None:
        """Ask the work to stop."""
        self.ctx.ask(wish)
        self.news.set()

    def told(self, status: Status | None) -> None:
        """How the task stands; None: the lease is lost."""
        if status is Status.IN_PROGRESS:
            self.ctx.withdraw()
        else:
            self.ask(WISHES.get(status, Wish.LOST))

    def go_on(self, lease: Lease | None) -> None:
        """Held work goes on under this lease; None: it is to end."""
        if self.held is not None and not self.held.done():
            self.held.set_result(lease)

    def note(self) -> Note | None:
        """What is to be written down; None when there is nothing new."""
        journal, pair = self.ctx.journal, self.pair
        checkpoint = journal.unsaved()
        if pair is None or (checkpoint is None and not journal.dirty):
            return None
        return Note(pair, checkpoint, journal.fraction, journal.note)
