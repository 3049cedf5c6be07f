"""A pool of connections to PostgreSQL: single statements in one round trip, or a transaction around several."""

import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, TypeVar, cast

import asyncpg
from sqlalchemy import PoolProxiedConnection, TextClause, event
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from models.absence import away, unusable
from models.along import claimed
from models.driver import Arguments, Hand, Prepared, Row, compiled, driver_of
from models.types import tell
from models.watched import Told, watch

C = TypeVar("C")
# Left to itself PostgreSQL plans a statement over a few values each time, if it thinks that a plan for them is cheaper.
_PLAN_ONCE = {"plan_cache_mode": "force_generic_plan"}


class Unavailable(Exception):
    """The database is away or all connections are taken. Try again in a moment.

    `begun`: it went away with a statement under way, of which it is not known whether it was committed.
    """

    def __init__(self, *, begun: bool = False) -> None:
        self.begun = begun
        super().__init__((type(self).__doc__ or "").splitlines()[0])


class Database:
    """One pool. `url` is postgresql+asyncpg://…; with `?pooler=transaction` it stands behind PgBouncer in that mode.

    `size` connections at most; who waits longer than `timeout` seconds for one gets `Unavailable`. `role` is what
    the connections act as, where it is not who signed in. `plan_once`: for few statements that are sent all the time, each
    of which PostgreSQL plans once a connection, whatever its values are (not behind PgBouncer, where none is kept).
    """

    def __init__(
        self,
        url: str,
        *,
        size: int = 10,
        timeout: float = 1.0,
        application: str = "fermata",
        role: str | None = None,
        plan_once: bool = False,
    ) -> None:
        self.url = url
        self._pooled = make_url(url).query.get("pooler") == "transaction"
        self._engine = create_async_engine(
            address(url),
            pool_size=size,
            max_overflow=0,
            pool_timeout=timeout,
            pool_pre_ping=False,
            json_deserializer=_json,
            hide_parameters=True,  # what a statement was given may be secret, and its errors go into the log
            connect_args=_arguments(application, role, pooled=self._pooled, plan_once=plan_once),
        )
        event.listen(self._engine.sync_engine, "connect", _introduce)
        event.listen(self._engine.sync_engine, "checkout", _refuse)
        event.listen(self._engine.sync_engine, "handle_error", _give_up)
        event.listen(self._engine.sync_engine, "before_cursor_execute", self._before, retval=True)
        self._hand = Hand(self._engine, size, timeout)
        self._single = self._engine.execution_options(isolation_level="AUTOCOMMIT")

    @asynccontextmanager
    async def one(self) -> AsyncGenerator[AsyncConnection]:
        """A connection on which each statement commits by itself. Raises `Unavailable`."""
        async with self._lent(self._single.connect()) as connection:
            yield connection

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncConnection]:
        """A connection inside a transaction, committed at the end. Raises `Unavailable`."""
        async with self._lent(self._engine.begin()) as connection:
            yield connection

    async def fetch(self, statement: TextClause | Prepared, values: Mapping[str, object]) -> Sequence[Row]:
        """The rows of one statement that commits by itself, sent by the driver alone (models/driver.py). Raises `Unavailable`."""
        ready = statement if isinstance(statement, Prepared) else compiled(statement)
        arguments = ready.arguments(values)
        if self._pooled:  # PgBouncer may send each half of what the driver does to another connection
            async with self.one() as connection:
                return (await connection.exec_driver_sql(ready.sql, arguments)).all()
        lent = None
        try:
            lent = await self._hand.take()
            return await self._fetched(lent, *self._sent(ready.sql, arguments))
        except Exception as error:
            if away(error, begun=lent is not None):
                raise Unavailable(begun=lent is not None) from error
            raise

    def watch(self, told: Told) -> None:
        """Tell of each statement from now on, see models/watched.py. To be called before the first connection."""
        watch(self._engine, told)

    def _sent(self, sql: str, arguments: Arguments) -> tuple[str, Arguments]:
        """A statement with its values, as they go to the driver."""
        return claimed(sql, arguments)

    def _before(
        self, _connection: object, _cursor: object, sql: str, given: object, _context: object, executemany: bool
    ) -> tuple[str, object]:
        """The same for what goes through SQLAlchemy."""
        if not executemany:
            return self._sent(sql, cast("Arguments", given or ()))
        each = [self._sent(sql, arguments) for arguments in cast("list[Arguments]", given)]
        return each[0][0], [arguments for _, arguments in each]

    async def _fetched(self, lent: PoolProxiedConnection, sql: str, arguments: Arguments) -> Sequence[Row]:
        """A connection that was left in the middle of something is thrown away."""
        driver = driver_of(lent)
        try:
            found = await driver.fetch(sql, *arguments)
        except asyncpg.PostgresError as error:
            (self._hand.drop if driver.is_closed() or unusable(error) else self._hand.give)(lent)
            raise
        except BaseException:
            self._hand.drop(lent)
            raise
        self._hand.give(lent)
        return found

    @asynccontextmanager
    async def _lent(self, lending: AbstractAsyncContextManager[C]) -> AsyncGenerator[C]:
        waits = True
        self._hand.wait()
        try:
            async with lending as connection:
                self._hand.served()
                waits = False
                yield connection
        except Exception as error:
            if away(error, begun=not waits):
                raise Unavailable(begun=not waits) from error
            raise
        finally:
            if waits:
                self._hand.served()

    @property
    def in_use(self) -> int:
        """Connections that are lent out now."""
        return getattr(self._engine.pool, "checkedout", lambda: 0)() - len(self._hand)

    async def close(self) -> None:
        """Close every connection."""
        self._hand.close()
        await self._engine.dispose()


