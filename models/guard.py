"""The second line behind the statements' own guards: PostgreSQL's row-level security, by whose request it is.

`Guarded` acts as the role `fermata_requests`, and each statement takes along for whom it works: as a value of the type
`asker`, which PostgreSQL reads before it plans or runs the statement (migrations/versions/0013_asker.sql). That costs no
round trip, holds for this statement's transaction alone, and so leaves nothing behind on a connection. For whom is said
once a request, by `ask_for`; what nobody asked for reaches nothing.
"""

import re
from contextvars import ContextVar
from functools import lru_cache
from uuid import UUID

from models.along import bare, taking
from models.database import Database
from models.driver import Arguments

ROLE = "fermata_requests"
_asking: ContextVar[str] = ContextVar("asking", default="")
_READ = "FROM reachable_tasks AS tasks"
_LISTED = re.compile(r"\bFROM tasks(?= \n|$)")  # in capitals: as engine/listing.py has it made


def ask_for(user_id: UUID | None) -> None:
    """What follows in this request works for this person; a request is a task of its own, and forgets it at its end."""
    _asking.set("" if user_id is None else str(user_id))


class Guarded(Database):
    """A pool whose statements see only the workspaces of the person who asks, also behind PgBouncer."""

    def __init__(self, url: str, *, size: int = 10, timeout: float = 1.0, application: str = "fermata") -> None:
        super().__init__(url, size=size, timeout=timeout, application=application, role=ROLE)
        self._type = "pooled_asker" if self._pooled else "asker"

    def _sent(self, sql: str, arguments: Arguments) -> tuple[str, Arguments]:
        sent, given = super()._sent(sql, arguments)
        telling = telling_whom(sent, self._type)
        return (sent, given) if telling is None else (telling, (*given, _asking.get()))


@lru_cache(maxsize=4096)
def telling_whom(sql: str, asker: str = "asker") -> str | None:
    """The statement with one more value, which tells for whom it works. None for one that touches no row (`set …`)."""
    return taking(_LISTED.sub(_READ, sql), asker)


def untold(sql: str) -> str:
    """A statement as it was before."""
    return bare(sql).replace(_READ, "FROM tasks")
