"""From where a request came is a proxy's word only where the settings name the proxy."""

from ipaddress import ip_address
from typing import Any

import pytest
from httpx2 import ASGITransport, AsyncClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from server.child import configuration
from server.settings import Settings

CLAIMED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Real-IP": "203.0.113.9",
    "Forwarded": "for=1.2.3.4",
}


async def whence(request: Request) -> JSONResponse:
    return JSONResponse([request.client.host if request.client else None, request.url.scheme])


@pytest.mark.parametrize(
    ("trusted", "peer", "taken"),
    [
        ((), "127.0.0.1", False),
        ((), "10.0.0.1", False),
        (("10.0.0.1",), "10.0.0.1", True),
        (("10.0.0.0/8",), "10.9.9.9", True),
        (("10.0.0.1",), "10.0.0.2", False),
        (("10.0.0.1",), "127.0.0.1", False),
    ],
)
async def test_a_clients_address_is_the_proxys_word_for_proxies_of_the_settings_alone(
    trusted: tuple[str, ...], peer: str, taken: bool
) -> None:
    app = Starlette(routes=[Route("/", whence)])
    config = configuration(app, Settings(trusted_proxies=trusted))
    config.load()
    loaded: Any = config.loaded_app
    async with AsyncClient(transport=ASGITransport(loaded, client=(peer, 1)), base_url="http://h") as http:
        found = (await http.get("/", headers=CLAIMED)).json()
    assert found == (["203.0.113.9", "https"] if taken else [peer, "http"])


async def test_of_several_the_last_that_no_proxy_of_ours_wrote_counts() -> None:
    """Whoever asks may have written the first ones."""
    config = configuration(Starlette(routes=[Route("/", whence)]), Settings(trusted_proxies=("10.0.0.0/8",)))
    config.load()
    loaded: Any = config.loaded_app
    async with AsyncClient(transport=ASGITransport(loaded, client=("10.0.0.1", 1)), base_url="http://h") as http:
        found = (await http.get("/", headers={"X-Forwarded-For": "127.0.0.1, 198.51.100.7, 10.0.0.2"})).json()
    assert ip_address(found[0]) == ip_address("198.51.100.7")
