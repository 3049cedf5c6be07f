"""The leases of one worker: claiming, prolonging and giving back, each write fenced by the lease's epoch.

Knows the statements of engine/sql/work_*.sql, and nothing of what the work does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from engine.batches import Batches
from engine.endings import Ending, arrows, recoveries
from engine.hints import Hint, Hints
from engine.rows import TASK_WIDTH, task_of
from engine.statements import statement
from models.base import new_id
from models.database import Database
from models.lifecycle import LOST_IN_A_ROW, LOST_IN_ALL, Status
from models.task import Task

PATIENCE = 0.15  # of what the last statement took
Pair = tuple[UUID, int]  # a task's id and an epoch of its lease


@dataclass(frozen=True, slots=True)
class Timing:
    """How long things may take, in seconds; tests shorten them.

    `lease`: a worker that is not heard of for so long has lost its work. `heartbeat`: how often a lease is prolonged.
    `poll`: how often a worker asks what is wished. `grace`: how long work that is asked to stop may take before it is ended.
    `silence`: after how long a task says that its worker is not heard of. `hold`: how long a command that is held in place is
    left to its worker, which says so again while it has no room for it; longer than `resend`. `resend`: after how long a
    message that nobody has claimed is sent again. `first_retry`, `longest_retry`: the wait before the first try again, doubled
    each time.
    """

    lease: float = 15.0
    heartbeat: float = 3.0
    poll: float = 1.0
    grace: float = 5.0
    hold: float = 30.0
    silence: float = 8.0
    resend: float = 10.0
    first_retry: float = 2.0
    longest_retry: float = 300.0

    def ms(self, name: str) -> int:
        """One of them in milliseconds."""
        return round(getattr(self, name) * 1000)


@dataclass(frozen=True, slots=True)
class Lease:
    """A task that is a worker's, with its last checkpoint. `spent_ms`: active time of this try before the lease."""

    task: Task
    checkpoint: Any  # JSON: what the journal wrote
    spent_ms: int

    @property
    def id(self) -> UUID:
        """The task's id."""
        return self.task.id

    @property
    def epoch(self) -> int:
        """What fences every write of this lease."""
        return self.task.lease_epoch

    @property
    def pair(self) -> Pair:
        """Id and epoch."""
        return (self.task.id, self.task.lease_epoch)


@dataclass(frozen=True, slots=True)
class Note:
    """What a lease has to write down; None: nothing new."""

    pair: Pair
    checkpoint: str | None = None  # JSON
    fraction: float | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class _End:
    lease: Lease
    ending: Ending
    checkpoint: str | None  # JSON


