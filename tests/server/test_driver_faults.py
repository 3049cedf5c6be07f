"""A driver that fails at every place and in every way: nobody is told of a failure of ours, and what was said is true."""

import errno
import random
import socket
import ssl
from asyncio import IncompleteReadError
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from asyncpg import exceptions as pg
from fixtures.faulty import Driver, Fault
from sqlalchemy import exc

import auth.ground
from bench.prove.asks import Asks
from bench.prove.fuzz import application, exchange
from bench.prove.residents import furnish
from bench.prove.said import Talk
from models import database
from models.database import Database

OF_POSTGRESQL: tuple[type[Exception], ...] = (
    pg.AdminShutdownError,
    pg.CannotConnectNowError,
    pg.ConnectionDoesNotExistError,
    pg.ConnectionFailureError,
    pg.ConnectionRejectionError,
    pg.CrashShutdownError,
    pg.DatabaseDroppedError,
    pg.DeadlockDetectedError,
    pg.DiskFullError,
    pg.IdleInTransactionSessionTimeoutError,
    pg.InvalidCachedStatementError,
    pg.InvalidSQLStatementNameError,
    pg.LockNotAvailableError,
    pg.OutOfMemoryError,
    pg.PostgresIOError,
    pg.QueryCanceledError,
    pg.ReadOnlySQLTransactionError,
    pg.SerializationError,
    pg.TooManyConnectionsError,
)
OF_THE_DRIVER = (pg.InterfaceError, pg.InternalClientError, pg.OutdatedSchemaCacheError, pg.ProtocolError)
OF_THE_SYSTEM = (
    BrokenPipeError(errno.EPIPE, "x"),
    ConnectionRefusedError(errno.ECONNREFUSED, "x"),
    ConnectionResetError(errno.ECONNRESET, "x"),
    FileNotFoundError(errno.ENOENT, "x"),
    IncompleteReadError(b"", 4),
    OSError(errno.EMFILE, "x"),
    OSError(errno.ENETUNREACH, "x"),
    TimeoutError(),
    socket.gaierror(socket.EAI_NONAME, "x"),
    ssl.SSLError("x"),
)
OF_SQLALCHEMY = (exc.PendingRollbackError("x"), exc.TimeoutError("x"))
WHILE_CONNECTING: tuple[Exception, ...] = (pg.InvalidCatalogNameError("x"), pg.InvalidPasswordError("x"))
ERRORS: tuple[Exception, ...] = (
    *(made("x") for made in (*OF_POSTGRESQL, *OF_THE_DRIVER)),
    *OF_THE_SYSTEM,
    *OF_SQLALCHEMY,
)


class Place(NamedTuple):
    """What is asked, and the call of the driver that fails; `cold`: every connection was cut before."""

    asked: str
    call: str
    number: int = 0
    cold: bool = False


PLACES = {
    "the pool opens one": Place("a page", "connect", cold=True),
    "the admission round": Place("a new task", "fetch"),
    "the shared probe": Place("a poll", "fetch"),
    "a read": Place("a page", "fetch", 1),
    "a statement is prepared": Place("a new task", "prepare", cold=True),
    "a write": Place("a new task", "fetch", 1),
    "a write of many": Place("new tasks", "fetch", 1),
    "a change": Place("a change", "fetch", 1),
    "a key is taken": Place("a new task, under a key", "fetch", 1),
    "a write under a key": Place("a new task, under a key", "fetch", 2),
    "an answer is kept": Place("a new task, under a key", "fetch", 3),
    "a transaction begins": Place("a new workspace", "start"),
    "a statement of a transaction": Place("a new workspace", "fetch", 1),
    "a commit": Place("a new workspace", "commit"),
}
ERRORS_AT: dict[str, tuple[Exception, ...]] = {
    name: ERRORS[number % 3 :: 3] for number, name in enumerate(PLACES)
}  # a third of them: each at four places
ERRORS_AT["the pool opens one"] += WHILE_CONNECTING


class Trials:
    """Faults of a driver under a whole application; what was said that should not be."""

    def __init__(self, talk: Talk, driver: Driver) -> None:
        self.talk, self.driver = talk, driver
        self.came = 0
        self.answers = set[str]()

    async def at(self, place: Place, errors: Sequence[Exception]) -> list[str]:
        """Each error, in turn before and behind what was to be done, on a connection that stays and on one that goes."""
        faults = list[str]()
        for turn, error in enumerate(errors):
            if place.cold:
                self.driver.sever()
            self.driver.arm(Fault(error, place.call, place.number, late=turn % 2 == 1, cut=turn % 4 > 1))
            [said] = await self.talk.ask(place.asked)
            self.came += self.driver.fault is None
            self.answers.add(said.named)
            self.driver.arm(None)
            [again] = await self.talk.ask(place.asked)
            faults += [] if said.done or said.away else [f"{error!r}: {said}"]
            faults += [] if again.done else [f"after {error!r}: {again}"]
        return faults


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> Driver:
    monkeypatch.setattr(auth.ground, "Passwords", auth.ground.Passwords)  # the application makes it small
    return Driver(monkeypatch)


async def trials(driver: Driver, db: Database, url: str, folder: Path) -> Trials:
    luck, app = random.Random(1), application(folder, url)
    place = await furnish(partial(exchange, app), db, luck)
    made = Trials(Talk(app, Asks(place, luck), luck), driver)
    await made.talk.supply()
    await made.talk.ask("a poll")  # whose next one has a tag
    return made


async def test_wherever_the_driver_fails_the_answer_is_true_and_the_next_one_is_well(
    driver: Driver, db: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await trials(driver, db, database_url, tmp_path)
    faults = {name: found for name, at in PLACES.items() if (found := await made.at(at, ERRORS_AT[name]))}
    assert (faults, await made.talk.rest(db)) == ({}, [])
    assert made.answers == {"done", "UNAVAILABLE", "UNAVAILABLE, outcome unknown"}
    assert made.came == sum(map(len, ERRORS_AT.values()))
    monkeypatch.setattr(database, "away", lambda _error, *, begun: False)  # and this is how it would show
    [fault] = await made.at(PLACES["a write"], [pg.DeadlockDetectedError("x")])
    assert "INTERNAL" in fault
