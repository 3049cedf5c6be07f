"""Arguments that several fields take, with their descriptions; what they may hold is said by the engine or by gql/validation.py."""

from datetime import datetime
from typing import Annotated

import strawberry

from gql.types.enums import Role

First50 = Annotated[int | None, strawberry.argument(description="How many rows at most: 1 to 100.")]
First = Annotated[int | None, strawberry.argument(description="How many rows at most, from the front: 1 to 100.")]
Last = Annotated[int | None, strawberry.argument(description="How many rows at most, from the back: 1 to 100.")]
After = Annotated[str | None, strawberry.argument(description="A cursor: only what comes after it.")]
Before = Annotated[str | None, strawberry.argument(description="A cursor: only what comes before it.")]

AnyId = Annotated[strawberry.ID, strawberry.argument(description="The id of anything that implements Node.")]
TaskId = Annotated[strawberry.ID, strawberry.argument(description="The id of a task.")]
WorkspaceId = Annotated[strawberry.ID, strawberry.argument(description="The id of a workspace.")]
UserId = Annotated[strawberry.ID, strawberry.argument(description="The id of a user.")]
Slug = Annotated[str, strawberry.argument(description="The workspace's name in addresses.")]

ExpectedVersion = Annotated[
    int | None,
    strawberry.argument(description="The version that you have seen; any other is refused with VERSION_CONFLICT."),
]
Reason = Annotated[str | None, strawberry.argument(description="Why, for the history: up to 500 characters.")]
ResumeAt = Annotated[
    datetime | None,
    strawberry.argument(description="When the pause is to end by itself: in the future, within a year."),
]
AtMost = Annotated[Role, strawberry.argument(description="The role that is given.")]
UseCookie = Annotated[
    bool | None,
    strawberry.argument(description="Whether the refresh token travels in an HttpOnly cookie, as browsers should."),
]
First200 = Annotated[int | None, strawberry.argument(description="How many lines at most: 1 to 1000.")]
FirstChanges = Annotated[int | None, strawberry.argument(description="How many changed tasks at most: 1 to 100.")]
Since = Annotated[str, strawberry.argument(description="The revision of the answer that you have.")]


def given(value: int | None, default: int) -> int:
    """The number of an argument; null means the default."""
    return default if value is None else value
