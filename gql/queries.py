"""What can be read: the root fields of `Query`."""

from typing import Annotated

import strawberry

from gql import nodes
from gql.arguments import After, AnyId, First50, Slug, TaskId, given
from gql.context import Info
from gql.errors import InvalidInput
from gql.fields import query
from gql.ids import NodeType, decode
from gql.types.credentials import IdentityProvider, SignInOptions
from gql.types.membership import ApiToken
from gql.types.node import Node, PageInfo
from gql.types.task import Task
from gql.types.user import User, UserConnection, UserEdge
from gql.types.workspace import Workspace
from models.release import VERSION

MAX_NODES = 100

Ids = Annotated[list[strawberry.ID], strawberry.argument(description="Up to 100 ids of anything that implements Node.")]
Search = Annotated[str | None, strawberry.argument(description="Part of a name or an e-mail address.")]


@strawberry.type(description="What can be read.")
class Query:
    """Nothing here changes anything, and no answer depends on the time of reading."""

    @query("viewer", "Who is signed in; null when nobody is.")
    async def viewer(self, info: Info) -> User | None:
        info.context.reading.untracked()
        principal = info.context.principal
        return None if principal is None else User.of(principal.user)

    @query("apiToken", "The API token that this request came with; null for a person's session.")
    async def api_token(self, info: Info) -> ApiToken | None:
        info.context.reading.untracked()
        token = info.context.who.token
        return None if token is None else ApiToken.of(token)

    @query("version", "The version of this server.")
    async def version(self, info: Info) -> str:
        info.context.reading.untracked()
        return VERSION

    @query("node", "Anything by its id; null when it does not exist, or is not yours to see.")
    async def node(self, info: Info, id: AnyId) -> Node | None:
        return await nodes.find(info.context, id)

    @query(
        "nodes",
        "Several things by their ids, in that order; null for each that does not exist, or is not yours to see.",
    )
    async def nodes(self, info: Info, ids: Ids) -> list[Node | None]:
        if len(ids) > MAX_NODES:
            raise InvalidInput(fields={"ids": f"There are {len(ids)} ids; at most {MAX_NODES} are allowed."})
        return await nodes.find_all(info.context, ids)

    @query("workspace", "A workspace by its name in addresses; null when it does not exist, or is not yours to see.")
    async def workspace(self, info: Info, slug: Slug) -> Workspace | None:
        return await info.context.loaders.workspace_by_slug(slug)

    @query("task", "A task by its id; null when it does not exist, or is not yours to see.")
    async def task(self, info: Info, id: TaskId) -> Task | None:
        found = decode(id)
        if found is None:
            raise InvalidInput(fields={"id": "This is not an id that was given out here: copy it anew."})
        return await info.context.loaders.task(found[1]) if found[0] is NodeType.TASK else None

    @query("signInOptions", "What the sign-in page offers.")
    async def sign_in_options(self, info: Info) -> SignInOptions:
        info.context.reading.untracked()
        services = info.context.services
        return SignInOptions(
            sign_up=services.settings.sign_up,
            providers=[
                IdentityProvider(name=one.name, label=one.label, sign_in_url=one.sign_in_url)
                for one in services.providers.options
            ],
            sends_mail=services.accounts.mail is not None,
            set_up=not await services.accounts.has_accounts(),
        )

    @query("users", "The accounts of this installation, a page at a time.")
    async def users(
        self, info: Info, first: First50 = 50, after: After = None, search: Search = None
    ) -> UserConnection:
        info.context.reading.untracked()
        page = await info.context.services.accounts.users(
            info.context.authority, first=given(first, 50), after=after, search=search
        )
        found = [User.of(row) for row in page.rows]
        return UserConnection(
            edges=[UserEdge(node=node, cursor=cursor) for node, cursor in zip(found, page.cursors, strict=True)],
            nodes=found,
            page_info=PageInfo.of(page.has_next, page.has_previous, page.cursors),
        )
