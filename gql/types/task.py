"""A task as people see it: what it is, where it stands, and what this viewer may do with it now."""

from collections.abc import Callable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from engine.rows import PackedTasks, TaskRows
from engine.waiting import waiting_for
from gql.arguments import After, First50, First200, given
from gql.columns import Columnar, Origin
from gql.context import Info
from gql.fields import told_field
from gql.ids import NodeType, encode, encode_all
from gql.types.enums import Action, Role, Status
from gql.types.event import EventConnection
from gql.types.log import LogConnection
from gql.types.node import Node
from gql.types.permission import TaskPermission, permissions
from models.lifecycle import nature
from models.task import Task as Record

if TYPE_CHECKING:
    from gql.types.user import User
    from gql.types.workspace import Workspace


@strawberry.type(description="Something that is to be done, and that can be run, paused, resumed and cancelled.")
class Task(Node):
    """A record of the engine, with the words and the rights of the viewer."""

    key: strawberry.Private[UUID]
    workspace_key: strawberry.Private[UUID]
    creator: strawberry.Private[UUID | None]

    title: str = strawberry.field(description="What it is called: 1 to 200 characters.")
    description: str = strawberry.field(description="What it is about, up to 10,000 characters.")
    labels: list[str] = strawberry.field(description="Words to find it by, up to 20 of 50 characters.")
    kind: str = strawberry.field(
        description='What runs: the name of a kind of this workspace; "timer" needs no worker.'
    )
    input: JSON = strawberry.field(description="What the kind was told to work on, as its input schema says.")
    status: Status = strawberry.field(description="Where it stands.")
    duration_ms: int | None = strawberry.field(description="Expected active time in ms; a timer completes after it.")
    elapsed_ms: int = strawberry.field(
        description="Active time in ms up to `lastRunAt`; while IN_PROGRESS add the time since then."
    )
    progress: float | None = strawberry.field(description="0 to 1 as the work reports it; null for a timer.")
    progress_note: str | None = strawberry.field(description="What the work says it is doing.")
    result: str | None = strawberry.field(description="What the work gave back when it completed.")
    error: str | None = strawberry.field(description="Why the latest attempt failed.")
    priority: int = strawberry.field(description="A greater number is more urgent; 0 unless said otherwise.")
    timeout_ms: int | None = strawberry.field(
        description="Active time in ms after which an attempt fails; null: never."
    )
    max_attempts: int = strawberry.field(description="How often work that fails is tried: 1 to 100.")
    version: int = strawberry.field(description="Counts every change: 1, 2, 3, ...; pass it as `expectedVersion`.")
    created_at: datetime = strawberry.field(description="When it was made.")
    updated_at: datetime = strawberry.field(description="When anything of it last changed.")
    last_run_at: datetime | None = strawberry.field(description="When the present or latest run or resumption began.")
    due_at: datetime | None = strawberry.field(description="When a running timer will complete.")
    resume_at: datetime | None = strawberry.field(description="When a pause ends by itself.")
    completed_at: datetime | None = strawberry.field(description="When it completed, failed or was cancelled.")
    attempt: int = strawberry.field(description="How often it was run so far.")
    worker: str | None = strawberry.field(description="Where it runs, or is held, now.")
    unheard_since: datetime | None = strawberry.field(
        description="When its worker was last heard of; null unless that is too long ago."
    )
    waiting_for: str | None = strawberry.field(description="Why it is not moving, in words; null when it is.")
    allowed_actions: list[Action] = strawberry.field(description="What this viewer may ask of it now.")
    can: list[TaskPermission] = strawberry.field(description="Every action, with the reason when it is not allowed.")

    @strawberry.field(description="The workspace that it belongs to.")
    async def workspace(self, info: Info) -> Annotated["Workspace", strawberry.lazy("gql.types.workspace")]:
        return await info.context.loaders.workspace_of(self.workspace_key)

    @strawberry.field(description="Who made it; null when that account is gone.")
    async def created_by(self, info: Info) -> Annotated["User", strawberry.lazy("gql.types.user")] | None:
        return await info.context.loaders.user(self.creator)

    @told_field(description="Its history, the latest first.")
    async def events(self, info: Info, first: First50 = 50, after: After = None) -> EventConnection:
        return EventConnection.of(await info.context.loaders.history(self.key, given(first, 50), after))

    @told_field(description="What its work has printed, the earliest first.")
    async def logs(self, info: Info, first: First200 = 200, after: After = None) -> LogConnection:
        return LogConnection.of(await info.context.loaders.log(self.key, given(first, 200), after))

    @staticmethod
    def of(row: Record, role: Role) -> "Task":
        """The record `row` for a viewer who is `role` in its workspace."""
        return _Shown(row, role)


