"""What becomes of the work of a kind when it is paused."""

from enum import StrEnum


class Pausability(StrEnum):
    """How a kind of work can be paused."""

    PORTABLE = "PORTABLE"  # put down as a checkpoint; goes on anywhere
    IN_PLACE = "IN_PLACE"  # held where it runs, goes on there
    BETWEEN_STEPS = "BETWEEN_STEPS"  # stops when the present step is done
    NO = "NO"
