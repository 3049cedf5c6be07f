"""What a statement is called that is on its way to the database: the file that it is in, else its verb and its first table."""

import re
from functools import cache, lru_cache

from auth.statements import statement as of_auth
from engine.statements import statement as of_engine
from gql.statements import statement as of_gql
from models.guard import untold

# Where a value goes: `:name` in the files, `$1` or `$1::UUID` on the wire.
_VALUE = re.compile(r"\$\d+(::[A-Z ]+(\(\d+\))?(\[\])?)?|(?<![:\w]):[a-z_]\w*")
_VERB = re.compile(r"\s*(\w+)")
_TABLE = re.compile(r"\b(?:from|into|update)\s+(\w+)", re.IGNORECASE)
OURS = frozenset({"select", "insert", "update", "delete", "with"})


@lru_cache(maxsize=2000)
def name_of(text: str) -> str | None:
    """Such as "engine.transition" or "select tasks"; None for what only looks after the connection."""
    text = untold(text)
    if known := _files().get(_shape(text)):
        return known
    verb = _VERB.match(text)
    if verb is None or verb[1].lower() not in OURS:
        return None
    table = _TABLE.search(text)
    return f"{verb[1].lower()} {table[1].lower()}" if table else verb[1].lower()


@cache
def _files() -> dict[str, str]:
    floors = {"auth": of_auth, "engine": of_engine, "gql": of_gql}
    return {_shape(str(of(name))): f"{floor}.{name}" for floor, of in floors.items() for name in of.names}


def _shape(text: str) -> str:
    return " ".join(_VALUE.sub("?", text).split())
