"""How large a document may be, judged before anything else looks at it (validation included).

Every measure is that of the document with its fragments spread out, but each fragment is measured once: 2^60 fields in
a few hundred bytes take as long as the bytes. Knows nothing of the schema; what a document costs is in cost.py.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    Source,
    parse,
)
from graphql.language import Lexer, TokenKind

from gql.errors import TooComplex
from gql.outline import Block, Outline, outline

_MOST = 2**31 - 1  # what `found` says at most: a GraphQL Int, where a fragment bomb would make a number of 60 digits


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may ask for at most. docs/api.md explains each; a test holds the two together."""

    body_bytes: int = 1_000_000  # of a POST, with its variables
    document_bytes: int = 50_000  # UTF-8
    tokens: int = 2_000  # names, values and punctuators; comments count too
    depth: int = 15  # fields inside fields
    aliases: int = 50
    root_fields: int = 10  # of one operation
    directives: int = 50
    operations: int = 10
    fragments: int = 100
    repetitions: int = 10_000  # pairs of fields that answer to the same name: validation compares them two by two
    cost: int = 20_000  # fields that an answer may hold
    variables_depth: int = 32  # objects and lists inside each other in JSON

    def hold(self, name: str, found: int) -> None:
        """Raises `TooComplex` where more is found than the limit of that name allows."""
        allowed = getattr(self, name)
        if found > allowed:
            words = name.replace("_", " ")
            raise TooComplex(
                f"The request is too large: {words} {min(found, _MOST)}, allowed {allowed}. Ask for less, or in parts.",
                limit=name,
                allowed=allowed,
                found=min(found, _MOST),
            )

    @classmethod
    def names(cls) -> list[str]:
        """The names that `extensions.limit` can hold."""
        return [field.name for field in fields(cls)]


@dataclass(slots=True)
class _Measure:
    """What a block amounts to with everything that it opens."""

    depth: int = 0
    fields: int = 0  # on its own level, through fragments
    aliases: int = 0
    directives: int = 0


def parse_within(text: str, limits: Limits) -> DocumentNode:
    """Parse a document. Raises `TooComplex` for its size or nesting, GraphQLSyntaxError for what is no document."""
    limits.hold("document_bytes", len(text.encode()))
    try:
        return parse(text, max_tokens=limits.tokens)
    except GraphQLSyntaxError as error:
        failure = error
    # What the parser gave up on was too long or too deep for it, or is not GraphQL: counted without recursion.
    tokens, nesting = _scan(text, limits.tokens)
    limits.hold("tokens", tokens)
    if "nested too deeply" in failure.message:
        limits.hold("depth", nesting)
    raise failure


def judge(document: DocumentNode, limits: Limits) -> Outline:
    """Hold a parsed document against the limits that need no schema. Raises `TooComplex`.

    Returns the outline, for whoever measures more. Linear in the document: bench/limits.py.
    """
    kinds = Counter(type(node) for node in document.definitions)
    limits.hold("operations", kinds[OperationDefinitionNode])
    limits.hold("fragments", kinds[FragmentDefinitionNode])
    shape = outline(document)
    limits.hold("repetitions", _repetitions(shape))
    measures: dict[int, _Measure] = {}
    for block in shape.blocks:
        measures[id(block)] = _measure(block, measures)
    for definition, block in shape.roots:
        measure = measures[id(block)]
        limits.hold("depth", measure.depth)
        limits.hold("aliases", measure.aliases)
        limits.hold("directives", measure.directives + len(definition.directives or ()))
        if isinstance(definition, OperationDefinitionNode):
            limits.hold("root_fields", measure.fields)
    return shape


def _measure(block: Block, measures: dict[int, _Measure]) -> _Measure:
    total = _Measure()
    for selection, inner in block.selections:
        opened = measures[id(inner)] if inner else _Measure()
        total.aliases = min(total.aliases + opened.aliases, _MOST)
        total.directives = min(total.directives + opened.directives + len(selection.directives or ()), _MOST)
        if isinstance(selection, FieldNode):
            total.fields = min(total.fields + 1, _MOST)
            total.depth = max(total.depth, opened.depth + 1)
            total.aliases += selection.alias is not None
        else:
            total.fields = min(total.fields + opened.fields, _MOST)
            total.depth = max(total.depth, opened.depth)
    return total


def _repetitions(shape: Outline) -> int:
    """An upper bound of the pairs that the rule OverlappingFieldsCanBeMerged compares (5 µs each)."""
    names = Counter(
        (selection.alias or selection.name).value
        for block in shape.blocks
        for selection, _ in block.selections
        if isinstance(selection, FieldNode)
    )
    return sum(count * (count - 1) // 2 for count in names.values())


def _scan(text: str, enough: int) -> tuple[int, int]:
    """The tokens of a text, counted up to one more than enough, and how deep its brackets go; stops where it is no GraphQL."""
    lexer = Lexer(Source(text))
    opening, closing = {TokenKind.BRACE_L, TokenKind.BRACKET_L}, {TokenKind.BRACE_R, TokenKind.BRACKET_R}
    tokens = level = deepest = 0
    try:
        while tokens <= enough and (token := lexer.advance()).kind is not TokenKind.EOF:
            tokens += 1
            level += (token.kind in opening) - (token.kind in closing)
            deepest = max(deepest, level)
    except GraphQLError:
        pass
    return tokens, deepest
