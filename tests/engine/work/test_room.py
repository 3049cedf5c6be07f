"""How much more a worker has room for: of all, of each kind, and for what nobody knows the kind of."""

from engine.room import Place, room


def test_a_place_is_one_of_all_and_one_of_its_kind() -> None:
    left = room(3, {"a": 1, "b": 9}, [Place("b")])
    assert (left.slots, left.kinds, left.least) == (2, {"a": 1, "b": 8}, 1)
    assert [left.take(kind) for kind in ("a", "a", "b", "b")] == [True, False, True, False]
    assert (left.slots, left.kinds, left.least) == (0, {"a": 0, "b": 7}, 0)


def test_what_is_of_an_unknown_kind_has_room_only_where_it_fits_whatever_it_is() -> None:
    left = room(3, {"a": 1, "b": 9}, [])
    assert [left.take(None), left.take(None)] == [True, False]
    assert (left.slots, left.kinds, left.fits("b"), left.fits("a")) == (2, {"a": 0, "b": 8}, True, False)


def test_more_than_there_is_room_for_is_no_room() -> None:
    left = room(1, {"a": 1}, [Place("a"), Place("a")])  # what returned in place took more
    assert (left.least, left.fits("a"), left.take("a")) == (0, False, False)
