"""What an answer was made from, as far as that is tracked, and for whom: by this a later poll can be told "unchanged".

Resolvers note what they read in `Reading`. Who opens and seals the tags is behind `Conditional` (server/etag.py).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias, TypeVar
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from models.role import Role

Pair: TypeAlias = tuple[UUID, str]  # a workspace, and a revision of it


@dataclass(slots=True)
class Reading:
    """The workspaces that an execution read, each with the snapshot taken before its first read.

    A resolver that reads rows without a revision (sessions, logs, the clock, another service) calls `untracked`: such an
    answer is compared by its body. An answer for which nothing was noted is treated as untracked, too.
    """

    workspaces: dict[UUID, str] = field(default_factory=dict[UUID, str])
    roles: dict[UUID, Role] = field(default_factory=dict[UUID, Role])  # the viewer's there, where it was read with it
    complete: bool = True
    fields: Collection[str] | None = None  # the names of all fields that the document asks for, where they are known
    packed: bool = False  # whether rows should be read in one piece: most of them may be known from before
    ahead: int | None = (
        None  # how many of a workspace's newest tasks are to be read with it: they are sure to be asked for
    )
    position: str | None = None  # of a subscription: from where it can go on after a lost connection

    def workspace(self, workspace_id: UUID, snapshot: str, role: Role | None = None) -> None:
        """Note a read of a workspace's tracked rows in a snapshot (the text of a pg_snapshot). The earliest one stays."""
        self.workspaces.setdefault(workspace_id, snapshot)
        if role is not None:
            self.roles.setdefault(workspace_id, role)

    def untracked(self) -> None:
        """Note that something was read that has no revision."""
        self.complete = False

    @property
    def role(self) -> Role | None:
        """The viewer's role, where all of it was read in one."""
        return next(iter(self.roles.values())) if len(self.roles) == 1 else None

    @property
    def tracked(self) -> bool:
        """Whether the workspaces are all that the answer depends on."""
        return self.complete and bool(self.workspaces)


class Viewer(Protocol):
    """Whose request it is."""

    @property
    def principal_key(self) -> str | None:
        """Who asks and by which credential, the same from request to request; None for nobody."""
        ...

    @property
    def rights(self) -> str:
        """What may change the answer for the same principal: caps of a token, being an instance admin."""
        ...


class Watched(Viewer, Protocol):
    """What the endpoint needs to know of a request's context."""

    @property
    def person_key(self) -> str | None:
        """Who asks, by whatever credential; None for nobody."""
        ...

    @property
    def expires_in(self) -> float | None:
        """Seconds until the credential ends, and with it every subscription; None where it does not end by itself."""
        ...

    @property
    def reading(self) -> Reading:
        """What the execution reads, noted as it reads."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """What a tag says that we sealed: the state that an answer was made from, and for whom."""

    tag: str  # as it stands in the header
    pairs: tuple[Pair, ...]
    viewer: bytes


class Visitor(Viewer, Protocol):
    """Who asks, whose credential held after the request arrived; and what had changed by then of what was asked about."""

    @property
    def role(self) -> Role | None:
        """The role in the workspace that was asked about; None where there is none."""
        ...

    def changed(self, pairs: Sequence[Pair]) -> bool:
        """Whether anything has changed in one of the workspaces since its revision. Only pairs that were asked about."""
        ...


V = TypeVar("V", bound=Visitor)
C = TypeVar("C", bound=Watched)
C_co = TypeVar("C_co", bound=Watched, covariant=True)


class Door(Protocol[V, C_co]):
    """Lets requests in (server/requests.py)."""

    async def admit(self, request: Request, pairs: Sequence[Pair], role_in: UUID | None) -> V:
        """Who asks, what of `pairs` has changed, and the role in a workspace.

        Raises errors of gql/errors.py for a credential that does not hold.
        """
        ...

    def context(self, visitor: V, request: Request, response: Response) -> C_co:
        """What resolvers see; headers and cookies that are set on `response` go out with the answer."""
        ...


class Conditional(Protocol):
    """Entity tags of answers to GET."""

    def opened(self, tags: str, question: bytes) -> Sequence[Held]:
        """Those of an If-None-Match header's tags that were sealed for this question. For whom is yet to be looked at."""
        ...

    def confirms(self, held: Held, viewer: Viewer) -> bool:
        """Whether the tag was sealed for this viewer, with the same rights."""
        ...

    def tag(self, viewer: Viewer, reading: Reading, question: bytes, body: bytes) -> str:
        """The tag of an answer that was made from what was read."""
        ...
