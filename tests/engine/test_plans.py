"""The hot statements use their indexes: no walk through a table, at however many tasks.

FERMATA_TEST_ROWS sets how many tasks there are (`python -m bench.prove --only plans` takes a million).
"""

import json
import os
import re
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
import pytest_asyncio
from fixtures import seed
from fixtures.cluster import Cluster
from fixtures.room import Room, furnish
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine import feed, listing, lists
from engine.filters import ALL, Filter, values
from engine.listing import OrderField, Walk
from engine.statements import statement
from engine.transition import Ask, parameters, seeing
from models.base import new_id
from models.database import Database
from models.driver import Prepared, compiled
from models.lifecycle import Action, Status

ROWS = int(os.environ.get("FERMATA_TEST_ROWS", "8000"))
FILL = text(
    """
    insert into tasks (id, workspace_id, title, description, labels, duration_ms, priority, status, last_run_at, due_at)
    select gen_random_uuid(), :workspace_id, 'task ' || n || ' ' || md5(cast(n as text)), 'words ' || n % 1000,
      case when n % 100 = 0 then cast('{rare}' as varchar[]) else '{}' end, 600000, n % 5,
      case when n % 50 = 0 then cast('IN_PROGRESS' as task_status) else 'NOT_STARTED' end,
      clock_timestamp(), case when n % 50 = 0 then clock_timestamp() + n * interval '1 second' end
    from generate_series(1, cast(:rows as integer)) as n
    """
)

FINISH = text(
    "update tasks set status = 'COMPLETED', due_at = null, completed_at = clock_timestamp() where status = 'IN_PROGRESS'"
)
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def full(cluster: Cluster) -> AsyncGenerator[Room]:
    """A workspace with many tasks, which nobody changes for good."""
    async with cluster.clone() as url:
        db = Database(url, size=5, timeout=30)
        room = await furnish(db)
        async with db.one() as connection:
            await connection.execute(FILL, {"workspace_id": room.workspace_id, "rows": ROWS})
            await connection.execute(text("vacuum analyze tasks"))
            await connection.execute(text("analyze task_counts"))
        yield room
        await db.close()


async def plan(room: Room, name: str, values: dict[str, Any]) -> str:
    """What PostgreSQL would do with a statement of engine/sql, as text."""
    return await explain(room, compiled(statement(name)), values)


async def explain(room: Room, prepared: Prepared, values: dict[str, Any]) -> str:
    """What PostgreSQL would do, as text."""
    async with room.db.one() as connection:
        return await explained(connection, prepared, values)


async def explained(connection: AsyncConnection, prepared: Prepared, values: dict[str, Any]) -> str:
    """The same as this connection's transaction sees the tables."""
    arguments = prepared.arguments(values)
    rows = (await connection.exec_driver_sql(f"explain (format json) {prepared.sql}", arguments)).all()
    return json.dumps(rows[0][0])


async def page_plan(room: Room, walk: Walk, narrow: Filter = ALL, start: object = None) -> str:
    """What PostgreSQL would do for a page of 50."""
    conditions = values(narrow)
    cut = {"start_key": start, "start_id": new_id()}
    asked = {**seeing(room.admin), "workspace_id": room.workspace_id, "limit": 51, **cut, **conditions}
    return await explain(room, listing.page(tuple(conditions), walk), asked)


def scans(found: str) -> list[str]:
    """The tables that are walked through."""
    return re.findall(r'"Node Type": "Seq Scan"[^{}]*?"Relation Name": "(\w+)"', found)


def indexes(found: str) -> set[str]:
    return set(re.findall(r'"Index Name": "(\w+)"', found))


KEYS: dict[OrderField, Any] = {
    OrderField.CREATED_AT: datetime(2026, 1, 1, tzinfo=UTC),
    OrderField.UPDATED_AT: datetime(2026, 1, 1, tzinfo=UTC),
    OrderField.PRIORITY: 3,
    OrderField.TITLE: "task 5",
}


async def test_pages_in_every_order_walk_along_their_index(full: Room) -> None:
    for field, down, start in product(OrderField, (True, False), (True, False)):
        found = await page_plan(full, Walk(field, down, start=start), start=KEYS[field])
        assert "tasks" not in scans(found), field
        assert f"ix_tasks_by_{field}" in indexes(found), (field, start)
        assert '"Node Type": "Sort"' not in found, (field, start)


FILTERS: list[tuple[Filter, set[str]]] = [
    (Filter(status=[Status.IN_PROGRESS]), {"ix_tasks_by_status"}),
    (Filter(labels=["rare"]), {"ix_tasks_labels", "ix_tasks_by_created_at"}),
    (Filter(search="c4ca4238a0b923820dcc"), {"ix_tasks_search"}),
]


async def test_filters_use_their_index(full: Room) -> None:
    for narrow, good in FILTERS:
        found = await page_plan(full, Walk(OrderField.CREATED_AT, down=True), narrow)
        assert "tasks" not in scans(found)
        assert indexes(found) & good, narrow


async def test_an_unchanged_poll_is_one_probe_of_an_index(full: Room) -> None:
    async with full.db.one() as connection:
        revision = feed.parse(await feed.snapshot(connection))
    assert revision is not None
    values = {"workspace_ids": [full.workspace_id], "epochs": [revision.epoch], "snapshots": [revision.snapshot]}
    found = await plan(full, "changed", values)
    assert "tasks" not in scans(found)
    assert "ix_tasks_workspace_changed" in indexes(found)
    since = {"since": revision.snapshot, "epoch": revision.epoch, "goal": None, "changed": None, "id": None}
    found = await plan(
        full,
        "changes",
        {**seeing(full.admin), "workspace_id": full.workspace_id, "limit": 101, **since},
    )
    assert "tasks" not in scans(found)
    assert "ix_tasks_workspace_changed" in indexes(found)


async def test_the_clock_completions_and_transitions_use_indexes(full: Room) -> None:
    found = await plan(full, "scan_due", {"ahead_ms": 2500, "limit": 20_000})
    assert scans(found) == []
    assert indexes(found) == {"ix_tasks_due"}
    found = await plan(full, "complete_due", {"ids": [new_id()], "event_ids": [new_id()]})
    assert "tasks" not in scans(found)
    found = await plan(full, "resume_due", {"limit": 100, "timer_to": "IN_PROGRESS", "work_to": "QUEUED"})
    assert "tasks" not in scans(found)
    values = parameters(full.admin, seed.OPERATE, Ask(Action.RUN))
    values |= {"workspace_id": full.workspace_id, "ids": [new_id()], "event_ids": [new_id()]}
    found = await plan(full, "transition", values)
    assert "tasks" not in scans(found)
    assert {name for name in indexes(found) if "tasks" in name} == {"pk_tasks"}
    found = await plan(full, "counts", {**seeing(full.admin), "workspace_ids": [full.workspace_id]})
    assert '"Relation Name": "tasks"' not in found
    assert await lists.total(full.db, full.admin, full.workspace_id) == ROWS


async def test_retention_finds_what_is_over_by_an_index(full: Room) -> None:
    async with full.db.transaction() as connection:
        await connection.execute(FINISH)
        await connection.execute(text("analyze tasks"))
        asked = {"days": 7, "limit": 10, "reason": "over"}
        found = await explained(connection, compiled(statement("retain_finished")), asked)
        await connection.rollback()
    assert "tasks" not in scans(found)
    assert "ix_tasks_finished" in indexes(found)
