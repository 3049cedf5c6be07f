"""The arithmetic of bench/scale.py."""

import pytest

from bench.scale import Cost, needs

COSTS = (Cost(0.001, 0.0005), Cost(0.002, 0.0005), Cost(0.010, 0.002), Cost(0.005, 0.001))


@pytest.mark.parametrize(
    ("people", "needed"),
    [
        (0, (0, 0.0, 0, 0)),
        (18, (4, 0.1, 1, 1)),  # 3.6 polls a second, 2 of them with news, and a change each ten seconds
        (18_000, (3_700, 100.0, 10, 3)),  # (1,600 × 1 ms + 1,900 × 2 ms + 100 × 10 ms + 100 × 5 ms) / 0.7
    ],
)
def test_people_need_processors_for_polls_news_and_changes(people: int, needed: tuple[int, float, int, int]) -> None:
    assert needs(people, COSTS) == needed
