"""What a process keeps of the documents that it was sent stays small, whoever sends them."""

import gc
from collections.abc import Callable
from urllib.parse import quote

import pytest
from fixtures.places import SERVED
from starlette.requests import Request

from gql.documents import KEPT, Documents, digest, weight
from gql.limits import Limits
from gql.request import Asked, Questions

MOST = 130_000  # objects that a collection of garbage looks at: a tenth of a second


def asked(number: int) -> Asked:
    fields = " ".join(f"a{one}: signInOptions {{ signUp sendsMail }}" for one in range(9))
    text = f"query Q{number} {{ {fields} }}"
    return Asked(digest(text), text)


def objects() -> int:
    gc.collect()
    return len(gc.get_objects())


def short(number: int) -> Asked:
    text = f"#{number}\n{{signInOptions{{signUp}}}}"
    return Asked(digest(text), text)


@pytest.mark.parametrize("asked", [asked, short])
def test_ever_new_documents_leave_no_more_than_a_collection_can_look_through_in_a_moment(
    asked: Callable[[int], Asked],
) -> None:
    documents = Documents(SERVED, Limits(), {})
    first = documents.prepare(asked(0))
    before, many = objects(), 13 * KEPT // (10 * weight(first.node))
    for number in range(1, many):
        for _ in range(2):  # the second time the way of its operation is worked out
            found = documents.prepare(asked(number))
            found.ways.of(SERVED, found.node, None)
    assert objects() - before <= MOST
    last, first = asked(many - 1), asked(1)
    assert documents.prepare(last) is documents.prepare(last)
    assert documents.prepare(first) is documents.prepare(first)


def test_what_is_kept_is_exact_at_the_last_object() -> None:
    one, other = asked(1), asked(2)
    size = weight(Documents(SERVED, Limits(), {}).prepare(one).node)
    for capacity, kept in ((2 * size, True), (2 * size - 1, False)):
        documents = Documents(SERVED, Limits(), {}, capacity)
        first = documents.prepare(one)
        documents.prepare(other)
        assert (documents.prepare(one) is first) is kept


def polled(variables: str) -> Request:
    raw = f"query=%7Bviewer%7Bid%7D%7D&variables={quote(variables, safe='{}[],:')}".encode()
    return Request({"type": "http", "method": "GET", "query_string": raw, "headers": []})


@pytest.mark.parametrize("of", ["[]", "[" * 29 + "]" * 29, "{}", "[{}]"])
async def test_questions_of_brackets_alone_leave_few_objects(of: str) -> None:
    questions = Questions(Limits())
    before = objects()
    for number in range(160):
        await questions.read(polled(f'{{"a":[{number}{f",{of}" * (7800 // (len(of) + 1))}]}}'), "application/json")
    assert objects() - before <= MOST // 2


async def test_a_question_that_was_asked_before_is_not_read_again() -> None:
    questions = Questions(Limits())
    first = await questions.read(polled('{"a":[1]}'), "application/json")
    assert await questions.read(polled('{"a":[1]}'), "application/json") is first
