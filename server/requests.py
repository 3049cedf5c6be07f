"""From an HTTP request to the context that resolvers see: whose credential, from where, and which cookie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from auth.backend import Credential, Credentials, Identity
from auth.client import Client
from auth.errors import AuthError
from auth.principal import Principal
from gql import cookies
from gql.context import Context
from gql.errors import Unauthenticated
from gql.mapping import told
from gql.reading import Pair
from gql.requests import context
from models.guard import ask_for
from models.role import Role
from server.admission import Admission, Asked
from server.services import Process

MAX_USER_AGENT = 400


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who was let in; nobody has no identity. `news`: what had changed when the request had arrived."""

    identity: Identity | None = None
    news: frozenset[Pair] = frozenset()
    credential: Credential | None = None

    @property
    def principal_key(self) -> str | None:
        """As in gql.reading.Viewer."""
        return None if self.identity is None else self.identity.key

    @property
    def rights(self) -> str:
        """As in gql.reading.Viewer."""
        return "nobody" if self.identity is None else self.identity.rights

    @property
    def role(self) -> Role | None:
        """As in gql.reading.Visitor."""
        return None if self.identity is None else self.identity.role

    def changed(self, pairs: Sequence[Pair]) -> bool:
        """As in gql.reading.Visitor."""
        return bool(self.news) and not self.news.isdisjoint(pairs)


class Doors:
    """The door of a process (gql.reading.Door)."""

    def __init__(self, process: Process, admission: Admission) -> None:
        self._services = process.services
        self._secure = process.settings.origin.startswith("https://")
        self._credentials = Credentials(process.keys)
        self._admission = admission

    async def admit(self, request: Request, pairs: Sequence[Pair] = (), role_in: UUID | None = None) -> Visitor:
        """Raises errors of gql/errors.py for a credential that does not hold, and `Unavailable` of the database."""
        try:
            credential = self._credentials.read(request.headers.get("authorization"))
        except AuthError as error:
            raise told(error) from error
        if credential is None and not pairs:
            return Visitor()
        identity, news = await self._admission(Asked(credential, tuple(pairs), role_in))
        if identity is None and credential is not None:
            raise Unauthenticated
        return Visitor(identity, news, credential)

    def context(self, visitor: Visitor, request: Request, response: Response) -> Context:
        """What resolvers see."""
        client = client_of(request)
        principal = visitor.identity.principal(client) if visitor.identity else None
        ask_for(principal.user.id if principal else None)
        if principal is not None:
            request.state.who = str(principal.user.id)
        return context(
            self._services,
            principal,
            client,
            refresh_cookie=cookies.refresh_token(cookies.given(request.headers), secure=self._secure),
            set_cookie=partial(cookies.write, response, secure=self._secure),
            last_event_id=request.headers.get("last-event-id"),
            again=partial(self._again, request, client),
        )

    async def _again(self, request: Request, client: Client) -> Principal | None:
        visitor = await self.admit(request)
        return visitor.identity.principal(client) if visitor.identity else None


def client_of(request: Request) -> Client:
    """From where a request came; a trusted proxy's word for it was taken before (server/app.py)."""
    agent = request.headers.get("user-agent", "")[:MAX_USER_AGENT].replace("\0", "")
    address = request.client.host if request.client else None
    return Client(address, agent, request.scope.get("state", {}).get("request_id"))
