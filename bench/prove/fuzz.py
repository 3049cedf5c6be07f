"""The whole application in process, over a database of its own, under requests made from valid ones, by people of every role.

    python -m bench.prove.fuzz SEED CASES SECONDS

is one worker of `bench/prove/garbage.py`: it starts a PostgreSQL and prints what it found as one line of JSON.
"""

import asyncio
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from graphql import build_schema
from starlette.types import ASGIApp, Message

import auth.ground
from auth.passwords import Passwords
from bench.prove.documents import Writer
from bench.prove.raw import Maker, Raw
from bench.prove.residents import furnish
from migrations.apply import migrate
from models.database import Database
from server.app import create, persisted_documents
from server.logs import configure
from server.postgres import embedded
from server.settings import LogFormat, LogLevel, Settings

SCHEMA = Path(__file__).resolve().parents[2] / "gql" / "schema.graphql"
ERA = 4000  # cases after which there are new people and tasks: some of the cases delete what they find
HANG_UP_SECONDS = 0.05  # a stream would go on for ever
LEAKS = (b"Traceback", b"asyncpg", b"sqlalchemy", b"psycopg", b"pg_catalog")
UNBUILT = 503  # pages of a site that was not built, and /readyz without what runs beside


@dataclass
class Found:
    """What a worker has seen. `slowest`: processor seconds of one case."""

    statuses: Counter[str] = field(default_factory=Counter[str])
    faults: list[str] = field(default_factory=list[str])
    slowest: float = 0.0

    @property
    def cases(self) -> int:
        """How many."""
        return self.statuses.total()


async def exchange(app: ASGIApp, raw: Raw, address: str) -> tuple[int, dict[str, str], bytes]:
    """One request, byte for byte as it is: a client would mend or refuse what is wrong with it."""
    sent: list[Message] = []
    left: list[Message] = [
        {"type": "http.request", "body": raw.content[:7], "more_body": True},
        {"type": "http.request", "body": raw.content[7:], "more_body": False},
    ]

    async def receive() -> Message:
        if left:
            return left.pop(0)
        await asyncio.sleep(HANG_UP_SECONDS)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": raw.method,
        "scheme": "http",
        "path": raw.path,
        "raw_path": raw.path.encode(errors="surrogatepass"),
        "query_string": raw.query,
        "root_path": "",
        "headers": [
            (b"host", b"127.0.0.1:8000"),
            *((n.encode(), v.encode("latin-1", "replace")) for n, v in raw.headers.items()),
        ],
        "client": (address, 1),
        "server": ("127.0.0.1", 8000),
    }
    await app(scope, receive, send)
    if not sent:
        return 0, {}, b""
    answered = {name.decode().lower(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    return sent[0]["status"], answered, b"".join(message.get("body", b"") for message in sent[1:])


def judged(raw: Raw, status: int, headers: dict[str, str], answer: bytes) -> str | None:
    """What is wrong with an answer."""
    about = f"{raw} was answered with {status} {answer[:300]!r}"
    if status == 0 or (status >= 500 and not (status == UNBUILT and raw.path != "/graphql")):
        return about
    if any(leak in answer and leak not in raw.content + raw.query for leak in LEAKS):
        return about
    kind = headers.get("content-type", "")
    if raw.path != "/graphql" or raw.method == "HEAD" or status in (204, 304) or kind.startswith("text/event-stream"):
        return None
    try:
        told = json.loads(answer)
        codes = {error["extensions"]["code"] for error in told.get("errors", [])}
    except (ValueError, KeyError, TypeError, AttributeError):
        return about
    whole = set(told) <= {"data", "errors"} and ("data" in told or codes)
    return None if whole and "INTERNAL" not in codes else about


@dataclass
class Fuzzer:
    """One after the other, so that what a case costs can be told."""

    app: ASGIApp
    db: Database
    luck: random.Random
    found: Found = field(default_factory=Found)
    roles: Sequence[str] = ()  # only these; else all

    async def run(self, cases: int, end: float) -> Found:
        """Until there were so many, or it is late."""
        schema, valid = build_schema(SCHEMA.read_text()), list(persisted_documents().values())
        while self.found.cases < cases and time.perf_counter() < end:
            place = await furnish(partial(exchange, self.app), self.db, self.luck)
            tokens = [token for role, token in place.tokens if not self.roles or role in self.roles]
            maker = Maker(Writer(schema, self.luck, place.known), tokens, valid, self.luck)
            for _ in range(min(ERA, cases - self.found.cases)):
                await self.one(maker.make())
                if time.perf_counter() > end:
                    break
        return self.found

    async def one(self, raw: Raw) -> None:
        """Send it, and look at what comes back."""
        began = time.process_time()
        address = f"10.{self.luck.randrange(256)}.{self.luck.randrange(256)}.{self.luck.randrange(256)}"
        try:
            status, headers, answer = await exchange(self.app, raw, address)
            fault = judged(raw, status, headers, answer)
        except Exception as error:  # an application never raises
            status, fault = 0, f"{raw} raised {error!r}"
        self.found.slowest = max(self.found.slowest, time.process_time() - began)
        self.found.statuses[str(status)] += 1
        if fault:
            self.found.faults.append(fault)


def application(folder: Path, url: str) -> ASGIApp:
    """The application as it is served, but for a hasher that is as small as argon2id can be."""
    auth.ground.Passwords = partial(Passwords, memory_kib=64, queue=1000)
    return create(Settings(data_dir=folder, log_level=LogLevel.ERROR), url)


async def work(seed: int, cases: int, seconds: float) -> Found:
    """One worker."""
    with tempfile.TemporaryDirectory(prefix="fermata-fuzz-") as made:
        folder, options = Path(made), {"fsync": "off", "synchronous_commit": "off"}
        async with embedded(folder, options=options) as url:
            await migrate(url)
            db = Database(url, size=2, timeout=30)
            app = application(folder, url)
            found = await Fuzzer(app, db, random.Random(seed)).run(cases, time.perf_counter() + seconds)
            await db.close()
    return found


def main(seed: str, cases: str, seconds: str) -> None:
    """Errors that the application logs go to the standard error, which the one who started us reads."""
    configure(LogFormat.JSON, LogLevel.ERROR)
    found = asyncio.run(work(int(seed), int(cases), float(seconds)))
    told: dict[str, Any] = {"statuses": found.statuses, "faults": found.faults[:50], "slowest": found.slowest}
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
