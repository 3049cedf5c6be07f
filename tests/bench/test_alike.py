"""The test by ranks of bench/alike.py finds a difference that there is, and none that there is not."""

from random import Random

import pytest

from bench.alike import CERTAIN, rank_test


def pairs(shift: float) -> list[tuple[float, float]]:
    random = Random(3)
    return [(random.gauss(10, 3) + shift, random.gauss(10, 3)) for _ in range(400)]


@pytest.mark.parametrize(("shift", "apart"), [(0.0, False), (2.0, True), (-2.0, True)])
def test_two_questions_are_told_apart_when_one_takes_longer(shift: float, apart: bool) -> None:
    assert (rank_test(pairs(shift)) < CERTAIN) is apart


def test_what_never_differs_is_alike() -> None:
    assert rank_test([(1.0, 1.0)] * 10) == 1.0


def test_the_ranks_of_a_small_case_are_those_of_the_book() -> None:
    """Signed ranks 1, 2, 3, 4, -5: their sum is 10 of 15, its expectation 7.5, its variance 13.75."""
    found = rank_test([(1.0, 0.0), (2.0, 0.0), (3.0, 0.0), (4.0, 0.0), (0.0, 5.0)])
    assert found == pytest.approx(0.5002, abs=5e-4)
