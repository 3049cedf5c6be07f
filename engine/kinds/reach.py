"""Where requests may go: to addresses that are global, and to nothing else but what an administrator has allowed.

The rules of the OWASP sheet "Server-Side Request Forgery Prevention": the name is resolved once, every address that
it has must be allowed, and the connection goes to just that address, so that no second look-up can change it.
"""

import asyncio
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import cast

import httpcore2

from engine.kinds.errors import KindsError, WorkError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# IANA's registries: of IPv6 only 2000::/3 is given out, and these parts of it are not for hosts of the internet.
GLOBAL_V6 = IPv6Network("2000::/3")
SPECIAL_V6 = tuple(IPv6Network(part) for part in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
SPECIAL_V4 = tuple(IPv4Network(part) for part in ("192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4"))


def is_global(address: Address) -> bool:
    """Whether it is a host of the internet: also what is wrapped in an IPv6 address is none."""
    if isinstance(address, IPv6Address):
        return address in GLOBAL_V6 and not any(address in part for part in SPECIAL_V6)
    return address.is_global and not address.is_multicast and not any(address in part for part in SPECIAL_V4)


@dataclass(frozen=True, slots=True)
class Reachable:
    """`hosts`: names, `*.` for all below one; empty: any. `networks`: reachable although they are not global."""

    hosts: tuple[str, ...] = ()
    networks: tuple[Network, ...] = ()

    @classmethod
    def of(cls, hosts: Iterable[str], networks: Iterable[str]) -> "Reachable":
        """From what the file says. Raises KindsError for a network that is none."""
        try:
            return cls(tuple(host.lower() for host in hosts), tuple(ip_network(network) for network in networks))
        except ValueError as error:
            raise KindsError(f"networks: {error}; write 10.0.0.0/8 or fd00::/8") from error

    def names(self, host: str) -> bool:
        """Whether requests may go to a host of that name."""
        name = host.lower().rstrip(".")
        return not self.hosts or any(
            name.endswith(wanted[1:]) if wanted.startswith("*.") else name == wanted for wanted in self.hosts
        )

    def allows(self, address: Address) -> bool:
        """Whether a connection may go to that address."""
        plain = address.ipv4_mapped if isinstance(address, IPv6Address) else None
        listed = any(address in network or (plain is not None and plain in network) for network in self.networks)
        return listed or is_global(address)

    async def addresses(self, host: str, port: int) -> Sequence[Address]:
        """The addresses of a host. Raises WorkError when the host is unknown, or any of them is not allowed."""
        if not self.names(host):
            raise WorkError(f'"{host}" is not among the hosts that this kind may call', final=True)
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise WorkError(f'the host "{host}" is not known') from error
        addresses = list(dict.fromkeys(ip_address(entry[4][0]) for entry in found))
        if not addresses or not all(self.allows(address) for address in addresses):
            raise WorkError(f'"{host}" is not a host of the internet, and this kind allows no other', final=True)
        return addresses


class Guarded(httpcore2.AsyncNetworkBackend):
    """Opens connections for httpcore: resolves once, and connects to the very address that was judged."""

    def __init__(self, reach: Reachable, inner: httpcore2.AsyncNetworkBackend | None = None) -> None:
        self._reach = reach
        self._inner = inner or cast("httpcore2.AsyncNetworkBackend", httpcore2.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """TLS comes later, with the name of the URL: SNI and certificate are the host's, not the address's."""
        failure: Exception = httpcore2.ConnectError(f"{host} has no address")
        for address in await self._reach.addresses(host, port):
            try:
                return await self._inner.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure

    async def sleep(self, seconds: float) -> None:
        """Between tries of httpcore."""
        await self._inner.sleep(seconds)
