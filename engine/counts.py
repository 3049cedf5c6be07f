"""How many tasks stand where: kept by the statements that move tasks (a trigger), so that a million tasks cost nothing."""

from collections.abc import Sequence
from uuid import UUID

from engine.statements import statement
from engine.transition import seeing
from models.authority import Authority
from models.database import Database
from models.lifecycle import Status

Counts = dict[Status, int]


async def counts(db: Database, authority: Authority, workspace_ids: Sequence[UUID]) -> dict[UUID, Counts]:
    """For each workspace how many tasks have each status; zeros for a workspace that is not the caller's to see."""
    found = {workspace_id: dict.fromkeys(Status, 0) for workspace_id in workspace_ids}
    values = {**seeing(authority), "workspace_ids": list(found)}
    for workspace_id, status, count in await db.fetch(statement("counts"), values):
        found[workspace_id][Status(status)] = count
    return found
