"""The objects of a list that is executed directly: all of them completed, or those alone that were not written before."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeAlias, cast

from graphql import GraphQLObjectType
from graphql.pyutils import is_awaitable as awaitable  # pyright: ignore[reportUnknownVariableType]  # no parameters

from gql.answer import encode
from gql.columns import columnar
from gql.plan import Complete, NotPlain
from gql.tables import Table
from gql.written import Written

is_awaitable = cast("Callable[[object], bool]", awaitable)
# How the objects of a list are completed: to dictionaries, or to JSON that is written already.
# Raises anything where the usual path should have a look.
Rows: TypeAlias = Callable[[Sequence[Any]], list[Any]]


def rows_of(kind: GraphQLObjectType, table: Table) -> Rows:
    """All of them."""

    def rows(items: Sequence[Any]) -> list[Any]:
        check(kind, items.sample() if columnar(items) else items)
        return list[Any](table.fill(items))

    return rows


def remembering(written: Written, owner: Hashable, rows: Rows) -> Rows:
    """The same, if what is written of each follows from bytes: each that was not written before for `owner` in this list."""
    here = object()

    def remembered(items: Sequence[Any]) -> list[Any]:
        origin = items.origin() if columnar(items) else None
        if origin is None:
            return rows(items)
        view, keys, pick = origin
        return list[Any](written.rows(owner, (here, view), keys, lambda places: list(map(encode, rows(pick(places))))))

    return remembered


def complete_list(rows: Rows, *, required: bool) -> Complete:
    """A field of a single object that holds a list, or null where that may be."""

    def complete(found: Any) -> Any:
        if found is None and not required:
            return None
        if type(found) in (list, tuple) or columnar(found):
            return rows(cast("Sequence[Any]", found))
        raise NotPlain

    return complete


def check(kind: GraphQLObjectType, items: Sequence[Any]) -> None:
    """Whether objects are of the type and there already. Raises `NotPlain`."""
    for one in {type(item): item for item in items}.values():
        if one is None or isinstance(one, Exception) or is_awaitable(one):
            raise NotPlain
    if kind.is_type_of and not all(kind.is_type_of(item, cast("Any", None)) is True for item in items):
        raise NotPlain
