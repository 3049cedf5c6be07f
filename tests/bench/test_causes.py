"""What died around a timer that came late."""

from bench.prove.causes import NOTHING, causes, outside


def test_a_late_timer_stands_under_the_gravest_death_around_it() -> None:
    timers = [(10.0, 30.0), (20.0, 400.0), (30.0, 5.0), (40.0, 1500.0)]
    deaths = [(9.5, "backend"), (19.2, "backend"), (20.3, "PostgreSQL"), (28.9, "PostgreSQL"), (41.4, "backend")]
    assert causes(timers, deaths, ["PostgreSQL"]) == {
        "backend": [30.0, 1500.0],
        "PostgreSQL": [400.0],
        NOTHING: [5.0],
    }
    assert causes(timers, [], []) == {NOTHING: [30.0, 400.0, 5.0, 1500.0]}


def test_timers_that_were_due_while_postgresql_was_away_are_left_out() -> None:
    assert outside([(1.0, 5.0), (2.0, 900.0), (3.5, 5.0)], [(1.5, 3.0)]) == [(1.0, 5.0), (3.5, 5.0)]
