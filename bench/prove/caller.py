"""How someone asks for a change through the storm: again and again with the same Idempotency-Key, as docs/api.md says.

Remembers what was acknowledged, and counts what was not.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from httpx2 import AsyncClient, HTTPError

from bench.served import Member

CONFLICTS = 20  # answers "the first is not answered yet" before one looks elsewhere


@dataclass(frozen=True)
class Acknowledged:
    """A server has said that it is so. `version`: None where it did not say which."""

    task_id: UUID
    version: int | None
    action: str
    key: str


@dataclass
class Tally:
    """What all who ask have seen."""

    acknowledged: list[Acknowledged] = field(default_factory=list[Acknowledged])
    refused: int = 0  # for a reason that people may meet: the timer was done by then
    unknown: int = 0  # the answer got lost for good: done or not, but never twice
    cut: int = 0  # connections
    again: int = 0  # told to try again
    requests: int = 0
    answers: Counter[str] = field(default_factory=Counter[str])  # by the address that gave them
    faults: list[str] = field(default_factory=list[str])


@dataclass
class Caller:
    """Sends changes to any of the servers. `origins` are their addresses."""

    name: str
    origins: Sequence[str]
    member: Member
    tally: Tally
    http: AsyncClient
    luck: random.Random
    keys: int = 0

    async def do(self, query: str, **variables: Any) -> tuple[str, Any]:
        """One change: its key, and its answer; None where it was refused, or nobody knows.

        `variables` may hold `$KEY`, for the key.
        """
        self.keys += 1
        key = f"{self.name}-{self.keys}"
        body = {"query": query, "variables": _keyed(variables, key)}
        for _ in range(CONFLICTS):
            answer = await self.send(key, body)
            codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
            if not codes:
                return key, answer["data"]["done"]
            if codes == {"ILLEGAL_TRANSITION"}:
                self.tally.refused += 1
                return key, None
            if codes != {"IDEMPOTENCY_CONFLICT"}:
                self.tally.faults.append(f"{key} was answered with {sorted(codes)}")
                return key, None
            await asyncio.sleep(0.1)
        self.tally.unknown += 1
        return key, None

    async def send(self, key: str, body: Any) -> Any:
        """Until there is an answer that does not say: try again."""
        while True:
            self.tally.requests += 1
            origin = self.luck.choice(self.origins)
            try:
                response = await self.http.post(
                    f"{origin}/graphql",
                    json=body,
                    headers={**self.member.headers, "Idempotency-Key": key},
                )
            except HTTPError:
                self.tally.cut += 1
                await asyncio.sleep(0.05)
                continue
            if response.status_code >= 500 and response.status_code != 503:  # no answer of ours
                self.tally.faults.append(f"{key} was answered with {response.status_code}: {response.text[:200]}")
            elif response.status_code not in (429, 503):
                self.tally.answers[origin] += 1
                return response.json()
            self.tally.again += 1
            await asyncio.sleep(0.1)


def _keyed(value: Any, key: str) -> Any:
    match value:
        case str():
            return value.replace("$KEY", key)
        case dict():
            return {name: _keyed(part, key) for name, part in value.items()}  # pyright: ignore[reportUnknownVariableType] - JSON
        case list():
            return [_keyed(part, key) for part in value]  # pyright: ignore[reportUnknownVariableType] - JSON
        case _:
            return value
