"""`python -m server run` as a process of its own, on a data folder that others may share; and the first account in it."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from httpx2 import AsyncClient

ROOT = Path(__file__).resolve().parents[1]
READY_SECONDS = 120.0
PASSWORD = "correct horse battery staple"


class Served:
    """One server: started, killed and started again on the same port. Its code is in `root`: that of another version, too."""

    root = ROOT

    def __init__(self, data_dir: Path, **settings: str) -> None:
        self.data_dir, self.port = data_dir, free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.process: asyncio.subprocess.Process | None = None
        given = {"DATA_DIR": str(data_dir), "PORT": str(self.port), "LOG_FORMAT": "json", **settings}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FERMATA_")}
        self.environment = {**kept, **{f"FERMATA_{name}": value for name, value in given.items()}}

    async def start(self) -> float:
        """Seconds until it says that it is ready. A port that the killed one still holds is waited for."""
        async with asyncio.timeout(READY_SECONDS):
            while True:
                began = time.perf_counter()
                self.process = await self._begin()
                assert self.process.stdout is not None
                if (await self.process.stdout.readline()).startswith(b"Fermata is ready"):
                    return time.perf_counter() - began
                await self.process.wait()
                await asyncio.sleep(0.2)

    async def kill(self) -> None:
        """SIGKILL to the process that was started; what it started itself has to notice."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """SIGTERM."""
        await self._end(signal.SIGTERM)

    async def _begin(self) -> asyncio.subprocess.Process:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with (self.data_dir / f"server-{self.port}.log").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "server",
                "run",
                cwd=self.root,
                env=self.environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )

    async def _end(self, number: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.send_signal(number)
            await self.process.wait()


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@asynccontextmanager
async def served(data_dir: Path, **settings: str) -> AsyncGenerator[Served]:
    """A server until the end of the block."""
    server = Served(data_dir, **settings)
    try:
        await server.start()
        yield server
    finally:
        await server.stop()


@dataclass(frozen=True)
class Member:
    """The first account's API token, the access token of its session, and its workspace."""

    token: str
    access: str
    workspace_id: str
    slug: str

    @property
    def headers(self) -> dict[str, str]:
        """What goes with every request."""
        return {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}


_SIGN_UP = """mutation ($input: SignUpInput!) {
  signUp(input: $input) { accessToken user { workspaces { workspace { id slug } } } } }"""
_TOKEN = """mutation ($id: ID!) { createApiToken(workspaceId: $id, name: "bench", role: ADMIN) { secret } }"""


async def join(origin: str) -> Member:
    """Make the first account, and an API token of it."""
    async with AsyncClient(base_url=origin, timeout=60) as http:
        person = {"email": "ada@example.com", "password": PASSWORD, "displayName": "Ada"}
        made = (await ask(http, {}, _SIGN_UP, input=person))["signUp"]
        workspace = made["user"]["workspaces"][0]["workspace"]
        signed_in = {"Authorization": f"Bearer {made['accessToken']}"}
        token = (await ask(http, signed_in, _TOKEN, id=workspace["id"]))["createApiToken"]["secret"]
    return Member(token, made["accessToken"], workspace["id"], workspace["slug"])


async def ask(http: AsyncClient, headers: dict[str, str], query: str, **variables: Any) -> Any:
    """The data of an answer, which has no errors."""
    response = await http.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
    answer = response.json()
    assert "errors" not in answer, answer
    return answer["data"]
