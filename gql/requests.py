"""Makes the context of a request: everything in it that is made anew for each."""

from collections.abc import Awaitable, Callable

from auth.client import Client
from auth.principal import Principal
from engine import feed
from gql.context import Context, Cookie, Services
from gql.loaders import Loaders
from gql.revision import Revision


def context(
    services: Services,
    principal: Principal | None,
    client: Client,
    *,
    refresh_cookie: str | None = None,
    set_cookie: Cookie | None = None,
    last_event_id: str | None = None,
    again: Callable[[], Awaitable[Principal | None]] | None = None,
) -> Context:
    """The context of one request. `again` authenticates its credential once more, for what stays open."""
    made = Context(
        services=services,
        principal=principal,
        client=client,
        refresh_cookie=refresh_cookie,
        set_cookie=set_cookie or _no_cookie,
        last_event_id=last_event_id,
        again=again,
        renew=renew,
    )
    renew(made)
    return made


def renew(made: Context) -> None:
    """Forget what was read: what comes next is read anew, in a snapshot of its own."""

    async def snapshot() -> str:
        async with made.services.db.one() as connection:
            return await feed.snapshot(connection)

    made.revision = Revision(snapshot)
    made.loaders = Loaders(made)


def _no_cookie(refresh_token: str | None) -> None:
    """Where nobody can be given a cookie."""
