"""Work that is a call over HTTP, or a list of calls: each is a step, and a pause holds between two steps."""

import asyncio
import json
import random
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore2
import httpx2

from engine.kinds.context import Context
from engine.kinds.errors import WorkError
from engine.kinds.reach import Guarded, Reachable
from engine.kinds.steps import Step, steps
from engine.kinds.webhooks import Signer

AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0  # seconds between tries
KEPT = 48_000  # characters of all answers together that the result keeps
SHOWN = 200
ACCEPTED = 202


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `after`: seconds that the server asks to wait."""

    status: int
    body: str
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class Http:
    """`tries` of each step, `seconds` for each try, `longest` bytes of an answer. Nothing of the environment counts: no proxy."""

    reach: Reachable
    signer: Signer | None
    tries: int
    seconds: float
    longest: int
    callback_url: str | None = None  # where we are called back, for what answers 202
    backend: httpcore2.AsyncNetworkBackend | None = None  # connects, after the address was judged

    async def run(self, ctx: Context) -> Any:
        """Send the requests that are not done yet. The result is what each answered."""
        wanted = steps(ctx.input)
        answers: dict[str, Any] = dict(ctx.state or {})  # of a step that waits to be called back: None
        backend = Guarded(self.reach, self.backend)
        async with httpcore2.AsyncConnectionPool(ssl_context=_trust(), network_backend=backend) as pool:
            async for index, step in ctx.iterate(list(enumerate(wanted))):
                if str(index) not in answers:
                    answer = await self._send(pool, ctx, index, step)
                    ctx.log(f"{step}: {answer.status}")
                    waits = answer.status == ACCEPTED and self.callback_url is not None
                    answers[str(index)] = None if waits else _kept(answer.status, answer.body, len(wanted))
                    await ctx.checkpoint(answers)
                if answers[str(index)] is None:
                    answers[str(index)] = _kept(ACCEPTED, await _later(ctx, index, step), len(wanted))
                    ctx.remember(answers)
        kept = [answers[str(index)] for index in range(len(wanted))]
        return kept if "requests" in ctx.input else kept[0]

    async def _send(self, pool: httpcore2.AsyncConnectionPool, ctx: Context, index: int, step: Step) -> Answer:
        for left in reversed(range(self.tries)):
            wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (self.tries - left - 1) * random.uniform(0.5, 1.5))  # noqa: S311
            try:
                answer = await self._try(pool, ctx.key(index), step)
            except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException, TimeoutError) as error:
                complaint = f"{step}: {_words(error)}"
            else:
                if 200 <= answer.status < 300:
                    return answer
                complaint = f"{step} answered {answer.status}: {answer.body[:SHOWN]}"
                if answer.status not in AGAIN:
                    raise WorkError(complaint, final=True)
                wait = max(wait, min(answer.after, LONGEST_WAIT))
            if not left:
                raise WorkError(complaint)
            ctx.log(f"{complaint}; again in {wait:.1f} s")
            await _wait(ctx, wait)
        raise AssertionError("a step has at least one try")

    async def _try(self, pool: httpcore2.AsyncConnectionPool, key: str, step: Step) -> Answer:
        try:
            url = httpx2.URL(step.url)
        except httpx2.InvalidURL as error:
            raise WorkError(f"{step}: {error}", final=True) from error
        target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        headers = self._headers(key, step, url.netloc)
        async with asyncio.timeout(self.seconds):
            stream = pool.stream(step.method, target, headers=headers, content=step.body)
            async with stream as response:
                body = bytearray()
                async for chunk in response.aiter_stream():
                    body += chunk
                    if len(body) > self.longest:
                        raise WorkError(f"{step}: the answer is longer than {self.longest} bytes", final=True)
                fields = {name.lower(): value for name, value in response.headers}
                return Answer(response.status, body.decode("utf-8", "replace"), _seconds(fields.get(b"retry-after")))

    def _headers(self, key: str, step: Step, host: bytes) -> list[tuple[bytes, bytes]]:
        ours = {"user-agent": "Fermata", "accept": "*/*", "accept-encoding": "identity", "idempotency-key": key}
        if self.callback_url is not None:
            ours["fermata-callback"] = f"{self.callback_url.rstrip('/')}/callbacks/{key.replace(':', '/')}"
        theirs = {name.lower(): value for name, value in step.headers.items()}
        signed: Mapping[str, str] = self.signer.headers(key, step.body) if self.signer else {}
        pairs = {**ours, **theirs, **signed}
        return [(b"host", host), *((name.encode(), value.encode()) for name, value in pairs.items())]


async def _later(ctx: Context, index: int, step: Step) -> str:
    """The answer that is called back; one with an `error` fails the task."""
    body = await ctx.called_back(index)
    ctx.log(f"{step}: called back")
    with suppress(ValueError, TypeError, KeyError):
        raise WorkError(f"{step} called back: {str(json.loads(body)['error'])[:SHOWN]}", final=True)
    return body


def _kept(status: int, body: str, steps: int) -> dict[str, Any]:
    return {"status": status, "body": body[: KEPT // steps]}


async def _wait(ctx: Context, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(ctx.asked(), seconds)
    ctx.stop_if_asked()


@cache
def _trust() -> ssl.SSLContext:
    """The system's certificates; made once, as it takes some 20 ms."""
    return ssl.create_default_context()


def _seconds(value: bytes | None) -> float:
    """Of a Retry-After header that gives seconds; a date counts as nothing."""
    return float(value) if value is not None and value.isdigit() and len(value) < 6 else 0.0


def _words(error: Exception) -> str:
    return "it took too long" if isinstance(error, TimeoutError) else str(error) or type(error).__name__
