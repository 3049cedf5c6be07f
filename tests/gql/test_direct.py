"""A query that is executed directly is answered as graphql-core answers it, or is left to graphql-core."""

import asyncio
from dataclasses import fields
from enum import Enum
from random import Random
from typing import Any

import pytest
import strawberry
from fixtures.surface import DOCUMENTS, Asker
from fixtures.world import World, task
from fixtures.zoo import WRONG, Later
from graphql import ExecutionResult, execute, parse, validate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

import gql.execution
from gql.context import Services
from gql.direct import Direct
from gql.documents import Documents, digest
from gql.execution import core, run
from gql.limits import Limits
from gql.reading import Reading
from gql.request import Asked
from gql.ways import Ways


@strawberry.enum
class Colour(Enum):
    RED = "red"
    BLUE = "blue"


@strawberry.type
class Part:
    name: str
    size: int | None
    words: list[str | None] | None


@strawberry.type
class Thing:
    name: str
    weight: float
    colour: Colour | None
    colours: list[Colour]
    part: Part | None
    whole: Part
    parts: list[Part]
    maybe: list[Part | None] | None

    @strawberry.field
    def again(self) -> "Thing | None":
        return self

    @strawberry.field
    async def times(self, n: int = 2, of: str | None = None) -> str:
        await asyncio.sleep(0)
        return (of or self.name) * n  # raises for what is no text

    @strawberry.field
    async def best(self, first: int = 1) -> list[Part] | None:
        return self.parts[:first]


@strawberry.type
class Query:
    @strawberry.field
    async def thing(self, info: strawberry.Info) -> Thing | None:
        return info.context.thing

    @strawberry.field
    def must(self, info: strawberry.Info) -> Thing:
        return info.context.thing


CORE = core(strawberry.Schema(Query))
RIGHT: dict[str, list[Any]] = {
    "name": ["Box", "Jar"],
    "weight": [1.5],
    "colour": [None, Colour.RED],
    "colours": [[], list(Colour), (Colour.BLUE,)],
    "size": [None, 3],
    "words": [None, ["a", None]],
}
LEAVES = {
    "Thing": ["name", "weight", "colour", "colours", "__typename"],
    "Part": ["name", "size", "words", "__typename"],
}
ASKED = [
    "times",
    "times(n: 3)",
    "times(n: $n)",
    "times(of: $of, n: 1)",
    "best(first: 2) { size }",
    "best(first: $n) { name }",
]


class Told:
    """A context of these tests."""

    def __init__(self, thing: Any) -> None:
        self.thing = thing
        self.reading = Reading()


