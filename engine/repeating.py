"""A step that is done again and again until cancelled, whatever becomes of it: the way of everything that looks after a table.

While steps fail the wait between them grows, and a row of failures is logged once, at its beginning and at its end: a
database that is away for an hour is two lines.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from models.database import Unavailable

FIRST_WAIT = 0.5  # seconds after the first failure in a row, where nobody says otherwise; doubled with each further one
LONGEST_WAIT = 30.0
HEALTHY_SECONDS = 60.0  # a step that went on for so long before it failed is no row of failures

Step = Callable[[], Awaitable[object]]

log = structlog.get_logger(__name__)


class Repeating:
    """`every` seconds pass between two steps, or fewer: whoever sets `wake` has the next one at once.

    `first` seconds pass after a failure, and twice as many after each further one in a row, up to `longest`. What `away`
    names is expected now and then and is said in one line; everything else is logged with its trace. Nothing that a step
    raises ends it.
    """

    def __init__(
        self,
        name: str,
        step: Step,
        every: float = 0.0,
        *,
        first: float = FIRST_WAIT,
        longest: float = LONGEST_WAIT,
        wake: asyncio.Event | None = None,
        away: tuple[type[Exception], ...] = (Unavailable,),
    ) -> None:
        self._name, self._step, self._every, self._away = name, step, every, away
        self._first, self._longest = first, longest
        self._wake = asyncio.Event() if wake is None else wake
        self._failure: type[Exception] | None = None  # of the last step
        self._backoff = 0.0
        self._finished = False

    async def run(self) -> None:
        """Until cancelled, or told to finish."""
        while not self._finished:
            self._wake.clear()
            wait = self._every if await self._try() else self._backoff
            if not self._finished:
                await happened(self._wake, wait)

    def finish(self) -> None:
        """End after the step that is under way: what is never to be broken off is ended so."""
        self._finished = True
        self._wake.set()

    async def _try(self) -> bool:
        """Whether the step went through."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            await self._step()
        except Exception as error:
            if loop.time() - began > HEALTHY_SECONDS:
                self._recovered()
            self._failed(error)
            return False
        self._recovered()
        return True

    def _failed(self, error: Exception) -> None:
        self._backoff = min(self._longest, self._backoff * 2 or self._first)
        if type(error) is self._failure:
            return
        self._failure = type(error)
        if isinstance(error, self._away):
            log.warning("it waits for what is away", part=self._name, error=str(error.__cause__ or error))
        else:
            log.error("it stumbled and tries again", part=self._name, exc_info=error)

    def _recovered(self) -> None:
        if self._failure is not None:
            log.info("it goes on", part=self._name)
        self._failure, self._backoff = None, 0.0


async def happened(event: asyncio.Event, seconds: float) -> None:
    """Wait for an event, or as long as that. (Not wait_for, which before Python 3.12 may swallow a cancellation.)"""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
