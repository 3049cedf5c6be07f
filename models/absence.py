"""Which errors say that PostgreSQL is away, or refused for a moment what it may do the next time. Pure.

The codes are SQLSTATEs of PostgreSQL's documentation, appendix A.
"""

import asyncpg
from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_dbapi
from sqlalchemy.exc import (
    DBAPIError,
    InterfaceError,
    InvalidRequestError,
    OperationalError,
    PendingRollbackError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

Refused = AsyncAdapt_asyncpg_dbapi.Error
_BROKEN = (asyncpg.InterfaceError, asyncpg.InternalClientError)  # the latter where a connection breaks at a bad moment
_GONE = (
    "08",  # the connection
    "25P",  # a time limit of transactions has ended it
    "40",  # rolled back: a deadlock, or a serialization failure
    "53",  # resources: connections, disk, memory
    "55P03",  # a lock is not available
    "57",  # shut down, or the statement was cancelled
    "58030",  # the disk cannot be read or written
)
# It is a connection that others must not get: to a server that only reads (a standby after a change of roles), or to
# one that has forgotten its prepared statements.
_UNUSABLE = ("25006", "26000")
_CONNECTING = ("28", "3D000")  # while it connects: signing in is refused; the database is not there, as in a restore


def away(error: BaseException, *, begun: bool) -> bool:
    """Whether an error says that the database is away; `begun`: a connection had been lent."""
    match error:
        case PoolTimeout() | InterfaceError() | OperationalError() | OSError() | EOFError() | PendingRollbackError():
            return True  # TimeoutError is an OSError
        case InvalidRequestError():  # what the pool opened was cut again, twice, before it could be lent
            return not begun
        case DBAPIError():
            return error.connection_invalidated or _refused(error.orig, begun=begun)
        case Refused():  # while it connects: for the driver alone SQLAlchemy does not wrap what happens then
            return _refused(error, begun=begun)
        case _:
            return _driver_s(error, begun=begun)


def unusable(error: BaseException | None) -> bool:
    """Whether nothing more can be done on the connection that PostgreSQL gave this error on, though it is open."""
    return state_of(error).startswith(_UNUSABLE)


def state_of(error: BaseException | None) -> str:
    """The SQLSTATE of what PostgreSQL said; "" where it said nothing."""
    return getattr(error, "sqlstate", None) or ""


def _refused(refused: BaseException | None, *, begun: bool) -> bool:
    """What SQLAlchemy has made of an error of the driver, or of one of a connection that the driver could not make."""
    cause = refused.__cause__ if refused else None
    return cause is not None and away(cause, begun=begun)


def _driver_s(error: BaseException, *, begun: bool) -> bool:
    match error:
        case asyncpg.InvalidCachedStatementError():
            return True
        case asyncpg.DataError():  # what was given does not fit: the driver calls that an error of its interface, too
            return False
        case asyncpg.PostgresError():
            return state_of(error).startswith((*_GONE, *_UNUSABLE, *(() if begun else _CONNECTING)))
        case _:
            return isinstance(error, _BROKEN)
