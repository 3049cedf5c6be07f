"""The plan gives the very results and errors that graphql-core gives without it, whatever documents and data hold."""

from random import Random
from typing import Any

import pytest
import strawberry
from fixtures.zoo import RIGHT, SCHEMA, WRONG, Asked, Cat, Cats, Colour, Dog, Herd, Later, animals, documents
from graphql import ExecutionResult, execute, parse, validate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from gql.execution import PlannedExecutor, core
from gql.plan import compile_plan

CORE = core(SCHEMA)


async def run(executor: type, asked: Asked, data: Any) -> ExecutionResult:
    result = execute(
        CORE, parse(asked.text), context_value=data, variable_values=asked.variables, executor_class=executor
    )
    return result if isinstance(result, ExecutionResult) else await result


def told(result: ExecutionResult) -> tuple[Any, list[Any], list[str]]:
    errors = result.errors or []
    causes = [repr(error.original_error) for error in errors]
    return result.data, [error.formatted for error in errors], causes


@settings(max_examples=30, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents(), st.integers(0, 2**32))
async def test_results_and_errors_are_those_of_the_usual_path(asked: Asked, seed: int) -> None:
    assert validate(CORE, parse(asked.text)) == []
    for count in range(1, 5):
        data = animals(Random(seed + count), count)
        usual = await run(StrawberryGraphQLCoreExecutionContext, asked, data)
        for given_data in (data, Herd(data)):
            planned = await run(PlannedExecutor, asked, given_data)
            assert told(planned) == told(usual)
            assert repr(planned.data) == repr(usual.data)  # the order of the fields, and 1 is not True


@pytest.mark.parametrize("field", [*RIGHT, "friend", "friends", "herds"])
async def test_each_value_of_each_field_is_told_as_on_the_usual_path(field: str) -> None:
    inner = " { key }" if field.startswith(("friend", "herds")) else ""
    owner = "Dog" if field == "tricks" else "Cat"
    asked = Asked(f"{{ first {{ ... on {owner} {{ {field}{inner} }} __typename }} }}", {})
    right = animals(Random(1), 1)[0]
    for value in [*WRONG, *RIGHT.get(field, []), [right], right, [[right, None], 1]]:
        for given_value in (value, Later(value), [value], [Later(value)]):
            data = [replace(Dog if owner == "Dog" else Cat, right, field, given_value)]
            usual = await run(StrawberryGraphQLCoreExecutionContext, asked, data)
            planned = await run(PlannedExecutor, asked, data)
            assert (told(planned), repr(planned.data)) == (told(usual), repr(usual.data)), repr(value)


def replace(kind: Any, animal: Any, field: str, value: Any) -> Any:
    """An animal of a kind that is like another but for one field."""
    values = vars(animal) | {"lives": 9, "tricks": None, "friend": None, "friends": [], "herds": None} | {field: value}
    return kind(**{name: values[name] for name in kind.__dataclass_fields__ if kind.__dataclass_fields__[name].init})


def cat(**values: Any) -> Cat:
    plain: dict[str, Any] = dict.fromkeys(["nick", "age", "colours", "grid", "born", "extra", "friend", "herds"])
    plain |= {"name": "Tom", "key": "k", "weight": 1.0, "tame": True, "colour": Colour.RED, "words": ["a"]}
    made: Any = Cat
    return made(**plain | {"friends": [], "lives": 9} | values)


async def test_a_plain_field_is_done_without_the_usual_path(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    usual = PlannedExecutor.execute_field

    def watched(self: Any, parent: Any, source: Any, details: Any, path: Any, position: Any) -> Any:
        seen.append(details[0].node.name.value)
        return usual(self, parent, source, details, path, position)

    monkeypatch.setattr(PlannedExecutor, "execute_field", watched)
    asked = Asked("{ animals { name age colour words shout ... on Cat { lives } __typename } }", {})
    result = await run(PlannedExecutor, asked, [cat(), cat(age="three")])
    assert seen == ["animals", "shout", "age", "shout"]
    assert result.errors is not None
    assert [error.path for error in result.errors] == [["animals", 1, "age"]]


async def test_of_columns_no_object_is_made_where_all_is_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    monkeypatch.setattr(Cats, "make", lambda cats: made.append(len(cats)) or cats._cats)
    herd = Herd([cat(), cat(name="Kit")])
    plain = await run(PlannedExecutor, Asked("{ cats { name age __typename } }", {}), herd)
    assert plain.data == {"cats": [{"name": n, "age": None, "__typename": "Cat"} for n in ("Tom", "Kit")]}
    assert made == []
    asked = await run(PlannedExecutor, Asked("{ cats { name shout } }", {}), herd)
    assert asked.data == {"cats": [{"name": n, "shout": n.upper()} for n in ("Tom", "Kit")]}
    assert made == [2]


async def test_what_must_be_waited_for_is_waited_for() -> None:
    result = await run(PlannedExecutor, Asked("{ animals { name nick age } }", {}), [cat(name=Later("Tom"))])
    assert result.data == {"animals": [{"name": "Tom", "nick": None, "age": None}]}


def test_nothing_is_planned_where_nothing_is_plain() -> None:
    @strawberry.type
    class Only:
        @strawberry.field
        def resolved(self) -> int:
            return 1

    @strawberry.type
    class Query:
        only: Only

    schema = core(strawberry.Schema(Query))
    document = parse("{ resolved }")
    node: Any = document.definitions[0]

    class Details:
        def __init__(self, node: Any) -> None:
            self.node = node

    kind: Any = schema.get_type("Only")
    assert compile_plan(schema, kind, {"resolved": [Details(node.selection_set.selections[0])]}) is None
