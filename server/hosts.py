"""Which host a request may name where only this machine can reach us: a page of the internet must not pass for one of ours.

A name of somebody else's can be made to lead to 127.0.0.1 after its page was loaded (DNS rebinding); to the browser that page
is then of the same origin as this server, and nothing that looks at origins stops it. What it cannot do is name another host
than its own. An address in figures is nobody's name.
"""

import re
from ipaddress import ip_address

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from gql.answer import refusal
from gql.errors import InvalidInput
from server.middleware import header

_NAMED = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\[\]:]+)(?::[0-9]*)?")  # a name or an address, and a port (RFC 9110, 7.2)
MISDIRECTED = 421  # RFC 9110 §15.5.20
SAID = (
    "This server is for this machine alone and answers to localhost or 127.0.0.1. To reach it by another name, set "
    "FERMATA_PUBLIC_URL to the address that people use."
)


class Hosts:
    """Refuses requests that name a host which is neither this machine nor among `names`."""

    def __init__(self, app: ASGIApp, *, names: frozenset[str]) -> None:
        self.app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A request without a host is no browser's."""
        if scope["type"] == "http" and not self._is_ours(header(scope, b"host")):
            told = refusal(InvalidInput(SAID), MISDIRECTED)
            answer = Response(told.body, told.status, {"Cache-Control": "no-store"}, "application/json")
            return await answer(scope, receive, send)
        return await self.app(scope, receive, send)

    def _is_ours(self, host: bytes | None) -> bool:
        if host is None:
            return True
        named = _NAMED.fullmatch(host.decode("latin-1"))
        if named is None:
            return False
        name = name_of(named[0])
        return name in self._names or name == "localhost" or name.endswith(".localhost") or _is_address(name)


def name_of(host: str) -> str:
    """The name in a Host header, without its port and brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].rstrip(".").lower()


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