def thing(chance: Random, wrong: float) -> Any:
    def odd(value: Any) -> Any:
        value = chance.choice(WRONG) if chance.random() < wrong else value
        return Later(value) if chance.random() < wrong else value

    def leaves(kind: Any) -> dict[str, Any]:
        names = [field.name for field in fields(kind) if field.name in RIGHT]
        return {name: odd(chance.choice(RIGHT[name])) for name in names}

    def part() -> Any:
        return Part(**leaves(Part))

    parts = odd([odd(part()) for _ in range(chance.randrange(3))])
    several = odd(chance.choice([None, [part()]]))
    objects = {"part": odd(chance.choice([None, part()])), "whole": odd(part()), "parts": parts, "maybe": several}
    return odd(Thing(**leaves(Thing), **objects))


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Aliases, fragments on the very type, fields that are asked for twice, arguments by variables."""
    roots = [
        f"{name} {{ {draw(_selections(2))} }}" for name in draw(st.permutations(["thing", "must", "again: thing"]))
    ]
    some = f"fragment F on Thing {{ {draw(_selections(0))} }}"
    last = "last: thing { times(n: $n, of: $of) ...F }"
    return f"query($n: Int = 1, $of: String) {{ {' '.join(roots[: draw(st.integers(1, 3))])} {last} }} {some}"


@st.composite
def _selections(draw: st.DrawFn, depth: int) -> str:
    def leaves(kind: str) -> str:
        return " ".join(draw(st.lists(st.sampled_from(LEAVES[kind]), min_size=1, max_size=4)))

    chosen = [leaves("Thing")]
    for number, field in enumerate(draw(st.lists(st.sampled_from(ASKED), max_size=2))):
        chosen.append(f"a{depth}{number}: {field}")
    held = draw(st.lists(st.sampled_from(["part", "whole", "parts", "maybe"]), max_size=2))
    chosen += [f"{field} {{ {leaves('Part')} }}" for field in held]
    if depth:
        chosen.append(draw(st.sampled_from(["...F", "... on Thing { name }", "... { weight }", ""])))
        chosen.append(f"again {{ {draw(_selections(depth - 1))} }}")
    return " ".join(draw(st.permutations(chosen)))


async def usual(text: str, data: Told, variables: dict[str, Any]) -> ExecutionResult:
    result = execute(
        CORE,
        parse(text),
        context_value=data,
        variable_values=variables,
        executor_class=StrawberryGraphQLCoreExecutionContext,
    )
    return result if isinstance(result, ExecutionResult) else await result


def compiled(text: str) -> Direct | None:
    ways, document = Ways(), parse(text)
    assert ways.of(CORE, document, None) is None
    return ways.of(CORE, document, None)


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents(), st.integers(0, 2**32), st.sampled_from([{}, {"n": 2}, {"n": None, "of": "x"}, {"n": "two"}]))
async def test_what_is_executed_directly_is_what_graphql_core_says(
    text: str, seed: int, variables: dict[str, Any]
) -> None:
    assert validate(CORE, parse(text)) == []
    way = compiled(text)
    assert way is not None
    for wrong in (0, 0.01, 0.05):
        data = Told(thing(Random(seed), wrong))
        expected = await usual(text, data, variables)
        try:
            found = await way(data, variables)
        except Exception:
            assert expected.errors or wrong  # of data as promised every answer without errors is given directly
        else:
            assert expected.errors is None
            assert repr(found) == repr(expected.data)  # the order of the fields, and 1 is not True


@pytest.mark.parametrize(
    "text",
    [
        "mutation { a }",
        "query @skip(if: true) { thing { name } }",
        "{ thing { name @include(if: true) } }",
        "{ thing { ... @skip(if: false) { name } } }",
        "{ thing { ...F } } fragment F on Thing @skip(if: true) { name }",
        "{ __schema { queryType { name } } }",
        "{ thing { parts { name } nothing } }",
    ],
)
def test_what_takes_an_execution_to_know_is_not_compiled(text: str) -> None:
    assert compiled(text) is None


async def test_what_fails_again_and_again_is_left_to_the_usual_path() -> None:
    asked = Asked("d", "{ must { name } }", {})
    prepared = Documents(CORE, Limits(), {}).prepare(Asked(digest("{ must { name } }"), "{ must { name } }", {}))
    for _ in range(12):
        assert (await run(CORE, prepared, asked, Told(None))).errors
    assert prepared.ways.of(CORE, prepared.node, None) is None


PAGE = """query Page($slug: String!, $after: String, $by: TaskOrder) { workspace(slug: $slug) { __typename name viewerRole
  counts { status count } members { role }
  tasks(first: 2, after: $after, orderBy: $by) { totalCount pageInfo { hasNextPage endCursor }
    edges { cursor node { ...T } } nodes { ...T ...T } } } }
  fragment T on Task { id title labels status elapsedMs dueAt createdAt allowedActions
    can { action allowed reason } waitingFor worker input }"""


async def test_a_page_is_executed_directly_and_its_refusals_are_the_usual_ones(
    surface: Services, world: World, execute: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, steps in enumerate(("", "RUN", "RUN PAUSE", "RUN CANCEL")):
        await task(surface, world, steps, title=f"Task {number}")
    by = {"field": "TITLE", "direction": "ASC"}
    bad: list[dict[str, Any]] = [{"after": "garbage"}, {"by": {"field": "X"}}, {"by": {}}, {"slug": "none-such"}]
    asked = [{"slug": world.slug, **more} for more in ({}, {"by": by}, *bad)]
    prepared = DOCUMENTS.prepare(Asked(digest(PAGE), PAGE, {}))
    monkeypatch.setattr(Ways, "of", lambda *_: None)
    usually = [await execute(PAGE, each, as_=world["OPERATOR"]) for each in asked]
    nobody = await execute(PAGE, asked[0])
    monkeypatch.undo()
    assert [await execute(PAGE, each, as_=world["OPERATOR"]) for each in asked] == usually
    assert await execute(PAGE, asked[0]) == nobody
    monkeypatch.setattr(gql.execution, "execute", None)
    assert await execute(PAGE, asked[0], as_=world["OPERATOR"]) == usually[0]
    assert usually[0]["data"]["workspace"]["tasks"]["totalCount"] == 4
    assert ["errors" in each for each in usually] == [False, False, True, True, True, False]
    assert prepared.ways.of(CORE, prepared.node, None) is not None
