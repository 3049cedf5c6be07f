"""The same page of tasks on stock Strawberry: the same type over the same rows, by the statements of bench/hand.py.

What bench/list.py measures against: Strawberry's own view and execution, without anything of ours.
"""

from datetime import datetime
from typing import Any

import strawberry
from starlette.applications import Starlette
from starlette.routing import Route
from strawberry.asgi import GraphQL

from bench.hand import lifespan, rows, task
from models.lifecycle import Action, Status

TaskStatus = strawberry.enum(Status, name="TaskStatus")
TaskAction = strawberry.enum(Action, name="TaskAction")


@strawberry.type
class Task:
    """Eleven fields of a task."""

    id: strawberry.ID
    title: str
    status: TaskStatus  # pyright: ignore[reportInvalidTypeForm]  # as Strawberry has it
    duration_ms: int | None
    elapsed_ms: int
    version: int
    labels: list[str]
    created_at: datetime
    updated_at: datetime
    due_at: datetime | None
    allowed_actions: list[TaskAction]  # pyright: ignore[reportInvalidTypeForm]  # as Strawberry has it


@strawberry.type
class TaskConnection:
    """A page."""

    nodes: list[Task]


@strawberry.type
class Workspace:
    """Whose tasks."""

    slug: strawberry.Private[str]

    @strawberry.field
    async def tasks(self, info: strawberry.Info[Any, None], first: int = 50) -> TaskConnection:
        """The newest."""
        found = await rows(info.context["request"], self.slug)
        return TaskConnection(nodes=[_made(row) for row in found])


@strawberry.type
class Query:
    """What can be asked."""

    @strawberry.field
    def workspace(self, slug: str) -> Workspace | None:
        """By its slug."""
        return Workspace(slug=slug)


def _made(row: Any) -> Task:
    plain = task(row)
    return Task(
        id=plain["id"],
        title=row["title"],
        status=Status(row["status"]),
        duration_ms=row["duration_ms"],
        elapsed_ms=row["elapsed_ms"],
        version=row["version"],
        labels=row["labels"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        due_at=row["due_at"],
        allowed_actions=list(plain["allowedActions"]),
    )


def create() -> Starlette:
    """The application, told where the rows are as bench/hand.py is."""
    return Starlette(routes=[Route("/graphql", GraphQL(strawberry.Schema(Query)))], lifespan=lifespan)
