"""From the Authorization header to a principal: the header is read here, what it is worth is PostgreSQL's to say.

`authenticate.sql` answers for many credentials at once; what was changed a moment ago holds in its answer already. Who
sends it is server/admission.py, in one statement with what polls ask.
"""

import hashlib
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from auth import tokens
from auth.client import Client
from auth.errors import Unauthenticated
from auth.jws import LEEWAY
from auth.keys import Keys, fingerprint
from auth.principal import Principal, key_of, rights_of
from models.authority import Authority
from models.remembered import Remembered
from models.role import Role
from models.token import ApiToken
from models.user import User

API_TOKEN = "fmt_"  # noqa: S105 - what API tokens begin with
MAX_HEADER = 5000
_MOST_READ = 10_000  # headers that are remembered: a few hundred bytes each

# Of a row of authenticate.sql: where the account, the session, the token, its staleness and the wanted role stand.
_USER, _SESSION, _TOKEN, _STALE, _ROLE = slice(1, 7), 7, slice(8, 16), 16, 17
_IS_INSTANCE_ADMIN, _TOKEN_ID, _CAP = 4, 8, 11
WIDTH = 18


@dataclass(frozen=True, slots=True, eq=False)
class Credential:
    """What was presented, signed by us where it has to be: a session with its person, or the hash of a token's secret."""

    session_id: UUID | None = None
    user_id: UUID | None = None
    secret_hash: bytes | None = None
    ends: float = math.inf  # when the signature is over, by this host's clock, in seconds since 1970


class Credentials:
    """Reads Authorization headers. The same header is read once: of a signature only the clock changes what it is worth."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._read = Remembered[bytes, Credential](_MOST_READ)  # by SHA-256: no token stays in memory

    def read(self, header: str | None) -> Credential | None:
        """The credential of `Authorization: Bearer …`; None when there is no such header.

        Raises `Unauthenticated` for what is not one, or is over. Whether it still holds is not looked at.
        """
        if header is None:
            return None
        if len(header) > MAX_HEADER:
            raise Unauthenticated
        digest = hashlib.sha256(header.encode("utf-8", "surrogatepass")).digest()
        known = self._read.get(digest)
        if known is None:
            known = self._read.keep(digest, self._open(header))
        if time.time() > known.ends:
            raise Unauthenticated
        return known

    def _open(self, header: str) -> Credential:
        scheme, _, presented = header.strip().partition(" ")
        presented = presented.strip()
        if scheme.lower() != "bearer" or not presented:
            raise Unauthenticated
        if presented.startswith(API_TOKEN):
            return Credential(secret_hash=fingerprint(presented))
        who = tokens.read(self._keys, presented)
        if who is None:
            raise Unauthenticated
        return Credential(who.session_id, who.user_id, ends=who.ends + LEEWAY)


class Identity:
    """The account of a credential that holds, of a row of authenticate.sql: what of it is asked for is made of it then."""

    __slots__ = ("_row",)

    def __init__(self, row: Sequence[Any]) -> None:  # each column has a type of its own
        self._row = row

    @property
    def user(self) -> User:
        """Whose credential it is."""
        return User(*self._row[_USER])

    @property
    def session_id(self) -> UUID | None:
        """The session, where it is one."""
        return self._row[_SESSION]

    @property
    def token(self) -> ApiToken | None:
        """The API token, where it is one."""
        if self._row[_SESSION] is not None:
            return None
        id, workspace_id, name, cap, *rest = self._row[_TOKEN]
        return ApiToken(id, workspace_id, name, Role(cap), *rest)

    @property
    def used(self) -> UUID | None:
        """The API token of which has to be written that it is used; None where there is nothing to write."""
        return self._row[_TOKEN_ID] if self._row[_STALE] else None

    @property
    def role(self) -> Role | None:
        """What it may in the workspace that was asked for, if anything."""
        role = self._row[_ROLE]
        return Role(role) if role else None

    @property
    def key(self) -> str:
        """The name of the credential (auth/principal.py)."""
        return key_of(self._row[_SESSION], self._row[_TOKEN_ID])

    @property
    def rights(self) -> str:
        """What an answer depends on beside the roles in workspaces (auth/principal.py)."""
        return rights_of(self._row[_CAP], self._row[_IS_INSTANCE_ADMIN])

    def principal(self, client: Client) -> Principal:
        """Who asks, from where."""
        user, token = self.user, self.token
        authority = Authority(
            user_id=user.id,
            session_id=self.session_id,
            token_id=token.id if token else None,
            via=token.name if token else None,
            address=client.address,
            request_id=client.request_id,
        )
        return Principal(authority, user, "token" if token else "session", token)


def presented(asked: Sequence[tuple[Credential, UUID | None]]) -> dict[str, list[Any]]:
    """What authenticate.sql takes: each credential, with the workspace in which its role is wanted."""
    return {
        "session_ids": [credential.session_id for credential, _ in asked],
        "user_ids": [credential.user_id for credential, _ in asked],
        "secret_hashes": [credential.secret_hash for credential, _ in asked],
        "role_in": [workspace_id for _, workspace_id in asked],
    }
