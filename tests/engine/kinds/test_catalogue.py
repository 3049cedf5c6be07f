"""The catalogue of kinds and the check of a task's input."""

import pytest

from engine.kinds import Catalogue, Kind, KindsError, Problem
from engine.kinds.schema import fault
from models.kind import Pausability
from models.lifecycle import Nature


def test_the_timer_and_a_list_of_items_are_always_there() -> None:
    catalogue = Catalogue()
    assert catalogue.names() == ["timer", "items"]
    assert [kind.nature for kind in catalogue] == [Nature.TIMER, Nature.WORK]
    assert [kind.work is None for kind in catalogue] == [True, False]


def test_a_name_is_declared_once() -> None:
    again = Kind("items", "Items", "", Pausability.PORTABLE)
    with pytest.raises(KindsError, match='two kinds with the name "items"'):
        Catalogue([again])


def test_a_wrong_input_is_named_with_its_place() -> None:
    catalogue = Catalogue()
    assert catalogue.problems("items", {"items": ["a", "b"]}) == []
    assert catalogue.problems("items", {"items": ["a", 7], "speed": 1}) == [
        Problem("input", "Additional properties are not allowed ('speed' was unexpected)"),
        Problem("input.items.1", "7 is not of type 'string'"),
    ]
    assert catalogue.problems("items", None) == [Problem("input", "None is not of type 'object'")]


def test_an_unknown_kind_is_a_problem_that_names_the_known_ones() -> None:
    assert Catalogue().problems("dance", {}) == [
        Problem("kind", 'there is no kind "dance" here; there are: timer, items')
    ]


def test_a_flood_of_problems_is_cut_off() -> None:
    found = Catalogue().problems("items", {"items": list(range(1000))})
    assert len(found) == 20


def test_a_schema_that_is_none_or_points_outside_is_refused() -> None:
    assert fault({"type": "object"}) is None
    assert "not a JSON Schema" in (fault({"type": "thing"}) or "")
    assert "points outside" in (fault({"properties": {"a": {"$ref": "https://example.com/a"}}}) or "")
