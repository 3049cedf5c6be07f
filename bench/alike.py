"""Whether time tells what one may not know: someone else's thing or one never there, an address that is known or is not.

`python -m bench.alike [--quick]`. The two questions of a pair are asked one after the other, which one first by chance, so
that a busy machine slows both alike. Told apart are questions whose pairs differ by rank (Wilcoxon, two-sided) at one in ten
thousand. The control, one's own thing beside one never there, has to be told apart: it shows that the test can.
"""

import argparse
import asyncio
import itertools
import math
import random
import statistics
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from auth.accounts import Accounts
from auth.client import Client
from auth.keys import Keys
from auth.memberships import Workspaces
from auth.oidc import Providers
from auth.principal import Principal
from auth.settings import AuthSettings
from auth.throttle import Throttle
from bench.ground import Ground, ground
from bench.tables import Table, load
from engine.kinds.catalogue import Catalogue
from gql.answer import encode as encode_json
from gql.answer import tell
from gql.context import Services
from gql.documents import Documents, digest
from gql.execution import core, run
from gql.ids import NodeType, encode
from gql.limits import Limits
from gql.request import Asked
from gql.requests import context
from gql.schema import schema
from gql.watch import Watchers
from models.base import new_id

Question = Callable[[int], Awaitable[object]]
PAIRS, QUICK, CERTAIN = 600, 150, 1e-4
PASSWORD = "violet anchor seventeen"
TRIES = 3  # for one address: as many mails as it gets in an hour, and fewer than what blocks it
_TASK = {
    "task": "query ($id: ID!) { task(id: $id) { title } }",
    "node": "query ($id: ID!) { node(id: $id) { id } }",
    "runTask": "mutation ($id: ID!) { runTask(id: $id) { task { id } } }",
    "updateTask": 'mutation ($id: ID!) { updateTask(id: $id, input: {title: "x"}) { task { id } } }',
    "deleteTask": "mutation ($id: ID!) { deleteTask(id: $id) { deletedId } }",
}
_WORKSPACE = {
    "node (a workspace)": "query ($id: ID!) { node(id: $id) { id } }",
    "renameWorkspace": 'mutation ($id: ID!) { renameWorkspace(id: $id, name: "x") { id } }',
    "inviteMember": "mutation ($id: ID!) { inviteMember(workspaceId: $id, role: VIEWER) { token } }",
    "createTask": 'mutation ($id: ID!) { createTask(workspaceId: $id, input: {title: "x", durationMs: 1}) { task { id } } }',
}


class Unsent:
    """A mail server that takes everything: mail is sent after the answer, and is not what is measured."""

    async def send(self, to: str, subject: str, body: str) -> None:
        """Nothing."""


@dataclass(frozen=True)
class Stage:
    """The schema in this process, asked by someone who is a member of nothing that is asked for."""

    services: Services
    documents: Documents
    outsider: Principal

    insider: Principal

    async def ask(self, document: str, id: str, who: Principal | None = None) -> bytes:
        """One request about an id, of the outsider where it is nobody else's; the bytes of its answer."""
        asked = Asked(digest(document), document, {"id": id})
        made = context(self.services, who or self.outsider, Client("192.0.2.7"))
        return encode_json(tell(await run(core(schema), self.documents.prepare(asked), asked, made)))


@asynccontextmanager
async def stage(on: Ground) -> AsyncGenerator[Stage]:
    """The floors above the engine, on the same database."""
    keys, settings, catalogue = Keys(b"k" * 32), AuthSettings(), Catalogue()
    throttle = Throttle(on.db, requests_per_minute=1_000_000)
    accounts = Accounts(on.db, keys, settings, Unsent(), throttle=throttle)  # pyright: ignore[reportArgumentType]  # as much as is needed
    made = Services(
        db=on.db,
        tasks=on.tasks,
        accounts=accounts,
        workspaces=Workspaces(on.db),
        providers=Providers([], keys, settings.public_url),
        catalogue=catalogue,
        watchers=Watchers(on.db, on.hints, 1.0),
        settings=settings,
    )
    someone = await _sign_up(accounts, "outsider")
    yield Stage(made, Documents(core(schema), Limits(), {}), someone, Principal(on.admin, someone.user, "session"))
    await made.providers.close()
    await accounts.close()


