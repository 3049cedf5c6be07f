"""Lists are completed a column at a time, and say what they would say object by object."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from fixtures.surface import DOCUMENTS, Asker
from fixtures.world import World, task
from fixtures.zoo import SCHEMA, Cat, Colour
from graphql import ExecutionResult, execute, parse
from hypothesis import given
from hypothesis import strategies as st
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from engine import lists
from gql.answer import encode
from gql.columns import column
from gql.context import Services
from gql.documents import digest
from gql.execution import PlannedExecutor, core
from gql.plan import NotPlain
from gql.request import Asked
from gql.requests import context
from gql.scalars import write_moment, write_moments
from gql.schema import schema
from gql.types.node import Node
from gql.types.task import Task, Tasks
from gql.types.tasks import Edges
from models.role import Role

TYPES = core(schema).type_map
PAGE = """
query ($slug: String!) { workspace(slug: $slug) { tasks(first: 50) {
  edges { cursor node { ...T } } nodes { ...T } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }
fragment T on Task {
  __typename id title description labels kind input status durationMs elapsedMs progress progressNote result error
  priority timeoutMs maxAttempts version createdBy { id displayName } createdAt updatedAt lastRunAt dueAt resumeAt
  completedAt attempt worker waitingFor allowedActions can { action allowed reason } workspace { name } }"""


async def test_a_page_is_the_one_of_the_usual_path(surface: Services, world: World, execute: Asker) -> None:
    for number, steps in enumerate(("", "RUN", "RUN PAUSE", "RUN CANCEL")):
        await task(surface, world, steps, title=f"Task {number}", by="EDITOR" if number % 2 else "ADMIN")
    asked = Asked(digest(PAGE), PAGE, {"slug": world.slug})
    found: list[Any] = []
    for executor in (StrawberryGraphQLCoreExecutionContext, PlannedExecutor):
        made = context(surface, world["OPERATOR"], execute.client)
        result: Any = execute_with(executor, DOCUMENTS.prepare(asked).node, made, asked.variables)
        result = result if isinstance(result, ExecutionResult) else await result
        assert result.errors is None
        found.append(repr(result.data))
    assert found[0] == found[1]
    assert found[0].count("'title': 'Task ") == 8


def execute_with(executor: Any, node: Any, made: Any, variables: dict[str, Any]) -> Any:
    return execute(core(schema), node, context_value=made, variable_values=variables, executor_class=executor)


async def test_objects_of_a_plain_list_are_done_without_the_executor(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    usual = PlannedExecutor.execute_field

    def watched(self: Any, parent: Any, source: Any, details: Any, path: Any, position: Any) -> Any:
        seen.append(details[0].node.name.value)
        return usual(self, parent, source, details, path, position)

    monkeypatch.setattr(PlannedExecutor, "execute_field", watched)
    plain: dict[str, Any] = dict.fromkeys(["nick", "age", "colours", "grid", "born", "extra", "friend", "herds"])
    plain |= {"name": "Tom", "key": "k", "weight": 1.0, "tame": True, "colour": Colour.RED, "words": ["a"], "lives": 9}
    made: Any = Cat
    cats = [made(**plain, friends=[]) for _ in range(50)]
    document = parse("{ cats { name lives colour born words } }")
    result: Any = execute(core(SCHEMA), document, context_value=cats, executor_class=PlannedExecutor)
    assert (await result).data == {
        "cats": [{"name": "Tom", "lives": 9, "colour": "RED", "born": None, "words": ["a"]}] * 50
    }
    assert seen == ["cats"]


@given(st.lists(st.none() | st.datetimes(timezones=st.just(UTC)), min_size=1, max_size=5))
def test_moments_are_written_together_as_they_are_singly(moments: list[datetime | None]) -> None:
    assert write_moments(moments) == [None if at is None else write_moment(at) for at in moments]


@pytest.mark.parametrize("at", [datetime(2026, 1, 2), datetime(2026, 1, 2, tzinfo=timezone(timedelta(hours=2)))])
def test_a_moment_of_another_zone_takes_the_usual_path(at: datetime) -> None:
    with pytest.raises(ValueError, match="2026"):
        write_moments([datetime(2026, 1, 1, tzinfo=UTC), at])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("version", 2**31),
        ("version", True),
        ("version", None),
        ("progress", float("inf")),
        ("title", 1),
        ("status", "RUN"),
    ],
)
def test_a_value_that_the_schema_does_not_promise_is_left_to_the_usual_path(field: str, value: Any) -> None:
    kind: Any = TYPES["Task"]
    done = column(kind.fields[field].type)
    assert done is not None
    with pytest.raises(NotPlain):
        done([value])


def test_whole_numbers_of_any_size_are_written() -> None:
    assert encode({"n": 2**70, "at": [1, None]}) == b'{"n":1180591620717411303424,"at":[1,null]}'


async def test_each_field_alone_is_what_it_is_among_all_of_them(
    surface: Services, world: World, execute: Asker
) -> None:
    """A page reads the columns of what is asked for: whichever that is, none of them is missing."""
    for number, steps in enumerate(("", "RUN PAUSE", "RUN CANCEL")):
        await task(surface, world, steps, title=f"Task {number}")
    alone = {"can": "can { action }", "workspace": "workspace { slug }", "createdBy": "createdBy { id }"}
    alone |= {name: f"{name} {{ edges {{ cursor }} }}" for name in ("events", "logs")}
    kind: Any = TYPES["Task"]
    names: list[str] = list(kind.fields)
    fields = [alone.get(name, name) for name in names]
    page = "query ($slug: String!, $by: TaskOrder) {{ workspace(slug: $slug) {{ tasks(orderBy: $by) {{ {0} }} }} }}"
    orders: Any = TYPES["TaskOrderField"]
    for by in orders.values:
        asked = {"slug": world.slug, "by": {"field": by, "direction": "ASC"}}
        every = await read(execute, page.format(f"nodes {{ {' '.join(fields)} }}"), asked, world)
        assert len(every["nodes"]) == 3
        for name, field in zip(names, fields, strict=True):
            found = await read(execute, page.format(f"edges {{ cursor node {{ {field} }} }}"), asked, world)
            assert [edge["node"] for edge in found["edges"]] == [{name: node[name]} for node in every["nodes"]]


async def test_a_column_of_tasks_is_what_each_of_them_says(surface: Services, world: World) -> None:
    for number, steps in enumerate(("", "RUN PAUSE", "RUN CANCEL")):
        await task(surface, world, steps, title=f"Task {number}", by="EDITOR" if number else "ADMIN")
    page = await lists.page(surface.db, world["ADMIN"].authority, world.workspace, first=10)
    for role in Role:
        shown = Tasks(page.found, role)
        assert (len(shown), shown.sample()[0].title, shown[-1].title) == (3, "Task 2", "Task 0")
        columns = {name: shown.column(name) for name in (*Node.__annotations__, *Task.__annotations__)}
        assert {name for name, values in columns.items() if values is None} == {"worker", "waiting_for"}
        for name, values in columns.items():
            assert values is None or list(values) == [getattr(one, name) for one in shown], name
        edges = Edges(shown, page)
        assert [(edge.node, edge.cursor) for edge in edges] == list(zip(shown, page.cursors, strict=True))
        assert edges.sample()[0].cursor == edges.column("cursor")[0] == page.ends[0]


async def read(execute: Asker, text: str, asked: dict[str, Any], world: World) -> Any:
    answer = await execute(text, asked, as_=world["ADMIN"])
    assert "errors" not in answer
    return answer["data"]["workspace"]["tasks"]
