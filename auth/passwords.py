"""Passwords: argon2id in a small pool with a short queue, and which passwords are too easy to guess.

Parameters by the OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane. Unbounded hashing is a denial of
service, so what does not find a place in the queue is turned away (`Throttled`). An address that is not known costs the
same time as one that is.
"""

import asyncio
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar, cast

import passlib.hash
from zxcvbn import zxcvbn
from zxcvbn.matching import L33T_TABLE

from auth.errors import Throttled, WeakPassword
from auth.names import composed

SHORTEST, LONGEST = 8, 256
MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1
THREADS, QUEUE = 2, 32
GUESSES_LOG10 = 6.0  # fewer than a million guesses: found within the day, even through the throttle
OWN_WORDS = ("fermata",)
# zxcvbn tries every way to read signs as letters (4, @: a). Of 20 such signs in 72 characters that took 1.5 to 2.5 s of a
# processor, of 5 of them at most 0.11 s, and of all in 24 characters at most 0.04 s.
SIGNS = frozenset(sign for signs in L33T_TABLE.values() for sign in signs)
MOST_SIGNS, WHOLE, BEGINNING = 5, 72, 24
T = TypeVar("T")


class Hasher(Protocol):
    """What is used of libpass, which has no types."""

    def hash(self, secret: str) -> str:
        """A new salted hash."""
        ...

    def verify(self, secret: str, hash: str) -> bool:
        """Whether the hash was made of the secret."""
        ...

    def needs_update(self, hash: str) -> bool:
        """Whether the hash was made with other parameters."""
        ...


def hasher(memory_kib: int = MEMORY_KIB) -> Hasher:
    """argon2id with the parameters above."""
    family = getattr(passlib.hash, "argon2")  # noqa: B009 - the module fills itself when asked, unseen by type checkers
    return cast("Hasher", family.using(type="ID", memory_cost=memory_kib, time_cost=PASSES, parallelism=LANES))


class Passwords:
    """Hashes and checks passwords, at most `threads` at a time while at most `queue` wait."""

    def __init__(self, *, memory_kib: int = MEMORY_KIB, threads: int = THREADS, queue: int = QUEUE) -> None:
        self._hasher = hasher(memory_kib)
        self._nobody = self._hasher.hash("nobody's password: what is compared where there is none")
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="passwords")
        self._places = threads + queue

    async def hash(self, password: str) -> str:
        """The hash that is stored. Raises `Throttled`."""
        return await self._run(lambda: self._hasher.hash(normal(password)))

    async def matches(self, password: str, stored: str | None) -> bool:
        """Whether `password` is the one of `stored`; with None as slow as with a wrong one. Raises `Throttled`."""
        return await self._run(lambda: self._matches(password, stored))

    async def check(self, password: str, *, email: str = "", name: str = "", field: str = "password") -> None:
        """Raise `WeakPassword` for one that is too short, too long or easy to guess; also `Throttled`."""
        weakness = shape(password) or await self._run(lambda: guessable(password, email, name))
        if weakness:
            raise WeakPassword(weakness, field)

    def outdated(self, stored: str) -> bool:
        """Whether `stored` was made with other parameters than today's."""
        return self._hasher.needs_update(stored)

    def close(self) -> None:
        """Let the threads end."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _matches(self, password: str, stored: str | None) -> bool:
        right = self._hasher.verify(normal(password)[:LONGEST], stored or self._nobody)
        return right and stored is not None and shape(password) is None

    async def _run(self, work: Callable[[], T]) -> T:
        if self._places <= 0:
            raise Throttled(1.0, "Too many people sign in at this moment: try again in a second.")
        self._places -= 1
        future = asyncio.get_running_loop().run_in_executor(self._pool, work)
        future.add_done_callback(self._release)  # when the work has ended, and not when the one who asked has left
        return await asyncio.shield(future)

    def _release(self, future: asyncio.Future[T]) -> None:
        self._places += 1
        if not future.cancelled():
            future.exception()


def normal(password: str) -> str:
    """The form in which passwords are compared: NFC (RFC 8265), so that a keyboard's way of typing é does not matter."""
    return composed(password, LONGEST).encode("utf-8", "replace").decode()


def shape(password: str) -> str | None:
    """What is wrong with the form of a password, or None."""
    length = len(composed(password, LONGEST))
    if length < SHORTEST:
        return f"A password has at least {SHORTEST} characters."
    if length > LONGEST:
        return f"A password has at most {LONGEST} characters."
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in password):
        return "A password has no control characters."
    return None


def guessable(password: str, email: str = "", name: str = "") -> str | None:
    """Why a password would be guessed soon, or None. Words of the address and of the name count as known."""
    known = [word for word in _words(f"{email} {name}") if len(word) > 2] + list(OWN_WORDS)
    left = password.casefold()
    for word in sorted(known, key=len, reverse=True):
        left = left.replace(word, "")
    if len(left) < SHORTEST // 2:
        return "This password is made of your name or address: take words that have nothing to do with you."
    found = zxcvbn(looked_at(password), user_inputs=known)
    if float(found["guesses_log10"]) >= GUESSES_LOG10:
        return None
    warning = found["feedback"]["warning"] or "This password is easy to guess."
    return f"{warning} Take a longer one, of words that do not belong together."


def looked_at(password: str) -> str:
    """As much of a password as is judged: of one with many signs that stand for letters the beginning has to be hard enough."""
    whole = password[:WHOLE]
    return whole if len(SIGNS.intersection(whole)) <= MOST_SIGNS else whole[:BEGINNING]


def _words(text: str) -> list[str]:
    return "".join(character if character.isalnum() else " " for character in text.casefold()).split()
