"""A kind of task: what it is called, what it takes, who may use it, how it pauses, and the work that it does."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from engine.errors import Problem
from engine.kinds.context import Context
from engine.kinds.schema import JsonSchema, problems
from models.kind import Pausability
from models.lifecycle import Nature, nature
from models.role import Role

ANYTHING: JsonSchema = {"type": "object"}


@dataclass(frozen=True, slots=True)
class Limits:
    """`parallel`: tasks of the kind that one worker runs at a time. `timeout_ms`: of active time a try, unless the task says."""

    parallel: int = 4
    timeout_ms: int | None = None


class Work(Protocol):
    """The work behind a kind."""

    async def run(self, ctx: Context) -> Any:
        """Do it, and return a result that is JSON. Raises PutDown when asked to stop, WorkError or anything when it fails.

        A cancelled run must leave nothing behind that still works.
        """
        ...


@dataclass(frozen=True, slots=True)
class Kind:
    """`minimum_role` is what one needs to create a task of the kind. `work` is None for the timer alone."""

    name: str
    label: str
    description: str
    pausability: Pausability
    input_schema: JsonSchema = field(default_factory=lambda: dict(ANYTHING))
    minimum_role: Role = Role.EDITOR
    limits: Limits = Limits()
    work: Work | None = None

    @property
    def nature(self) -> Nature:
        """Whether its tasks need a worker."""
        return nature(self.name)

    def problems(self, value: object) -> list[Problem]:
        """What is wrong with an input for this kind; empty when nothing is."""
        return problems(self.input_schema, value)