def _json(text: str) -> Any:
    """The input of most tasks is empty: a page has 50 of them."""
    return {} if text == "{}" else json.loads(text)


def address(url: str) -> URL:
    """The address as SQLAlchemy takes it: our driver, and without what is only ours. Raises ValueError for another database."""
    given = make_url(url)
    if given.get_backend_name() not in ("postgresql", "postgres"):
        raise ValueError(f"a database address begins with postgresql://, not with {given.drivername}://")
    return given.set(drivername="postgresql+asyncpg").difference_update_query(["pooler"])


def _arguments(application: str, role: str | None, *, pooled: bool, plan_once: bool) -> dict[str, Any]:
    settings = {"application_name": application}
    given: dict[str, Any] = {"timeout": 5}
    if not pooled:
        settings |= {"jit": "off"} | ({"role": role} if role else {})
        return given | {"server_settings": settings | (_PLAN_ONCE if plan_once else {})}
    # PgBouncer hands a connection to others between transactions. It takes no settings of sessions but the name; and
    # a statement with a name would be looked for, and closed, on another connection: without one it is sent whole.
    return given | {
        "server_settings": settings,
        "statement_cache_size": 0,
        "prepared_statement_cache_size": 0,
        "prepared_statement_name_func": lambda: "",
    }


def _introduce(opened: Any, _record: object) -> None:
    """After SQLAlchemy has told the driver how JSON is read, which makes it forget all others."""
    opened.run_async(tell)


def _refuse(opened: Any, _record: object, _proxy: object) -> None:
    """A connection that was cut while nobody used it is replaced before it is lent, without asking PostgreSQL. Else a
    statement would fail on it of which nobody could say whether it was done. So is one with an open transaction, whose end
    was not heard of: what is written on it would be acknowledged, and never committed. (SQLAlchemy's pools have no types.)"""
    if opened.driver_connection.is_closed() or opened.driver_connection.is_in_transaction():
        raise DisconnectionError("it was cut, or left in the middle of a transaction")


def _give_up(failed: ExceptionContext) -> None:
    """All connections are replaced when one turns out to lead to a server that can do nothing for us."""
    if unusable(failed.original_exception.__cause__):
        failed.is_disconnect = True
