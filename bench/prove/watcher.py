"""Somebody who watches through the storm by `changes(since:)` alone; at rest, what they see must be what is."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from httpx2 import AsyncClient, HTTPError

from bench.served import Member
from gql.ids import NodeType, key_of

START = "query ($slug: String!) { workspace(slug: $slug) { revision } }"
SINCE = """query ($slug: String!, $since: String!) { workspace(slug: $slug) {
  changes(since: $since) { revision hasMore reset deletedIds tasks { id version } } } }"""


@dataclass
class Watcher:
    """Starts with an empty workspace."""

    origins: Sequence[str]
    member: Member
    http: AsyncClient
    luck: random.Random
    revision: str = ""
    polls: int = 0
    seen: dict[UUID, int] = field(default_factory=dict[UUID, int])
    faults: list[str] = field(default_factory=list[str])

    async def begin(self) -> None:
        """From here on: what was made before is not seen. Before anybody works."""
        self.revision = (await self._ask(START))["revision"]

    async def watch(self, over: asyncio.Event) -> None:
        """Until it is over."""
        while not over.is_set():
            await self.poll()
            await asyncio.sleep(0.1)

    async def poll(self) -> None:
        """Takes all there is."""
        more = True
        while more:
            got = (await self._ask(SINCE, since=self.revision))["changes"]
            if got["reset"]:
                self.faults.append("the watcher was told to begin anew, though nothing was restored")
            for task in got["tasks"]:
                self._take(key_of(NodeType.TASK, task["id"], "id"), task["version"])
            self.revision, more = got["revision"], got["hasMore"]
            self.polls += 1

    def _take(self, task_id: UUID, version: int) -> None:
        if version < self.seen.get(task_id, 0):
            self.faults.append(f"{task_id} went back from version {self.seen[task_id]} to {version}")
        self.seen[task_id] = version

    async def _ask(self, query: str, **variables: Any) -> Any:
        """The workspace, from a server that answers."""
        body = {"query": query, "variables": {"slug": self.member.slug, **variables}}
        while True:
            try:
                response = await self.http.post(
                    f"{self.luck.choice(self.origins)}/graphql", json=body, headers=self.member.headers
                )
                answer = response.json()
                if "errors" not in answer:
                    return answer["data"]["workspace"]
                if {error["extensions"]["code"] for error in answer["errors"]} != {"UNAVAILABLE"}:
                    self.faults.append(f"a poll was answered with {answer['errors']}")
            except HTTPError:
                pass
            await asyncio.sleep(0.1)
