"""Why a task is not moving, in words. Pure, and the same whenever it is read: nothing here looks at a clock."""

from models.lifecycle import Nature, Status
from models.task import Task


def waiting_for(task: Task) -> str | None:
    """What the task waits for; None while it moves, before its first run, and when it is over."""
    match task.status:
        case Status.QUEUED:
            return _queued(task)
        case Status.PAUSING:
            return f"waiting for worker {task.lease_owner} to put the work down"
        case Status.CANCELLING:
            return f"waiting for worker {task.lease_owner} to stop the work"
        case Status.PAUSED:
            return _paused(task)
        case _:
            return None


def _queued(task: Task) -> str:
    if task.held_by is not None:
        return f"waiting for worker {task.held_by}, which holds the work"
    if task.failures:
        return f"waiting to be tried again, after {task.failures} of {task.max_attempts} attempts failed"
    return "waiting for a worker"


def _paused(task: Task) -> str:
    if task.resume_at is not None:
        return f"paused until {task.resume_at:%Y-%m-%d %H:%M} UTC"
    held = f", held by worker {task.held_by}" if task.nature is Nature.WORK and task.held_by else ""
    return f"paused until somebody resumes it{held}"
