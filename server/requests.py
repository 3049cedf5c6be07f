"""From an HTTP request to the context that resolvers see: whose credential, from where, and which cookie."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from auth.backend import authenticate
from auth.errors import AuthError
from auth.principal import Client, Principal
from gql import cookies
from gql.context import Context
from gql.mapping import told
from gql.requests import context
from models.guard import ask_for
from server.services import Process

MAX_USER_AGENT = 400


class Contexts:
    """Makes the context of each request of a process."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._secure = process.settings.origin.startswith("https://")

    async def __call__(self, request: Request, response: Response) -> Context:
        """Raises errors of gql/errors.py for a credential that does not hold, and `Unavailable` of the database."""
        client = client_of(request)
        principal = await self._principal(request, client)
        ask_for(principal.user.id if principal else None)
        if principal is not None:
            request.state.who = str(principal.user.id)
        return context(
            self._process.services,
            principal,
            client,
            refresh_cookie=cookies.refresh_token(request.cookies, secure=self._secure),
            set_cookie=partial(cookies.write, response, secure=self._secure),
            last_event_id=request.headers.get("last-event-id"),
            again=partial(self._principal, request, client),
        )

    async def _principal(self, request: Request, client: Client) -> Principal | None:
        header = request.headers.get("authorization")
        try:
            return await authenticate(
                self._process.owner, self._process.keys, header, client.address, client.user_agent, client.request_id
            )
        except AuthError as error:
            raise told(error) from error


def client_of(request: Request) -> Client:
    """From where a request came; a trusted proxy's word for it was taken before (server/app.py)."""
    agent = request.headers.get("user-agent", "")[:MAX_USER_AGENT].replace("\0", "")
    address = request.client.host if request.client else None
    return Client(address, agent, request.scope.get("state", {}).get("request_id"))
