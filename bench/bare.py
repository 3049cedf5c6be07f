"""One transition as a careful person would write it by hand: Starlette, asyncpg, the same statement, and no GraphQL.

It knows who asks as ours does: the access token by its signature, then the session by the same statement. What it lacks: a schema,
limits, errors with codes, hints for watchers. What bench/transition.py measures against, in a process of its own.
"""

import json
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
from jose import JWTError, jwt
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.ground import ALL
from engine.rows import EVENT_WIDTH, TASK_WIDTH
from engine.statements import statement
from engine.transition import Ask, parameters
from models.authority import Authority
from models.base import new_id
from models.driver import compiled
from models.lifecycle import Action

SESSION = """
    select u.id from sessions s join users u on u.id = s.user_id
    where s.id = $1 and s.user_id = $2 and s.revoked_at is null and s.expires_at > clock_timestamp() and not u.disabled
"""


async def transition(request: Request) -> Response:
    """POST /tasks/{id}/{verb}: the task as it is now."""
    state = request.app.state
    try:
        token = request.headers["authorization"].removeprefix("Bearer ")
        claims = jwt.decode(token, state.key, algorithms=["HS256"], audience="fermata")
    except (KeyError, JWTError):
        return Response(status_code=401)
    person, session = UUID(claims["sub"]), UUID(claims["sid"])
    query, names = compiled(statement("transition"))
    values = parameters(Authority(person, session_id=session), ALL, Ask(Action(request.path_params["verb"])))
    values |= {"workspace_id": None, "ids": [UUID(request.path_params["id"])], "event_ids": [new_id()]}
    async with state.pool.acquire() as connection:
        if await connection.fetchval(SESSION, session, person) is None:
            return Response(status_code=401)
        row = await connection.fetchrow(query, *(values[name] for name in names))
    if row is None or row[TASK_WIDTH + EVENT_WIDTH + 1] != "moved":
        return Response(status_code=409)
    task = {"id": str(row[0]), "status": row[7], "version": row[17], "elapsedMs": row[9]}
    event = {"id": str(row[TASK_WIDTH]), "action": row[TASK_WIDTH + 3]}
    return Response(json.dumps({"task": task, "event": event}), media_type="application/json")


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncGenerator[None]:
    """PEER_DATABASE: where the rows are; PEER_KEY: what access tokens are signed with, in hexadecimal."""
    make: Any = asyncpg.create_pool  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  # no types
    app.state.key = bytes.fromhex(os.environ["PEER_KEY"])
    async with make(os.environ["PEER_DATABASE"], min_size=2, max_size=10) as pool:
        app.state.pool = pool
        yield


def create() -> Starlette:
    """The application."""
    return Starlette(routes=[Route("/tasks/{id}/{verb}", transition, methods=["POST"])], lifespan=lifespan)
