"""The page about the life of a task is the one that the table makes."""

from models.lifecycle import Status, Verb
from scripts.lifecycle import MEANS, PAGE, SAYS, page


def test_the_page_is_the_one_that_the_table_makes() -> None:
    assert PAGE.read_text() == page(), "run: python -m scripts.lifecycle"


def test_every_status_and_verb_is_explained() -> None:
    assert set(MEANS) == set(Status)
    assert set(SAYS) == set(Verb)
