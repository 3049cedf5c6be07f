"""Why a task is not moving, in words. Pure, and the same whenever it is read: times are named, never counted down."""

from models.lifecycle import Status
from models.task import Task


def waiting_for(task: Task) -> str | None:
    """What has to happen before the task moves on; None when it moves, or has ended."""
    match task.status:
        case Status.NOT_STARTED:
            return "It has not been started: run it."
        case Status.QUEUED if task.failures:
            return f"Attempt {task.failures + 1} of {task.max_attempts} waits for its time, and for a worker."
        case Status.QUEUED:
            return f'It waits for a worker that is free for the kind "{task.kind}".'
        case Status.PAUSING:
            return "It waits for the worker to put the work down."
        case Status.CANCELLING:
            return "It waits for the worker to stop."
        case Status.PAUSED if task.resume_at:
            return f"It is paused, and goes on by itself at {task.resume_at:%Y-%m-%d %H:%M:%S} UTC."
        case Status.PAUSED if task.held_by:
            return f"It is held on worker {task.held_by}: resume it to go on there."
        case Status.PAUSED:
            return "It is paused: resume it to go on."
        case _:
            return None
