"""What a request knows while it is answered: who asks, from where, what was read, and the floors below.

server/app.py builds one `Services` a process and, with `gql.requests.context`, one `Context` a request.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias
from uuid import UUID

import strawberry

from auth.accounts import Accounts
from auth.client import Client
from auth.memberships import Workspaces
from auth.oidc import Providers
from auth.principal import Principal
from auth.settings import AuthSettings
from engine.kinds.catalogue import Catalogue
from engine.tasks import Tasks
from gql.errors import Forbidden, Unauthenticated
from gql.reading import Reading
from gql.revision import Revision
from models.authority import Authority
from models.database import Database

if TYPE_CHECKING:
    from gql.loaders import Loaders
    from gql.watch import Watchers


class Cookie(Protocol):
    """Sets the refresh token's cookie in the answer, or with None takes it away."""

    def __call__(self, refresh_token: str | None, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Services:
    """What a process has: made once, by server/app.py."""

    db: Database
    tasks: Tasks
    accounts: Accounts
    workspaces: Workspaces
    providers: Providers
    catalogue: Catalogue
    watchers: "Watchers"
    settings: AuthSettings


@dataclass(slots=True)
class Context:
    """What a request has."""

    services: Services
    principal: Principal | None
    client: Client
    set_cookie: Cookie
    renew: Callable[["Context"], None]  # forgets what was read
    refresh_cookie: str | None = None  # the refresh token that came in the cookie
    last_event_id: str | None = None  # of a stream that is taken up again
    again: Callable[[], Awaitable[Principal | None]] | None = None  # authenticates once more, for what stays open
    reading: Reading = field(default_factory=Reading)
    revision: Revision = field(init=False)
    loaders: "Loaders" = field(init=False)

    @property
    def who(self) -> Principal:
        """Who asks. Raises `Unauthenticated`."""
        if self.principal is None:
            raise Unauthenticated
        return self.principal

    @property
    def authority(self) -> Authority:
        """With what right statements run. Raises `Unauthenticated`."""
        return self.who.authority

    @property
    def principal_key(self) -> str | None:
        """Who asks and by which credential, for entity tags and idempotency keys; None for nobody."""
        return None if self.principal is None else self.principal.key

    @property
    def person_key(self) -> str | None:
        """Who asks, by whatever credential."""
        return None if self.principal is None else str(self.principal.user.id)

    @property
    def rights(self) -> str:
        """What may change an answer for the same credential, beside the roles that a workspace's revision stands for."""
        return "nobody" if self.principal is None else self.principal.rights

    @property
    def expires_in(self) -> float | None:
        """None: what stays open authenticates once more before each thing that it tells (`again`)."""
        return None

    def oneself(self, user: UUID, refusal: str) -> Principal:
        """Who asks, when it is `user` in person. Raises `Forbidden` with `refusal`."""
        if self.who.user.id != user:
            raise Forbidden(refusal)
        return self.who


Info: TypeAlias = strawberry.Info[Context, None]
