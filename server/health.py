"""Whether the process lives (/healthz), and whether it can serve (/readyz)."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Check = Callable[[], Awaitable[str | None]]  # None: well; else what is wrong, in a few words

CHECK_SECONDS = 2.0
REMEMBERED_SECONDS = 0.5  # a balancer that asks too often gets the last answer


class Health:
    """Runs the checks together, each with a deadline; `drain` makes the answer 503 while the process leaves."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = dict(checks)
        self._draining = False
        self._found: dict[str, str] = {}
        self._looked = float("-inf")
        self._looking = asyncio.Lock()

    def drain(self) -> None:
        self._draining = True

    async def look(self) -> dict[str, str]:
        """What is wrong, by the name of the check; empty: all is well."""
        async with self._looking:
            if time.monotonic() - self._looked > REMEMBERED_SECONDS:
                answers = await asyncio.gather(*(_ask(check) for check in self._checks.values()))
                self._found = {name: said for name, said in zip(self._checks, answers, strict=True) if said}
                self._looked = time.monotonic()
        return self._found | ({"process": "it is stopping"} if self._draining else {})

    def routes(self) -> list[Route]:
        return [Route("/healthz", _live, methods=["GET"]), Route("/readyz", self._ready, methods=["GET"])]

    async def _ready(self, _request: Request) -> Response:
        found = await self.look()
        status = {"ready": not found, "checks": {name: found.get(name, "well") for name in {**self._checks, **found}}}
        headers = {"cache-control": "no-store"} | ({"retry-after": "1"} if found else {})
        return JSONResponse(status, 503 if found else 200, headers)


async def _live(_request: Request) -> Response:
    return JSONResponse({"alive": True}, headers={"cache-control": "no-store"})


async def _ask(check: Check) -> str | None:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            return await check()
    except TimeoutError:
        return f"no answer within {CHECK_SECONDS:.0f} s"
    except Exception as error:
        return f"it failed ({type(error).__name__})"
