"""What the pictures show: a team with roles, and its tasks in every state, made through the API of a server of its own."""

import asyncio
import json
import os
import re
import signal
import sys
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import APIRequestContext, Playwright

ROOT = Path(__file__).resolve().parent.parent
KINDS = ROOT / "scripts" / "stage_kinds.toml"
PASSWORD = "violet harbour 7 lanterns"
SETTLED = 20.0  # seconds until what is short is over and what is long has come some way

SIGN_UP = """mutation ($input: SignUpInput!) { signUp(input: $input) {
  accessToken user { workspaces { workspace { id slug } } } } }"""
NAME = 'mutation ($w: ID!) { renameWorkspace(id: $w, name: "Data platform") { id } }'
INVITE = "mutation ($w: ID!, $role: Role!) { inviteMember(workspaceId: $w, role: $role) { token } }"
OFFER = 'mutation ($w: ID!) { inviteMember(workspaceId: $w, role: OPERATOR, email: "joan@example.com") { token } }'
TOKEN = "mutation ($w: ID!, $name: String!, $role: Role!) { createApiToken(workspaceId: $w, name: $name, role: $role) { secret } }"
CREATE = "mutation ($w: ID!, $inputs: [TaskInput!]!) { createTasks(workspaceId: $w, inputs: $inputs) { id title } }"
ACT = "mutation ($w: ID!, $ids: [ID!]!, $action: TaskAction!, $why: String) { transitionTasks(workspaceId: $w, action: $action, target: {ids: $ids}, reason: $why) { changed } }"  # noqa: E501

PEOPLE = {"Grace Hopper": "EDITOR", "Emmy Noether": "EDITOR", "Alan Turing": "OPERATOR", "Vera Rubin": "VIEWER"}
ADMIN = "Ada Lovelace"


@dataclass(frozen=True)
class Act:
    """A task of the stage: who makes it, what it is, and what is then asked of it, with the reason."""

    title: str
    who: str = ADMIN
    seconds: float | None = None
    kind: str = "timer"
    labels: tuple[str, ...] = ()
    priority: int = 0
    description: str = ""
    input: dict[str, Any] = field(default_factory=dict[str, Any])
    asked: tuple[str, ...] = ()
    why: str | None = None

    def as_input(self) -> dict[str, Any]:
        """As `TaskInput`."""
        given: dict[str, Any] = {"title": self.title, "kind": self.kind, "labels": list(self.labels)}
        given |= {"priority": self.priority, "description": self.description}
        if self.seconds is not None:
            given["durationMs"] = round(self.seconds * 1000)
        return given | ({"input": self.input} if self.input else {})


GRACE, EMMY = "Grace Hopper", "Emmy Noether"
RUN, PAUSE, CANCEL = "RUN", "PAUSE", "CANCEL"
CRM = {"source": "crm.example", "records": 20_000}
SHOP = {"source": "shop.example", "records": 48_000}
PRICES = {"source": "prices.example", "records": 12_000}
SMALL = {"source": "stock.example", "records": 4_812}
WHY = (
    "The old system is switched off at the end of the month.\n\nRecords without an address are kept apart and counted."
)

ACTS = (
    Act("Sync stock with the warehouse", GRACE, kind="import", labels=("etl",), input=SMALL, asked=(RUN,)),
    Act("Verify last night's backups", seconds=6, labels=("ops", "backup"), priority=2, asked=(RUN,)),
    Act("Warm the caches", EMMY, 3, labels=("ops",), asked=(RUN,)),
    Act("Rotate the signing keys", seconds=8, labels=("security",), priority=3, asked=(RUN,)),
    Act("Send the October statements", GRACE, 11, labels=("finance",), asked=(RUN,)),
    Act("Compress the September logs", EMMY, 2, labels=("ops",), asked=(RUN,)),
    Act("Re-sign the release packages", seconds=5, labels=("security", "release"), asked=(RUN,)),
    Act("Import customers from the old CRM", kind="import", labels=("etl", "crm"), input=CRM, priority=2, description=WHY, asked=(RUN,)),  # noqa: E501
    Act("Import the orders of 2025", GRACE, kind="import", labels=("etl",), input=SHOP, asked=(RUN,)),
    Act("Import the supplier's price list", GRACE, kind="import", labels=("etl", "prices"), input=PRICES, asked=(RUN, PAUSE), why="the list is being corrected"),  # noqa: E501
    Act("Quarterly forecast", EMMY, kind="report", labels=("ml",), input={"period": "Q4 2026"}, asked=(RUN,)),
    Act("Margin by region", EMMY, kind="report", labels=("finance",), input={"period": "October 2026"}, asked=(RUN,)),
    Act("Nightly database backup", seconds=45, labels=("ops", "backup"), priority=2, asked=(RUN,)),
    Act("Re-index the product search", GRACE, 130, labels=("search",), priority=1, asked=(RUN,)),
    Act("Transcode the keynote recording", EMMY, 70, labels=("media",), asked=(RUN,)),
    Act("Regenerate the thumbnails", EMMY, 28, labels=("media",), asked=(RUN, PAUSE), why="the disk is nearly full"),
    Act("Rebuild the monthly aggregates", seconds=31, labels=("etl",), asked=(RUN, PAUSE)),
    Act("Load test of the checkout", GRACE, 3600, labels=("qa",), asked=(RUN, CANCEL), why="wrong environment"),
    Act("Mirror the old wiki", seconds=1200, labels=("archive",), asked=(RUN, CANCEL)),
    Act("Fetch the exchange rates", GRACE, kind="fetch", labels=("finance",), input={"url": "https://rates.example/today"}, asked=(RUN,)),  # noqa: E501
    Act("Fetch the weather for the routes", EMMY, kind="fetch", input={"url": "https://weather.example/grid"}, asked=(RUN,)),
    Act("Quarterly access review", seconds=5400, labels=("security",)),
    Act("Migrate the newsletter archive", GRACE, 14_400, labels=("import", "media")),
    Act("Train the demand forecast", EMMY, 10_800, labels=("ml",), priority=1),
    Act("Archive the invoices of 2023", GRACE, kind="import", labels=("finance", "archive"), input={"source": "invoices.example", "records": 9_000}),  # noqa: E501
    Act("Clean up the staging buckets", seconds=900, labels=("ops",)),
    Act("Compare both billing systems, line by line, before the old one goes", GRACE, 7200, labels=("finance", "migration"), priority=1),  # noqa: E501
)  # fmt: skip


