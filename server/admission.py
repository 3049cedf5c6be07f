"""Who asks, and what has changed since they last looked: one statement for all requests that wait at the same time.

A round begins after the last of its requests has arrived, so that no answer is older than its question: a session that was
revoked, a role that was changed or an account that was disabled before a request came is not let in by it. A round that
fails fails for its own requests alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text

from auth import backend
from auth.backend import Credential, Identity
from auth.statements import statement as of_auth
from engine import feed
from engine.statements import statement as of_engine
from gql.reading import Pair
from models.database import Database, Unavailable
from server.coalescer import Coalescer

ROUNDS = 2  # at a time: while PostgreSQL works on one, the next one gathers

# Two lists side by side: whose each credential is, and which of the pairs have changed.
_ADMIT = text(
    f"select who.*, news.place from ({of_auth('authenticate').text}) who"
    f" full join ({of_engine('changed').text}) news on news.place = who.place"
)


class Asked(NamedTuple):
    """A request's part of a round: its credential, the pairs that it asks about, and where its role is wanted."""

    credential: Credential | None
    pairs: tuple[Pair, ...] = ()
    role_in: UUID | None = None


class Admitted(NamedTuple):
    """What was true after the question had arrived. No identity: nobody, or a credential that does not hold."""

    identity: Identity | None
    news: frozenset[Pair]  # of all that the round asked about, what has changed


class Admission:
    """Lets requests in, together. `db` has a connection for each of the rounds. Raises `Unavailable`."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._ask = Coalescer(self._round, rounds=ROUNDS)

    async def __call__(self, asked: Asked) -> Admitted:
        """The answer to one request."""
        return await self._ask(asked)

    async def _round(self, questions: Sequence[Asked]) -> list[Admitted]:
        credentials = ((one.credential, one.role_in) for one in questions if one.credential is not None)
        shown: list[tuple[Credential, UUID | None]] = list(dict.fromkeys(credentials))
        pairs: list[Pair] = list(dict.fromkeys(pair for one in questions for pair in one.pairs))
        try:
            rows = await self._db.fetch(_ADMIT, {**backend.presented(shown), **feed.probing(pairs)})
        except Unavailable as error:
            raise Unavailable from error  # whatever was under way: nothing of the requests has begun
        known: dict[tuple[Credential | None, UUID | None], Identity] = {}
        changed: set[Pair] = set()
        for row in rows:
            whose: int | None = row[0]
            what: int | None = row[backend.WIDTH]
            if whose is not None:
                known[shown[whose - 1]] = Identity(row)
            if what is not None:
                changed.add(pairs[what - 1])
        await self._note_use(known.values())
        news = frozenset(changed)
        return [Admitted(known.get((one.credential, one.role_in)), news) for one in questions]

    async def _note_use(self, known: Iterable[Identity]) -> None:
        """Write that API tokens are used, for those of which it was not written within the last minute."""
        ids = [used for one in known if (used := one.used) is not None]
        if ids:
            await self._db.fetch(of_auth("note_use"), {"ids": ids})
