"""Idempotency keys in PostgreSQL (gql.idempotency.Store): who claims a key is decided by the table's primary key.

A claim lasts `LEASE` seconds. Whether it was carried out is written in the transaction of the change (models/along.py): so
after that time a key under which nothing was changed is free, and whoever was only slow can change nothing under it any more.
"""

from __future__ import annotations

import asyncio
from uuid import UUID

from sqlalchemy import Delete, Update, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from gql.idempotency import Claim, Claimed, Different, Finished, Lost, Running
from models.base import new_id
from models.database import Database, Unavailable
from models.instance import idempotency_keys as keys

_WAITS = (0.05, 0.5)  # seconds before a write is tried again, which does no harm where it was done already
LEASE = 30  # seconds
_OVER = keys.c.created_at < func.clock_timestamp() - text(f"interval '{LEASE} seconds'")
_NOT_CARRIED_OUT = keys.c.finished_at.is_(None) & keys.c.carried_out_at.is_(None)
_OLD = keys.c.created_at < func.clock_timestamp() - text("interval '24 hours'")


class IdempotencyKeys:
    """The keys of all processes on one database; a key is free again 24 hours after it was claimed.

    engine/retention.py takes those away that nobody claims again.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    async def claim(self, principal: str, key: str, body_hash: bytes) -> Claim:
        """One statement claims it; only who is too late has to look what there is."""
        claim = new_id()
        statement = insert(keys).values(principal=principal, key=key, body_hash=body_hash, claim=claim)
        afresh = dict.fromkeys(("finished_at", "carried_out_at", "status", "response")) | {"claim": claim}
        afresh |= {"created_at": func.clock_timestamp()}
        statement = statement.on_conflict_do_update(
            constraint=keys.primary_key,
            set_=afresh | {"body_hash": statement.excluded.body_hash},
            where=_OLD | (_OVER & _NOT_CARRIED_OUT),
        )
        async with self._db.one() as connection:
            if (await connection.execute(statement.returning(keys.c.key))).first() is not None:
                return Claimed(claim)
            there = select(keys, _OVER.label("over")).where(keys.c.principal == principal, keys.c.key == key)
            found = (await connection.execute(there)).mappings().first()
        if found is None:  # given back in between: whoever sends it again will claim it
            return Running()
        if bytes(found["body_hash"]) != body_hash:
            return Different()
        if found["finished_at"]:
            return Finished(found["response"])
        return Lost() if found["over"] else Running()

    async def keep(self, claim: UUID, status: int, response: bytes) -> None:
        """Remember the answer, unless the key is another's by now."""
        values = {"finished_at": func.clock_timestamp(), "status": status, "response": response}
        await self._surely(update(keys).where(keys.c.claim == claim).values(values))

    async def release(self, claim: UUID) -> None:
        """Give the key back, unless it is another's by now."""
        await self._surely(delete(keys).where(keys.c.claim == claim))

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
