"""The second line behind the statements' own guards: PostgreSQL's row-level security, by whose request it is.

`Guarded` acts as the role `fermata_requests`, and each statement takes along for whom it works: as a value of the type
`asker`, which PostgreSQL reads before it plans or runs the statement (migrations/versions/0013_asker.sql). That costs no
round trip, holds for this statement's transaction alone, and so leaves nothing behind on a connection. For whom is said
once a request, by `ask_for`; what nobody asked for reaches nothing.
"""

import re
from contextvars import ContextVar
from functools import lru_cache
from typing import cast
from uuid import UUID

from sqlalchemy import event

from models.database import Database
from models.driver import Arguments

ROLE = "fermata_requests"
_asking: ContextVar[str] = ContextVar("asking", default="")
_PLACE = re.compile(r"\$(\d+)")
_VERB = re.compile(r"\s*(with|select|insert|update|delete)\b\s*", re.IGNORECASE)
_TOLD = re.compile(r"with asked_for as \(select cast\(\$\d+ as \w+\)\)(?:, |\s)")
_LISTED = re.compile(r"\bFROM tasks(?= \n|$)")  # in capitals: as engine/listing.py has it made


def ask_for(user_id: UUID | None) -> None:
    """What follows in this request works for this person; a request is a task of its own, and forgets it at its end."""
    _asking.set("" if user_id is None else str(user_id))


class Guarded(Database):
    """A pool whose statements see only the workspaces of the person who asks, also behind PgBouncer."""

    def __init__(self, url: str, *, size: int = 10, timeout: float = 1.0, application: str = "fermata") -> None:
        super().__init__(url, size=size, timeout=timeout, application=application, role=ROLE)
        self._type = "pooled_asker" if self._pooled else "asker"
        event.listen(self._engine.sync_engine, "before_cursor_execute", self._before, retval=True)

    def _sent(self, sql: str, arguments: Arguments) -> tuple[str, Arguments]:
        telling = telling_whom(sql, self._type)
        return (sql, arguments) if telling is None else (telling, (*arguments, _asking.get()))

    def _before(
        self, _connection: object, _cursor: object, sql: str, given: object, _context: object, executemany: bool
    ) -> tuple[str, object]:
        """The same for what goes through SQLAlchemy."""
        if not executemany:
            return self._sent(sql, cast("Arguments", given or ()))
        each = [self._sent(sql, arguments) for arguments in cast("list[Arguments]", given)]
        return each[0][0], [arguments for _, arguments in each]


@lru_cache(maxsize=4096)
def telling_whom(sql: str, asker: str = "asker") -> str | None:
    """The statement with one more value, which tells for whom it works. None for one that touches no row (`set …`)."""
    verb = _VERB.match(sql)
    if verb is None:
        return None
    place = max((int(number) for number in _PLACE.findall(sql)), default=0) + 1
    told = f"with asked_for as (select cast(${place} as {asker}))"
    listed = _LISTED.sub("FROM reachable_tasks AS tasks", sql)
    return f"{told}, {listed[verb.end() :]}" if verb[1].lower() == "with" else f"{told} {listed}"


def untold(sql: str) -> str:
    """A statement as it was before."""
    found = _TOLD.match(sql)
    if found is None:
        return sql
    rest = sql[found.end() :].replace("FROM reachable_tasks AS tasks", "FROM tasks")
    return f"with {rest}" if found[0].endswith(", ") else rest
