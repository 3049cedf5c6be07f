"""What tests of the engine share: a workspace with an admin, and Tasks over a catalogue of a timer and one kind of work."""

from dataclasses import dataclass
from uuid import UUID

import pytest_asyncio
from fixtures import seed

from engine.drafts import NewTask
from engine.hints import Hints
from engine.kinds import Catalogue
from engine.outcomes import Moved, Outcome
from engine.tasks import Tasks
from models.authority import Authority
from models.database import Database
from models.lifecycle import Action
from models.task import Task

WORK = "items"


@dataclass(frozen=True)
class Room:
    """A workspace, its admin, and what may be asked in it."""

    db: Database
    workspace_id: UUID
    admin: Authority
    tasks: Tasks
    hints: Hints

    async def timer(self, title: str = "a timer", *, duration_ms: int = 600_000) -> Task:
        """A new timer."""
        made = await self.make(NewTask(title, duration_ms=duration_ms))
        return made[0]

    async def work(self, title: str = "work") -> Task:
        """A new task that needs a worker."""
        made = await self.make(NewTask(title, kind=WORK, input={"items": ["one", "two"]}))
        return made[0]

    async def make(self, *drafts: NewTask) -> list[Task]:
        """New tasks of the admin."""
        made = await self.tasks.create(self.admin, self.workspace_id, drafts, seed.CREATE)
        assert isinstance(made, list)
        return [moved.task for moved in made]

    async def ask(self, task: Task, action: Action) -> Outcome:
        """The admin asks for an action."""
        return await self.tasks.transition(self.admin, self.workspace_id, task.id, action, seed.OPERATE)

    async def do(self, task: Task, *actions: Action) -> Task:
        """The admin asks for actions, each of which is granted."""
        for action in actions:
            outcome = await self.ask(task, action)
            assert isinstance(outcome, Moved), outcome
            task = outcome.task
        return task


@pytest_asyncio.fixture
async def room(db: Database) -> Room:
    """An empty workspace with an admin."""
    workspace_id = await seed.workspace(db)
    hints = Hints()
    return Room(db, workspace_id, await seed.member(db, workspace_id), Tasks(db, Catalogue(), hints), hints)
