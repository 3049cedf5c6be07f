"""Nothing imports in a circle when it runs. For the type checker alone there is one: types of the API name each other."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

FLOORS = ("models", "auth", "engine", "gql", "server", "cli")
# What answers about a task refers to people and a workspace, which refer to tasks; they are read by what the context holds.
NAMED = {"gql.context", "gql.fields", "gql.guards", "gql.loaders"}


def imports(floor: str, *, running: bool) -> dict[str, set[str]]:
    """Each module with what it imports of its floor; `running`: without what only the type checker follows."""
    graph = grimp.build_graph(floor, exclude_type_checking_imports=running, cache_dir=None)
    return {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}


def reached(graph: Mapping[str, set[str]], start: str) -> Iterator[str]:
    """Every module on the way from one, itself only where a way leads back."""
    seen, left = set[str](), list(graph[start])
    while left:
        if (one := left.pop()) not in seen:
            seen.add(one)
            left += graph[one]
            yield one


@pytest.mark.parametrize("floor", FLOORS)
def test_no_floor_imports_in_a_circle_when_it_runs(floor: str) -> None:
    TopologicalSorter(imports(floor, running=True)).prepare()


def test_for_the_type_checker_only_types_of_the_api_and_what_reads_them_are_in_a_circle() -> None:
    graph = imports("gql", running=False)
    circle = {module for module in graph if module in reached(graph, module)}
    assert {module for module in circle if not module.startswith("gql.types.")} == NAMED


def test_a_circle_would_be_found() -> None:
    with pytest.raises(CycleError):
        TopologicalSorter({"a": {"b"}, "b": {"a"}}).prepare()
