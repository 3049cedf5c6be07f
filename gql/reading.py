"""What an answer was made from, as far as that is tracked, and for whom: by this a later poll can be told "unchanged".

Resolvers note what they read in `Reading`. Who opens and seals the tags is behind `Conditional` (server/etag.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID


@dataclass(slots=True)
class Reading:
    """The workspaces that an execution read, each with the snapshot taken before its first read.

    A resolver that reads rows without a revision (sessions, logs, the clock, another service) calls `untracked`: such an
    answer is compared by its body. An answer for which nothing was noted is treated as untracked, too.
    """

    workspaces: dict[UUID, str] = field(default_factory=dict[UUID, str])
    complete: bool = True
    position: str | None = None  # of a subscription: from where it can go on after a lost connection

    def workspace(self, workspace_id: UUID, snapshot: str) -> None:
        """Note a read of a workspace's tracked rows in a snapshot (the text of a pg_snapshot). The earliest one stays."""
        self.workspaces.setdefault(workspace_id, snapshot)

    def untracked(self) -> None:
        """Note that something was read that has no revision."""
        self.complete = False

    @property
    def tracked(self) -> bool:
        """Whether the workspaces are all that the answer depends on."""
        return self.complete and bool(self.workspaces)


class Watched(Protocol):
    """What the endpoint needs to know of a request's context."""

    @property
    def principal_key(self) -> str | None:
        """Who asks and by which credential, the same from request to request; None for nobody."""
        ...

    @property
    def rights(self) -> str:
        """What may change the answer for the same principal: roles, caps of a token, being an instance admin."""
        ...

    @property
    def expires_in(self) -> float | None:
        """Seconds until the credential ends, and with it every subscription; None where it does not end by itself."""
        ...

    @property
    def reading(self) -> Reading:
        """What the execution reads, noted as it reads."""
        ...


class Conditional(Protocol):
    """Entity tags of answers to GET."""

    async def unchanged(self, tags: str, viewer: Watched, question: bytes) -> str | None:
        """The tag of an If-None-Match header that is still that of the answer, if there is one that can be known."""
        ...

    def tag(self, viewer: Watched, question: bytes, body: bytes) -> str:
        """The tag of an answer that has just been made."""
        ...
