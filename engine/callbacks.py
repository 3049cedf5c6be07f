"""Answers that come later: what was asked over HTTP says 202, and calls back when it is done.

Whoever calls back signs as Standard Webhooks with the secret of the task's kind. The answer is kept until the work looks for it,
whichever worker that is by then.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from engine.kinds import Catalogue
from engine.kinds.http import Http
from engine.statements import statement
from models.database import Database

PATH = "/callbacks/{task_id}/{run}/{step}"
MAX_BODY = 65_536  # bytes
MAX_NUMBER = 2**31 - 1


async def receive(
    db: Database, catalogue: Catalogue, key: tuple[UUID, int, int], headers: Mapping[str, str], body: bytes
) -> bool:
    """Keep the answer for a step: `key` is task, run and step, `headers` are in lower case.

    False: there is no such task, it does not wait for this, or the signature does not hold: the caller is told no more.
    A second answer for the same step changes nothing.
    """
    task_id, run, step = key
    if len(body) > MAX_BODY or not (0 <= run <= MAX_NUMBER and 0 <= step <= MAX_NUMBER):
        return False
    async with db.one() as connection:
        values: dict[str, Any] = {"task_id": task_id, "run": run}
        row = (await connection.execute(statement("callback_awaited"), values)).first()
    kind = catalogue.get(row[0]) if row else None
    work = kind.work if kind else None
    if not isinstance(work, Http) or work.signer is None or not work.signer.holds(dict(headers), body):
        return False
    text = body.decode("utf-8", "replace").replace("\0", "�")
    async with db.one() as connection:
        await connection.execute(statement("callback_keep"), {**values, "step": step, "body": text})
    return True


async def find(db: Database, key: tuple[UUID, int, int]) -> str | None:
    """The answer that was called back for a step; None while there is none."""
    values = {"task_id": key[0], "run": key[1], "step": key[2]}
    async with db.one() as connection:
        row = (await connection.execute(statement("callback_find"), values)).first()
        return row[0] if row else None
