"""What is asked of the whole application in this process, what was answered, and whether what is there in the end agrees.

What was acknowledged is there once; what was UNAVAILABLE without a word of an unknown outcome is not there.
"""

import asyncio
import json
import random
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import text
from starlette.types import ASGIApp

from bench.prove.asks import Asks
from bench.prove.fuzz import exchange
from bench.prove.raw import Raw
from models.database import Database

AT_REST = 40  # pages asked for at once in the end, four times as many as there are connections
LEAST = 10  # fresh tasks, before anything is asked
_TITLES = text(
    "select title, count(*) from (select title from tasks union all select reason from events) as all_of_them"
    " where title like 'cut %' group by title"
)


class Said(NamedTuple):
    """An answer: its status, its codes, and whether it says that the outcome is unknown."""

    status: int
    codes: frozenset[str]
    unknown: bool

    @property
    def done(self) -> bool:
        """It went through."""
        return self.status in (200, 304) and not self.codes

    @property
    def away(self) -> bool:
        """It says that the database is away, maybe for a part of what was asked."""
        return self.status in (200, 503) and self.codes == frozenset({"UNAVAILABLE"})

    @property
    def named(self) -> str:
        """In a table."""
        return (
            "done" if self.done else "UNAVAILABLE, outcome unknown" if self.unknown else ", ".join(sorted(self.codes))
        )


@dataclass
class Talk:
    """Asks, and keeps what was said of each title and reason: that it is there, that it is not, None where nobody knows."""

    app: ASGIApp
    asks: Asks
    luck: random.Random
    titles: dict[str, bool | None] = field(default_factory=dict[str, bool | None])

    async def ask(self, name: str) -> list[Said]:
        """What has this name, each request at the same time."""
        return await asyncio.gather(*(self.exchange(raw) for raw in self.asks.by_name[name]()))

    async def exchange(self, raw: Raw) -> Said:
        """One request."""
        address = f"10.{self.luck.randrange(256)}.{self.luck.randrange(256)}.{self.luck.randrange(256)}"
        status, headers, body = await exchange(self.app, raw, address)
        errors: list[Any] = json.loads(body).get("errors", []) if body else []
        said = Said(
            status,
            frozenset(error["extensions"]["code"] for error in errors),
            any(error["extensions"].get("outcomeUnknown") for error in errors),
        )
        if said.done and (tag := headers.get("etag")) and raw.method == "GET":
            self.asks.tag = tag
        self._note(raw, said)
        return said

    async def supply(self) -> None:
        """Makes tasks to work on, where there are few left."""
        if len(self.asks.fresh) < LEAST:
            _, _, body = await exchange(self.app, self.asks.supply(), "10.0.0.1")
            self.asks.fresh += [task["id"] for task in json.loads(body)["data"]["createTasks"]]

    async def rest(self, db: Database) -> list[str]:
        """All connections can be lent again, and what is there is what was said; what is not so."""
        pages = await asyncio.gather(*(self.exchange(self.asks.page()) for _ in range(AT_REST)))
        faults = [f"at rest a page is answered with {said}" for said in pages if not said.done]
        async with db.one() as connection:
            there: dict[str, int] = {row[0]: row[1] for row in await connection.execute(_TITLES)}
        for title, expected in self.titles.items():
            count = there.get(title, 0)
            if count > 1 or (expected is not None and count != expected):
                faults.append(f"{title} is there {count} times, and should be: {expected}")
        return faults

    def _note(self, raw: Raw, said: Said) -> None:
        """What its tasks' titles must be by this answer. Under a key the answer may be lost behind what was done."""
        for title in json.loads(raw.headers.get("x-titles", "[]")):
            unknown = said.unknown or "idempotency-key" in raw.headers
            self.titles[title] = True if said.done else None if unknown else False
