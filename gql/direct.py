"""A query that is asked again and again, executed without graphql-core: what it selects is compiled once a document.

Known are fields with resolvers of single objects, and whatever is plain (gql/plan.py), of objects and of whole lists. What is
anything else is not compiled; and whatever turns out not to be as the schema promises, an error included, is raised. The usual
path then executes the query from its beginning and says what is the matter: a query changes nothing, and what was read for it
is remembered by the loaders of the request. tests/gql/test_direct.py compares the two.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple, cast

from graphql import (
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLString,
    OperationDefinitionNode,
    OperationType,
    get_argument_values,
    get_named_type,
    get_variable_values,
)
from graphql.execution.values import VariableValues
from graphql.pyutils import Path, gather_with_cancel

from gql.ahead import Ahead
from gql.items import Rows, check, complete_list, is_awaitable, rows_of
from gql.plan import Complete, NotPlain, attribute_of, value
from gql.selections import Detail, Fields, NotKnown, collect, has_variables
from gql.tables import Table, compile_table

make_info = cast("Callable[..., Any]", GraphQLResolveInfo)
_TYPENAME = "__typename"


class _Run(NamedTuple):
    """What resolvers are told of an execution."""

    context: Any
    variables: VariableValues


class _Step(NamedTuple):
    """A field of a single object: how its value is had, and what becomes of it."""

    name: str
    read: Callable[[Any, Path, _Run], Any]
    complete: Complete | None  # of what can be completed at once; else `inner`
    inner: _Object | None
    required: bool


class Direct:
    """The compiled form of an operation. Raises `NotKnown` for one that cannot be compiled.

    `remember` makes of how the objects of a list are completed one that knows what was written before (gql/items.py).
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
        remember: Callable[[Rows], Rows] = lambda rows: rows,
    ) -> None:
        root = schema.query_type
        if operation.operation is not OperationType.QUERY or operation.directives or root is None:
            raise NotKnown
        self.schema, self.operation, self.fragments = schema, operation, dict(fragments)
        self.remember = remember
        self.failed = 0  # times in a row that the usual path had to be taken
        fields = collect(root, [operation.selection_set], fragments)
        self._root = _Object(self, root, fields)
        self.ahead = Ahead(schema, operation, fields, fragments)

    async def __call__(self, context: Any, variables: dict[str, Any]) -> dict[str, Any]:
        """The data of the answer, which has no errors. Raises anything where the usual path should have a look."""
        given = get_variable_values(self.schema, self.operation.variable_definitions or (), variables)
        if not isinstance(given, VariableValues):
            raise NotPlain
        found = await self._root.fill(None, None, _Run(context, given))
        self.failed = 0
        return found

    def table(self, kind: GraphQLObjectType, fields: Fields) -> Table:
        """The table of a selection on the objects of a list, of which everything has to be plain. Raises `NotKnown`."""
        inner: dict[int, Rows] = {}
        for details in fields.values():
            of = _named(self.schema, kind, details)
            if of is not None:
                inner[id(details)] = rows_of(of, self.table(of, self.within(of, details)))
        made = compile_table(self.schema, kind, fields, lambda _, details, items: inner[id(details)](items))
        if not made.whole:
            raise NotKnown
        return made

    def within(self, kind: GraphQLObjectType, details: Sequence[Detail]) -> Fields:
        """What is selected of the objects of a field."""
        return collect(kind, [each.node.selection_set for each in details], self.fragments)


