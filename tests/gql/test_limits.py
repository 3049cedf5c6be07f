"""The limits on documents are exact, linear and safe against bombs; each is judged before anything else."""

import pytest
from graphql import GraphQLSyntaxError, get_introspection_query, parse

from gql.errors import TooComplex
from gql.limits import Limits, judge, parse_within
from gql.outline import outline

LIMITS = Limits()


def nested(depth: int) -> str:
    return "{a" * depth + "}" * depth


DOCUMENTS = {
    "tokens": lambda n: "{t{" + "a " * (n - 5) + "}}",
    "document_bytes": lambda n: "{a}#" + "x" * (n - 4),
    "depth": nested,
    "aliases": lambda n: "{t{" + " ".join(f"a{i}:a" for i in range(n)) + "}}",
    "root_fields": lambda n: "{" + " ".join(f"a{i}" for i in range(n)) + "}",
    "directives": lambda n: "{a" + " @skip(if:false)" * n + "}",
    "operations": lambda n: " ".join(f"query Q{i}{{a}}" for i in range(n)),
    "fragments": lambda n: "{a} " + " ".join(f"fragment F{i} on Query{{a{i}}}" for i in range(n)),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_limit_allows_just_as_much_as_it_says(name: str) -> None:
    allowed = getattr(LIMITS, name)
    limits = LIMITS if name != "tokens" else Limits(repetitions=10**9)
    judge(parse_within(DOCUMENTS[name](allowed), limits), limits)
    with pytest.raises(TooComplex) as refusal:
        judge(parse_within(DOCUMENTS[name](allowed + 1), limits), limits)
    assert refusal.value.extensions == {"code": "TOO_COMPLEX", "limit": name, "allowed": allowed, "found": allowed + 1}


def test_repetitions_are_pairs_of_fields_of_one_name() -> None:
    judge(parse_within("{t{a a a}}", LIMITS), Limits(repetitions=3))
    with pytest.raises(TooComplex) as refusal:
        judge(parse_within("{t{a a ...{a}}} fragment F on Q{a}", LIMITS), Limits(repetitions=3))
    assert refusal.value.extensions["found"] == 6


@pytest.mark.parametrize(
    ("name", "document", "found"),
    [
        ("depth", "{t{...F}} fragment F on Q{a{b{...G}}} fragment G on Q{c}", 4),
        ("depth", "{...{...{...{a}}}}", 1),
        ("aliases", "{t{...F ...F ...G}} fragment F on Q{x:a y:a} fragment G on Q{...F z:a}", 7),
        ("directives", "query @d {t{...F @d ...F}} fragment F on Q{a @d @d}", 6),
        ("root_fields", "{...F ...F b} fragment F on Q{a ...{b c}}", 7),
        ("root_fields", "mutation{a b c}", 3),
    ],
)
def test_a_document_counts_with_its_fragments_spread_out(name: str, document: str, found: int) -> None:
    judge(parse_within(document, LIMITS), Limits(**{name: found}))
    with pytest.raises(TooComplex) as refusal:
        judge(parse_within(document, LIMITS), Limits(**{name: found - 1}))
    assert refusal.value.extensions == {"code": "TOO_COMPLEX", "limit": name, "allowed": found - 1, "found": found}


def test_the_bytes_of_a_document_are_counted_in_utf8() -> None:
    judge(parse_within("{a}#ééé", LIMITS), LIMITS)
    with pytest.raises(TooComplex) as refusal:
        parse_within("{a}#ééé", Limits(document_bytes=9))
    assert refusal.value.extensions["found"] == 10


def test_fragments_that_double_each_other_are_measured_once() -> None:
    bomb = "{...F0} " + " ".join(f"fragment F{i} on Query{{...F{i + 1} ...F{i + 1}}}" for i in range(60))
    bomb += " fragment F60 on Query{a}"
    with pytest.raises(TooComplex) as refusal:
        judge(parse_within(bomb, LIMITS), LIMITS)
    assert refusal.value.extensions == {
        "code": "TOO_COMPLEX",
        "limit": "root_fields",
        "allowed": 10,
        "found": 2**31 - 1,
    }


def test_fragments_in_a_circle_come_to_an_end() -> None:
    judge(parse_within("{...A} fragment A on Q{...B} fragment B on Q{...A a} fragment C on Q{...C}", LIMITS), LIMITS)


def test_the_spread_of_an_unknown_fragment_is_left_to_validation() -> None:
    judge(parse_within("{...Nowhere}", LIMITS), LIMITS)


@pytest.mark.parametrize(
    ("document", "name"),
    [
        (nested(100_000)[:49_000], "tokens"),
        (nested(400), "depth"),
        ("{a(x:" + "[" * 900 + "]" * 900 + ")}", "depth"),
        ("query($x:" + "[" * 900 + "Int" + "]" * 900 + "){a}", "depth"),
        ("{" + "...{" * 600 + "a" + "}" * 601, "depth"),
        ("{" * 49_000, "tokens"),
        ("{" * 900, None),
        ("{a(x:" + "{a:" * 400 + "1" + "}" * 400 + ")}", "depth"),
    ],
)
def test_what_is_nested_too_deeply_for_the_parser_is_refused_without_recursion(document: str, name: str | None) -> None:
    with pytest.raises((TooComplex, GraphQLSyntaxError)) as refusal:
        judge(parse_within(document, LIMITS), LIMITS)
    limit = refusal.value.extensions.get("limit") if isinstance(refusal.value, TooComplex) else None
    assert limit == name


def test_a_document_that_is_no_graphql_says_where() -> None:
    with pytest.raises(GraphQLSyntaxError) as error:
        parse_within("{a(}", LIMITS)
    assert error.value.locations is not None
    assert (error.value.locations[0].line, error.value.locations[0].column) == (1, 4)


def test_the_introspection_query_of_every_explorer_is_allowed() -> None:
    judge(parse_within(get_introspection_query(), LIMITS), LIMITS)


def test_each_selection_set_is_visited_once_however_often_it_is_spread() -> None:
    text = "{t{...F0}}" + " ".join(f"fragment F{i} on Q{{...F{i + 1} ...F{i + 1} t{{a b}}}}" for i in range(3000))
    blocks = outline(parse(text + " fragment F3000 on Q{a}", no_location=True)).blocks
    assert len(blocks) == len({id(block.node) for block in blocks}) == 2 + 2 * 3000 + 1
    assert sum(len(block.selections) for block in blocks) == 2 + 5 * 3000 + 1
