"""What rows refer to, fetched once a batch: people, workspaces with the viewer's role, tasks. No query a row, anywhere.

A context's loaders live for one request, or one root field of a mutation: what changed in between is read anew.
"""

from asyncio import ensure_future, gather
from collections.abc import Hashable
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader

from engine import homes
from engine.counts import Counts, counts
from engine.lists import ALL, NEWEST, Page
from gql import slices, statements
from gql.context import Context
from gql.errors import NotFound
from gql.once import Once, lent
from gql.slices import Line, Part, Slice
from gql.statements import Seen
from gql.types.membership import ApiToken, Invitation, Membership
from gql.types.task import Task
from gql.types.tasks import Listing, columns_of
from gql.types.user import User
from gql.types.workspace import Workspace
from models.event import Event
from models.task import Task as TaskRecord
from models.workspace import Membership as Record

K = TypeVar("K")
T = TypeVar("T")


async def _loaded(loader: DataLoader[K, T], key: K) -> T:
    """What a loader gives, also to other fields."""
    return await lent(ensure_future(loader.load(key)))


class Loaders:
    """Each answer is noted in the request's reading."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._db = context.services.db
        self.once = Once()
        self.ahead: dict[tuple[Hashable, ...], Page] = {}  # pages that were read before their fields were reached

    # Each is made when it is asked for the first time: most requests need two of them at the most.

    @cached_property
    def _workspaces(self) -> DataLoader[UUID, Workspace | None]:
        return DataLoader(self._fetch_workspaces)

    @cached_property
    def _users(self) -> DataLoader[UUID, User | None]:
        return DataLoader(self._fetch_users)

    @cached_property
    def _seen(self) -> DataLoader[UUID, bool | None]:
        return DataLoader(self._fetch_seen)

    @cached_property
    def _tasks(self) -> DataLoader[UUID, Task | None]:
        return DataLoader(self._fetch_tasks)

    @cached_property
    def _counts(self) -> DataLoader[UUID, Counts]:
        return DataLoader(self._fetch_counts)

    @cached_property
    def _histories(self) -> DataLoader[Slice, Part[Event]]:
        return DataLoader(self._fetch_histories)

    @cached_property
    def _logs(self) -> DataLoader[Slice, Part[Line]]:
        return DataLoader(self._fetch_logs)

    @cached_property
    def _invitations(self) -> DataLoader[UUID, Invitation | None]:
        return DataLoader(self._fetch_invitations)

    @cached_property
    def _api_tokens(self) -> DataLoader[UUID, ApiToken | None]:
        return DataLoader(self._fetch_api_tokens)

    async def workspace(self, key: UUID) -> Workspace | None:
        """The workspace, when it is the viewer's to see."""
        return await _loaded(self._workspaces, key)

    async def workspace_of(self, key: UUID) -> Workspace:
        """The workspace that something visible belongs to. Raises `NotFound` when the viewer has just left it."""
        found = await self.workspace(key)
        if found is None:
            raise NotFound
        return found

    async def workspace_by_slug(self, slug: str) -> Workspace | None:
        """The workspace of a slug, when it is the viewer's to see."""
        seen = await self._context.revision.of(
            lambda: self._by_slug(slug),
            lambda seen: seen.revision if seen else None,
        )
        if seen is None:
            self._context.reading.untracked()
            return None
        found = await self._workspace(seen)
        self._workspaces.prime(found.key, found)
        return found

    async def _by_slug(self, slug: str) -> Seen | None:
        reading, authority = self._context.reading, self._context.authority
        if reading.ahead is None:
            return await statements.workspace_by_slug(self._db, authority, slug)
        found = await homes.home(self._db, authority, slug, reading.ahead, columns_of(reading.fields))
        if found is None:
            return None
        seen = statements.seen(found.row)
        self.ahead[Listing(seen.workspace.id, ALL, NEWEST, reading.ahead).key] = found.page
        return seen

    async def user(self, key: UUID | None) -> User | None:
        """A person whom something visible names."""
        return None if key is None else await _loaded(self._users, key)

    async def user_of(self, key: UUID) -> User:
        """A person who must be there. Raises `NotFound`."""
        found = await _loaded(self._users, key)
        if found is None:
            raise NotFound
        return found

    async def user_seen(self, key: UUID) -> User | None:
        """A person by id alone: oneself, who shares a workspace with the viewer, or anyone for an instance admin."""
        self._context.reading.untracked()
        if not self._instance_admin and key != self._context.who.user.id and await _loaded(self._seen, key) is None:
            return None
        return await _loaded(self._users, key)

    async def sees_address_of(self, key: UUID) -> bool:
        """Whether the viewer may see a person's e-mail address."""
        return self._instance_admin or key == self._context.who.user.id or bool(await _loaded(self._seen, key))

    async def task(self, key: UUID) -> Task | None:
        """The task, when it is the viewer's to see."""
        return await _loaded(self._tasks, key)

    async def memberships(self) -> list[Membership]:
        """The viewer's own; an API token is of one workspace."""
        self._context.reading.untracked()
        authority, revision = self._context.authority, await self._context.revision()
        places = await self._context.services.workspaces.memberships_of(authority)
        for place in places:
            self._workspaces.prime(place.workspace.id, Workspace.of(place.workspace, place.role, revision))
        return [
            Membership.of(Record(place.workspace.id, authority.user_id, place.role, place.since)) for place in places
        ]

    async def counts(self, workspace: UUID) -> Counts:
        """How many tasks of a workspace have each status."""
        return await _loaded(self._counts, workspace)

    async def history(self, task: UUID, first: int, after: str | None) -> Part[Event]:
        """A page of the history of a task."""
        return await _loaded(self._histories, Slice(task, first, after))

    async def log(self, task: UUID, first: int, after: str | None) -> Part[Line]:
        """A page of what the work of a task has printed."""
        return await _loaded(self._logs, Slice(task, first, after))

    async def invitation(self, key: UUID) -> Invitation | None:
        """An open invitation, for an ADMIN of its workspace."""
        return await _loaded(self._invitations, key)

    async def api_token(self, key: UUID) -> ApiToken | None:
        """An API token, for its maker and for an ADMIN of its workspace."""
        return await _loaded(self._api_tokens, key)

    @property
    def _instance_admin(self) -> bool:
        who = self._context.who
        return who.user.is_instance_admin and who.kind == "session"

    async def _workspace(self, seen: Seen) -> Workspace:
        revision = await self._context.revision()
        self._context.reading.workspace(seen.workspace.id, revision, seen.role)
        return Workspace.of(seen.workspace, seen.role, revision)

    async def _show(self, row: TaskRecord) -> Task:
        return Task.of(row, (await self.workspace_of(row.workspace_id)).viewer_role)

    async def _fetch_workspaces(self, keys: list[UUID]) -> list[Workspace | None]:
        seen = await self._context.revision.of(
            lambda: statements.workspaces(self._db, self._context.authority, keys),
            lambda seen: next((one.revision for one in seen.values()), None),
        )
        if len(seen) < len(keys):
            self._context.reading.untracked()
        return [await self._workspace(seen[key]) if key in seen else None for key in keys]

    async def _fetch_users(self, keys: list[UUID]) -> list[User | None]:
        reading = self._context.reading
        found = await statements.users(self._db, keys, list(reading.workspaces))
        if len(found) < len(keys) or not all(person.tracked for person in found.values()):
            reading.untracked()
        return [User.of(found[key].user) if key in found else None for key in keys]

    async def _fetch_seen(self, keys: list[UUID]) -> list[bool | None]:
        self._context.reading.untracked()
        found = await statements.users_seen(self._db, self._context.authority, keys)
        return [found.get(key) for key in keys]

    async def _fetch_tasks(self, keys: list[UUID]) -> list[Task | None]:
        await self._context.revision()
        rows = await self._context.services.tasks.get_many(self._context.authority, keys)
        if len(rows) < len(keys):
            self._context.reading.untracked()
        await gather(*(self.workspace(key) for key in {row.workspace_id for row in rows.values()}))
        return [await self._show(rows[key]) if key in rows else None for key in keys]

    async def _fetch_counts(self, keys: list[UUID]) -> list[Counts]:
        found = await counts(self._db, self._context.authority, keys)
        return [found[key] for key in keys]

    async def _fetch_histories(self, keys: list[Slice]) -> list[Part[Event]]:
        self._context.reading.untracked()
        return await slices.histories(self._db, self._context.authority, keys)

    async def _fetch_logs(self, keys: list[Slice]) -> list[Part[Line]]:
        self._context.reading.untracked()
        return await slices.logs(self._db, self._context.authority, keys)

    async def _fetch_invitations(self, keys: list[UUID]) -> list[Invitation | None]:
        self._context.reading.untracked()
        found = await statements.invitations(self._db, self._context.authority, keys)
        return [Invitation.of(found[key]) if key in found else None for key in keys]

    async def _fetch_api_tokens(self, keys: list[UUID]) -> list[ApiToken | None]:
        self._context.reading.untracked()
        found = await statements.api_tokens(self._db, self._context.authority, keys)
        return [ApiToken.of(found[key]) if key in found else None for key in keys]
