"""Global identifiers: base64 of "Type:uuid", opaque to clients, and the way back.

An id that is not of this form is a mistake of the program that sends it (INVALID_INPUT). An id of the right form that names
nothing, or something of another type, is answered like something that is not yours: it is not found.
"""

from base64 import b64decode
from binascii import Error as NotBase64
from binascii import b2a_base64
from collections.abc import Iterable
from enum import StrEnum
from typing import cast
from uuid import UUID

import strawberry

from gql.errors import InvalidInput, NotFound

_LONGEST = 96  # no type's name is near this long; decoding stops before it costs anything


class NodeType(StrEnum):
    """What an id can name."""

    USER = "User"
    WORKSPACE = "Workspace"
    INVITATION = "Invitation"
    API_TOKEN = "ApiToken"  # noqa: S105 - the name of a type
    TASK = "Task"
    SESSION = "Session"
    EVENT = "Event"


def encode(kind: NodeType, key: UUID) -> strawberry.ID:
    """The global id of the row `key`."""
    return strawberry.ID(b2a_base64(f"{kind}:{key}".encode(), newline=False).decode())


def encode_all(kind: NodeType, keys: Iterable[UUID]) -> list[strawberry.ID]:
    """The same for many of a kind."""
    start = f"{kind}:"
    found = [b2a_base64((start + str(key)).encode(), newline=False).decode() for key in keys]
    return cast("list[strawberry.ID]", found)


def decode(text: str) -> tuple[NodeType, UUID] | None:
    """What an id names; None when it is not of our form, or not written as we write it."""
    if len(text) > _LONGEST:
        return None
    try:
        name, _, key = b64decode(text, validate=True).decode("ascii").partition(":")
        found = NodeType(name), UUID(key)
    except (NotBase64, ValueError):
        return None
    return found if encode(*found) == text else None


def key_of(kind: NodeType, text: str, path: str) -> UUID:
    """The row that an argument names. Raises `InvalidInput` for `path`, or `NotFound` for an id of another type."""
    found = decode(text)
    if found is None:
        raise InvalidInput(fields={path: "This is not an id that was given out here: copy it anew."})
    if found[0] is not kind:
        raise NotFound
    return found[1]
