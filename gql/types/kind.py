"""What a task can do here: the kinds of the catalogue."""

import strawberry
from strawberry.scalars import JSON

from engine.kinds.kind import Kind
from gql.types.enums import Pausability, Role


@strawberry.type(description="What a task can do: a timer, or work that a worker does.")
class TaskKind:
    """A kind of the catalogue."""

    name: str = strawberry.field(description="What `TaskInput.kind` takes.")
    label: str = strawberry.field(description="Its name for people.")
    description: str = strawberry.field(description="What it does, in a sentence or two.")
    pausability: Pausability = strawberry.field(description="What becomes of its work when it is paused.")
    input_schema: JSON = strawberry.field(description="What `TaskInput.input` has to be: JSON Schema 2020-12.")
    minimum_role: Role = strawberry.field(description="The role that is needed to create a task of this kind.")

    @classmethod
    def of(cls, kind: Kind) -> "TaskKind":
        """The kind as it is served."""
        return cls(
            name=kind.name,
            label=kind.label,
            description=kind.description,
            pausability=kind.pausability,
            input_schema=JSON(dict(kind.input_schema)),
            minimum_role=kind.minimum_role,
        )
