"""Passwords: how they are kept, which ones are refused, and that hashing never piles up."""

import asyncio
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zxcvbn.matching import L33T_TABLE, enumerate_l33t_subs, relevant_l33t_subtable

from auth.errors import Throttled, WeakPassword
from auth.passwords import BEGINNING, MOST_SIGNS, SIGNS, WHOLE, Passwords, guessable, looked_at, normal, shape


async def test_a_password_is_kept_as_argon2id_with_the_parameters_of_owasp() -> None:
    passwords = Passwords()
    stored = await passwords.hash("violet anchor seventeen")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert "violet" not in stored
    assert await passwords.matches("violet anchor seventeen", stored)
    assert not await passwords.matches("violet anchor sixteen", stored)
    assert not passwords.outdated(stored)
    passwords.close()


async def test_a_hash_with_other_parameters_is_known_as_outdated(passwords: Passwords) -> None:
    stronger = Passwords(memory_kib=128)
    stored = await passwords.hash("violet anchor seventeen")
    assert stronger.outdated(stored)
    assert await stronger.matches("violet anchor seventeen", stored)
    stronger.close()


async def test_nobodys_password_matches_nothing_not_even_the_one_that_is_compared(passwords: Passwords) -> None:
    assert not await passwords.matches("nobody's password: what is compared where there is none", None)


@pytest.mark.parametrize("password", ["a\0b" * 5, "\ud800" * 10, "x" * 100_000, "", "a\nb" * 5])
async def test_an_odd_password_matches_nothing_and_is_no_error(passwords: Passwords, password: str) -> None:
    stored = await passwords.hash("violet anchor seventeen")
    assert not await passwords.matches(password, stored)
    with pytest.raises(WeakPassword):
        await passwords.check(password)


async def test_the_way_a_keyboard_composes_a_letter_does_not_matter(passwords: Passwords) -> None:
    stored = await passwords.hash("caf\u00e9 du monde perdu")
    assert await passwords.matches("cafe\u0301 du monde perdu", stored)


@pytest.mark.parametrize("length", [8, 256])
def test_the_shortest_and_the_longest_are_in_form(length: int) -> None:
    assert shape("x" * length) is None
    assert shape("é" * length) is None
    assert shape("x" * (length - 1 if length == 8 else length + 1)) is not None


@given(st.text())
def test_the_form_of_a_password_that_is_hashed_can_always_be_encoded(text: str) -> None:
    assert normal(text).encode().decode() == normal(text)
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    "password",
    [
        "password123",
        "qwertyuiop",
        "aaaaaaaaaaaaaaaa",
        "12345678",
        "fermata1",
        "fermata fermata",
        "annette1988",
        "Lindqvist!",
        "annette.lindqvist",
        "abcdefgh",
        "iloveyou2",
    ],
)
def test_a_password_that_is_soon_guessed_is_refused(password: str) -> None:
    assert guessable(password, "annette.lindqvist@example.com", "Annette Lindqvist") is not None


@pytest.mark.parametrize(
    "password", ["violet anchor seventeen", "correct horse battery staple", "kT9#vq2!Lm", "zu4kbrotfenster"]
)
def test_a_password_that_is_not_guessed_is_taken(password: str) -> None:
    assert guessable(password, "annette.lindqvist@example.com", "Annette Lindqvist") is None


async def test_a_weak_password_is_told_by_the_name_of_its_field(passwords: Passwords) -> None:
    with pytest.raises(WeakPassword) as refused:
        await passwords.check("password123", field="newPassword")
    assert list(refused.value.fields) == ["newPassword"]
    assert "password" in refused.value.message


async def test_what_finds_no_place_in_the_queue_is_turned_away_and_places_come_back() -> None:
    passwords = Passwords(memory_kib=64, threads=1, queue=1)
    hold, running = threading.Event(), threading.Event()

    def wait() -> bool:
        running.set()
        return hold.wait(60)

    held = asyncio.ensure_future(passwords._run(wait))
    waiting = asyncio.ensure_future(passwords.hash("violet anchor seventeen"))
    await asyncio.to_thread(running.wait, 60)
    with pytest.raises(Throttled) as refused:
        await passwords.hash("violet anchor seventeen")
    assert refused.value.retry_after == 1.0
    held.cancel()  # who asked has left: the place is taken until the thread is free again
    with pytest.raises(Throttled):
        await passwords.hash("violet anchor seventeen")
    hold.set()
    assert (await waiting).startswith("$argon2id$")
    assert (await passwords.hash("violet anchor seventeen")).startswith("$argon2id$")
    passwords.close()


def test_of_many_signs_that_stand_for_letters_only_the_beginning_is_judged() -> None:
    signs = "".join(sorted(SIGNS))
    few, many = signs[:MOST_SIGNS] * 20, signs[: MOST_SIGNS + 1] * 20
    assert (len(looked_at(few)), len(looked_at(many))) == (WHOLE, BEGINNING)
    assert looked_at("violet anchor seventeen") == "violet anchor seventeen"


def test_the_ways_to_read_what_is_judged_are_few() -> None:
    signs = "".join(sorted(SIGNS))
    for number in range(1, len(signs) + 1):
        for chosen in (signs[:number], signs[-number:], signs[::2][:number]):
            judged = looked_at(chosen * 80)
            ways = len(enumerate_l33t_subs(relevant_l33t_subtable(judged, L33T_TABLE)))
            # zxcvbn looks up each part of the password in each way: not judged so, they would be 736 ways of 2,628 parts.
            assert ways * len(judged) * (len(judged) + 1) / 2 <= 250_000


def test_a_password_of_signs_is_taken_when_its_beginning_is_hard_and_refused_when_it_is_not() -> None:
    hard = "(3!7q<$x+1{z@8w|"
    assert guessable(hard * 16) is None
    assert guessable("aaaaaaaaaaaaaaaaaaaaaaaa" + hard) is not None
