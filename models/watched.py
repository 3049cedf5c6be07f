"""Tells somebody of each statement that a pool sends: which one, how long it took, whether it failed; never what it was given."""

import time
from collections.abc import Callable
from typing import Any, Protocol

from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.ext.asyncio import AsyncEngine

Told = Callable[[str, float, bool], None]  # the statement with places for its values, seconds, failed


class _Query(Protocol):
    """What the driver says of a query (asyncpg has no types of its own)."""

    query: str
    elapsed: float
    exception: BaseException | None


def watch(engine: AsyncEngine, told: Told) -> None:
    """From now on; on connections that are opened from now on. What is said through SQLAlchemy, and past it by the driver alone."""
    sync = engine.sync_engine

    def began(_c: object, _d: object, _s: str, _p: object, context: Any, _m: bool) -> None:
        context.fermata_began = time.perf_counter()

    def ended(_c: object, _d: object, statement: str, _p: object, context: Any, _m: bool) -> None:
        told(statement, time.perf_counter() - context.fermata_began, False)

    def failed(error: ExceptionContext) -> None:
        began_at = getattr(error.execution_context, "fermata_began", None)
        if error.statement and began_at is not None:
            told(error.statement, time.perf_counter() - began_at, True)

    def connected(connection: Any, _record: object) -> None:
        connection.driver_connection.add_query_logger(queried)

    def queried(query: _Query) -> None:
        told(query.query, query.elapsed, query.exception is not None)

    event.listen(sync, "before_cursor_execute", began)
    event.listen(sync, "after_cursor_execute", ended)
    event.listen(sync, "handle_error", failed)
    event.listen(sync, "connect", connected)
