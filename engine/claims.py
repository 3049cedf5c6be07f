"""What a worker takes on: what messages name, what is due, and what goes on in place; as much as it has room for.

All of it passes through here, one statement at a time: room is counted while no claim is under way, so that no limit is ever
passed. What finds no room is remembered and comes next, and nobody waits with it.
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from enum import Enum
from uuid import UUID

from engine.batches import Batches
from engine.leases import PATIENCE, Lease, Leases, Pair
from engine.room import Place, Room, room

LONGEST = 1_000  # pairs that are remembered here; what comes beyond is sent again anyway
DRY_SECONDS = 0.2  # after nothing more was due: so long nobody who has become free asks again
KEPT_SECONDS = 5.0  # for so long room is kept for what is to go on in place and has asked for it


class NoRoom(Enum):
    """What stands still here cannot go on yet: every place is taken."""

    NOW = "no room now"


class _Ask:
    """What somebody wants, and what comes of it. By identity: the same may be asked twice."""

    def __init__(self, pair: Pair | None = None, *, due: int = 0, returns: str | None = None) -> None:
        self.pair = pair  # this task, or without one what comes next
        self.due = due  # of what is due at most
        self.returns = returns  # the kind of what stands still here
        self.got: list[Lease] = []
        self.refused = False


class Claims:
    """`slots`: tasks at a time. `parallel`: of each kind at a time. Everything raises Unavailable when the database is away."""

    def __init__(self, leases: Leases, slots: int, parallel: Mapping[str, int]) -> None:
        self._leases, self._slots, self._parallel = leases, slots, dict(parallel)
        self._asks = Batches(self._grant, patience=PATIENCE)
        self._remembered: dict[Pair, str | None] = {}  # their kinds
        self._returning: dict[Pair, tuple[str, float]] = {}  # their kinds, and until when room is kept for them
        self._dry_until = 0.0
        self.places: dict[Pair, Place] = {}  # by the pair of the lease
        self.room_made = asyncio.Event()  # a place was left
        self.closed = False  # nothing is claimed any more

    async def given(self, pair: Pair) -> Lease | None:
        """One task that a message names; None when it is not to be had, or there is no room for it now."""
        return _first(await self._asks.put(_Ask(pair)))

    async def following(self, *, due: bool) -> Lease | None:
        """What comes next for one who has just become free: what is remembered, else, if `due`, the most urgent that is due."""
        while not self.closed:
            wants = due and time.monotonic() >= self._dry_until
            if not wants and self._next_remembered(self._room()) is None:
                return None
            if (lease := _first(await self._asks.put(_Ask(due=int(wants))))) is not None:
                return lease
        return None

    async def due(self) -> Sequence[Lease]:
        """As much of what is due as there is room for."""
        return (await self._asks.put(_Ask(due=self._slots))).got

    async def returning(self, pair: Pair, kind: str) -> Lease | NoRoom | None:
        """What stands still here is to go on. Without room it is to ask again, and nothing new comes before it meanwhile."""
        answer = await self._asks.put(_Ask(pair, returns=kind))
        return NoRoom.NOW if answer.refused else _first(answer)

    async def close(self) -> None:
        """Claim nothing more; what was under way has been handed out when this returns."""
        self.closed = True
        await self._asks.put(_Ask())

    def waits(self, task_id: UUID) -> bool:
        """Whether room is kept for this task, which stands still here and is to go on."""
        return any(id == task_id for id, _ in self._returning)

    @property
    def awaited(self) -> list[UUID]:
        """The tasks that room was kept for and that have it now."""
        left = self._room() if self._returning else None
        return [id for (id, _), (kind, _) in self._returning.items() if left is not None and left.fits(kind)]

    def leave(self, pair: Pair) -> None:
        """What was claimed with this lease needs its place no more."""
        if (place := self.places.pop(pair, None)) is not None:
            place.left.set()
            self.room_made.set()

    def _room(self) -> Room:
        return room(self._slots, self._parallel, self.places.values())

    async def _grant(self, asks: Sequence[_Ask]) -> Sequence[_Ask]:
        if self.closed:
            return asks
        messages = [ask for ask in asks if ask.pair and not ask.returns]
        kinds = await self._kinds(messages)
        left, wanted = self._room(), dict[Pair, _Ask]()
        self._admit_returning([ask for ask in asks if ask.returns], left, wanted)
        for ask in messages:
            self._admit(ask, kinds, left, wanted)
        hungry = [ask for ask in asks if ask.pair is None and not self._admit_remembered(ask, left, wanted)]
        most = min(left.slots, sum(ask.due for ask in hungry))
        if wanted or most > 0:
            self._hand_out(await self._leases.claim(left.kinds, most, list(wanted)), wanted, hungry)
        if sum(len(ask.got) for ask in hungry) < sum(ask.due for ask in hungry):
            self._dry_until = time.monotonic() + DRY_SECONDS
        return asks

    async def _kinds(self, messages: Sequence[_Ask]) -> Mapping[Pair, str] | None:
        """What kinds they are of that wait to be claimed; None where there is room for them whatever they are."""
        pairs = [ask.pair for ask in messages if ask.pair]
        return None if len(pairs) <= self._room().least else await self._leases.kinds_of(pairs)

    def _admit_returning(self, asks: Sequence[_Ask], left: Room, wanted: dict[Pair, _Ask]) -> None:
        now = time.monotonic()
        for ask in asks:
            if ask.pair and ask.returns and left.take(ask.returns):
                wanted[ask.pair] = ask
                self._returning.pop(ask.pair, None)
            elif ask.pair and ask.returns:
                ask.refused = True
                self._returning[ask.pair] = (ask.returns, now + KEPT_SECONDS)
        self._returning = {pair: kept for pair, kept in self._returning.items() if kept[1] > now}
        for kind, _ in self._returning.values():
            left.take(kind)

    def _admit(self, ask: _Ask, kinds: Mapping[Pair, str] | None, left: Room, wanted: dict[Pair, _Ask]) -> None:
        if ask.pair is None or ask.pair in wanted or (kinds is not None and ask.pair not in kinds):
            return  # a doubled message, or one that comes too late
        kind = kinds[ask.pair] if kinds is not None else None
        if left.take(kind):
            wanted[ask.pair] = ask
            self._remembered.pop(ask.pair, None)
        elif len(self._remembered) < LONGEST:
            self._remembered[ask.pair] = kind

    def _admit_remembered(self, ask: _Ask, left: Room, wanted: dict[Pair, _Ask]) -> bool:
        pair = self._next_remembered(left)
        if pair is None:
            return False
        left.take(self._remembered.pop(pair))
        wanted[pair] = ask
        return True

    def _next_remembered(self, left: Room) -> Pair | None:
        return next((pair for pair, kind in self._remembered.items() if left.fits(kind)), None)

    def _hand_out(self, leases: Sequence[Lease], wanted: Mapping[Pair, _Ask], hungry: Sequence[_Ask]) -> None:
        named = {id: ask for (id, _), ask in wanted.items()}
        open_asks = [ask for ask in hungry for _ in range(ask.due)]
        for lease in leases:
            ask = named.get(lease.id) or open_asks.pop(0)
            ask.got.append(lease)
            self.places[lease.pair] = Place(lease.task.kind)


def _first(ask: _Ask) -> Lease | None:
    return ask.got[0] if ask.got else None