class _Object:
    """A selection on one object."""

    def __init__(self, way: Direct, kind: GraphQLObjectType, fields: Fields) -> None:
        self._kind = kind
        self._steps = [_step(way, kind, name, details) for name, details in fields.items()]

    async def fill(self, source: Any, path: Path | None, run: _Run) -> dict[str, Any]:
        """Its fields, those that have to be waited for side by side. Raises anything where the usual path should look."""
        done: dict[str, Any] = {}
        waiting: dict[str, Coroutine[Any, Any, Any]] = {}
        begun: list[Any] = []
        try:
            for step in self._steps:
                here = Path(path, step.name, self._kind.name)
                found = step.read(source, here, run)
                if step.inner is not None or is_awaitable(found):
                    begun.append(found)
                    waiting[step.name] = _later(step, found, here, run)
                    found = None
                elif step.complete is not None:
                    found = step.complete(found)
                done[step.name] = found
            if len(waiting) == 1:
                [(name, one)] = waiting.items()
                done[name] = await one
            elif waiting:
                done.update(zip(waiting, await gather_with_cancel(*waiting.values()), strict=True))
        except BaseException:
            _give_up([*waiting.values(), *begun])
            raise
        return done

    async def complete(self, found: Any, path: Path, run: _Run, *, required: bool) -> dict[str, Any] | None:
        """What a field gave, if it is an object of the kind, or null where that may be."""
        if found is None and not required:
            return None
        check(self._kind, [found])
        return await self.fill(found, path, run)


def _give_up(begun: Sequence[object]) -> None:
    """Nobody will wait for these: without a word of it, Python would complain."""
    for each in begun:
        if isinstance(each, Coroutine):
            cast("Coroutine[Any, Any, Any]", each).close()


async def _later(step: _Step, found: Any, path: Path, run: _Run) -> Any:
    if is_awaitable(found):
        found = await cast("Awaitable[Any]", found)
    if step.complete is not None:
        return step.complete(found)
    assert step.inner is not None
    return await step.inner.complete(found, path, run, required=step.required)


def _step(way: Direct, kind: GraphQLObjectType, name: str, details: list[Detail]) -> _Step:
    field = details[0].node.name.value
    if field == _TYPENAME:
        return _Step(name, _naming(kind), value(GraphQLString), None, required=True)
    definition = way.schema.get_field(kind, field)
    if definition is None or field.startswith("__"):
        raise NotKnown
    read = _read(way, kind, definition, details)
    promised = cast("Any", definition).type
    required = isinstance(cast("object", promised), GraphQLNonNull)
    complete = value(promised)
    if complete is not None:
        return _Step(name, read, complete, None, required)
    inner = cast("object", promised.of_type if required else promised)
    of = cast("object", get_named_type(promised))
    if not isinstance(of, GraphQLObjectType):
        raise NotKnown
    if inner is of:
        return _Step(name, read, None, _Object(way, of, way.within(of, details)), required)
    if not isinstance(inner, GraphQLList) or str(cast("object", inner)).startswith("[["):
        raise NotKnown
    rows = way.remember(rows_of(of, way.table(of, way.within(of, details))))
    return _Step(name, read, complete_list(rows, required=required), None, required)


def _naming(kind: GraphQLObjectType) -> Callable[[Any, Path, _Run], Any]:
    def read(_source: Any, _path: Path, _run: _Run) -> str:
        return kind.name

    return read


def _read(
    way: Direct, kind: GraphQLObjectType, definition: GraphQLField, details: list[Detail]
) -> Callable[[Any, Path, _Run], Any]:
    attribute = attribute_of(definition)
    if attribute is not None:
        of_one = attrgetter(attribute)
        return lambda source, _path, _run: of_one(source)
    nodes = [each.node for each in details]
    resolve: Any = definition.resolve
    if resolve is None:
        raise NotKnown
    fixed = None if has_variables(nodes[0]) else get_argument_values(definition, nodes[0])

    first: tuple[Any, ...] = (nodes[0].name.value, nodes, cast("Any", definition).type, kind)
    second: tuple[Any, ...] = (way.schema, way.fragments, None, way.operation)

    def read(source: Any, path: Path, run: _Run) -> Any:
        helpers = (is_awaitable, None, None)  # no signal, and nothing of an executor that there is not
        info = make_info(*first, path, *second, run.variables, run.context, *helpers)
        given = get_argument_values(definition, nodes[0], run.variables) if fixed is None else fixed
        return resolve(source, info, **given)

    return read


def _named(schema: GraphQLSchema, kind: GraphQLObjectType, details: Sequence[Detail]) -> GraphQLObjectType | None:
    """The type of the objects that a field holds; None for one of leaves."""
    definition = schema.get_field(kind, details[0].node.name.value)
    of = cast("object", get_named_type(cast("Any", definition).type)) if definition else None
    return of if isinstance(of, GraphQLObjectType) else None