@asynccontextmanager
async def server() -> AsyncGenerator[str]:
    """`fermata run` on a free port with a data folder that is thrown away; gives its address."""
    with tempfile.TemporaryDirectory(prefix="fermata-") as folder:
        given = {"DATA_DIR": folder, "PORT": "0", "LOG_LEVEL": "warning", "KINDS_FILE": str(KINDS)}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "server", "run"),
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **{f"FERMATA_{name}": to for name, to in given.items()}},
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        line = (await process.stdout.readline()).decode()
        found = re.search(r"http://\S+", line)
        try:
            assert found, line
            yield found[0]
        finally:
            process.send_signal(signal.SIGTERM)
            await process.communicate()


class Stage:
    """The team and its tasks. `names` are what addresses are made of; `cookies` are those of the admin's browser."""

    def __init__(self, api: APIRequestContext) -> None:
        self._api = api
        self._tokens: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.cookies: list[Any] = []  # as Playwright hands them on

    async def set(self) -> None:
        """Make the people, then the tasks, and ask of them what they should look like."""
        admin = await self._sign_up(ADMIN, None)
        place = admin["user"]["workspaces"][0]["workspace"]
        self.cookies = (await self._api.storage_state()).get("cookies", [])
        await self._ask(ADMIN, NAME, w=place["id"])
        for name, role in PEOPLE.items():
            invited = await self._ask(ADMIN, INVITE, w=place["id"], role=role)
            await self._sign_up(name, invited["inviteMember"]["token"])
        await self._ask(ADMIN, OFFER, w=place["id"])
        await self._ask(ADMIN, TOKEN, w=place["id"], name="nightly-import", role="EDITOR")
        await self._ask(ADMIN, TOKEN, w=place["id"], name="status-board", role="VIEWER")
        ids = {act.title: await self._make(place["id"], act) for act in reversed(ACTS)}
        for act in ACTS:
            for action in act.asked[:1]:
                await self._act(place["id"], ids[act.title], act, action)
        await asyncio.sleep(SETTLED)
        for act in ACTS:
            for action in act.asked[1:]:
                await self._act(place["id"], ids[act.title], act, action)
        await self._act(place["id"], ids["Quarterly forecast"], Act("", EMMY), PAUSE)
        await asyncio.sleep(2)  # what is asked of work is done when it says so
        self.names = {"slug": place["slug"], "task": ids["Import customers from the old CRM"]}

    async def _make(self, workspace: str, act: Act) -> str:
        return (await self._ask(act.who, CREATE, w=workspace, inputs=[act.as_input()]))["createTasks"][0]["id"]

    async def _act(self, workspace: str, task: str, act: Act, action: str) -> None:
        why = act.why if action != RUN else None
        await self._ask(act.who, ACT, w=workspace, ids=[task], action=action, why=why)

    async def _sign_up(self, name: str, invitation: str | None) -> Any:
        email = f"{name.split(maxsplit=1)[0].lower()}@example.com"
        given = {"email": email, "password": PASSWORD, "displayName": name, "invitation": invitation}
        made = (await self._ask(None, SIGN_UP, input={**given, "useCookie": invitation is None}))["signUp"]
        self._tokens[name] = made["accessToken"]
        return made

    async def _ask(self, who: str | None, query: str, **variables: Any) -> Any:
        headers = {"Content-Type": "application/json"}
        if who is not None:
            headers["Authorization"] = f"Bearer {self._tokens[who]}"
        body = json.dumps({"query": query, "variables": variables})
        answer = await (await self._api.post("/graphql", headers=headers, data=body)).json()
        assert "errors" not in answer, answer
        return answer["data"]


async def setting(playwright: Playwright, origin: str) -> Stage:
    """A stage that is set."""
    api = await playwright.request.new_context(base_url=origin)
    stage = Stage(api)
    await stage.set()
    await api.dispose()
    return stage
