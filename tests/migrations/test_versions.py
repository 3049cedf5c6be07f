"""An old version works beside a new one on one database: what migrations may do, and what a version makes of a newer schema."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from fixtures.app import Api, serving
from sqlalchemy import text

from migrations.apply import FOLDER, head, upgrade
from migrations.revisions import SchemaError, complaint
from models.database import Database
from models.tables import metadata
from scripts.released import GRAPHQL, TABLES, Ground, breaking, broken, ground, used
from server.revision import is_current

RELEASED: Ground = json.loads(TABLES.read_text())
CREATE = "mutation ($w: ID!, $i: TaskInput!) { createTask(workspaceId: $w, input: $i) { task { id } } }"
ACT = "mutation ($id: ID!) { %sTask(id: $id) { task { status version } } }"
LOOK = """query ($slug: String!) { workspace(slug: $slug) { members { role } counts { status count }
  tasks { nodes { title status } } events(first: 20) { nodes { action } } } }"""


def test_revisions_are_numbers_of_four_digits_in_their_order() -> None:
    names = sorted(file.name[:4] for file in (FOLDER / "versions").glob("[0-9]*.py"))
    assert all(re.fullmatch(r"\d{4}", name) for name in names)
    chain = [script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()]
    assert chain[::-1] == names
    assert head() == names[-1]


def test_what_a_start_with_nothing_to_migrate_loads_knows_nothing_of_sqlalchemy_and_alembic() -> None:
    loaded = "import sys, server.cli, server.greeting; print(sorted({name.partition('.')[0] for name in sys.modules}))"
    names = subprocess.run(
        [sys.executable, "-c", loaded], cwd=FOLDER.parent, check=True, capture_output=True, text=True
    )
    assert {"sqlalchemy", "alembic", "strawberry", "celery"}.isdisjoint(ast.literal_eval(names.stdout))


async def test_a_schema_is_current_when_it_is_the_newest_and_where_it_was_left(db: Database, database_url: str) -> None:
    assert await is_current(database_url)
    for change, back in (
        ("update alembic_version set version_num = '0001'", f"update alembic_version set version_num = '{head()}'"),
        ("update instance set cluster = cluster + 1", "update instance set cluster = cluster - 1"),
    ):
        async with db.one() as connection:
            await connection.execute(text(change))
            assert not await is_current(database_url)
            await connection.execute(text(back))
            assert await is_current(database_url)


async def test_an_empty_database_is_not_current(db: Database, database_url: str) -> None:
    async with db.one() as connection:
        await connection.execute(text("drop table alembic_version"))
    assert not await is_current(database_url)


@pytest.mark.parametrize(
    ("found", "serves", "said"),
    [
        ("0009", "0006", None),
        ("0010", "0009", None),
        ("0012", "0006", None),
        ("0008", "0006", "it is 0008, this version wants 0009: run `fermata migrate`"),
        (
            "0012",
            "0010",
            "it is 0012 and serves versions from 0010 on, this one is of 0009: bring this server up to date",
        ),
        (
            "0012",
            None,
            "it is 0012 and serves versions from None on, this one is of 0009: bring this server up to date",
        ),
    ],
)
def test_a_version_works_on_its_schema_and_on_newer_ones_that_have_only_added(
    found: str, serves: str | None, said: str | None
) -> None:
    assert complaint(found, serves, "0009") == said


async def test_what_the_statements_of_the_last_release_use_is_still_there(db: Database) -> None:
    """Otherwise: bring it back, let this release go without it, and take it away in the next one."""
    async with db.one() as connection:
        assert broken(RELEASED, await ground(connection)) == []


async def test_every_table_and_column_of_models_is_among_what_a_release_keeps(db: Database) -> None:
    async with db.one() as connection:
        kept = used(await ground(connection))["tables"]
    assert {name: set(columns) for name, columns in kept.items()} == {
        name: set(table.columns.keys()) for name, table in metadata.tables.items()
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("alter table tasks drop column labels cascade", "tasks.labels is gone"),
        ("alter table tasks rename column title to name", "tasks.title is gone"),
        ("alter table logs alter column attempt type bigint", "logs.attempt was int4 and is int8"),
        ("alter table users alter column password_hash set not null", "users.password_hash must be given now"),
        ("alter table tasks alter column priority drop default", "tasks.priority must be given now"),
        ("alter table logs add column colour text not null", "logs.colour is new and must be given"),
        ("drop table callbacks", "callbacks.at is gone"),
        ("alter type role rename value 'VIEWER' to 'READER'", "role has no VIEWER"),
        ("drop function effective_role cascade", "the function effective_role("),
    ],
)
async def test_a_migration_that_takes_away_what_the_last_release_uses_is_found(
    db: Database, change: str, said: str
) -> None:
    async with db.transaction() as connection:
        await connection.execute(text(change))
        assert any(fault.startswith(said) for fault in broken(RELEASED, await ground(connection)))


async def test_a_version_serves_on_a_schema_that_a_newer_one_has_added_to(db: Database, tmp_path: Path) -> None:
    await _ahead(db, _added(), serves=head())
    async with serving(db.url, tmp_path) as api:
        assert (await api.http.get("/readyz")).json()["checks"]["schema"] == "well"
        await _live(api)
    async with db.transaction() as connection:
        await connection.run_sync(upgrade)  # as at a start of the old version
        assert (await connection.execute(text("select version_num from alembic_version"))).scalar_one() == "9999"


async def test_a_version_says_that_a_schema_no_longer_serves_it(db: Database, tmp_path: Path) -> None:
    await _ahead(db, [], serves="9999")
    said = f"it is 9999 and serves versions from 9999 on, this one is of {head()}: bring this server up to date"
    async with serving(db.url, tmp_path) as api:
        answer = await api.http.get("/readyz")
        assert (answer.status_code, answer.json()["checks"]["schema"]) == (503, said)
    async with db.transaction() as connection:
        with pytest.raises(SchemaError, match=re.escape(said)):
            await connection.run_sync(upgrade)


def test_clients_of_the_last_release_go_on() -> None:
    """A field goes by way of `@deprecated`; an argument or a field of an input that is new is optional."""
    now = (GRAPHQL.parents[1] / "gql" / "schema.graphql").read_text()
    assert [change.description for change in breaking(GRAPHQL.read_text(), now)] == []


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("  title: String!", "  name: String!", "Task.title was removed"),
        ("\n  PAUSING\n", "\n  HALTING\n", "Enum value TaskStatus.PAUSING was removed"),
        ("input SignInInput {", "input SignInInput {\n  captcha: String!", "captcha"),
    ],
)
def test_a_change_that_breaks_clients_is_found(was: str, becomes: str, said: str) -> None:
    released = GRAPHQL.read_text()
    now = released.replace(was, becomes)
    assert now != released
    assert any(said in change.description for change in breaking(released, now))


async def _ahead(db: Database, added: list[str], *, serves: str) -> None:
    """As if a newer version had migrated this database."""
    async with db.transaction() as connection:
        for statement in added:
            await connection.execute(text(statement))
        await connection.execute(text("update alembic_version set version_num = '9999'"))
        await connection.execute(text("update instance set serves = :serves"), {"serves": serves})


def _added() -> list[str]:
    """A column more in each table, a table and a status more."""
    columns = [f"alter table {name} add column later jsonb default '{{}}'" for name in metadata.tables]
    return [*columns, "create table more (id uuid primary key)", "alter type task_status add value 'LATER'"]


async def _live(api: Api) -> None:
    """An account, a task through its life, and everything read."""
    workspace = await api.sign_up()
    task = (await api.ask(CREATE, w=workspace["id"], i={"title": "Bake", "durationMs": 60_000}))["createTask"]["task"]
    for action in ("run", "pause", "resume", "cancel"):
        await api.ask(ACT % action, id=task["id"])
    seen = (await api.ask(LOOK, slug=workspace["slug"]))["workspace"]
    assert seen["tasks"]["nodes"] == [{"title": "Bake", "status": "CANCELLED"}]
    assert len(seen["events"]["nodes"]) == 6
    await api.ask("mutation ($id: ID!) { deleteTask(id: $id) { deletedId } }", id=task["id"])
