"""What the engine raises; outcomes that are expected are values (engine/outcomes.py), not exceptions."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field; `path` is dotted and named as in the GraphQL input, e.g. `input.durationMs`."""

    path: str
    message: str


class InvalidInput(Exception):
    """The input cannot be taken: `problems` names each field and says what is allowed."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{problem.path}: {problem.message}" for problem in problems))
        self.problems = tuple(problems)


def invalid(path: str, message: str) -> InvalidInput:
    """The error for a single field."""
    return InvalidInput((Problem(path, message),))
