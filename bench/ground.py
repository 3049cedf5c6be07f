"""What the measurements of the engine stand on: a PostgreSQL of their own, a workspace, and rounds that take turns."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast
from uuid import UUID

import asyncpg
from sqlalchemy import text

from bench.tables import Table, load
from engine.hints import Hints
from engine.kinds import Catalogue
from engine.tasks import Tasks
from migrations.apply import migrate
from models.authority import Authority, Reach, Scope
from models.base import new_id
from models.database import Database
from models.role import Role
from server.postgres import embedded

ALL = Reach(dict.fromkeys(Role, Scope.ALL))
Contender = Callable[[], Awaitable[object]]

_SEED = (
    "insert into users (id, email, display_name) values (:user, 'bench@example.org', 'Bench')",
    "insert into sessions (id, user_id, expires_at) values (:session, :user, clock_timestamp() + interval '1 day')",
    "insert into workspaces (id, slug, name) values (:workspace, 'bench', 'Bench')",
    "insert into memberships (workspace_id, user_id, role) values (:workspace, :user, 'ADMIN')",
)
_FILL = text(
    """
    insert into tasks (id, workspace_id, title, description, labels, duration_ms, priority, created_by)
    select gen_random_uuid(), :workspace, 'task ' || n || ' ' || md5(cast(n as text)), 'words ' || n % 1000,
      case when n % 100 = 0 then cast('{rare}' as varchar[]) else '{}' end, 600000, n % 5, :user
    from generate_series(1, cast(:rows as integer)) as n
    """
)


class Bare(Protocol):
    """A connection of asyncpg, as far as it is used here (it has no types of its own)."""

    async def fetch(self, query: str, *values: object) -> list[Mapping[str, object]]:
        """The rows."""
        ...

    async def execute(self, query: str, *values: object) -> str:
        """The command's tag."""
        ...

    def transaction(self) -> AbstractAsyncContextManager[object]:
        """Begin … commit."""
        ...

    async def close(self) -> None:
        """Close it."""
        ...


@dataclass(frozen=True)
class Ground:
    """A workspace and who may do everything in it; `bare` is a driver's connection without anything of ours."""

    db: Database
    url: str
    bare: Bare
    admin: Authority
    workspace_id: UUID
    hints: Hints
    tasks: Tasks


@asynccontextmanager
async def ground(rows: int = 0) -> AsyncGenerator[Ground]:
    """A fresh PostgreSQL with so many tasks in one workspace."""
    with tempfile.TemporaryDirectory() as folder:
        async with embedded(Path(folder)) as url:
            await migrate(url.replace("postgresql://", "postgresql+asyncpg://"))
            db, hints = Database(url, timeout=60), Hints()
            bare = cast("Bare", await asyncpg.connect(url))  # pyright: ignore[reportUnknownMemberType]  # untyped
            admin, workspace_id = await _seed(db)
            made = Ground(db, url, bare, admin, workspace_id, hints, Tasks(db, Catalogue(), hints))
            await fill(made, rows)
            yield made
            await bare.close()
            await db.close()


async def fill(ground: Ground, rows: int) -> None:
    """So many tasks more."""
    values = {"workspace": ground.workspace_id, "user": ground.admin.user_id, "rows": rows}
    async with ground.db.one() as connection:
        await connection.execute(_FILL, values)
        await connection.execute(text("vacuum analyze"))


async def _seed(db: Database) -> tuple[Authority, UUID]:
    user, session, workspace = new_id(), new_id(), new_id()
    async with db.one() as connection:
        for statement in _SEED:
            await connection.execute(text(statement), {"user": user, "session": session, "workspace": workspace})
    return Authority(user, session_id=session), workspace


async def side_by_side(contenders: Mapping[str, Contender], *, rounds: int = 9, times: int = 200) -> dict[str, float]:
    """Milliseconds for one call of each: the median of rounds that take turns, so that a busy machine slows all alike."""
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds + 1):
        for name, call in contenders.items():
            began = time.perf_counter()
            for _ in range(times):
                await call()
            if turn:  # the first round warms up
                found[name].append((time.perf_counter() - began) * 1000 / times)
    return {name: statistics.median(values) for name, values in found.items()}


def table(title: str, figures: Mapping[str, float], against: str) -> None:
    """Print the figures with the ratio of speeds to that of `against`."""
    said = Table(f"{title}, load {load()}", ("asked", "ms", "a second", f"of the speed of: {against}"))
    for name, milliseconds in figures.items():
        said.add(name, milliseconds, 1000 / milliseconds, figures[against] / milliseconds)
    said.print()


def run(main: Callable[[], Awaitable[None]]) -> None:
    """Run a measurement."""

    async def go() -> None:
        await main()

    asyncio.run(go())
