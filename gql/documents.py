"""Documents that are ready to be executed: found or parsed, judged, validated and priced, and remembered by their text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    StringValueNode,
    validate,
)
from graphql.language import Visitor, visit

from gql.cost import Cost, Prices
from gql.errors import FermataError, InvalidInput, NotFound, TooComplex
from gql.limits import Limits, judge, parse_within
from gql.outline import Outline
from gql.request import Asked, Refusal
from gql.shared import shareable
from gql.ways import Ways
from gql.written import Written
from models.remembered import Remembered

_MOST_ERRORS = 20
_ESCAPED_NUL = re.compile(r"\\u(0000|\{0+\})")


class Rejected(Exception):
    """A document that GraphQL itself refuses: not parsed, not valid, or without the operation that is asked for."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__(errors)
        self.errors = errors


def rejected(error: FermataError) -> Rejected:
    """The same for a reason of ours."""
    return Rejected([GraphQLError(error.message, original_error=error)])


@dataclass(frozen=True, slots=True)
class Prepared:
    """A valid document of the schema, within all limits but the cost, which waits for variables."""

    node: DocumentNode
    operations: dict[str | None, OperationDefinitionNode]
    cost: Cost
    fields: frozenset[str]  # the names of all that it asks for
    introspects: bool
    shareable: bool  # its answer is the same for all with the same role (gql/shared.py)
    ways: Ways = field(default_factory=Ways)

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation of that name, or the only one. Raises `Rejected`."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        found = self.operations.get(name) if name is not None else None
        if found is None:
            raise Rejected([GraphQLError(_unknown(name, self.operations))])
        return found


# Objects, as `weight` presumes them. Python looks through all that is kept whenever it collects garbage: 150,000 characters in the
# shortest documents, which anybody can send, were 540,000 objects, and took 0.3 s each time.
KEPT = 130_000
_OF_A_DOCUMENT = 80
_OF_A_TOKEN = 13  # 627 objects of 43 tokens were measured, with the way of a document that is asked for again


class Documents:
    """A cache of prepared documents, bounded by the objects that they are made of; what was used least recently goes first.

    `manifest` maps the SHA-256 of the documents that the site was built with to their texts.
    """

    def __init__(
        self, schema: GraphQLSchema, limits: Limits, manifest: Mapping[str, str], capacity: int = KEPT
    ) -> None:
        self._schema = schema
        self._limits = limits
        self._manifest = manifest
        self._prices = Prices(schema)
        self._written = Written()
        self._known = Remembered[str, Prepared](capacity, lambda gone: self._written.forget(gone.ways))

    def prepare(self, asked: Asked) -> Prepared:
        """The document of a request. Raises `Refusal` (404) or `Rejected`."""
        known = self._known.get(asked.digest)
        if known is not None:
            return known
        text = asked.text if asked.text is not None else self._manifest.get(asked.digest)
        if text is None:
            error = NotFound("This documentId is not known here: send the text of the document as `query`.")
            raise Refusal(error, HTTPStatus.NOT_FOUND)
        prepared = self._prepare(text)
        return self._known.keep(asked.digest, prepared, weight(prepared.node))

    def _prepare(self, text: str) -> Prepared:
        try:
            node = parse_within(text, self._limits)
            shape = judge(node, self._limits)
            if _ESCAPED_NUL.search(text):
                visit(node, _NoNul())
            errors = validate(self._schema, node, max_errors=_MOST_ERRORS, hide_suggestions=True)
        except RecursionError:
            depth = self._limits.depth
            raise rejected(TooComplex(limit="depth", allowed=depth, found=depth + 1)) from None
        except FermataError as error:
            raise rejected(error) from error
        except GraphQLError as error:
            raise Rejected([error]) from error
        if errors:
            raise Rejected(errors)
        operations = {node.name.value if node.name else None: node for node, _ in shape.operations}
        fields = _fields(shape)
        introspects = not fields.isdisjoint(("__schema", "__type"))
        shared = shareable(self._schema, node)
        return Prepared(node, operations, self._prices.cost(shape), fields, introspects, shared, Ways(self._written))


def weight(node: DocumentNode) -> int:
    """About how many objects a document is made of, and no fewer: by its tokens, which the tree holds on to."""
    tokens, token = 0, node.loc.start_token if node.loc else None
    while token:
        tokens, token = tokens + 1, token.next
    return _OF_A_DOCUMENT + _OF_A_TOKEN * tokens


def digest(text: str) -> str:
    """The name of a document: the SHA-256 of its text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _fields(shape: Outline) -> frozenset[str]:
    return frozenset(
        selection.name.value
        for block in shape.blocks
        for selection, _ in block.selections
        if isinstance(selection, FieldNode)
    )


def _unknown(name: str | None, operations: Mapping[str | None, OperationDefinitionNode]) -> str:
    if not operations:
        return "The document holds no operation."
    if name is None:
        return "The document holds several operations: say which in `operationName`."
    return "The document holds no operation of the name that `operationName` says."


class _NoNul(Visitor):
    """Strings of a document are values like any other."""

    def enter_string_value(self, node: StringValueNode, *_: object) -> None:
        """Refuse the character that PostgreSQL cannot store."""
        if "\x00" in node.value:
            raise InvalidInput("Text must not hold the character NUL.")
