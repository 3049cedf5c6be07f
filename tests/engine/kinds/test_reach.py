"""Where requests of work may go: no form of an address leads to anything that is not global, whatever a name answers."""

import asyncio
import ipaddress
import socket
from collections.abc import Iterable
from uuid import UUID

import httpcore2
import pytest

from engine.kinds import Context, WorkError
from engine.kinds.context import Facts
from engine.kinds.http import Http
from engine.kinds.journal import Journal
from engine.kinds.reach import Reachable

LOOPBACK = Reachable.of([], ["127.0.0.0/8"])


class Line(httpcore2.AsyncNetworkBackend):
    """Writes down where a connection was asked for, and opens none."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        self.asked.append(f"{host}:{port}")
        raise httpcore2.ConnectError("nothing is connected here")


async def asked(url: str, reach: Reachable | None = None) -> list[str]:
    """Where the kind connects to for a URL; it fails in any case."""
    line = Line()
    http = Http(reach or Reachable(), None, tries=1, seconds=30, longest=1000, backend=line)
    with pytest.raises(WorkError):
        await http.run(Context(Facts(UUID(int=1), 1, {"url": url}, "task:1"), Journal()))
    return line.asked


def answering(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """A resolver that gives these addresses, look-up by look-up; the names that it was asked for."""
    looked_up: list[str] = []

    async def look_up(host: str, port: int, **_: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        looked_up.append(host)
        found = answers[min(len(looked_up), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", look_up)
    return looked_up


async def test_a_name_that_changes_after_it_was_judged_is_not_looked_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up = answering(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    assert await asked("http://name.example/") == ["93.184.216.34:80"]
    assert looked_up == ["name.example"]


@pytest.mark.parametrize("answer", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::1"], ["169.254.169.254"]])
async def test_a_name_with_any_address_that_is_not_global_is_not_called(
    monkeypatch: pytest.MonkeyPatch, answer: list[str]
) -> None:
    answering(monkeypatch, answer)
    assert await asked("https://name.example/") == []


async def test_what_is_allowed_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, ["127.0.0.1"])
    assert await asked("http://name.example:8080/", LOOPBACK) == ["127.0.0.1:8080"]


def forms(address: str) -> list[str]:
    """The ways to write an IPv4 address that a resolver takes."""
    a, b, c, d = (int(part) for part in address.split("."))
    number = (a << 24) + (b << 16) + (c << 8) + d
    return [
        address,
        str(number),
        hex(number),
        f"{a:#o}.{b:#o}.{c:#o}.{d:#o}".replace("0o", "0"),
        f"{a:#x}.{b:#x}.{c:#x}.{d:#x}",
        f"{a}.{b}.{(c << 8) + d}",
        f"{a}.{(b << 16) + (c << 8) + d}",
        f"[::ffff:{address}]",
        f"[::{address}]",
        f"[64:ff9b::{address}]",
        f"[64:ff9b:1::{address}]",
        f"[2002:{(a << 8) + b:x}:{(c << 8) + d:x}::1]",
        f"[2001:0:{(a << 8) + b:x}:{(c << 8) + d:x}::]",
    ]


V4 = (
    "127.0.0.1 0.0.0.0 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 100.127.255.254 192.0.0.8 192.0.2.1 "
    "198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 192.88.99.1"
)
V6 = "::1 :: fe80::1 fc00::1 fd12:3456::1 ff02::1 fec0::1 100::1 2001:db8::1 3fff::1 5f00::1 2001:10::1 2001:20::1"


async def test_no_form_of_an_address_that_is_not_global_is_reached() -> None:
    hosts = [form for address in V4.split() for form in forms(address)] + [f"[{address}]" for address in V6.split()]
    assert len(hosts) > 200
    refused: list[str] = []
    for host in hosts:
        with pytest.raises(WorkError):
            await Reachable().addresses(host.strip("[]"), 80)
        refused.append(host)
    assert refused == hosts


async def test_no_url_with_a_form_of_such_an_address_opens_a_connection() -> None:
    hosts = [form for address in V4.split() for form in forms(address)] + [f"[{address}]" for address in V6.split()]
    hosts += [
        "localhost",
        "LOCALHOST",
        "127.1",
        "0x7f.1",
        "\uff11\uff12\uff17.0.0.1",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:7f00:0001]",
    ]
    assert {host: found for host in hosts if (found := await asked(f"http://{host}:8000/x"))} == {}


def test_what_is_global_is_reached() -> None:
    for address in ("1.1.1.1", "8.8.8.8", "100.63.255.255", "2606:4700::1111", "2a00:1450:4001::1"):
        assert Reachable().allows(ipaddress.ip_address(address)), address
