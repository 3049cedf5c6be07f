"""Which operations of a document are executed directly (gql/direct.py): worked out when one is asked for a second time."""

from __future__ import annotations

from functools import partial

from graphql import DocumentNode, FragmentDefinitionNode, GraphQLError, GraphQLSchema, get_operation_ast

from gql.direct import Direct
from gql.items import Rows, remembering
from gql.selections import NotKnown
from gql.written import Written

_ENOUGH = 10  # what fails as often in a row fails always


class Ways:
    """The operations of a document that are executed directly: those that are asked for a second time, and can be.

    What they write of lists is remembered in `written`, as theirs.
    """

    def __init__(self, written: Written | None = None) -> None:
        self._written = written
        self._known: dict[str | None, Direct | None] = {}
        self._seen: set[str | None] = set()

    def of(self, schema: GraphQLSchema, document: DocumentNode, name: str | None) -> Direct | None:
        """How the operation of that name (or the only one) is executed; None: by graphql-core."""
        if name not in self._known:
            if name not in self._seen:
                self._seen.add(name)
                return None
            self._known[name] = self._compiled(schema, document, name)
        way = self._known[name]
        return way if way is not None and way.failed < _ENOUGH else None

    def _compiled(self, schema: GraphQLSchema, document: DocumentNode, name: str | None) -> Direct | None:
        operation = get_operation_ast(document, name)
        fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
        remember = partial(remembering, self._written, self) if self._written else _all_anew
        try:
            return None if operation is None else Direct(schema, operation, fragments, remember)
        except (NotKnown, GraphQLError):
            return None


def _all_anew(rows: Rows) -> Rows:
    return rows
