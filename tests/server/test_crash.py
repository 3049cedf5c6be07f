"""Everything is killed at once, the server with its processes and PostgreSQL with its own, and started again into the same folder.

Judged as the storm of `make prove` is: by what was acknowledged, and by the whole history of every task (models/history.py).
"""

import asyncio
import random
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from httpx2 import AsyncClient

from bench.prove.customers import ACT_ON_MANY, CREATE_MANY
from bench.prove.faults import flat
from bench.prove.killer import kill_everything
from bench.prove.trial import Crew, crew, trial
from bench.served import Served, ask, served
from gql.ids import NodeType, key_of
from models.lifecycle import Status
from server.postgres_files import folder_of, processes_in

CUSTOMERS, TIMERS, DURATION_MS = 6, 20, 2_000
DUE = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Task { dueAt } } }"


@dataclass
class Crash:
    """Kills everything under a crew at work, right after timers were started that are due while nothing runs."""

    folder: Path
    server: Served
    there: Crew
    http: AsyncClient
    doomed: tuple[UUID, ...] = ()
    killed: datetime | None = None

    async def strike(self) -> list[str]:
        """What did not come back."""
        assert await self.there.go_on(60)
        ids, due = await self._start_timers()
        self.doomed = tuple(key_of(NodeType.TASK, id, "id") for id in ids)
        victims = await kill_everything(self.server, self.folder)
        self.killed = datetime.now(UTC)
        assert len(victims) > 10  # PostgreSQL alone has six beside its backends
        assert processes_in(folder_of(self.folder).data) == []
        while datetime.now(UTC) <= due:
            await asyncio.sleep(0.02)
        await self.server.start()
        return [] if await self.there.go_on(30) else ["nothing was acknowledged after the crash"]

    async def _start_timers(self) -> tuple[list[str], datetime]:
        """Acknowledged as running, and when the last of them is due."""
        inputs = [{"title": f"doomed {number}", "durationMs": DURATION_MS} for number in range(TIMERS)]
        home = self.there.watcher.member.workspace_id
        made = await self._ask(CREATE_MANY, id=home, inputs=inputs)
        ids = [task["id"] for task in made["done"]]
        ran = await self._ask(ACT_ON_MANY, w=home, ids=ids, action="RUN", reason="many doomed")
        assert [one["changed"] for one in ran["done"]["outcomes"]] == [True] * TIMERS
        nodes = (await self._ask(DUE, ids=ids))["nodes"]
        return ids, max(datetime.fromisoformat(node["dueAt"]) for node in nodes)

    async def _ask(self, query: str, **variables: Any) -> Any:
        return await ask(self.http, self.there.watcher.member.headers, query, **variables)


@asynccontextmanager
async def crashing(folder: Path) -> AsyncGenerator[Crash]:
    """A server of two processes with a PostgreSQL of its own, and customers at work."""
    async with (
        served(folder, PROCESSES="2", LOG_LEVEL="warning") as server,
        AsyncClient(base_url=server.origin, timeout=60) as http,
    ):
        origins = [server.origin]
        yield Crash(
            folder, server, await crew(origins, origins, http, random.Random(8), ones=CUSTOMERS, crowds=0), http
        )


async def test_everything_killed_at_once_loses_nothing_and_ends_everything_once(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    async with crashing(folder) as crash:
        outcome = await trial(crash.there, folder_of(folder).url(), crash.strike)
    assert flat(outcome.faults) == []
    tally, truth = crash.there.tally, outcome.truth
    assert len(tally.acknowledged) >= 90
    assert tally.cut >= CUSTOMERS, "everybody was cut off"
    assert {task.status for task in truth.tasks.values()} <= {*Status} - {Status.IN_PROGRESS}
    for id in crash.doomed:
        created, ran, completed = truth.history[id]
        assert (created.action, ran.action, completed.action) == ("CREATED", "RUN", "COMPLETED")
        assert crash.killed is not None
        assert ran.at < crash.killed < completed.at, "due while nothing ran, and ended afterwards"
        assert completed.elapsed_ms == DURATION_MS
    said = "".join(log.read_text() for log in folder_of(folder).log.glob("postgres-*.log"))
    assert "was not properly shut down" in said
