"""Statements that take one more value along, of a type whose check tells PostgreSQL something.

The values of a statement are read, and a domain's check is made, in the statement's own transaction, before it is planned
or run. So what is told costs no round trip, holds for that transaction alone, and is taken back with it. The value stands
in a CTE that nobody reads.
"""

import re
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from uuid import UUID

from models.driver import Arguments

_PLACE = re.compile(r"\$(\d+)")
_VERB = re.compile(r"\s*(with|select|insert|update|delete)\b\s*", re.IGNORECASE)
_ALONG = re.compile(r"with along_\w+ as \(select cast\(\$\d+ as \w+\)\)(?:, |\s)")
_WRITES_HISTORY = re.compile(r"\binsert into events\b")
_claim: ContextVar[str | None] = ContextVar("claim", default=None)


@contextmanager
def carrying_out(claim: UUID) -> Generator[None]:
    """What is changed meanwhile is changed under this claim of an Idempotency-Key (migrations/versions/0014_claims.sql)."""
    token = _claim.set(str(claim))
    try:
        yield
    finally:
        _claim.reset(token)


def claimed(sql: str, arguments: Arguments) -> tuple[str, Arguments]:
    """A statement as it goes out: what writes history says of which claim it is, where there is one."""
    claim = _claim.get()
    if claim is None or not _WRITES_HISTORY.search(sql):
        return sql, arguments
    return taking(sql, "carried_out") or sql, (*arguments, claim)


@lru_cache(maxsize=4096)
def taking(sql: str, kind: str) -> str | None:
    """The statement with one more value at its end, of the type `kind`. None for one that touches no row (`set …`)."""
    verb = _VERB.match(sql)
    if verb is None:
        return None
    place = max((int(number) for number in _PLACE.findall(sql)), default=0) + 1
    along = f"with along_{kind} as (select cast(${place} as {kind}))"
    return f"{along}, {sql[verb.end() :]}" if verb[1].lower() == "with" else f"{along} {sql}"


def bare(sql: str) -> str:
    """A statement as it was before."""
    while found := _ALONG.match(sql):
        rest = sql[found.end() :]
        sql = f"with {rest}" if found[0].endswith(", ") else rest
    return sql
