"""The version that was released last beside this one on one database, as in an update.

First it serves alone, then this one migrates the database and joins it, then it is started again on the new schema; customers,
a watcher and people who have work done use both all the time.

The released code is taken from the history of this repository, and runs in the environment of today.
"""

import asyncio
import json
import random
import subprocess
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from httpx2 import AsyncClient

from bench.prove import verdict
from bench.prove.caller import Acknowledged, Caller
from bench.prove.clock import NotRun
from bench.prove.customers import ACT
from bench.prove.faults import flat
from bench.prove.link import Link
from bench.prove.trial import FEW, STUCK_SECONDS, Crew, Outcome, crew, trial, web
from bench.prove.truth import Truth
from bench.served import ROOT, Served
from bench.tables import Table
from gql.ids import NodeType, key_of
from server.postgres_files import folder_of

RELEASED = "migrations/released.json"  # written when a release is made
MANY, HAULIERS = {"ones": 6, "crowds": 1}, 2
STEP = 40  # changes that are acknowledged before the next thing happens
WORK = """mutation ($id: ID!, $title: String!, $input: JSON!) {
  done: createTask(workspaceId: $id, input: {title: $title, kind: "items", input: $input}) {
    task { id } event { action version } } }"""
SEEN = """query ($slug: String!) { workspace(slug: $slug) {
  counts { status count }
  tasks(first: 100) { nodes { id title status kind version elapsedMs attempt progress updatedAt allowedActions
    events(first: 20) { nodes { id action version at } } } } } }"""


class Haulier(Caller):
    """Has items worked through by whichever server takes them, and pauses and resumes them on the way."""

    async def work(self, over: asyncio.Event) -> None:
        """One list after the other, until it is over."""
        while not over.is_set():
            given = {"items": [f"item {number}" for number in range(10)], "eachMs": 20}
            made = self._remember(*await self.do(WORK, id=self.member.workspace_id, title="$KEY", input=given))
            for action in ("run", "pause", "resume") if made else ():
                self._remember(*await self.do(ACT % action, id=made["task"]["id"], reason="$KEY"))
                await asyncio.sleep(self.luck.random() / 5)

    def _remember(self, key: str, done: Any) -> Any:
        if done is not None:
            task_id, event = key_of(NodeType.TASK, done["task"]["id"], "id"), done["event"]
            self.tally.acknowledged.append(Acknowledged(task_id, event["version"], event["action"], key))
        return done


def git(*arguments: str, root: Path = ROOT) -> str:
    """What git says. Raises NotRun."""
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotRun(f"there is no history to take the released version from ({done.stderr.strip()})")
    return done.stdout.strip()


def release(root: Path = ROOT) -> str:
    """The commit that made the last release. Raises NotRun where the history does not say, as in a shallow clone."""
    commit = git("log", "-1", "--format=%H", "--", RELEASED, root=root)
    boundary = Path(git("rev-parse", "--path-format=absolute", "--git-common-dir", root=root)) / "shallow"
    if not commit or (boundary.exists() and commit in boundary.read_text().split()):
        raise NotRun("the history of this clone does not reach back to the last release: `git fetch --unshallow`")
    return commit


def take_out(commit: str, folder: Path, root: Path = ROOT) -> None:
    """The files of a commit, into a new folder."""
    folder.mkdir()
    archive = subprocess.run(["git", "-C", str(root), "archive", commit], capture_output=True, check=True)
    subprocess.run(["tar", "-x", "-C", str(folder)], input=archive.stdout, check=True)


async def update(old: Served, new: Served, there: Crew, end: float) -> list[str]:
    """The steps of an update; what did not go on."""

    async def join() -> None:
        await new.start()

    steps = (("the old version alone", _nothing), ("both", join), ("the old version on the new schema", _again(old)))
    for name, step in steps:
        await step()
        if not await there.go_on(STEP):
            return [f"{name}: nothing was acknowledged for {STUCK_SECONDS:.0f} s"]
    while time.perf_counter() < end:
        if not await there.go_on(1):
            return [f"both: nothing was acknowledged for {STUCK_SECONDS:.0f} s"]
    return []


