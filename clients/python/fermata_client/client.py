"""The two clients: `Fermata` waits for each answer, `AsyncFermata` is awaited. Both have every call of operations.py."""

import asyncio
import time
from types import TracebackType
from typing import Any, Self

import httpx2

from fermata_client.errors import FermataError
from fermata_client.exchange import TRIES, Exchange
from fermata_client.operations import AsyncCalls, Calls

SECONDS = 30.0


class Fermata(Calls):
    """A client that waits. `url` is the server's address, `token` an API token (`fmt_…`) or an access token.

    A server that is busy or does not answer within `timeout` seconds is asked again, up to `tries` times in all.
    """

    def __init__(self, url: str, token: str | None = None, *, timeout: float = SECONDS, tries: int = TRIES) -> None:
        self.token, self.tries = token, tries
        self._http = httpx2.Client(base_url=url, timeout=timeout)

    def send(self, document: str, variables: dict[str, Any]) -> Any:
        """Send a document and give its data. Raises FermataError, or ConnectionError after all tries."""
        exchange = Exchange(document, variables, self.token, self.tries)
        while True:
            try:
                return exchange.answer(*self._post(exchange))
            except (FermataError, ConnectionError) as error:
                time.sleep(exchange.wait(error))

    def _post(self, exchange: Exchange) -> tuple[int, str, bytes]:
        try:
            answer = self._http.post("/graphql", content=exchange.body, headers=exchange.headers)
        except httpx2.TransportError as error:
            raise ConnectionError(f"{self._http.base_url} does not answer: {error}") from error
        return answer.status_code, answer.headers.get("content-type", ""), answer.content

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        """For `with`."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the connections."""
        self.close()


class AsyncFermata(AsyncCalls):
    """A client that is awaited. `url` is the server's address, `token` an API token (`fmt_…`) or an access token.

    A server that is busy or does not answer within `timeout` seconds is asked again, up to `tries` times in all.
    """

    def __init__(self, url: str, token: str | None = None, *, timeout: float = SECONDS, tries: int = TRIES) -> None:
        self.token, self.tries = token, tries
        self._http = httpx2.AsyncClient(base_url=url, timeout=timeout)

    async def send(self, document: str, variables: dict[str, Any]) -> Any:
        """Send a document and give its data. Raises FermataError, or ConnectionError after all tries."""
        exchange = Exchange(document, variables, self.token, self.tries)
        while True:
            try:
                return exchange.answer(*await self._post(exchange))
            except (FermataError, ConnectionError) as error:
                await asyncio.sleep(exchange.wait(error))

    async def _post(self, exchange: Exchange) -> tuple[int, str, bytes]:
        try:
            answer = await self._http.post("/graphql", content=exchange.body, headers=exchange.headers)
        except httpx2.TransportError as error:
            raise ConnectionError(f"{self._http.base_url} does not answer: {error}") from error
        return answer.status_code, answer.headers.get("content-type", ""), answer.content

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        """For `async with`."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self.close()
