"""The header Idempotency-Key: a mutation that is sent again with the same key and body is not done again.

The first request claims its key before anything is done, and keeps its answer afterwards. A repeat gets that answer; with
another body, or while the first is running, it is refused. A first that died in between is over after half a minute: what
it changed says under which claim, in its own transaction, so that then either nothing was changed and a repeat does it, or
it was carried out and a repeat is told so. Never twice, and never "running" for long (the IETF draft
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
from uuid import UUID

import structlog
from cryptography.fernet import Fernet, InvalidToken

from gql.answer import Answer
from gql.errors import IdempotencyConflict, InvalidInput
from models.along import carrying_out

_KEY = re.compile(r"[\x20-\x7e]{1,200}")
_log = structlog.get_logger("gql")


@dataclass(frozen=True, slots=True)
class Claimed:
    """The key is new, or nothing was changed under it: do it, and then keep the answer or give the key back."""

    claim: UUID


@dataclass(frozen=True, slots=True)
class Running:
    """The key was claimed for the same body, and its answer is not there yet."""


@dataclass(frozen=True, slots=True)
class Lost:
    """It was carried out, at least in part, by one who died before the answer was kept."""


@dataclass(frozen=True, slots=True)
class Different:
    """The key was claimed for another body."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The same request has been answered already: with this, encrypted."""

    response: bytes


Claim: TypeAlias = Claimed | Running | Lost | Different | Finished


class Store(Protocol):
    """Where keys are remembered, for 24 hours at least."""

    async def claim(self, principal: str, key: str, body_hash: bytes) -> Claim:
        """Claim a key, in one step that only one of many can win."""
        ...

    async def keep(self, claim: UUID, status: int, response: bytes) -> None:
        """Remember the answer of a claimed key."""
        ...

    async def release(self, claim: UUID) -> None:
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
            case Claimed(ours):
                with carrying_out(ours):
                    answer = await do()
                await self._keep(ours, self._cipher(who, key, body_hash), answer)
                return answer
            case Finished(response):
                return self._again(response, who, key, body_hash)
            case Running():
                raise IdempotencyConflict(
                    "The first request with this Idempotency-Key has not been answered yet: wait half a minute, and send it again."
                )
            case Lost():
                raise IdempotencyConflict(
                    "The first request with this Idempotency-Key was carried out, but its answer was lost: look what is there."
                )
            case Different():
                raise IdempotencyConflict("This Idempotency-Key was used for another request: use a new key.")

    async def _keep(self, claim: UUID, cipher: Fernet, answer: Answer) -> None:
        try:
            if answer.lasting:
                await self._store.keep(claim, answer.status, cipher.encrypt(_packed(answer)))
            elif not answer.unknown:
                await self._store.release(claim)
        except Exception as error:  # it is done; that it could not be written down must not look like a failure
            _log.error("idempotency.not_kept", exc_info=error)

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
