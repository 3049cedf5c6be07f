"""Takes the pictures of docs/pictures anew, from a server of its own with tasks of all kinds in it: `make screenshots`."""

import asyncio
import json
import os
import re
import signal
import sys
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from scripts.browser import find_browser

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
PASSWORD = "violet harbour 7 lanterns"
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 780}
MINUTE = 60_000

SIGN_UP = """mutation ($input: SignUpInput!) { signUp(input: $input) {
  accessToken user { workspaces { workspace { id slug } } } } }"""
CREATE = "mutation ($w: ID!, $inputs: [TaskInput!]!) { createTasks(workspaceId: $w, inputs: $inputs) { id title } }"
ACT = "mutation ($w: ID!, $ids: [ID!]!, $action: TaskAction!, $why: String) { transitionTasks(workspaceId: $w, action: $action, target: {ids: $ids}, reason: $why) { changed } }"  # noqa: E501

# Title, minutes, labels, priority, and what has been done with it.
TASKS: list[tuple[str, float, list[str], int, list[str]]] = [
    ("Nightly database backup", 45, ["ops", "backup"], 2, ["RUN"]),
    ("Re-index the product search", 30, ["search"], 1, ["RUN"]),
    ("Transcode the keynote recording", 120, ["media"], 0, ["RUN"]),
    ("Regenerate thumbnails", 15, ["media"], 0, ["RUN", "PAUSE"]),
    ("Import the supplier's price list", 20, ["import"], 1, ["RUN", "PAUSE"]),
    ("Load test of the checkout", 60, ["qa"], 0, ["RUN", "CANCEL"]),
    ("Warm the caches", 0.01, ["ops"], 0, ["RUN"]),
    ("Rotate the signing keys", 0.01, ["security"], 3, ["RUN"]),
    ("Quarterly access review", 90, ["security"], 0, []),
    ("Migrate the newsletter archive", 240, ["import", "media"], 0, []),
    ("Train the demand forecast", 180, ["ml"], 1, []),
]
PAGES = {
    "board": "/w/{slug}",
    "table": "/w/{slug}/table",
    "task": "/w/{slug}/t/{task}",
    "people": "/w/{slug}/people",
    "tokens": "/w/{slug}/tokens",
    "audit": "/w/{slug}/audit",
    "account": "/account",
    "explorer": "/graphiql",
}


@asynccontextmanager
async def server() -> AsyncGenerator[str]:
    """`fermata run` on a free port with a data folder that is thrown away; gives its address."""
    with tempfile.TemporaryDirectory(prefix="fermata-") as folder:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "server", "run"),
            cwd=ROOT,
            env={**os.environ, "FERMATA_DATA_DIR": folder, "FERMATA_PORT": "0", "FERMATA_LOG_LEVEL": "warning"},
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
    """A browser whose person is signed in, with tasks to look at."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self._browser, self._origin = browser, origin
        self.names: dict[str, str] = {}
        self._cookies: list[Any] = []  # as Playwright hands them on

    async def set(self) -> None:
        """Sign up, make the tasks and let them be as they should look."""
        context = await self._browser.new_context(base_url=self._origin)
        account = {"email": "ada@example.com", "password": PASSWORD, "displayName": "Ada Lovelace", "useCookie": True}
        made = (await self._ask(context, None, SIGN_UP, input=account))["signUp"]
        place, token = made["user"]["workspaces"][0]["workspace"], made["accessToken"]
        inputs = [
            {"title": title, "durationMs": round(minutes * MINUTE), "labels": labels, "priority": priority}
            for title, minutes, labels, priority, _ in TASKS
        ]
        tasks = (await self._ask(context, token, CREATE, w=place["id"], inputs=inputs))["createTasks"]
        for task, (_, _, _, _, actions) in zip(tasks, TASKS, strict=True):
            for action in actions:
                why = "the disk is full" if action == "PAUSE" else None
                await self._ask(context, token, ACT, w=place["id"], ids=[task["id"]], action=action, why=why)
        await asyncio.sleep(2)  # what is short completes
        self.names = {"slug": place["slug"], "task": tasks[3]["id"]}
        self._cookies = await context.cookies()
        await context.close()

    async def _ask(self, context: BrowserContext, token: str | None, query: str, **variables: Any) -> Any:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        body = json.dumps({"query": query, "variables": variables})
        answer = await (await context.request.post("/graphql", headers=headers, data=body)).json()
        assert "errors" not in answer, answer
        return answer["data"]

    @asynccontextmanager
    async def page(self, scheme: str, size: dict[str, int]) -> AsyncGenerator[Page]:
        """A page in a light or dark browser of that size. The session's cookie is handed on from page to page."""
        context = await self._browser.new_context(
            base_url=self._origin,
            viewport={"width": size["width"], "height": size["height"]},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        await context.add_cookies(self._cookies)
        yield await context.new_page()
        self._cookies = await context.cookies()
        await context.close()


async def take(stage: Stage, page: Page, name: str, address: str) -> None:
    """One picture, when nothing is under way any more."""
    await page.goto(address.format(**stage.names), wait_until="networkidle")
    await page.wait_for_timeout(1500)
    await page.screenshot(path=PICTURES / f"{name}.png")


async def main() -> None:
    """Every page, light and dark, and the ones that matter most on a phone."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    async with server() as origin, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        stage = Stage(browser, origin)
        await stage.set()
        for scheme in ("light", "dark"):
            async with stage.page(scheme, DESKTOP) as page:
                for name, address in PAGES.items():
                    await take(stage, page, f"{name}-{scheme}", address)
                await page.goto(PAGES["board"].format(**stage.names), wait_until="networkidle")
                await page.keyboard.press("Control+k")
                await page.wait_for_timeout(800)
                await page.screenshot(path=PICTURES / f"palette-{scheme}.png")
        async with stage.page("light", PHONE) as page:
            for name in ("board", "table", "task", "people", "tokens"):
                await take(stage, page, f"{name}-phone", PAGES[name])
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
