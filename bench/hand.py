"""A page of tasks as a careful person would write it by hand, for this one question: Starlette, asyncpg, orjson.

It knows who asks (the same JWT, and one statement that looks at the session) and whether they are a member, reads the columns that
are asked for and no others, and writes the same JSON as ours. What it cannot do: any other question, rights by role,
revisions, limits. What bench/list.py measures against.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

import orjson
from jose import JWTError, jwt
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.bare import SESSION, lifespan
from models.lifecycle import Status, nature, possible

# The workspace by a subquery: joined, PostgreSQL sorts all its tasks, as it does not see that the index has them in order.
PAGE = """
    select t.id, t.title, t.status, t.duration_ms, t.elapsed_ms, t.version, t.labels, t.created_at, t.updated_at, t.due_at, t.kind
    from tasks t
    where t.workspace_id = (select w.id from workspaces w where w.slug = $1) and t.deleted_at is null
      and exists (
        select from memberships m join workspaces w on w.id = m.workspace_id where w.slug = $1 and m.user_id = $2
      )
    order by t.created_at desc, t.id desc limit 50
"""


async def tasks(request: Request) -> Response:
    """The newest 50 tasks of a workspace: `{"data": {"workspace": {"tasks": {"nodes": [...]}}}}`."""
    try:
        found = await rows(request, request.path_params["slug"])
    except PermissionError:
        return Response(status_code=401)
    answer = {"data": {"workspace": {"tasks": {"nodes": [task(row) for row in found]}}}}
    return Response(orjson.dumps(answer), media_type="application/json")


async def rows(request: Request, slug: str) -> Sequence[Mapping[str, Any]]:
    """The rows of the page, for who is signed in and a member. Raises PermissionError."""
    state = request.app.state
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    try:
        claims = jwt.decode(token, state.key, algorithms=["HS256"], audience="fermata")
    except JWTError:
        raise PermissionError from None
    async with state.pool.acquire() as connection:
        who = await connection.fetchval(SESSION, UUID(claims["sid"]), UUID(claims["sub"]))
        if who is None:
            raise PermissionError
        return await connection.fetch(PAGE, slug, who)


def task(row: Mapping[str, Any]) -> dict[str, Any]:
    """One of them."""
    return {
        "id": b64encode(b"Task:" + str(row["id"]).encode()).decode(),
        "title": row["title"],
        "status": row["status"],
        "durationMs": row["duration_ms"],
        "elapsedMs": row["elapsed_ms"],
        "version": row["version"],
        "labels": row["labels"],
        "createdAt": moment(row["created_at"]),
        "updatedAt": moment(row["updated_at"]),
        "dueAt": moment(row["due_at"]),
        "allowedActions": actions(row["status"], row["kind"]),
    }


@cache
def actions(status: str, kind: str) -> tuple[str, ...]:
    """What may be asked of it now."""
    return possible(Status(status), nature(kind))


def moment(at: datetime | None) -> str | None:
    """In UTC with milliseconds, as ours."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def create() -> Starlette:
    """The application."""
    return Starlette(routes=[Route("/tasks/{slug}", tasks)], lifespan=lifespan)
