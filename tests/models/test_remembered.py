"""A bounded memory."""

from models.remembered import Remembered


def test_what_was_used_least_recently_goes_first() -> None:
    memory = Remembered[str, int](2)
    memory.keep("a", 1)
    memory.keep("b", 2)
    assert memory.get("a") == 1
    memory.keep("c", 3)
    assert [memory.get(key) for key in "abc"] == [1, None, 3]


def test_weights_count_and_what_is_too_heavy_is_not_kept() -> None:
    memory = Remembered[str, str](10)
    assert memory.keep("heavy", "x", 11) == "x"
    assert memory.get("heavy") is None
    memory.keep("a", "x", 6)
    memory.keep("a", "y", 4)
    memory.keep("b", "z", 6)
    assert (memory.get("a"), memory.get("b"), len(memory)) == ("y", "z", 2)
    memory.forget("b")
    memory.forget("never there")
    memory.keep("c", "w", 6)
    assert (memory.get("a"), memory.get("c")) == ("y", "w")


def test_who_wants_to_know_is_told_what_is_held_no_longer() -> None:
    gone: list[str] = []
    memory = Remembered[int, str](2, gone.append)
    for number, value in enumerate("abc"):
        memory.keep(number, value)
    memory.keep(2, "d")
    memory.keep(3, "heavy", 3)
    memory.forget(7)
    assert gone == ["a", "c", "b", "d", "heavy"]
