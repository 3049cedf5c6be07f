"""How a kind of task can be paused."""

from enum import StrEnum


class Pausability(StrEnum):
    """What a pause does to the work: where its progress is kept, and from when on it stands still."""

    PORTABLE = "PORTABLE"  # stops at the next checkpoint and goes on anywhere
    IN_PLACE = "IN_PLACE"  # stands still where it is; only that machine can go on with it
    BETWEEN_STEPS = "BETWEEN_STEPS"  # the step that runs is finished first; goes on anywhere with the next one
    NO = "NO"  # cannot be put down: a pause waits until it is done
