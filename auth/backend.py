"""From the Authorization header to a principal, in one statement; what was changed a moment ago holds here already."""

from auth import statements, tokens
from auth.errors import Unauthenticated
from auth.keys import Keys, fingerprint
from auth.principal import Principal
from models.authority import Authority
from models.database import Database

API_TOKEN = "fmt_"  # noqa: S105 - what API tokens begin with
MAX_HEADER = 5000


async def authenticate(
    db: Database,
    keys: Keys,
    header: str | None,
    address: str | None = None,
    user_agent: str | None = None,
    request_id: str | None = None,
) -> Principal | None:
    """Who sent `Authorization: Bearer …`; None when there is no such header.

    Raises `Unauthenticated` for a credential that is wrong, over or revoked, whose account is disabled or, for an
    API token, whose maker is no longer a member.
    """
    if header is None:
        return None
    scheme, _, credential = header.strip().partition(" ")
    credential = credential.strip()
    if scheme.lower() != "bearer" or not credential or len(header) > MAX_HEADER:
        raise Unauthenticated
    if credential.startswith(API_TOKEN):
        return await _by_token(db, credential, address, request_id)
    return await _by_session(db, keys, credential, address, request_id)


async def _by_session(
    db: Database, keys: Keys, credential: str, address: str | None, request_id: str | None
) -> Principal:
    who = tokens.read(keys, credential)
    if who is None:
        raise Unauthenticated
    async with db.one() as connection:
        cells = await statements.first(
            connection, "authenticate_session", session_id=who.session_id, user_id=who.user_id
        )
    if cells is None:
        raise Unauthenticated
    authority = Authority(who.user_id, session_id=who.session_id, address=address, request_id=request_id)
    return Principal(authority, statements.user(cells), "session")


async def _by_token(db: Database, credential: str, address: str | None, request_id: str | None) -> Principal:
    async with db.one() as connection:
        cells = await statements.first(connection, "authenticate_token", secret_hash=fingerprint(credential))
    if cells is None:
        raise Unauthenticated
    token = statements.api_token(cells, "token_")
    authority = Authority(token.created_by, token_id=token.id, via=token.name, address=address, request_id=request_id)
    return Principal(authority, statements.user(cells), "token", token)
