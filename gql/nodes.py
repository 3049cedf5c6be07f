"""Finds anything by its id; what is not there, and what is not the viewer's to see, is None."""

from asyncio import gather
from collections.abc import Sequence

from gql.context import Context
from gql.ids import NodeType, decode
from gql.types.node import Node


async def find(context: Context, id: str) -> Node | None:
    """The thing that an id names."""
    found = decode(id)
    if found is None:
        context.reading.untracked()
        return None
    loaders, (kind, key) = context.loaders, found
    match kind:
        case NodeType.TASK:
            return await loaders.task(key)
        case NodeType.WORKSPACE:
            return await loaders.workspace(key)
        case NodeType.USER:
            return await loaders.user_seen(key)
        case NodeType.INVITATION:
            return await loaders.invitation(key)
        case NodeType.API_TOKEN:
            return await loaders.api_token(key)
        case NodeType.SESSION | NodeType.EVENT:
            return None


async def find_all(context: Context, ids: Sequence[str]) -> list[Node | None]:
    """The things that some ids name, each or None; what is of a type is fetched at once."""
    return list(await gather(*(find(context, id) for id in ids)))
