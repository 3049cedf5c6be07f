"""What a document costs is the number of fields that its answer may hold, by the pages that it asks for."""

from typing import Any

import pytest
from graphql import build_schema, get_introspection_query

from gql.cost import Prices
from gql.limits import Limits, judge, parse_within

SCHEMA = build_schema(
    """
    interface Node { id: ID! }
    type Query {
      node(id: ID!): Node
      nodes(ids: [ID!]!): [Node]!
      tasks(first: Int, after: String, last: Int): TaskConnection!
      events(first: Int = 20): EventConnection!
      members: [User!]!
      changed: TaskConnection!
      me: User
    }
    type TaskConnection { edges: [TaskEdge!]! nodes: [Task!]! total: Int! }
    type TaskEdge { node: Task! cursor: String! }
    type EventConnection { nodes: [Task!]! }
    type Task implements Node { id: ID! title: String! labels: [String!]! owner: User outcomes(first: Int = 7): [User!]! }
    type User implements Node { id: ID! tasks(first: Int): TaskConnection! }
    """
)
PRICES = Prices(SCHEMA)


def cost(document: str, variables: dict[str, Any] | None = None) -> int:
    shape = judge(parse_within(document, Limits()), Limits())
    return PRICES.cost(shape).of(shape.operations[0][0], variables or {})


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("{me{id}}", 2),
        ("{tasks(first:10){total}}", 1 + 10),
        ("{tasks(first:10){nodes{id title}}}", 1 + 10 * (1 + 2)),
        ("{tasks(last:10){edges{node{id}}}}", 1 + 10 * (1 + 1 + 1)),
        ("{tasks(first:10,last:30){total}}", 1 + 30),
        ("{tasks{total}}", 1 + 50),
        ("{tasks(first:null){total}}", 1 + 50),
        ("{events{nodes{id}}}", 1 + 20 * 2),
        ("{members{id}}", 1 + 50),
        ("{members{tasks(first:3){nodes{id owner{id}}}}}", 1 + 50 * (1 + 3 * (1 + 2 + 1))),
        ("{tasks(first:2){nodes{labels outcomes{id}}}}", 1 + 2 * (1 + 2 + 7)),
        ("{changed{nodes{id}}}", 1 + 50 * 2),
        ('{nodes(ids:["a","b","c"]){id}}', 1 + 3),
        ("{tasks(first:-1){total}}", 1 + 100),
        ('{tasks(first:"many"){total}}', 1 + 100),
        ("{tasks(first:99999999999999999999){total}}", 2**31 - 1),
        ("{nowhere(first:9){id} me{nowhere}}", 4),
        ("{node(id:1){...on User{tasks(first:4){total}} ...{id}}}", 1 + 1 + 4 + 1),
        ("{me{...F ...F}} fragment F on User{tasks(first:4){total}}", 1 + 2 * (1 + 4)),
        ("{me{...Nowhere}} fragment F on Nowhere{a}", 1),
        ("{__typename}", 1),
    ],
)
def test_a_field_costs_one_times_the_pages_around_it(document: str, expected: int) -> None:
    assert cost(document) == expected


@pytest.mark.parametrize(
    ("variables", "size"),
    [({"n": 5}, 5), ({}, 9), ({"n": None}, 50), ({"n": "5"}, 100), ({"n": True}, 100), ({"n": -3}, 100), ({"n": 0}, 0)],
)
def test_a_page_size_may_come_from_a_variable_or_its_default(variables: dict[str, Any], size: int) -> None:
    assert cost("query($n:Int=9){tasks(first:$n){total}}", variables) == 1 + size


def test_the_ids_of_a_variable_are_counted() -> None:
    assert cost("query($ids:[ID!]!){nodes(ids:$ids){id}}", {"ids": ["a"] * 30}) == 1 + 30
    assert cost("query($ids:[ID!]!){nodes(ids:$ids){id}}") == 1 + 50


def test_each_operation_of_a_document_has_its_own_cost() -> None:
    shape = judge(parse_within("query A{me{id}} query B($n:Int){tasks(first:$n){total}}", Limits()), Limits())
    prices = PRICES.cost(shape)
    assert [prices.of(node, {"n": 8}) for node, _ in shape.operations] == [2, 9]


def test_fragments_that_multiply_each_other_are_counted_once_and_capped() -> None:
    bomb = "{me{...F0}} " + " ".join(
        f"fragment F{i} on User{{tasks(first:100){{nodes{{owner{{...F{i + 1} ...F{i + 1}}}}}}}}}" for i in range(30)
    )
    limits = Limits(depth=1000, repetitions=10**9)
    shape = judge(parse_within(bomb + " fragment F30 on User{id}", limits), limits)
    assert PRICES.cost(shape).of(shape.operations[0][0], {}) == 2**31 - 1


def test_the_introspection_query_of_every_explorer_is_affordable_once_but_not_ten_times() -> None:
    found = cost(get_introspection_query())
    assert found <= Limits().cost < 10 * found
