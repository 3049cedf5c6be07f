"""A trial as a table: what was done, what happened, how late the timers were, and the faults by kind."""

import re
from collections.abc import Iterable
from pathlib import Path
from statistics import quantiles

from bench.prove.causes import BEFORE_SECONDS, causes, outside
from bench.prove.hand import Hand
from bench.prove.storm import Storm
from bench.prove.trial import Outcome
from bench.prove.truth import lateness
from bench.tables import Table

AIM_MS = 250
# Of several deaths around a timer the gravest counts: what takes all connections along comes first.
GRAVEST = (
    *("PostgreSQL", "keeper of PostgreSQL", "server", "backend, by SIGKILL", "server process"),
    "a connection of fermata clock",  # completes timers
)
OVER = f"over {AIM_MS} ms"
_ERROR_ID = re.compile(r'"errorId": ?"(\w+)"')


def table(storm: Storm, seed: int) -> Table:
    """A storm."""
    said = Table(f"Kill storm of {storm.outcome.seconds:.0f} s, seed {seed}", ("what", "figure"))
    for kind, count in sorted(storm.killer.kills.items()):
        said.add(f"kills: {kind}", count)
    said.add("kills", storm.killer.kills.total())
    said.add("of the ended connections with a statement under way", storm.hand.at_work)
    said.add("lines cut", ", ".join(f"{count:,} {when}" for when, count in sorted(storm.cuts.items())))
    add(said, storm.outcome, storm.hand)
    return said


def add(said: Table, outcome: Outcome, hand: Hand | None = None, *, timed: bool = True) -> None:
    """What happened, and the faults by kind. `timed`: whether it says anything how late the timers were."""
    tally, truth = outcome.crew.tally, outcome.truth
    said.add("changes acknowledged", len(tally.acknowledged))
    said.add("changes in the histories, completions included", truth.transitions)
    said.add("tasks; of them completed", f"{len(truth.tasks):,}; {truth.completed:,}")
    said.add("requests; cut off; told to try again", f"{tally.requests:,}; {tally.cut:,}; {tally.again:,}")
    said.add("answers lost for good (done once or not at all)", tally.unknown)
    said.add("polls of the watcher", outcome.crew.watcher.polls)
    every = lateness(truth)
    if timed:
        said.add("timers late by, ms: half, 99 of 100, all", late(every))
    if hand is not None:
        standing = outside(every, hand.away)
        said.add(f"of them, {len(standing):,} due while PostgreSQL stood", late(standing))
        away = sum(end - start for start, end in hand.away)
        said.add("PostgreSQL was away", f"{len(hand.away)} times, {away:.1f} s together")
    for kind, found in outcome.faults.items():
        said.add(f"**{kind}**", len(found))


def delays(storm: Storm) -> Table:
    """How late the timers were that were due while PostgreSQL stood, by what died around each of them."""
    standing = outside(lateness(storm.outcome.truth), storm.hand.away)
    said = Table("Timers by what died around them", ("what died", "timers", "late by, ms: half, 99 of 100, all", OVER))
    found = causes(standing, storm.killer.deaths, GRAVEST)
    for kind, late_ms in sorted(found.items(), key=lambda pair: -sum(by > AIM_MS for by in pair[1])):
        said.add(kind, len(late_ms), late([(0.0, by) for by in late_ms]), sum(by > AIM_MS for by in late_ms))
    said.note = f"Due while PostgreSQL stood. A death counts up to {BEFORE_SECONDS:g} s before a timer was due, and until it came."
    return said


def late(timers: list[tuple[float, float]]) -> str:
    """Milliseconds: half, 99 of 100, all."""
    values = [value for _, value in timers]
    cuts = quantiles([0.0, *values], n=100) if values else [0.0] * 99
    return f"{cuts[49]:.0f}; {cuts[98]:.0f}; {max(values, default=0):.0f}"


def logged(folder: Path, faults: Iterable[str]) -> list[str]:
    """What the servers' logs in a data folder say of the errors whose ids are in the faults."""
    ids = {id for fault in faults for id in _ERROR_ID.findall(fault)}
    lines = (line for log in sorted(folder.glob("*.log")) for line in log.read_text(errors="replace").splitlines())
    return [f"the log: {line}" for line in lines if any(id in line for id in ids)]
