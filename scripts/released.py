"""What a release promises to those who stay on it for a while: its GraphQL schema, and the tables that its statements use.

    python -m scripts.released

Run when a release is made. It writes clients/released.graphql and migrations/released.json, which tests compare with what
is there later: clients of the last release must go on, and its servers must work beside newer ones on one database.
"""

import asyncio
import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypedDict

from graphql import BreakingChange, build_schema, find_breaking_changes
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from gql.schema import export, schema
from migrations.apply import head, migrate
from models.database import Database
from models.tables import metadata
from server.postgres import embedded

ROOT = Path(__file__).resolve().parent.parent
GRAPHQL, TABLES = ROOT / "clients" / "released.graphql", ROOT / "migrations" / "released.json"

_COLUMNS = text(
    """
    select c.table_name, c.column_name, c.udt_name as kind, c.is_nullable = 'YES' as nullable,
      c.is_nullable = 'YES' or c.column_default is not null or c.is_generated = 'ALWAYS' as optional
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and table_name <> 'alembic_version'
    order by c.table_name, c.column_name
    """
)
_ENUMS = text(
    "select t.typname, e.enumlabel from pg_enum e join pg_type t on t.oid = e.enumtypid order by t.typname, e.enumsortorder"
)
_FUNCTIONS = text(
    """
    select p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')'
    from pg_proc p left join pg_depend d on d.objid = p.oid and d.deptype = 'e'
    where p.pronamespace = cast('public' as regnamespace) and d.objid is null and p.prorettype <> cast('trigger' as regtype)
    order by 1
    """
)


class ColumnFact(TypedDict):
    """A column: its type, and whether a row may have none, or be written without it."""

    kind: str
    nullable: bool
    optional: bool


class Ground(TypedDict):
    """What statements rely on."""

    revision: str
    tables: dict[str, dict[str, ColumnFact]]
    enums: dict[str, list[str]]
    functions: list[str]


async def ground(connection: AsyncConnection) -> Ground:
    """What is there in a migrated database."""
    found: Ground = {"revision": head(), "tables": {}, "enums": {}, "functions": []}
    for row in await connection.execute(_COLUMNS):
        columns = found["tables"].setdefault(row.table_name, {})
        columns[row.column_name] = {"kind": row.kind, "nullable": row.nullable, "optional": row.optional}
    for name, label in await connection.execute(_ENUMS):
        found["enums"].setdefault(name, []).append(label)
    found["functions"] = [row[0] for row in await connection.execute(_FUNCTIONS)]
    return found


def used(found: Ground) -> Ground:
    """Without what the code no longer knows: that may be taken away in the release after this one."""
    tables = {
        name: {column: fact for column, fact in columns.items() if column in metadata.tables[name].columns}
        for name, columns in found["tables"].items()
        if name in metadata.tables
    }
    return {**found, "tables": tables}


def broken(released: Ground, now: Ground) -> list[str]:
    """What the statements of the released version would stumble over, a sentence each."""
    gone = [f"the function {name} is gone" for name in released["functions"] if name not in now["functions"]]
    for name, labels in released["enums"].items():
        gone += [f"{name} has no {label}" for label in labels if label not in now["enums"].get(name, [])]
    for name, columns in released["tables"].items():
        gone += list(_broken_table(name, columns, now["tables"].get(name, {})))
    return gone


def _broken_table(name: str, released: Mapping[str, ColumnFact], now: Mapping[str, ColumnFact]) -> Iterator[str]:
    for column, was in released.items():
        fact = now.get(column)
        if fact is None:
            yield f"{name}.{column} is gone"
        elif fact["kind"] != was["kind"]:
            yield f"{name}.{column} was {was['kind']} and is {fact['kind']}"
        elif was["optional"] and not fact["optional"]:
            yield f"{name}.{column} must be given now"
        elif was["nullable"] and not fact["nullable"]:
            yield f"{name}.{column} may not be null any more"
    yield from (
        f"{name}.{column} is new and must be given" for column, fact in now.items() if _demands(released, column, fact)
    )


def _demands(released: Mapping[str, ColumnFact], column: str, fact: ColumnFact) -> bool:
    return bool(released) and column not in released and not fact["optional"]


def breaking(released: str, now: str) -> list[BreakingChange]:
    """What would break clients of the released GraphQL schema."""
    return find_breaking_changes(build_schema(released), build_schema(now))


async def main() -> None:
    """Write both files."""
    with tempfile.TemporaryDirectory() as folder:
        async with embedded(Path(folder)) as url:
            await migrate(url)
            db = Database(url, size=1, timeout=30)
            async with db.one() as connection:
                found = used(await ground(connection))
            await db.close()
    flat = re.sub(
        r'\{\s+("kind": [^}]*?)\s+\}', lambda fact: "{" + " ".join(fact[1].split()) + "}", json.dumps(found, indent=1)
    )
    TABLES.write_text(flat + "\n")  # a line a column
    GRAPHQL.write_text(export(schema))
    print(f"Kept what revision {found['revision']} promises.")


if __name__ == "__main__":
    asyncio.run(main())
