"""What people ask of tasks: inputs are judged first, then one statement each, and those who wait are told after the commit.

Who may is said by a reach and judged in the statement; when is judged under the lock. Raises `InvalidInput` for what cannot
be taken, and `models.database.Unavailable` when the database is away.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from engine import drafts, edits
from engine.deletion import delete, delete_many
from engine.drafts import Kinds, NewTask, TaskPatch
from engine.errors import InvalidInput, Problem, invalid
from engine.filters import Filter
from engine.hints import Hint, Hints
from engine.lists import matching
from engine.outcomes import Bulk, Forbidden, Item, Missing, Moved, Outcome
from engine.rows import task_of
from engine.statements import statement
from engine.transition import Ask, seeing, transition, transition_many
from models.authority import Authority, Reach
from models.database import Database
from models.event import MAX_REASON
from models.lifecycle import Action
from models.role import Role
from models.task import Task

MAX_MANY = 10_000  # tasks in one call


class Tasks:
    """Asks for changes, and reads single tasks. None as `workspace_id`: in whichever workspace the task is."""

    def __init__(self, db: Database, kinds: Kinds, hints: Hints) -> None:
        self._db, self._kinds, self._hints = db, kinds, hints

    async def transition(
        self,
        authority: Authority,
        workspace_id: UUID | None,
        task_id: UUID,
        action: Action,
        reach: Reach,
        *,
        expected_version: int | None = None,
        reason: str | None = None,
        resume_at: datetime | None = None,
    ) -> Outcome:
        """Ask for an action. `resume_at` is for PAUSE: when the pause is to end by itself."""
        _check_reason(reason)
        ask = Ask(action, expected_version, reason, resume_at)
        outcome = await transition(self._db, authority, reach, ask, workspace_id=workspace_id, task_id=task_id)
        return self._told(outcome)

    async def transition_many(
        self,
        authority: Authority,
        workspace_id: UUID,
        action: Action,
        reach: Reach,
        *,
        ids: Sequence[UUID] | None = None,
        filter: Filter | None = None,
        reason: str | None = None,
        resume_at: datetime | None = None,
        dry_run: bool = False,
    ) -> Bulk:
        """Ask for an action on many tasks, named by just one of `ids` and `filter`: one transaction, an outcome a task.

        `resume_at` is for PAUSE, as in `transition`. A dry run computes the same outcomes and changes nothing.
        """
        _check_reason(reason)
        if resume_at is not None and action is not Action.PAUSE:
            raise invalid("resume_at", "says when a pause ends: leave it out with any other action")
        change = partial(transition_many, ask=Ask(action, reason=reason, resume_at=resume_at))
        return await self._many(change, authority, workspace_id, reach, ids, filter, dry_run=dry_run)

    async def delete_many(
        self,
        authority: Authority,
        workspace_id: UUID,
        reach: Reach,
        *,
        ids: Sequence[UUID] | None = None,
        filter: Filter | None = None,
        reason: str | None = None,
        dry_run: bool = False,
    ) -> Bulk:
        """Delete many tasks that are not running, named and answered for as `transition_many` does."""
        _check_reason(reason)
        change = partial(delete_many, reason=reason)
        return await self._many(change, authority, workspace_id, reach, ids, filter, dry_run=dry_run)

    async def create(
        self, authority: Authority, workspace_id: UUID, inputs: Sequence[NewTask], reach: Reach
    ) -> list[Moved] | Forbidden | Missing:
        """Make tasks, all or none. Paths of problems begin with the place in `inputs`: `0.title`."""
        minimum = self._check(inputs)
        async with self._db.one() as connection:
            made = await edits.create(connection, authority, reach, inputs, workspace_id=workspace_id, minimum=minimum)
        if isinstance(made, list):
            self._hints.committed([Hint(workspace_id, moved.task) for moved in made])
        return made

    async def update(
        self,
        authority: Authority,
        workspace_id: UUID | None,
        task_id: UUID,
        patch: TaskPatch,
        reach: Reach,
        *,
        expected_version: int | None = None,
    ) -> Outcome:
        """Edit the fields that the patch names."""
        if problems := drafts.problems_of_patch(patch):
            raise InvalidInput(problems)
        async with self._db.one() as connection:
            outcome = await edits.update(
                connection,
                authority,
                reach,
                patch,
                workspace_id=workspace_id,
                task_id=task_id,
                expected_version=expected_version,
            )
        return self._told(outcome)

    async def delete(
        self,
        authority: Authority,
        workspace_id: UUID | None,
        task_id: UUID,
        reach: Reach,
        *,
        expected_version: int | None = None,
        reason: str | None = None,
    ) -> Outcome:
        """Delete a task that is not running; it stays as a tombstone until retention takes it."""
        _check_reason(reason)
        outcome = await delete(
            self._db,
            authority,
            reach,
            workspace_id=workspace_id,
            task_id=task_id,
            expected_version=expected_version,
            reason=reason,
        )
        return self._told(outcome)

    async def get(self, authority: Authority, task_id: UUID) -> Task | None:
        """The task, when it is the caller's to see."""
        return (await self.get_many(authority, [task_id])).get(task_id)

    async def get_many(self, authority: Authority, ids: Sequence[UUID]) -> dict[UUID, Task]:
        """The tasks among `ids` that are the caller's to see."""
        rows = await self._db.fetch(statement("get"), {**seeing(authority), "ids": list(ids)})
        return {row[0]: task_of(row) for row in rows}

    async def _wanted(
        self, authority: Authority, workspace_id: UUID, ids: Sequence[UUID] | None, filter: Filter | None
    ) -> Sequence[UUID]:
        if (ids is None) == (filter is None):
            raise invalid("target", "give either ids or filter")
        if filter is not None:
            found = await matching(self._db, authority, workspace_id, filter, MAX_MANY + 1)
            if len(found) > MAX_MANY:
                raise invalid("target.filter", f"lets more than {MAX_MANY} tasks through: narrow it")
            return found
        if ids is None or len(ids) > MAX_MANY:
            raise invalid("target.ids", f"must be at most {MAX_MANY}")
        return ids

    def _check(self, inputs: Sequence[NewTask]) -> Role:
        """Judge new tasks; the answer is the least role that all their kinds ask for."""
        if not 1 <= len(inputs) <= drafts.MAX_NEW:
            raise invalid("", f"must be 1 to {drafts.MAX_NEW} tasks")
        found = [
            Problem(f"{place}.{problem.path}", problem.message)
            for place, draft in enumerate(inputs)
            for problem in drafts.problems(draft, self._kinds)
        ]
        if found:
            raise InvalidInput(found)
        kinds = [self._kinds.get(draft.kind) for draft in inputs]
        return max((kind.minimum_role for kind in kinds if kind), key=lambda role: role.rank)

    async def _many(
        self,
        change: Callable[..., Awaitable[list[Item]]],
        authority: Authority,
        workspace_id: UUID,
        reach: Reach,
        ids: Sequence[UUID] | None,
        filter: Filter | None,
        *,
        dry_run: bool,
    ) -> Bulk:
        """One transaction, and the outcomes after its commit; those who wait are told."""
        wanted = await self._wanted(authority, workspace_id, ids, filter)
        only = filter and filter.status
        async with self._db.transaction() as connection:
            matched = await change(
                connection, authority, reach, workspace_id=workspace_id, ids=wanted, only=only, dry_run=dry_run
            )
        if filter is not None:  # what went elsewhere while it was looked at is not matched any more
            matched = [item for item in matched if item.status or item.role]
        changed = [item for item in matched if item.changed]
        if not dry_run:
            self._hints.committed([Hint(workspace_id, item.task) for item in changed])
        return Bulk(len(matched), len(changed), len(matched) - len(changed), matched)

    def _told(self, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Moved):
            self._hints.committed([Hint(outcome.task.workspace_id, outcome.task)])
        return outcome


def _check_reason(reason: str | None) -> None:
    if reason is not None and (len(reason) > MAX_REASON or not drafts.storable(reason)):
        raise invalid("reason", f"must have at most {MAX_REASON} characters, without NUL")
