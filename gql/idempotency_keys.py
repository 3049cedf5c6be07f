"""Idempotency keys in PostgreSQL (gql.idempotency.Store): who claims a key is decided by the table's primary key."""

from __future__ import annotations

import asyncio

from sqlalchemy import ColumnElement, Delete, Update, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from gql.idempotency import Claim, Claimed, Different, Finished, Running
from models.database import Database, Unavailable
from models.instance import idempotency_keys as keys

_WAITS = (0.05, 0.5)  # seconds before a write is tried again, which does no harm where it was done already
_OLD = keys.c.created_at < func.clock_timestamp() - text("interval '24 hours'")


class IdempotencyKeys:
    """The keys of all processes on one database; a key is free again 24 hours after it was claimed.

    engine/retention.py takes those away that nobody claims again.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    async def claim(self, principal: str, key: str, body_hash: bytes) -> Claim:
        """One statement claims it; only who is too late has to look what there is."""
        statement = insert(keys).values(principal=principal, key=key, body_hash=body_hash)
        afresh = {"finished_at": None, "status": None, "response": None, "created_at": func.clock_timestamp()}
        statement = statement.on_conflict_do_update(
            constraint=keys.primary_key, set_=afresh | {"body_hash": statement.excluded.body_hash}, where=_OLD
        )
        async with self._db.one() as connection:
            if (await connection.execute(statement.returning(keys.c.key))).first() is not None:
                return Claimed()
            found = (await connection.execute(select(keys).where(*_is(principal, key)))).mappings().first()
        if found is None:  # given back in between: whoever sends it again will claim it
            return Running()
        if bytes(found["body_hash"]) != body_hash:
            return Different()
        return Finished(found["response"]) if found["finished_at"] else Running()

    async def keep(self, principal: str, key: str, status: int, response: bytes) -> None:
        """Remember the answer."""
        values = {"finished_at": func.clock_timestamp(), "status": status, "response": response}
        await self._surely(update(keys).where(*_is(principal, key)).values(values))

    async def release(self, principal: str, key: str) -> None:
        """Give the key back."""
        await self._surely(delete(keys).where(*_is(principal, key)))

    async def _surely(self, statement: Update | Delete) -> None:
        """Tries again where the connection was cut: a key that stays "running" helps nobody. Raises `Unavailable`."""
        for wait in _WAITS:
            try:
                return await self._once(statement)
            except Unavailable:
                await asyncio.sleep(wait)
        return await self._once(statement)

    async def _once(self, statement: Update | Delete) -> None:
        async with self._db.one() as connection:
            await connection.execute(statement)


def _is(principal: str, key: str) -> tuple[ColumnElement[bool], ...]:
    return keys.c.principal == principal, keys.c.key == key
