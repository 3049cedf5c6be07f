"""Whether those who watch still may, and whether anything has changed: what polls need to know, and nothing else.

It is the statement of server/admission.py with the few columns that matter here, asked in rounds in the same way. Its lists go
out as PostgreSQL writes arrays, in one text each: the driver takes a microsecond for each element of a list (decision 0030).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text

from auth.backend import Credential
from auth.principal import rights_of
from auth.statements import statement as of_auth
from engine import feed
from engine.statements import statement as of_engine
from gql.reading import Pair
from models.database import Database
from models.role import Role
from server.coalescer import Coalescer

ROUNDS = 2  # at a time: while PostgreSQL works on one, the next one gathers
_ARRAY = re.compile(r"cast\((:\w+) as (\w+\[\])\)")

# Of an API token of which has to be written that it is used, nothing is said here: the endpoint lets it in, and writes it.
_PROBE = text(
    _ARRAY.sub(
        r"cast(cast(\1 as text) as \2)",
        "select who.place, who.token_role, who.is_instance_admin, who.role, news.place"
        f" from (select * from ({of_auth('authenticate').text}) asks where not asks.stale) who"
        f" full join ({of_engine('changed').text}) news on news.place = who.place",
    )
)


class State(NamedTuple):
    """A workspace as of a revision, as PostgreSQL reads its parts."""

    workspace_id: str
    epoch: str
    snapshot: str


@lru_cache(maxsize=10_000)
def state_of(pair: Pair) -> State:
    """The same object for the same pair, as long as it is asked about."""
    asked = feed.probing([pair])
    return State(str(pair[0]), str(asked["epochs"][0]), f'"{asked["snapshots"][0]}"')


class Probe:
    """What one who watches asks; kept by them, and asked again and again."""

    __slots__ = ("role_in", "secret_hash", "session_id", "states", "user_id")

    def __init__(self, credential: Credential, pairs: Iterable[Pair], role_in: UUID | None = None) -> None:
        self.session_id = _text(credential.session_id)
        self.user_id = _text(credential.user_id)
        self.secret_hash = "null" if credential.secret_hash is None else f'"\\\\x{credential.secret_hash.hex()}"'
        self.states = tuple(state_of(pair) for pair in pairs)
        self.role_in = _text(role_in)


class Standing(NamedTuple):
    """Of a credential that held after the question had arrived: its rights, its role where that was wanted, and the news."""

    rights: str
    role: Role | None
    news: frozenset[State]  # of all that the round asked about, what has changed


class Probes:
    """Asks, for all who wait at the same time together. `db` has a connection for each of the rounds."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._rounds = Coalescer(self._round, rounds=ROUNDS)

    def ask(self, probe: Probe) -> asyncio.Future[Standing | None]:
        """What holds of one, asked after this call; None for what the endpoint has to look at. Raises `Unavailable`."""
        return self._rounds.ask(probe)

    async def _round(self, probes: Sequence[Probe]) -> list[Standing | None]:
        places: dict[State, None] = {}
        for probe in probes:
            places.update(dict.fromkeys(probe.states))
        states = list(places)
        rows = await self._db.fetch(
            _PROBE,
            {
                "session_ids": _array(probe.session_id for probe in probes),
                "user_ids": _array(probe.user_id for probe in probes),
                "secret_hashes": _array(probe.secret_hash for probe in probes),
                "role_in": _array(probe.role_in for probe in probes),
                "workspace_ids": _array(state.workspace_id for state in states),
                "epochs": _array(state.epoch for state in states),
                "snapshots": _array(state.snapshot for state in states),
            },
        )
        changed: list[State] = []
        found: list[tuple[str, Role | None] | None] = [None] * len(probes)
        for row in rows:
            whose: int | None
            what: int | None
            whose, cap, is_instance_admin, role, what = row
            if whose is not None:
                found[whose - 1] = rights_of(cap, is_instance_admin), Role(role) if role else None
            if what is not None:
                changed.append(states[what - 1])
        news = frozenset(changed)
        return [None if one is None else Standing(*one, news) for one in found]


def _text(id: UUID | None) -> str:
    return "null" if id is None else str(id)


def _array(elements: Iterable[str]) -> str:
    return "{" + ",".join(elements) + "}"
