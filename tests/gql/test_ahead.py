"""A page that is sure to be asked for is read with its workspace, and is just the page that would be read without."""

from typing import Any

import pytest
from fixtures.sent import sent
from fixtures.surface import Asker
from fixtures.world import World, task
from graphql import OperationDefinitionNode, parse

from gql.context import Services
from gql.direct import Direct
from gql.execution import core
from gql.schema import schema
from gql.ways import Ways

CORE = core(schema)


def first(text: str, **variables: Any) -> int | None:
    """How many tasks would be read ahead."""
    document = parse(text)
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    return Direct(CORE, operation, {}).ahead.first(variables)


def asking(page: str, root: str = "", more: str = "") -> str:
    """A query for pages of a workspace."""
    head = "query ($n: Int, $d: Int = 7, $a: String, $f: TaskFilter)"
    return f'{head} {{ {root} workspace(slug: "x") {{ name {page} {more} }} }}'


@pytest.mark.parametrize(
    ("text", "variables", "size"),
    [
        (asking("tasks(first: 50) { nodes { id } }"), {}, 50),
        (asking("tasks(first: 50, after: null, filter: $f) { nodes { id } }"), {}, 50),
        (asking("a: tasks(first: $n, after: $a) { nodes { id } }"), {"n": 3, "a": None}, 3),
        (asking("... { tasks(first: 2) { totalCount } }"), {}, 2),
        (asking("tasks(first: 50, after: $a) { nodes { id } }"), {"a": "x"}, None),
        (asking("tasks(first: 50, filter: $f) { nodes { id } }"), {"f": {}}, None),
        (asking("tasks(first: 50, filter: {}) { nodes { id } }"), {}, None),
        (asking("tasks(last: 50) { nodes { id } }"), {}, None),
        (asking("tasks { nodes { id } }"), {}, None),
        (asking("tasks(first: $n) { nodes { id } }"), {}, None),
        (asking("tasks(first: $d) { nodes { id } }"), {}, None),
        (asking("tasks(first: $n) { nodes { id } }"), {"n": True}, None),
        (asking("tasks(first: $n) { nodes { id } }"), {"n": "3"}, None),
        (asking("tasks(first: 0) { nodes { id } }"), {}, None),
        (asking("tasks(first: 101) { nodes { id } }"), {}, None),
        (asking("tasks(first: 2) { nodes { id } }", more="b: tasks(first: 3) { nodes { id } }"), {}, None),
        (asking("tasks(first: 2) { nodes { id } }", root="version"), {}, None),
        (asking("name"), {}, None),
        ("{ version }", {}, None),
    ],
)
def test_only_the_first_page_of_the_newest_tasks_is_read_ahead(
    text: str, variables: dict[str, Any], size: int | None
) -> None:
    assert first(text, **variables) == size


PAGE = """query ($slug: String!, $first: Int, $by: TaskOrder) { workspace(slug: $slug) { name viewerRole
  tasks(first: $first, orderBy: $by) { pageInfo { hasNextPage endCursor } nodes { id title status allowedActions } } } }"""


async def test_a_workspace_and_its_page_are_one_statement_and_the_same_answer(
    surface: Services, world: World, execute: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, steps in enumerate(("", "RUN", "RUN PAUSE")):
        await task(surface, world, steps, title=f"Task {number}")
    newest = {"field": "CREATED_AT", "direction": "DESC"}
    cases: list[tuple[dict[str, Any], str, int]] = [
        ({"first": 2}, "OPERATOR", 1),
        ({"first": 50}, "VIEWER", 1),
        ({"first": 2, "by": newest}, "OPERATOR", 2),  # in so many words: read as ever
        ({"first": 0}, "OPERATOR", 2),
        ({"first": 2, "slug": "none-such"}, "OPERATOR", 1),
        ({"first": 2}, "outsider", 1),
    ]
    monkeypatch.setattr(Ways, "of", lambda *_: None)
    usual = [await execute(PAGE, {"slug": world.slug, **given}, as_=world[who]) for given, who, _ in cases]
    monkeypatch.undo()
    for (given, who, statements), expected in zip(cases, usual, strict=True):
        with sent(surface.db) as spent:
            assert await execute(PAGE, {"slug": world.slug, **given}, as_=world[who]) == expected
        if "errors" not in expected:
            assert len(spent) == statements, given
    assert [len(each["data"]["workspace"]["tasks"]["nodes"]) for each in usual[:3]] == [2, 3, 2]
    assert [each["data"]["workspace"] for each in usual[3:]] == [None, None, None]


async def test_what_changed_in_between_is_in_the_next_answer(surface: Services, world: World, execute: Asker) -> None:
    asked = {"slug": world.slug, "first": 1}
    for number in range(3):
        await task(surface, world, title=f"Task {number}")
        answer = await execute(PAGE, asked, as_=world["OPERATOR"])
        page = answer["data"]["workspace"]["tasks"]
        assert [node["title"] for node in page["nodes"]] == [f"Task {number}"]
        assert page["pageInfo"]["hasNextPage"] is (number > 0)