async def _nothing() -> None:
    pass


def _again(server: Served) -> Callable[[], Awaitable[None]]:
    async def again() -> None:
        await server.stop()
        await server.start()

    return again


async def agree(http: AsyncClient, servers: tuple[Served, Served], there: Crew) -> list[str]:
    """At rest both say the same, and each takes the other's tags for what they are: an answer or "nothing new", which is true."""
    member, faults = there.watcher.member, list[str]()
    parameters = {"query": SEEN, "variables": json.dumps({"slug": member.slug})}
    answers = [
        await http.get(f"{server.origin}/graphql", params=parameters, headers=member.headers) for server in servers
    ]
    if answers[0].json() != answers[1].json() or "errors" in answers[0].json():
        faults.append("old and new give different answers to the same question at rest")
    for server in servers:
        for answer in answers:
            asked = {**member.headers, "If-None-Match": answer.headers["etag"]}
            again = await http.get(f"{server.origin}/graphql", params=parameters, headers=asked)
            if again.status_code not in (200, 304) or (again.content and again.json() != answers[0].json()):
                faults.append(f"a poll with the tag of the other version was answered with {again.status_code}")
    return faults


async def prove(folder: Path, seconds: float, seed: int, commit: str | None, *, few: bool = False) -> list[str]:
    """Prints the table; the faults. `commit`: another version than the released one. Raises NotRun."""
    commit = git("rev-parse", commit) if commit else release()
    take_out(commit, folder / "released")
    luck, cuts, data = random.Random(seed), Counter[str](), folder / "data"
    old, new = (Served(data, LOG_LEVEL="warning") for _ in range(2))
    old.root = folder / "released"
    async with AsyncExitStack() as stack:
        for server in (new, old):
            stack.push_async_callback(server.stop)
        await old.start()
        links = [Link(server.port, random.Random(luck.random()), cuts) for server in (old, new)]
        for link in links:
            stack.push_async_callback(link.stop)
            await link.start()
        http = await stack.enter_async_context(web())
        through = [link.origin for link in links]
        there = await crew([old.origin, new.origin], through, http, luck, **(FEW if few else MANY))
        there.workers = [*there.workers, *hauliers(there, through, http, luck)]
        end = time.perf_counter() + seconds
        outcome = await trial(there, folder_of(data).url(), lambda: update(old, new, there, end))
        differ = await agree(http, (old, new), there)
    report(outcome, commit, seed, {link.origin: name for link, name in zip(links, ("old", "new"), strict=True)})
    return [f"beside: {fault}" for fault in [*flat(outcome.faults), *differ]]


def hauliers(there: Crew, through: list[str], http: AsyncClient, luck: random.Random) -> list[Haulier]:
    """Those who have work done."""
    names = [f"h{number}" for number in range(HAULIERS)]
    return [
        Haulier(name, through, there.watcher.member, there.tally, http, random.Random(luck.random())) for name in names
    ]


def report(outcome: Outcome, commit: str, seed: int, names: dict[str, str]) -> None:
    """The table."""
    said = Table(
        f"The released version ({commit[:8]}) beside this one, {outcome.seconds:.0f} s, seed {seed}", ("what", "figure")
    )
    tally = outcome.crew.tally
    said.add("changes answered by the old one, and by the new", ", ".join(f"{tally.answers[at]:,}" for at in names))
    said.add("works claimed, by worker", ", ".join(f"{count:,}" for count in claims(outcome.truth).values()))
    verdict.add(said, outcome)
    said.print()


def claims(truth: Truth) -> Counter[str]:
    """How often each worker has taken work up."""
    found = (event for history in truth.history.values() for event in history if event.action == "CLAIMED")
    return Counter(event.detail["worker"]["after"] for event in found)
