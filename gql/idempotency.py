"""The header Idempotency-Key: a mutation that is sent again with the same key and body is not done again.

The first request claims its key before anything is done, and keeps its answer afterwards. A repeat gets that answer; with
another body, or while the first is running, it is refused. A first that died in between stays "running" until the key is
forgotten: what it did is not known, and doing it twice is what the key is there to prevent (the IETF draft
httpapi-idempotency-key-header leaves this to the server).

Answers are kept encrypted, under a key that takes our secret and the very request to make: some hold a token.
"""

from __future__ import annotations

import base64
import hmac
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import structlog
from cryptography.fernet import Fernet, InvalidToken

from gql.answer import Answer
from gql.errors import IdempotencyConflict, InvalidInput

_KEY = re.compile(r"[\x20-\x7e]{1,200}")
_log = structlog.get_logger("gql")


@dataclass(frozen=True, slots=True)
class Claimed:
    """The key is new: do it, and then keep the answer or give the key back."""


@dataclass(frozen=True, slots=True)
class Running:
    """The key was claimed for the same body, and its answer is not there yet."""


@dataclass(frozen=True, slots=True)
class Different:
    """The key was claimed for another body."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The same request has been answered already: with this, encrypted."""

    response: bytes


Claim: TypeAlias = Claimed | Running | Different | Finished


class Store(Protocol):
    """Where keys are remembered, for 24 hours at least."""

    async def claim(self, principal: str, key: str, body_hash: bytes) -> Claim:
        """Claim a key, in one step that only one of many can win."""
        ...

    async def keep(self, principal: str, key: str, status: int, response: bytes) -> None:
        """Remember the answer of a claimed key."""
        ...

    async def release(self, principal: str, key: str) -> None:
        """Give a claimed key back: nothing was done."""
        ...


class Idempotency:
    """Runs a mutation once a key."""

    def __init__(self, store: Store, secret: bytes) -> None:
        self._store = store
        self._secret = secret

    async def once(
        self, keys: list[str], principal: str | None, body_hash: bytes, do: Callable[[], Awaitable[Answer]]
    ) -> Answer:
        """The answer of `do`, now or from the first time. `keys`: the values of the header; none means no key.

        People who are not signed in share no keys: theirs are told apart by the body. Raises `IdempotencyConflict` and
        `InvalidInput`. An answer that says "nothing was changed, try again" gives the key back; one that
        cannot say whether it was done leaves the key taken, so that nothing is done twice.
        """
        if not keys:
            return await do()
        key = _valid(keys)
        who = principal if principal is not None else f"nobody:{body_hash.hex()}"
        claim = await self._store.claim(who, key, body_hash)
        match claim:
            case Claimed():
                return await self._do(who, key, body_hash, do)
            case Finished(response):
                return self._again(response, who, key, body_hash)
            case Running():
                raise IdempotencyConflict(
                    "The first request with this Idempotency-Key has not been answered yet: wait, and send it again."
                    " If it never is, look what was done before you use a new key."
                )
            case Different():
                raise IdempotencyConflict("This Idempotency-Key was used for another request: use a new key.")

    async def _do(self, who: str, key: str, body_hash: bytes, do: Callable[[], Awaitable[Answer]]) -> Answer:
        answer = await do()
        try:
            if answer.lasting:
                sealed = self._cipher(who, key, body_hash).encrypt(_packed(answer))
                await self._store.keep(who, key, answer.status, sealed)
            elif not answer.unknown:
                await self._store.release(who, key)
        except Exception as error:  # it is done; that it could not be written down must not look like a failure
            _log.error("idempotency.not_kept", exc_info=error)
        return answer

    def _again(self, response: bytes, who: str, key: str, body_hash: bytes) -> Answer:
        try:
            return _unpacked(self._cipher(who, key, body_hash).decrypt(response))
        except InvalidToken:  # the secret of this server is another one by now
            message = "This was done already, and its answer can no longer be read: look what is there."
            raise IdempotencyConflict(message) from None

    def _cipher(self, who: str, key: str, body_hash: bytes) -> Fernet:
        made_of = json.dumps(["idempotency", who, key, body_hash.hex()]).encode()
        return Fernet(base64.urlsafe_b64encode(hmac.digest(self._secret, made_of, "sha256")))


def _valid(keys: list[str]) -> str:
    if len(keys) > 1 or not _KEY.fullmatch(keys[0]):
        raise InvalidInput("Idempotency-Key must be one value of 1 to 200 printable ASCII characters.")
    return keys[0]


def _packed(answer: Answer) -> bytes:
    return json.dumps({"status": answer.status, "headers": answer.headers, "body": answer.body.decode()}).encode()


def _unpacked(raw: bytes) -> Answer:
    held = json.loads(raw)
    headers = [(name, value) for name, value in held["headers"]]
    return Answer(held["body"].encode(), held["status"], [*headers, ("Idempotency-Replayed", "true")], lasting=True)