async def _sign_up(accounts: Accounts, name: str) -> Principal:
    client = Client("192.0.2.7")
    made = await accounts.sign_up(client, email=f"{name}@example.com", password=PASSWORD, display_name="Someone")
    return Principal(made.authority(client), made.user, "session")


async def pairs(there: Question, never: Question, count: int) -> list[tuple[float, float]]:
    """Milliseconds of both questions, pair by pair; the first tenth warms up."""
    chance, found = random.Random(7), list[tuple[float, float]]()
    for number in range(count + count // 10):
        took = [0.0, 0.0]
        for which in chance.sample((0, 1), 2):
            began = time.perf_counter()
            await (there, never)[which](number)
            took[which] = (time.perf_counter() - began) * 1000
        if number >= count // 10:
            found.append((took[0], took[1]))
    return found


def rank_test(found: list[tuple[float, float]]) -> float:
    """How likely so uneven ranks are by chance: Wilcoxon's signed-rank test, by its normal approximation."""
    differences = sorted((one - other for one, other in found if one != other), key=abs)
    count = len(differences)
    if not count:
        return 1.0
    positive = sum(rank for rank, difference in enumerate(differences, 1) if difference > 0)
    spread = math.sqrt(count * (count + 1) * (2 * count + 1) / 24)
    return math.erfc(abs(positive - count * (count + 1) / 4) / spread / math.sqrt(2))


async def measure(questions: Mapping[str, tuple[Question, Question]], count: int) -> None:
    """Print one line a pair of questions."""
    said = Table(
        f"{count} pairs each, load {load()}",
        ("asked", "there, ms", "never there, ms", "median difference, ms", "there slower, %", "by chance", "verdict"),
        note='"There" is someone else\'s, or a known address; times are medians.',
    )
    for name, (there, never) in questions.items():
        found = await pairs(there, never, count)
        chance = rank_test(found)
        said.add(
            name,
            statistics.median(one for one, _ in found),
            statistics.median(other for _, other in found),
            f"{statistics.median(one - other for one, other in found):+.3f}",
            sum(one > other for one, other in found) / len(found) * 100,
            f"{chance:.4f}",
            "told apart" if chance < CERTAIN else "alike",
        )
    said.print()


def about(
    on: Stage, document: str, kind: NodeType, ids: list[UUID], who: Principal | None = None
) -> tuple[Question, Question]:
    """The same call about things that are there, and about what was never there."""
    return (
        lambda number: on.ask(document, encode(kind, ids[number % len(ids)]), who),
        lambda _: on.ask(document, encode(kind, new_id()), who),
    )


def addresses(ask: Callable[[str, Client], Awaitable[object]]) -> tuple[Question, Question]:
    """The same call with addresses that are known, and with others; each a few times, from a network of its own."""
    networks = itertools.count(1)

    def client() -> Client:
        return Client(f"2001:db8:0:{next(networks):x}::1")

    return (
        lambda number: ask(f"known{number // TRIES}@example.com", client()),
        lambda number: ask(f"never{number // TRIES}@example.com", client()),
    )


async def sign_in(accounts: Accounts, email: str, client: Client) -> None:
    """With a wrong password."""
    try:
        await accounts.sign_in(client, email=email, password="wrong")
    except Exception as refused:
        assert type(refused).__name__ == "InvalidCredentials", refused


async def main(count: int) -> None:
    """Measure and print."""
    async with ground(2000) as on, stage(on) as made:
        async with on.db.one() as connection:
            ids = [row.id for row in await connection.execute(text("select id from tasks limit 500"))]
        things: dict[str, tuple[Question, Question]] = {
            name: about(made, document, NodeType.TASK, ids) for name, document in _TASK.items()
        }
        things |= {
            name: about(made, document, NodeType.WORKSPACE, [on.workspace_id]) for name, document in _WORKSPACE.items()
        }
        things["control: task, one's own"] = about(made, _TASK["task"], NodeType.TASK, ids, made.insider)
        await measure(things, count)
        accounts, fewer = made.services.accounts, count // 3
        for number in range((fewer + fewer // 10) // TRIES + 1):
            await _sign_up(accounts, f"known{number}")
        ways = {
            "signIn, a wrong password": addresses(lambda email, client: sign_in(accounts, email, client)),
            "requestPasswordReset": addresses(lambda email, client: accounts.request_reset(client, email)),
        }
        await measure(ways, fewer)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.alike", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer pairs: for a look")
    asyncio.run(main(QUICK if parser.parse_args().quick else PAIRS))
