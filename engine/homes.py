"""A workspace by its slug with the first page of its newest tasks: one statement, where both are known to be asked for."""

from functools import cache
from typing import NamedTuple

from sqlalchemy import Integer, String, bindparam, cast, column, func, null, select, true, union_all
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from engine.lists import NEWEST, Page
from engine.rows import PackedTasks, in_one_piece, task_selection
from engine.transition import seeing
from models.authority import Authority
from models.database import Database
from models.driver import Prepared, Row, prepared
from models.instance import instance
from models.task import tasks
from models.workspace import workspaces

_HOME = ("id", "slug", "name", "created_at", "role")


class Home(NamedTuple):
    """`row`: of the workspace its id, slug, name and moment, the caller's role, and the epoch and snapshot of this reading."""

    row: Row
    page: Page


async def home(db: Database, authority: Authority, slug: str, first: int, columns: tuple[str, ...]) -> Home | None:
    """The workspace, when it is the caller's to see, and what `lists.page` gives for `first` (1 to 100) and nothing else."""
    asked = {**seeing(authority), "slug": slug, "limit": first + 1}
    rows = await db.fetch(asking(columns), asked)
    if not rows:
        return None
    more = len(rows) > first + 1
    packed = [row[0] for row in (rows[1:-1] if more else rows[1:])]
    page = Page(PackedTasks(columns, packed), NEWEST, has_next=more, has_previous=False)
    return Home(rows[0][1:], page)


@cache
def asking(columns: tuple[str, ...]) -> Prepared:
    """The row of the workspace, then those of its tasks, which leave its columns empty.

    PostgreSQL gives the parts of a `union all` in their order, unless it works on them in parallel; on a statement that calls
    a function such as `effective_role` it does not.
    """
    caller = (bindparam(name, type_=PG_UUID(as_uuid=True)) for name in ("user_id", "session_id", "token_id"))
    held = func.effective_role(workspaces.c.id, *caller).table_valued(column("role"), name="r")
    seen = (
        select(*(workspaces.c[name] for name in _HOME[:-1]), held.c.role)
        .select_from(workspaces.join(held, true()))
        .where(workspaces.c.slug == bindparam("slug", type_=String))
        .cte("home")
    )
    found = (
        select(*task_selection(columns))
        .where(tasks.c.workspace_id == select(seen.c.id).scalar_subquery(), tasks.c.deleted_at.is_(None))
        .order_by(tasks.c.created_at.desc(), tasks.c.id.desc())
        .limit(bindparam("limit", type_=Integer))
        .subquery("page")
    )
    moment = (select(instance.c.epoch).scalar_subquery(), cast(func.pg_current_snapshot(), String))
    first = select(null(), *(seen.c[name] for name in _HOME), *moment)
    return prepared(union_all(first, select(in_one_piece(found, columns), *(null() for _ in (*_HOME, *moment)))))
