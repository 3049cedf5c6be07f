"""What a process keeps of the documents that it was sent stays small, whoever sends them."""

import gc

from fixtures.places import SERVED

from gql.documents import KEPT, Documents, digest
from gql.limits import Limits
from gql.request import Asked

MOST = 130_000  # objects that a collection of garbage looks at: a tenth of a second


def asked(number: int) -> Asked:
    fields = " ".join(f"a{one}: signInOptions {{ signUp sendsMail }}" for one in range(9))
    text = f"query Q{number} {{ {fields} }}"
    return Asked(digest(text), text)


def objects() -> int:
    gc.collect()
    return len(gc.get_objects())


def test_ever_new_documents_leave_no_more_than_a_collection_can_look_through_in_a_moment() -> None:
    documents = Documents(SERVED, Limits(), {})
    documents.prepare(asked(0))
    before, many = objects(), 13 * KEPT // (10 * len(str(asked(0).text)))
    for number in range(1, many):
        documents.prepare(asked(number))
    assert objects() - before <= MOST
    last, first = asked(many - 1), asked(1)
    assert documents.prepare(last) is documents.prepare(last)
    assert documents.prepare(first) is documents.prepare(first)


def test_what_is_kept_is_exact_at_the_last_character() -> None:
    one, other = asked(1), asked(2)
    size = len(str(one.text))
    for capacity, kept in ((2 * size, True), (2 * size - 1, False)):
        documents = Documents(SERVED, Limits(), {}, capacity)
        first = documents.prepare(one)
        documents.prepare(other)
        assert (documents.prepare(one) is first) is kept
