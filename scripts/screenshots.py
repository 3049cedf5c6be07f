"""Takes the pictures of docs/pictures anew, from a server of its own with a team and its tasks in it: `make screenshots`."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from scripts.browser import find_browser
from scripts.stage import Stage, server, setting

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 780}
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
async def page_of(
    browser: Browser, origin: str, stage: Stage, scheme: str, size: dict[str, int]
) -> AsyncGenerator[Page]:
    """A page in a light or dark browser of that size. The session's cookie is handed on from page to page."""
    context = await browser.new_context(
        base_url=origin,
        viewport={"width": size["width"], "height": size["height"]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    await context.add_cookies(stage.cookies)
    yield await context.new_page()
    stage.cookies = await context.cookies()
    await context.close()


async def take(stage: Stage, page: Page, name: str, address: str) -> None:
    """One picture, when nothing is under way any more."""
    await page.goto(address.format(**stage.names), wait_until="networkidle")
    await page.wait_for_function("document.querySelector('[aria-busy=true]') === null")
    await page.wait_for_timeout(1500)
    await page.screenshot(path=PICTURES / f"{name}.png")


async def explore(page: Page) -> None:
    """The explorer with an answer in it."""
    await page.get_by_role("button", name="Execute query").click()
    await page.get_by_text('"displayName": "Ada').first.wait_for()
    await page.wait_for_timeout(800)


async def main() -> None:
    """Every page, light and dark, and the ones that matter most on a phone."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    async with server() as origin, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        stage = await setting(playwright, origin)
        for scheme in ("light", "dark"):
            async with page_of(browser, origin, stage, scheme, DESKTOP) as page:
                for name, address in PAGES.items():
                    await take(stage, page, f"{name}-{scheme}", address)
                await explore(page)
                await page.screenshot(path=PICTURES / f"explorer-{scheme}.png")
                await take(stage, page, f"board-{scheme}", PAGES["board"])
                await page.keyboard.press("Control+k")
                await page.locator("input:focus").wait_for()
                await page.keyboard.type("import")
                await page.wait_for_timeout(1500)
                await page.screenshot(path=PICTURES / f"palette-{scheme}.png")
        async with page_of(browser, origin, stage, "light", PHONE) as page:
            for name in ("board", "table", "task", "people", "tokens"):
                await take(stage, page, f"{name}-phone", PAGES[name])
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
