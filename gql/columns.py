"""What of a list of objects is plain, done a field at a time for all of them: 50 values in one go cost what three do singly.

A column is the values of one field, one an object. Whatever is not as the schema promises makes the whole list take the way of
gql/plan.py, object by object, so that results and errors stay the usual ones (tests/gql/test_plan.py compares them).
"""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import datetime
from enum import Enum
from functools import cached_property
from itertools import chain, islice
from types import NoneType
from typing import Any, NamedTuple, TypeAlias, TypeGuard, TypeVar, cast, overload

from graphql import GraphQLEnumType, GraphQLList, GraphQLScalarType, Undefined

from gql.plan import BUILT_IN, SETTLED, Complete, NotPlain
from gql.scalars import write_moment, write_moments

# The values of a field as the answer holds them. Raises anything at all where the usual path should have a look.
Column: TypeAlias = Callable[[Sequence[Any]], Sequence[Any]]
T = TypeVar("T")


class Origin(NamedTuple):
    """What objects were made of: equal bytes for an equal view make objects whose attributes say the same."""

    view: Hashable
    rows: Sequence[bytes]  # one an object
    pick: Callable[[Sequence[int]], Columnar[Any]]  # the objects at some places


class Columnar(Sequence[T]):
    """Objects of one class of which a whole column can be had. They themselves are made when somebody looks at one."""

    @abstractmethod
    def column(self, name: str) -> Sequence[Any] | None:
        """What each would have as the attribute `name`; None: the objects have to be asked."""

    @abstractmethod
    def make(self) -> Sequence[T]:
        """The objects."""

    @abstractmethod
    def sample(self) -> Sequence[T]:
        """One of them made for itself, if there are any: all are alike in what they are."""

    def origin(self) -> Origin | None:
        """What they were made of, where that is known."""
        return None

    @cached_property
    def _made(self) -> Sequence[T]:
        return self.make()

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._made[index]

    def __iter__(self) -> Iterator[T]:
        return iter(self._made)


def columnar(items: object) -> TypeGuard[Columnar[Any]]:
    """Whether columns can be had of it. (As isinstance, which asks an abstract class at length.)"""
    return Columnar in type(items).__mro__


def column(kind: Any) -> Column | None:
    """How the values of a field of a leaf type, or of lists of one, are completed; None for objects."""
    required = str(kind).endswith("!")
    leaf = kind.of_type if required else kind
    allowed: frozenset[type] = frozenset() if required else frozenset({NoneType})
    if isinstance(leaf, GraphQLEnumType):
        return _enum(leaf, allowed)
    if isinstance(leaf, GraphQLList):
        inner = column(cast("Any", leaf).of_type)
        return _lists(inner, allowed) if inner else None
    if not isinstance(leaf, GraphQLScalarType):
        return None
    if leaf.coerce_output_value is write_moment:
        return _moments(allowed | {datetime})
    if leaf is not BUILT_IN.get(leaf.name):
        return _scalar(leaf, allowed)
    exact, holds = _EXACT[leaf.name]
    return _same(allowed | {exact}, holds)


def shared(complete: Complete) -> Column:
    """Value by value; what is one and the same object for several is completed once."""

    def done(values: Sequence[Any]) -> Sequence[Any]:
        known: dict[int, Any] = {}
        for each in values:
            if id(each) not in known:
                known[id(each)] = complete(each)
        return [known[id(each)] for each in values]

    return done


def _same(allowed: frozenset[type], holds: Callable[[Sequence[Any]], bool] | None) -> Column:
    def done(values: Sequence[Any]) -> Sequence[Any]:
        if not allowed.issuperset(map(type, values)) or (holds and not holds([v for v in values if v is not None])):
            raise NotPlain
        return values

    return done


def _lists(inner: Column, allowed: frozenset[type]) -> Column:
    """All items of all lists in one go. A list that is one and the same for several is completed once."""
    allowed |= {list, tuple}

    def done(values: Sequence[Any]) -> Sequence[Any]:
        kinds = set(map(type, values))
        if not allowed.issuperset(kinds):
            raise NotPlain
        once = {id(each): each for each in values if each is not None}
        items = list(chain.from_iterable(once.values()))
        found = inner(items)
        if found is items and tuple not in kinds:
            return values
        rest = iter(found)
        known: dict[int, Any] = {key: list(islice(rest, len(each))) for key, each in once.items()}
        return [known.get(id(each)) for each in values]

    return done


def _enum(kind: GraphQLEnumType, allowed: frozenset[type]) -> Column:
    # By the class, as values of two enums may be equal; then by identity: there is one of each, and Python hashes enums slowly.
    names: dict[type, dict[int, str | None]] = {}

    def done(values: Sequence[Any]) -> Sequence[Any]:
        kinds = set(map(type, values)) - allowed
        if not kinds:
            return values
        if len(kinds) > 1:
            raise NotPlain
        (one,) = kinds
        if one not in names:
            if not issubclass(one, Enum):
                raise NotPlain
            names[one] = {id(None): None, **{id(member): kind.coerce_output_value(member) for member in one}}
        return list(map(names[one].__getitem__, map(id, values)))

    return done


def _moments(allowed: frozenset[type]) -> Column:
    def done(values: Sequence[Any]) -> Sequence[Any]:
        kinds = set(map(type, values))
        if not allowed.issuperset(kinds):
            raise NotPlain
        return write_moments(values) if datetime in kinds else values

    return done


def _scalar(kind: GraphQLScalarType, allowed: frozenset[type]) -> Column:
    """A scalar of ours: its own words for values that surely need not be waited for."""
    coerce, settled = kind.coerce_output_value, SETTLED | allowed

    def done(values: Sequence[Any]) -> Sequence[Any]:
        if not settled.issuperset(map(type, values)):
            raise NotPlain
        found = [None if each is None else coerce(each) for each in values]
        for each, coerced in zip(values, found, strict=True):
            if coerced is Undefined or (coerced is None and each is not None):
                raise NotPlain
        return found

    return done


def _fit(numbers: Sequence[int]) -> bool:
    return not numbers or (min(numbers) >= -(2**31) and max(numbers) < 2**31)


def _finite(numbers: Sequence[float]) -> bool:
    return all(map(math.isfinite, numbers))


# What the built-in scalars return as it is; anything else they convert or refuse.
_EXACT: dict[str, tuple[type, Callable[[Sequence[Any]], bool] | None]] = {
    "String": (str, None),
    "ID": (str, None),
    "Int": (int, _fit),
    "Float": (float, _finite),
    "Boolean": (bool, None),
}