class Leases:
    """Everything raises `models.database.Unavailable` when the database is away; all of it may be asked again."""

    def __init__(self, db: Database, owner: str, timing: Timing, known: Sequence[str], hints: Hints) -> None:
        self.owner, self.timing = owner, timing
        self._db, self.known, self._hints = db, list(known), hints
        self._ends = Batches(self._end_many, patience=PATIENCE)
        self._notes = Batches(self._write_many)

    async def claim(self, free: Mapping[str, int], slots: int, given: Sequence[Pair] = ()) -> list[Lease]:
        """Claim what is given; and of what is due at most `slots`, of each kind at most as many as are free.

        What is given with the epoch of an earlier message, or is somebody else's, is missing in the answer.
        """
        wanted = {kind: min(count, slots) for kind, count in free.items() if count > 0}
        at_most = max(0, min(slots, sum(wanted.values())))
        if at_most <= 0 and not given:
            return []
        values: dict[str, Any] = {
            **_columns(given),
            "kinds": list(wanted) if at_most else [],
            "free": list(wanted.values()) if at_most else [],
            "slots": at_most,
            "known": self.known,
            "owner": self.owner,
            "lease_ms": self.timing.ms("lease"),
            "hold_ms": self.timing.ms("hold"),
            "again_ms": self.timing.ms("resend"),
            "event_ids": [new_id() for _ in range(at_most + len(given))],
        }
        leases = [_lease(row) for row in await self._db.fetch(statement("work_claim"), values)]
        tell(self._hints, [lease.task for lease in leases])
        return leases

    async def kinds_of(self, pairs: Sequence[Pair]) -> dict[Pair, str]:
        """The kinds of tasks that wait with these epochs; what waits no more is missing."""
        rows = await self._db.fetch(statement("work_waits"), _columns(pairs))
        return {(row[0], row[1]): row[2] for row in rows}

    async def hold(self, pairs: Sequence[Pair]) -> None:
        """What is held in place and is to go on has no room yet: others leave it to this worker for another while."""
        values = {**_columns(pairs), "owner": self.owner, "hold_ms": self.timing.ms("hold")}
        await self._db.fetch(statement("work_hold"), values)

    async def prolong(self, pairs: Sequence[Pair]) -> dict[Pair, Status]:
        """Prolong leases; the answer says how each task stands. What is missing is lost."""
        return await self._statuses("work_heartbeat", pairs, {"lease_ms": self.timing.ms("lease")})

    async def watch(self, pairs: Sequence[Pair]) -> dict[Pair, Status]:
        """How the tasks stand whose lease or hold is this worker's. What is missing is lost."""
        return await self._statuses("work_watch", pairs, {})

    async def write(self, note: Note) -> bool:
        """Write down a checkpoint and progress; False when the lease is lost."""
        return await self._notes.put(note)

    async def end(self, lease: Lease, ending: Ending, checkpoint: str | None = None) -> Task | None:
        """Give a lease back; the task as it is now, or None when the lease was lost."""
        return await self._ends.put(_End(lease, ending, checkpoint))

    async def let_go(self, ids: Sequence[UUID]) -> None:
        """Hold these in place no longer."""
        async with self._db.one() as connection:
            await connection.execute(statement("work_let_go"), {"ids": list(ids), "owner": self.owner})

    async def _statuses(self, name: str, pairs: Sequence[Pair], more: Mapping[str, Any]) -> dict[Pair, Status]:
        if not pairs:
            return {}
        rows = await self._db.fetch(statement(name), {**_columns(pairs), "owner": self.owner, **more})
        return {(row[0], row[1]): Status(row[2]) for row in rows}

    async def _write_many(self, notes: Sequence[Note]) -> list[bool]:
        values = {
            **_columns([note.pair for note in notes]),
            "checkpoints": [note.checkpoint for note in notes],
            "fractions": [note.fraction for note in notes],
            "notes": [note.note for note in notes],
            "owner": self.owner,
        }
        written = {(row[0], row[1]) for row in await self._db.fetch(statement("work_checkpoint"), values)}
        return [note.pair in written for note in notes]

    async def _end_many(self, ends: Sequence[_End]) -> list[Task | None]:
        values = {
            **arrows(),
            **_columns([end.lease.pair for end in ends]),
            "event_ids": [new_id() for _ in ends],
            "endings": [end.ending.how.value for end in ends],
            "results": [end.ending.result for end in ends],
            "errors": [end.ending.error for end in ends],
            "checkpoints": [end.checkpoint for end in ends],
            "holds": [end.ending.holds for end in ends],
            "waits_ms": [end.ending.wait_ms for end in ends],
            "reasons": [end.ending.reason for end in ends],
            "owner": self.owner,
        }
        ended = {task.id: task for task in map(task_of, await self._db.fetch(statement("work_end"), values))}
        tell(self._hints, ended.values())
        return [ended.get(end.lease.id) for end in ends]


def tell(hints: Hints, tasks: Iterable[Task]) -> None:
    """Whoever listens in this process hears of these, which were just committed."""
    hints.committed([Hint(task.workspace_id, task) for task in tasks])


async def sweep(db: Database, timing: Timing, limit: int = 500) -> list[Task]:
    """Recover the leases that ran out, or give the work up that ends every worker; the tasks as they are now."""
    values = {
        **recoveries(),
        "most": LOST_IN_A_ROW,
        "most_in_all": LOST_IN_ALL,
        "lease_ms": timing.ms("lease"),
        "limit": limit,
        "event_ids": [new_id() for _ in range(limit)],
    }
    async with db.one() as connection:
        return [task_of(row) for row in await connection.execute(statement("work_sweep"), values)]


async def notice_silence(db: Database, timing: Timing, limit: int = 500) -> list[Task]:
    """Mark the work of workers that are not heard of for too long, while their leases still run; the tasks as they are now."""
    values = {"lease_ms": timing.ms("lease"), "silence_ms": timing.ms("silence"), "limit": limit}
    async with db.one() as connection:
        return [task_of(row) for row in await connection.execute(statement("work_silence"), values)]


async def dispatchable(db: Database, timing: Timing, limit: int = 1000) -> list[Pair]:
    """What is to be sent to the workers now, and again later should nobody claim it; the most urgent first."""
    values = {"limit": limit, "again_ms": timing.ms("resend")}
    async with db.one() as connection:
        rows = (await connection.execute(statement("work_dispatch"), values)).all()
    return [(row[0], row[1]) for row in sorted(rows, key=lambda row: -row[2])]


def _columns(pairs: Iterable[Pair]) -> dict[str, list[Any]]:
    listed = list(pairs)
    return {"ids": [id for id, _ in listed], "epochs": [epoch for _, epoch in listed]}


def _lease(row: Sequence[Any]) -> Lease:
    task, checkpoint = task_of(row), row[TASK_WIDTH]
    return Lease(task, checkpoint, max(0, task.elapsed_ms - row[TASK_WIDTH + 1]))
