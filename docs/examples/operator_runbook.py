"""An OPERATOR's runbook: pause everything with a label before maintenance, and resume just that afterwards.

FERMATA_URL=http://127.0.0.1:8000 FERMATA_TOKEN=fmt_… python operator_runbook.py pause my-team oven "new thermostat" [--yes]

Without --yes it only says what would happen. The server picks the tasks in the moment of the change, in one transaction.
"""

import os
import sys
from typing import get_args

from fermata_client import Fermata, Forbidden
from fermata_client.operations import TaskAction, TaskStatus, TaskTarget
from fermata_client.operations import TransitionTasksTransitionTasks as Outcome

STATUSES: dict[TaskAction, list[TaskStatus]] = {"PAUSE": ["QUEUED", "IN_PROGRESS"], "RESUME": ["PAUSED"]}


def main(action: TaskAction, slug: str, label: str, reason: str, *, sure: bool) -> None:
    """First ask what would happen, then do it; each task has its own outcome."""
    with Fermata(os.environ["FERMATA_URL"], os.environ["FERMATA_TOKEN"]) as fermata:
        workspace = fermata.workspace(slug)["workspace"]
        if workspace is None:
            raise SystemExit(f"There is no workspace {slug} for this token.")
        would = transition(fermata, workspace["id"], action, label, reason, dry_run=True)
        print(f"{action} {would['changed']} of {would['matched']} tasks with the label {label}.")
        tell(would)
        if not sure:
            print("Nothing was done: say --yes.")
            return
        done = transition(fermata, workspace["id"], action, label, reason, dry_run=False)
        print(f"Done: {done['changed']}, refused: {done['refused']}.")
        tell(done)


def transition(
    fermata: Fermata, workspace: str, action: TaskAction, label: str, reason: str, *, dry_run: bool
) -> Outcome:
    """One call for all tasks of a label."""
    target: TaskTarget = {"filter": {"labels": [label], "status": STATUSES[action]}}
    try:
        data = fermata.transition_tasks(workspace, action, target, reason=reason, dry_run=dry_run, first=1000)
    except Forbidden as refused:
        raise SystemExit(f"{refused} This needs {refused.details['requiredRole']}.") from refused
    return data["transitionTasks"]


def tell(outcome: Outcome) -> None:
    """What is refused, and why."""
    for one in outcome["outcomes"]:
        if not one["changed"]:
            print(f"{one['taskId']}: {one['code']}: {one['message']}")


def action_of(word: str) -> TaskAction:
    """A word of the command line as an action."""
    for action in get_args(TaskAction):
        if action == word.upper() and action in STATUSES:
            return action
    raise SystemExit("Say pause or resume.")


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--yes"]
    if len(words) != 4:
        raise SystemExit(__doc__)
    main(action_of(words[0]), *words[1:], sure="--yes" in sys.argv)
