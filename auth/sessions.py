"""Sessions: a sign-in is a family of refresh tokens, each opaque, used once and stored hashed.

The successor of a token is derived from it (HMAC with a key of the installation): who asks again within ten seconds,
as the answer was lost or another tab was faster, gets the same one, and nothing secret is stored. A token that is used
later than that has been copied, and ends the family (OAuth 2.0 Security BCP, RFC 9700 §4.14).
"""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from auth import statements, tokens
from auth.client import Client
from auth.errors import InvalidCredentials, SessionTooOld, Unauthenticated
from auth.keys import Keys, fingerprint, new_token
from models.authority import Authority
from models.base import new_id
from models.database import Database
from models.user import User

DAYS = 30  # without use
GRACE = 10.0  # seconds in which the answer may be asked for again
MAX_AGENT = 300  # characters
MAX_TOKEN = 200  # characters
_LONGEST_CHAIN = 20  # rotations within the seconds of grace


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a client gets when it signs in or refreshes."""

    user: User
    session_id: UUID
    access: tokens.AccessToken
    refresh_token: str

    def authority(self, client: Client) -> Authority:
        """The authority of the new session, for the history."""
        return Authority(self.user.id, session_id=self.session_id, address=client.address, request_id=client.request_id)


async def begin(
    connection: AsyncConnection, keys: Keys, user: User, client: Client, password_hash: str | None, longest: int
) -> SignedIn:
    """Open a session of `longest` days at the most.

    Raises `InvalidCredentials` when the account was disabled or its password changed meanwhile.
    """
    session, token = new_id(), new_token()
    opened = await statements.first(
        connection,
        "open_session",
        id=session,
        user_id=user.id,
        password_hash=password_hash,
        user_agent=(client.user_agent or "")[:MAX_AGENT],
        address=client.address,
        days=min(DAYS, longest),
        token_hash=fingerprint(token),
    )
    if opened is None:
        raise InvalidCredentials
    return SignedIn(user, session, tokens.issue(keys, user.id, session), token)


async def refresh(db: Database, keys: Keys, token: str, client: Client, longest: int) -> SignedIn:
    """Exchange a refresh token for its successor and an access token.

    Raises `Unauthenticated`; `SessionTooOld` when the session began `longest` days ago or before that (ASVS 7.3.2).
    """
    if len(token) > MAX_TOKEN:
        raise Unauthenticated
    following = successor(keys, token)
    async with db.one() as connection:
        cells = await statements.first(
            connection,
            "refresh",
            token_hash=fingerprint(token),
            successor_hash=fingerprint(following),
            grace=GRACE,
            days=DAYS,
            longest=longest,
            event_id=new_id(),
            address=client.address,
            request_id=client.request_id,
        )
        if cells is not None and cells["outcome"] == "aged":
            raise SessionTooOld
        if cells is None or cells["outcome"] not in ("rotated", "repeated"):
            raise Unauthenticated
        session = cells["session_id"]
        if cells["outcome"] == "repeated":
            following = await _latest(connection, keys, following, session)
    user = statements.user(cells)
    return SignedIn(user, session, tokens.issue(keys, user.id, session), following)


def successor(keys: Keys, token: str) -> str:
    """The one token that may follow `token`: as random as the key, for who has not got it."""
    digest = hmac.digest(keys.refresh, token.encode("utf-8", "surrogatepass"), "sha256")
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


async def _latest(connection: AsyncConnection, keys: Keys, token: str, session: UUID) -> str:
    """The end of the chain that begins with `token`: others may have gone on while this answer was lost."""
    for _ in range(_LONGEST_CHAIN):
        cells = await statements.first(
            connection, "refresh_token_used", token_hash=fingerprint(token), session_id=session
        )
        if cells is None:
            break
        if not cells["used"]:
            return token
        token = successor(keys, token)
    raise Unauthenticated
