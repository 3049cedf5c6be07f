"""How often someone may try: password checks by account and by address, in our tables; other requests in memory.

Counted before the password is looked at, in one statement each, so that neither parallel requests nor several
processes nor a restart give more attempts. What was right is given back: only failures count.

- an account: ten in fifteen minutes, then it is blocked for fifteen minutes, thirty, an hour. Ids of sessions are no
  part of it: who is signed in stays so. An address that is not known counts as one that is.
- an address (of IPv6 its /64): a hundred in any hour, counted in slots of ten minutes.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from auth import statements
from auth.errors import Throttled
from models.database import Database

ACCOUNT_LIMIT, ACCOUNT_WINDOW, ACCOUNT_LONGEST = 10, 15 * 60, 60 * 60  # checks, seconds, seconds
ADDRESS_LIMIT, ADDRESS_SLOT, ADDRESS_SLOTS = 100, 600, 6  # checks, seconds, slots that make an hour
REQUESTS_PER_MINUTE = 60  # sign-ups, resets, invitations tried, by address
_WAIT = "Too many attempts: wait {minutes} minutes, or reset the password by e-mail."


@dataclass
class Attempt:
    """One password check that has been counted; `right` gives it back."""

    right: bool = False


class Throttle:
    """Counts attempts."""

    def __init__(self, db: Database, *, requests_per_minute: int = REQUESTS_PER_MINUTE) -> None:
        self._db = db
        self._rate = RateLimitItemPerMinute(requests_per_minute)
        self._requests = MovingWindowRateLimiter(MemoryStorage())

    def request(self, address: str | None) -> None:
        """Count one request of someone who is not signed in. Raises `Throttled`."""
        if address is not None and not self._requests.hit(self._rate, network(address)):
            raise Throttled(60.0)

    @asynccontextmanager
    async def password_check(self, account: str, address: str | None) -> AsyncGenerator[Attempt]:
        """Around one check of a password of `account` (an e-mail address, or `user:<id>`). Raises `Throttled`."""
        counted = [await self.count(account, ACCOUNT_LIMIT, ACCOUNT_WINDOW, ACCOUNT_LONGEST)]
        if address is not None:
            try:
                counted.append(await self._address(network(address)))
            except Throttled:
                await self._give_back(counted)
                raise
        attempt = Attempt()
        yield attempt
        if attempt.right:
            await self._give_back(counted)

    async def forget(self, account: str) -> None:
        """A new password was set: what was tried before does not count any more."""
        async with self._db.one() as connection:
            await statements.run(connection, "throttle_forget", account=account)

    async def count(self, account: str, limit: int, window: float, longest: float | None = None) -> str:
        """Count one of `limit` in `window` seconds; the name of the counter. Raises `Throttled`."""
        values = {"account": account, "limit": limit, "window": float(window), "longest": float(longest or window)}
        async with self._db.one() as connection:
            cells = await statements.first(connection, "throttle_account", **values)
            if cells is not None:
                return cells["key"]
            left = await statements.first(connection, "throttle_left", account=account)
        seconds = float(left["seconds"]) if left else 1.0
        raise Throttled(seconds, _WAIT.format(minutes=max(1, round(seconds / 60))))

    async def _address(self, place: str) -> str:
        async with self._db.one() as connection:
            cells = await statements.first(
                connection, "throttle_address", address=place, slot=ADDRESS_SLOT, slots=ADDRESS_SLOTS
            )
        if cells is None:
            raise Throttled(1.0)
        if cells["failures"] > ADDRESS_LIMIT:
            await self._give_back([cells["key"]])
            raise Throttled(ADDRESS_SLOT, "Too many attempts from your network: wait ten minutes.")
        return cells["key"]

    async def _give_back(self, keys: list[str]) -> None:
        async with self._db.one() as connection:
            await statements.run(connection, "throttle_give_back", keys=keys)


def network(address: str) -> str:
    """Who shares a counter: one IPv4 address, or the /64 that one customer has of IPv6."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:100]
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((int(found), 64), strict=False))
    return str(found)
