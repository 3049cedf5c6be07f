"""What changed since a revision: exact against transactions that commit out of order (design.md §4).

A revision of a response is taken before its first read: what a later statement saw in addition is sent again, never missed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from engine.cursors import page_size
from engine.revision import Progress, Revision, parse
from engine.rows import TASK_WIDTH, task_of
from engine.statements import statement
from engine.transition import seeing
from models.authority import Authority
from models.database import Database
from models.task import Task

_DELETED, _CHANGED, _EPOCH, _NOW, _KNOWN, _CONTINUES = (TASK_WIDTH + offset for offset in range(6))


Pair: TypeAlias = tuple[UUID, str]  # a workspace, and a revision of it


@dataclass(frozen=True, slots=True)
class Changes:
    """Tasks as they are now, ids of deleted ones, and the revision to ask with next; `has_more`: at once.

    `reset`: the revision could not be continued: fetch the list afresh, then go on from this one.
    """

    revision: str
    tasks: list[Task] = field(default_factory=list[Task])
    deleted_ids: list[UUID] = field(default_factory=list[UUID])
    has_more: bool = False
    reset: bool = False


async def snapshot(connection: AsyncConnection) -> str:
    """The revision of what is read from now on."""
    row = (await connection.execute(statement("snapshot"))).one()
    return str(Revision(UUID(row.epoch), row.snapshot))


async def changed(db: Database, pairs: Sequence[Pair]) -> bool:
    """Whether in any of the workspaces anything changed since its revision: tasks, members, names. One round trip.

    Also True for what cannot be told: another cluster's revision, one that is not through yet, or no revision at all.
    """
    async with db.one() as connection:
        return (await connection.execute(statement("changed"), probing(pairs))).first() is not None


def probing(pairs: Sequence[Pair]) -> dict[str, list[Any]]:
    """What changed.sql takes for the pairs, in their order."""
    known = [_known(text) for _, text in pairs]
    return {
        "workspace_ids": [workspace_id for workspace_id, _ in pairs],
        "epochs": [revision.epoch for revision in known],
        "snapshots": [revision.snapshot for revision in known],
    }


_NEVER = Revision(UUID(int=0), "1:1:")  # no cluster has this epoch: always changed


@lru_cache(maxsize=1024)
def _known(text: str) -> Revision:
    """The revision of a text that polls repeat; `_NEVER` for what cannot be told."""
    revision = parse(text)
    return _NEVER if revision is None or revision.progress else revision


async def changes(
    db: Database, authority: Authority, workspace_id: UUID, since: str, first: int = 100
) -> Changes | None:
    """Everything that changed since `since`, at most `first` (1 to 100) tasks at a time, the oldest change first.

    None: the workspace is not the caller's to see. Raises InvalidInput for `first`.
    """
    size, _ = page_size(first, None)
    revision = parse(since)
    values = {**seeing(authority), "workspace_id": workspace_id, "limit": size + 1, **_since(revision)}
    async with db.one() as connection:
        rows = (await connection.execute(statement("changes"), values)).all()
    head = rows[0]
    if not head[_KNOWN]:
        return None
    if revision is None or not head[_CONTINUES]:
        return Changes(str(Revision(head[_EPOCH], head[_NOW])), reset=True)
    found = [row for row in rows[:size] if row[0] is not None]
    goal = revision.progress.goal if revision.progress else head[_NOW]
    more = len(rows) > size
    reached = Progress(goal, found[-1][_CHANGED], found[-1][0]) if more else None
    return Changes(
        str(Revision(revision.epoch, revision.snapshot if more else goal, reached)),
        [task_of(row) for row in found if not row[_DELETED]],
        [row[0] for row in found if row[_DELETED]],
        has_more=more,
    )


def _since(revision: Revision | None) -> dict[str, Any]:
    if revision is None:
        return {"epoch": None, "since": None, "goal": None, "changed": None, "id": None}
    progress = revision.progress
    return {
        "epoch": revision.epoch,
        "since": revision.snapshot,
        "goal": progress.goal if progress else None,
        "changed": str(progress.changed) if progress else None,
        "id": progress.id if progress else None,
    }
