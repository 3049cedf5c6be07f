"""Answers that are alike for many: made once a change for all who ask the same question with the same rights.

An answer may be shared when it follows from nothing but the question, the rows of one workspace and the viewer's role in it:
`FIELDS` says which fields are so, and a document that reads any other is never shared. Whether a kept answer is still the one
that would be made is asked of PostgreSQL in the round that lets the viewer in: their role at that moment, and that nothing
of the workspace has changed since the answer was read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from graphql import DocumentNode, FieldNode, GraphQLSchema, OperationDefinitionNode, OperationType
from graphql.language import Visitor as NodeVisitor
from graphql.language import visit
from graphql.utilities import TypeInfo, TypeInfoVisitor

from gql.reading import Pair, Reading, Visitor
from models.remembered import Remembered
from models.role import Role

# Type → its fields that depend on nothing but the rows of a workspace and the viewer's role in it. Whoever adds a field that
# looks at the person, the credential, the clock or rows without a revision leaves it out; what is not named is not shared.
FIELDS: Mapping[str, frozenset[str]] = {
    name: frozenset(fields.split())
    for name, fields in {
        "Query": "workspace",
        "Workspace": "id slug name createdAt viewerRole revision counts tasks members",
        "StatusCount": "status count",
        "TaskConnection": "edges nodes pageInfo totalCount",
        "TaskEdge": "node cursor",
        "PageInfo": "hasNextPage hasPreviousPage startCursor endCursor",
        "Task": "id title description labels kind input status durationMs elapsedMs progress progressNote result error"
        " priority timeoutMs maxAttempts version createdAt updatedAt lastRunAt dueAt resumeAt completedAt attempt worker"
        " waitingFor allowedActions can workspace createdBy",
        "TaskPermission": "action allowed reason",
        "Membership": "role since user workspace",
        "User": "id displayName isInstanceAdmin disabled createdAt",
    }.items()
}
MOST_BYTES = 32_000_000
_LARGEST = 1_000_000

Alike: TypeAlias = tuple[str, Role | None]  # the rights of a credential, and its role in the workspace


@dataclass(frozen=True, slots=True)
class Page:
    """An answer without errors, and the state that it was read in."""

    body: bytes
    pair: Pair
    operation: str  # as the metrics call it


Pages: TypeAlias = dict[Alike, Page]


class Shared:
    """The answers that are kept: of each question one for each kind of viewer. Bounded by their bytes."""

    def __init__(self, capacity: int = MOST_BYTES) -> None:
        self._kept = Remembered[bytes, Pages](capacity)
        self._turns: dict[tuple[bytes, str], asyncio.Event] = {}

    def pages(self, question: bytes) -> Pages:
        """What is kept of a question. All of it is of one workspace."""
        return self._kept.get(question) or {}

    def page(self, question: bytes, alike: Alike | None) -> Page | None:
        """The page of some kind of viewer; whether it still holds is yet to be asked."""
        return None if alike is None else self.pages(question).get(alike)

    def keep(self, question: bytes, visitor: Visitor, reading: Reading, body: bytes, operation: str) -> None:
        """Keep an answer that was just made, if it was made from one workspace in which the viewer had a role."""
        if not reading.tracked or len(reading.roles) != 1 or len(reading.workspaces) != 1 or len(body) > _LARGEST:
            return
        ((workspace_id, role),) = reading.roles.items()
        pair = (workspace_id, reading.workspaces[workspace_id])
        alike = {key: page for key, page in self.pages(question).items() if page.pair[0] == workspace_id}
        pages = {**alike, (visitor.rights, role): Page(body, pair, operation)}
        self._kept.keep(question, pages, sum(len(page.body) + 500 for page in pages.values()))

    def turn(self, question: bytes, visitor: Visitor) -> asyncio.Event | None:
        """Set when the answer is made that somebody with the same rights is making now; None where nobody is."""
        return self._turns.get((question, visitor.rights))

    @contextmanager
    def making(self, question: bytes, visitor: Visitor) -> Generator[None]:
        """An answer is made that others may wait for; whatever becomes of it, they wait no longer than that."""
        key = (question, visitor.rights)
        if key in self._turns:
            yield
            return
        done = self._turns[key] = asyncio.Event()
        try:
            yield
        finally:
            del self._turns[key]
            done.set()


def shareable(schema: GraphQLSchema, document: DocumentNode) -> bool:
    """Whether a valid document holds one query that reads nothing but `FIELDS`."""
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    if len(operations) != 1 or operations[0].operation is not OperationType.QUERY:
        return False
    info = TypeInfo(schema)
    fields = _Fields(info)
    visit(document, TypeInfoVisitor(info, fields))
    return fields.shared


class _Fields(NodeVisitor):
    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self._info = info
        self.shared = True

    def enter_field(self, node: FieldNode, *_: object) -> None:
        """Look up a field by the type that it is asked of."""
        parent = self._info.get_parent_type()
        known = FIELDS.get(parent.name) if parent else None
        if node.name.value != "__typename" and (known is None or node.name.value not in known):
            self.shared = False


def workspace_of(pages: Pages) -> UUID | None:
    """In which workspace the viewer's role says which of the pages is theirs."""
    return next((page.pair[0] for page in pages.values()), None)