class _Shown(Task):
    """A task whose fields are worked out when they are asked for: a page has 50 of them, and a poll asks for a third."""

    row: Record
    role: Role

    def __init__(self, row: Record, role: Role) -> None:
        self.row = row
        self.role = role


# What is not an attribute of the row of the same name.
_SHOWN: dict[str, Callable[[_Shown], object]] = {
    "id": lambda shown: encode(NodeType.TASK, shown.row.id),
    "key": attrgetter("row.id"),
    "workspace_key": attrgetter("row.workspace_id"),
    "creator": attrgetter("row.created_by"),
    "worker": lambda shown: shown.row.lease_owner or shown.row.held_by,
    "waiting_for": lambda shown: waiting_for(shown.row),
    "allowed_actions": lambda shown: permissions(shown.row.status, shown.row.nature, shown.role)[0],
    "can": lambda shown: permissions(shown.row.status, shown.row.nature, shown.role)[1],
}
# The same where a whole list is read. None: it takes the objects.
_COLUMNS: dict[str, Callable[["Tasks"], Sequence[Any]] | None] = {
    "id": lambda tasks: encode_all(NodeType.TASK, tasks.found.column("id")),
    "key": lambda tasks: tasks.found.column("id"),
    "workspace_key": lambda tasks: tasks.found.column("workspace_id"),
    "creator": lambda tasks: tasks.found.column("created_by"),
    "worker": None,
    "waiting_for": None,
    "allowed_actions": lambda tasks: [actions for actions, _ in tasks.permissions()],
    "can": lambda tasks: [can for _, can in tasks.permissions()],
}


class Tasks(Columnar[Task]):
    """Tasks as they were read, for a viewer who is `role` in their workspace."""

    def __init__(self, found: TaskRows, role: Role) -> None:
        self.found = found
        self._role = role

    def __len__(self) -> int:
        return len(self.found)

    def column(self, name: str) -> Sequence[Any] | None:
        """As gql/columns.py asks for it."""
        if name not in _COLUMNS:
            return self.found.column(name)
        read = _COLUMNS[name]
        return None if read is None else read(self)

    def make(self) -> list[Task]:
        """One by one."""
        return [Task.of(row, self._role) for row in self.found.tasks()]

    def sample(self) -> list[Task]:
        """The first."""
        return [Task.of(row, self._role) for row in self.found.pick([0] if len(self) else []).tasks()]

    def pick(self, places: Sequence[int]) -> "Tasks":
        """Some of them."""
        return Tasks(self.found.pick(places), self._role)

    def origin(self) -> Origin | None:
        """Their rows: what a task says follows from its row and the viewer's role, and from nothing else."""
        if not isinstance(self.found, PackedTasks):
            return None
        return Origin((self._role, self.found.columns), self.found.packed, self.pick)

    def permissions(self) -> list[tuple[list[Action], list[TaskPermission]]]:
        """What may be done with each, and what not and why."""
        known: dict[tuple[int, str], tuple[list[Action], list[TaskPermission]]] = {}
        found: list[tuple[list[Action], list[TaskPermission]]] = []
        for status, kind in zip(self.found.column("status"), self.found.column("kind"), strict=True):
            where = id(status), kind  # not the status itself: Python hashes enums slowly
            if where not in known:
                known[where] = permissions(status, nature(kind), self._role)
            found.append(known[where])
        return found


for _name in (*Node.__annotations__, *Task.__annotations__):
    setattr(_Shown, _name, property(_SHOWN.get(_name) or attrgetter(f"row.{_name}")))
