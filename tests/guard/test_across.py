"""Every operation of the schema, and by which connections its statements go: as the asker's, or past the row guard."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path

import pytest_asyncio
from fixtures.cells import CELLS, DOCUMENTS, document, things
from fixtures.operations import MUTATIONS, QUERIES, Scene
from fixtures.surface import Asker
from fixtures.world import build

from auth.statements import statement as of_auth
from engine.statements import statement as of_engine
from gql.context import Services
from gql.ids import NodeType, encode
from gql.statements import statement as of_gql
from models.database import Database
from models.guard import ask_for
from server.across import ACROSS
from server.services import Process
from server.settings import Settings, Switch
from server.statement_names import name_of

STATEMENTS = {
    f"{floor}.{name}"
    for floor, of in {"auth": of_auth, "engine": of_engine, "gql": of_gql}.items()
    for name in of.names
}
PAST = {name for names in ACROSS.values() for name in names}
WHO = {"acceptInvitation": "outsider"} | dict.fromkeys(
    ("users", "createResetLink", "setUserDisabled"), "instance admin"
)
DRIVER = {"select", "with pg_type"}  # what SQLAlchemy and asyncpg ask a new connection: its version, its types
ALSO = (  # ways that the operations' one call each does not take
    "mutation ($w: ID!, $u: ID!) { setMemberRole(workspaceId: $w, userId: $u, role: VIEWER) { role } }",  # the last admin
    'query ($w: ID!) { node(id: $w) { ... on Workspace { tasks(first: 1, filter: {labels: ["x"]}) { totalCount } } } }',
)


@dataclass
class Seen:
    """A process as it is built, and the names of what its pools have sent."""

    process: Process
    owner: set[str] = field(default_factory=set[str])
    guarded: set[str] = field(default_factory=set[str])

    def note(self, db: Database, names: set[str]) -> None:
        """From now on."""

        def told(sql: str, _seconds: float, _failed: bool) -> None:
            if name := name_of(sql):
                names.add(name)

        db.watch(told)


@pytest_asyncio.fixture
async def seen(database_url: str, tmp_path: Path) -> AsyncGenerator[Seen]:
    process = Process.build(Settings(data_dir=tmp_path, row_guard=Switch.ON), database_url)
    found = Seen(process)
    found.note(process.owner, found.owner)
    found.note(process.requests, found.guarded)
    yield found
    await process.close()


async def ask_everything(surface: Services, services: Services) -> None:
    """Every root field, and every field of every type, by someone who may."""
    for name, operation in {**QUERIES, **MUTATIONS}.items():
        world = await build(surface, "ADMIN", "outsider", "instance admin")
        who = world[WHO.get(name, "ADMIN")]
        variables = await operation.variables(Scene(surface, world, who, own=False))
        ask_for(who.user.id)
        await Asker(services)(operation.document, variables, as_=who)
    world = await build(surface, "ADMIN")
    variables = await things(Scene(surface, world, world["ADMIN"], own=False))
    ask_for(world["ADMIN"].user.id)
    for cells in (
        [cell for cell in CELLS if cell.place.variable],
        *([cell] for cell in CELLS if not cell.place.variable),
    ):
        await Asker(services, documents=DOCUMENTS)(*document(cells, variables), as_=world["ADMIN"])
    last = {"w": variables["workspace"], "u": encode(NodeType.USER, world["ADMIN"].user.id)}
    for text in ALSO:
        await Asker(services)(text, {name: last[name] for name in last if f"${name}:" in text}, as_=world["ADMIN"])


async def test_what_is_sent_past_the_guard_is_named_with_its_reason(surface: Services, seen: Seen) -> None:
    await ask_everything(surface, seen.process.services)
    assert sorted(seen.owner - PAST - DRIVER) == []
    assert sorted(STATEMENTS - PAST - seen.guarded) == []


def test_what_is_named_is_there_and_named_once() -> None:
    names = [name for names in ACROSS.values() for name in names]
    assert sorted(names) == sorted(PAST)
    assert sorted(name for name in PAST - STATEMENTS if not name.endswith(" idempotency_keys")) == []


def test_the_page_on_security_names_every_reason_and_every_statement() -> None:
    page = (Path(__file__).parents[2] / "docs" / "security.md").read_text()
    for why, names in ACROSS.items():
        line = f"| {why} | {', '.join(f'`{name}`' for name in names)} |"
        assert line in page
