"""50 tasks of 11 fields, through graphql-core alone and with the plan of gql/plan.py, side by side.

    python -m bench.plan

Prints the best of several rounds of each and their ratio; the rounds take turns, so that a busy machine slows both.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import strawberry
from graphql import (
    DocumentNode,
    execute,  # pyright: ignore[reportUnknownVariableType]  # graphql-core: generics without parameters
    parse,
)
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from gql.execution import PlannedExecutor, core

TASKS, ROUNDS, TIMES = 50, 15, 20


@strawberry.enum
class Status(Enum):
    """Where a task stands."""

    PAUSED = "PAUSED"
    IN_PROGRESS = "IN_PROGRESS"


@strawberry.type
@dataclass
class Task:
    """As plain as a task of the real schema."""

    id: strawberry.ID
    title: str
    labels: list[str]
    status: Status
    duration_ms: int | None
    elapsed_ms: int
    progress: float | None
    version: int
    created_at: datetime
    due_at: datetime | None
    allowed_actions: list[Status]


@strawberry.type
class Query:
    """A list of tasks."""

    @strawberry.field
    async def tasks(self) -> list[Task]:
        """As many as a page has."""
        return _TASKS


_NOW = datetime.now(UTC)
_TASKS = [
    Task(
        id=strawberry.ID(f"task-{number}"),
        title=f"Task {number}",
        labels=["one", "two"],
        status=Status.PAUSED,
        duration_ms=60_000,
        elapsed_ms=number,
        progress=None,
        version=number,
        created_at=_NOW,
        due_at=None,
        allowed_actions=[Status.PAUSED, Status.IN_PROGRESS],
    )
    for number in range(TASKS)
]
DOCUMENT = (
    """{ tasks { id title labels status durationMs elapsedMs progress version createdAt dueAt allowedActions } }"""
)


async def measure() -> dict[str, float]:
    """Seconds for one execution: {"usual": …, "planned": …}."""
    schema, document = core(strawberry.Schema(Query)), parse(DOCUMENT)
    kinds: dict[str, Any] = {"usual": StrawberryGraphQLCoreExecutionContext, "planned": PlannedExecutor}

    async def once(kind: Any, document: DocumentNode) -> Any:
        result: Any = execute(schema, document, executor_class=kind)
        return (await result).data

    assert await once(kinds["usual"], document) == await once(kinds["planned"], document)
    best = dict.fromkeys(kinds, float("inf"))
    for _ in range(ROUNDS):
        for name, kind in kinds.items():
            began = time.perf_counter()
            for _ in range(TIMES):
                await once(kind, document)
            best[name] = min(best[name], (time.perf_counter() - began) / TIMES)
    return best


def main() -> None:
    """Print both and their ratio."""
    best = asyncio.run(measure())
    for name, seconds in best.items():
        print(f"{name:8} {1000 * seconds:.2f} ms")
    print(f"{best['usual'] / best['planned']:.1f} times faster")


if __name__ == "__main__":
    main()
