"""The log of a task, read in pages by those who may see the task."""

from typing import Any

import pytest
from fixtures.surface import Asker, code
from fixtures.world import World, task
from sqlalchemy import text

from gql.context import Services
from gql.ids import NodeType, encode

LOG = """query ($id: ID!, $first: Int, $after: String) { task(id: $id) { logs(first: $first, after: $after) {
  nodes { text stream } edges { cursor node { text } } pageInfo { hasNextPage endCursor } } } }"""
WRITE = text("insert into logs (task_id, attempt, stream, text) values (:id, 1, 'out', :text)")


async def logged(surface: Services, world: World, lines: int) -> str:
    """The id of a task that has printed so many."""
    key = await task(surface, world)
    async with surface.db.one() as connection:
        for number in range(lines):
            await connection.execute(WRITE, {"id": key, "text": str(number)})
    return encode(NodeType.TASK, key)


async def test_a_log_is_read_page_by_page_the_earliest_lines_first(
    execute: Asker, surface: Services, world: World
) -> None:
    id = await logged(surface, world, 5)

    async def page(**window: Any) -> dict[str, Any]:
        answer = await execute(LOG, {"id": id, **window}, as_=world["VIEWER"])
        return answer["data"]["task"]["logs"]

    first = await page(first=3)
    rest = await page(first=3, after=first["pageInfo"]["endCursor"])
    assert [[row["text"] for row in found["nodes"]] for found in (first, rest)] == [["0", "1", "2"], ["3", "4"]]
    assert [found["pageInfo"]["hasNextPage"] for found in (first, rest)] == [True, False]
    assert (await page(first=1, after=first["edges"][0]["cursor"]))["nodes"] == [{"text": "1", "stream": "out"}]


@pytest.mark.parametrize("window", [{"first": 0}, {"first": 1001}, {"first": 5, "after": "x"}, {"after": "WzFd"}])
async def test_a_page_of_a_log_that_cannot_be_is_refused(
    window: dict[str, Any], execute: Asker, surface: Services, world: World
) -> None:
    id = await logged(surface, world, 1)
    assert code(await execute(LOG, {"id": id, **window}, as_=world["VIEWER"])) == "INVALID_INPUT"


async def test_the_log_of_anothers_task_is_nobodys(execute: Asker, surface: Services, world: World) -> None:
    id = await logged(surface, world, 1)
    answer = await execute(LOG, {"id": id}, as_=world["outsider"])
    assert answer["data"] == {"task": None}
