"""How long it takes to judge the worst documents of the allowed size: limits, cost, and validation after them.

    python -m bench.limits

Prints milliseconds for each document, the best of five.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from graphql import GraphQLError, validate

from gql.cost import Prices
from gql.errors import TooComplex
from gql.execution import core
from gql.limits import Limits, judge, parse_within
from gql.schema import schema

CORE = core(schema)
PRICES = Prices(CORE)
TASKS = 'workspace(slug: "x") { tasks { nodes { %s } } }'
DOCUMENTS = {
    "one field 140 times": "{ %s }" % (TASKS % ("title " * 140)),
    "140 objects of one field": "{ %s }" % (TASKS % ("createdBy { id } " * 140)),
    "2^60 fields in fragments": "{ ...F0 } "
    + " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(60))
    + " fragment F60 on Query { __typename }",
    "100 fragments of each other": "{ ...F0 } "
    + " ".join(f"fragment F{n} on Query {{ ...F{(n + 1) % 100} ...F{(n + 7) % 100} }}" for n in range(100)),
    "nested to the limit": "{a" * 15 + "}" * 15,
    "nested 100,000 deep": ("{a" * 100_000)[:50_000],
    "50 kB of comments": "{ __typename } #" + "x" * 49_000,
}


def judged(text: str) -> str:
    """All that is done with a document before it is executed; the name of what it fell by, if it did."""
    try:
        node = parse_within(text, Limits())
        shape = judge(node, Limits())
        found = PRICES.cost(shape)
        for operation, _ in shape.operations:
            Limits().hold("cost", found.of(operation, {}))
        return "valid" if not validate(CORE, node, max_errors=20, hide_suggestions=True) else "not valid"
    except TooComplex as error:
        return f"too complex: {error.extensions['limit']}"
    except GraphQLError:
        return "no GraphQL"


def best(do: Callable[[], object]) -> float:
    """Milliseconds."""
    times: list[float] = []
    for _ in range(5):
        began = time.perf_counter()
        do()
        times.append(time.perf_counter() - began)
    return 1000 * min(times)


def main() -> None:
    """Print a line for each document."""
    for name, text in DOCUMENTS.items():
        print(f"{name:30} {best(lambda text=text: judged(text)):8.2f} ms   {judged(text)}")


if __name__ == "__main__":
    main()
