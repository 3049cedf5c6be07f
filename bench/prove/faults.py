"""Every fault that a trial can show, by kind, once all is at rest. Pure; an empty list is what each kind should have."""

from uuid import UUID

from bench.prove.caller import Tally
from bench.prove.customers import MANY
from bench.prove.truth import Truth, double, impossible, lost


def faults(
    truth: Truth, tally: Tally, seen: dict[UUID, int], told: list[str], stuck: list[str]
) -> dict[str, list[str]]:
    """`seen`: the versions that the watcher has; `told`: what it found wrong on the way; `stuck`: what never came back."""
    return {
        "lost": list(lost(truth, tally.acknowledged)),
        "done twice": list(double(truth, tally.acknowledged, MANY)),
        "impossible, early, out of order": list(impossible(truth)),
        "stuck": stuck,
        "seen wrongly by the watcher": told + differences(truth, seen),
        "answered with a failure of ours": tally.faults,
    }


def flat(found: dict[str, list[str]]) -> list[str]:
    """One sentence a fault."""
    return [f"{kind}: {fault}" for kind, some in found.items() for fault in some]


def differences(truth: Truth, seen: dict[UUID, int]) -> list[str]:
    """Where the watcher's view is not what is there."""
    there = {task_id: task.version for task_id, task in truth.tasks.items()}
    if seen == there:
        return []
    wrong = {key for key in seen.keys() | there.keys() if seen.get(key) != there.get(key)}
    return [f"{key}: seen in version {seen.get(key)}, is {there.get(key)}" for key in wrong]
