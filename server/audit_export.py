"""The history of a workspace as a file that shows whether it was changed later.

JSON Lines, oldest first. Each line holds the SHA-256 of itself with the one before (`chain`), so that a line that is
altered, left out or moved breaks every later one; the last line seals the end with a key of this installation.
"""

import hmac
import json
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from dataclasses import asdict
from datetime import datetime
from enum import Enum
from hashlib import sha256
from uuid import UUID

from auth.keys import Keys
from models.event import Event

PURPOSE = "audit export"
START = "0" * 64


class TamperedError(Exception):
    """The file is not as it was written. Says at which line."""


async def lines(events: AsyncIterator[Event], keys: Keys, about: str) -> AsyncGenerator[str]:
    """The lines of the file; `about` names the workspace."""
    chain, count = START, 0
    async for event in events:
        content = {name: _plain(value) for name, value in asdict(event).items()}
        chain = link(chain, content)
        count += 1
        yield _text({**content, "chain": chain})
    end: dict[str, object] = {"workspace": about, "events": count, "last": chain}
    yield _text({**end, "seal": _seal(keys, end)})


def verify(given: Iterable[str], keys: Keys) -> tuple[str, int]:
    """The workspace and how many events there are. Raises TamperedError."""
    chain, count, last = START, 0, None
    for number, line in enumerate(given, 1):
        if last is not None:
            raise TamperedError(f"line {number} comes after the end")
        content = _content(line, number)
        if "seal" in content:
            last = content
            continue
        said = content.pop("chain", None)
        chain = link(chain, content)
        if said != chain:
            raise TamperedError(f"line {number} is not what was written, or one before it is missing")
        count += 1
    if last is None:
        raise TamperedError("the end is missing: the file was cut off")
    seal = last.pop("seal")
    if last.get("last") != chain or last.get("events") != count:
        raise TamperedError("events are missing before the end")
    if not isinstance(seal, str) or not hmac.compare_digest(seal, _seal(keys, last)):
        raise TamperedError("the seal is not this installation's: another secret, or the file was made anew")
    return str(last["workspace"]), count


def link(chain: str, content: dict[str, object]) -> str:
    return sha256(chain.encode() + _text(content).encode()).hexdigest()


def _seal(keys: Keys, end: dict[str, object]) -> str:
    return hmac.new(keys.derive(PURPOSE), _text(end).encode(), sha256).hexdigest()


def _text(content: dict[str, object]) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _content(line: str, number: int) -> dict[str, object]:
    try:
        found: object = json.loads(line)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise TamperedError(f"line {number} is not JSON")
    return {str(name): value for name, value in found.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - JSON


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat(timespec="microseconds")
        case UUID():
            return str(value)
        case Enum():
            return value.value
        case _:
            return value
