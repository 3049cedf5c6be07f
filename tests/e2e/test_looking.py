"""When the page looks, and what a look costs: nothing while hidden, ever less while nobody answers, nothing drawn for no news.

Where minutes pass, the clock of the page is Playwright's; that of the server is its own.
"""

import asyncio
import re

from fixtures.site import Person, Site
from fixtures.tasks_on_site import button, card, make, move
from playwright.async_api import Page, Request, Response, Route, expect

EVERY_SECOND = "localStorage.setItem('fermata.preferences', '{\"pollEveryMs\": 1000}')"
HIDE = """hidden => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => hidden ? "hidden" : "visible" });
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
}"""
STEP_MS, MINUTE_MS = 5_000, 60_000


class Asked:
    """What the page has asked of the API."""

    def __init__(self, page: Page) -> None:
        self.looks = 0
        page.on("request", self._see)

    def _see(self, request: Request) -> None:
        self.looks += "/graphql" in request.url


async def watching(site: Site) -> tuple[Person, Asked, str]:
    """Somebody whose board looks every second by a clock that we turn."""
    ada = await site.person()
    ids = await make(site, ada, "Nightly import")
    await ada.page.clock.install()
    await ada.page.add_init_script(EVERY_SECOND)
    asked = Asked(ada.page)
    await ada.page.goto(f"/w/{ada.slug}")
    await expect(card(ada.page, "Nightly import", "Not started")).to_be_visible()
    return ada, asked, ids["Nightly import"]


async def test_a_hidden_tab_asks_nothing_and_catches_up_when_it_is_seen_again(site: Site):
    ada, asked, task = await watching(site)
    async with ada.page.expect_request(lambda request: "since" in request.url):
        await ada.page.clock.run_for(1500)
    async with ada.page.expect_response(lambda response: "since" in response.url):
        await ada.page.clock.run_for(1500)
    await ada.page.evaluate(HIDE, True)
    await ada.page.wait_for_load_state("networkidle")
    before = asked.looks
    for _ in range(3):
        await ada.page.clock.run_for(MINUTE_MS)
    assert asked.looks == before
    await move(site, ada, "runTask", task)
    await ada.page.evaluate(HIDE, False)
    await expect(card(ada.page, "Nightly import", "In progress")).to_be_visible()


async def test_while_nobody_answers_it_asks_less_and_less_says_so_and_recovers_by_itself(site: Site):
    ada, asked, task = await watching(site)
    page = ada.page

    async def refuse(route: Route) -> None:
        await route.abort("connectionrefused")

    await page.route("**/graphql*", refuse)
    sign = page.get_by_role("status").or_(page.get_by_role("alert")).get_by_text("No connection since")
    await page.clock.run_for(2000)
    await expect(sign.first).to_be_visible()
    run = button(card(page, "Nightly import"), "Run", "Nightly import")
    await expect(run).to_have_attribute("aria-disabled", "true")
    before = asked.looks
    for _ in range(3 * MINUTE_MS // STEP_MS):
        await page.clock.run_for(STEP_MS)
    assert 2 <= asked.looks - before <= 12, "a look a step would be 36"
    await page.unroute("**/graphql*", refuse)
    await move(site, ada, "runTask", task)
    moved = card(page, "Nightly import", "In progress")
    for _ in range(2 * MINUTE_MS // STEP_MS):
        await page.clock.run_for(STEP_MS)
        if await moved.is_visible():
            break
    await expect(moved).to_be_visible()
    await expect(sign).to_have_count(0)


OBSERVE = """() => {
  window.seen = [];
  new MutationObserver((records) => {
    for (const record of records) window.seen.push(record.type + " " + (record.target.className || record.target.nodeName));
  }).observe(document.querySelector("main"), { subtree: true, childList: true, attributes: true, characterData: true });
}"""


class Looks:
    """The answers to the looks of a page, as they come."""

    def __init__(self, page: Page) -> None:
        self.answers: asyncio.Queue[Response] = asyncio.Queue()
        page.on("response", self._see)

    def _see(self, response: Response) -> None:
        if "since" in response.url:
            self.answers.put_nowait(response)

    async def next(self) -> Response:
        async with asyncio.timeout(30):
            return await self.answers.get()

    async def until_unchanged(self) -> None:
        while (await self.next()).status != 304:
            pass


async def test_a_poll_that_finds_nothing_has_no_body_and_draws_nothing(site: Site):
    ada = await site.person()
    ids = await make(site, ada, "Paused", "Not started")
    await move(site, ada, "runTask", ids["Paused"])
    await move(site, ada, "pauseTask", ids["Paused"])
    page = ada.page
    await page.add_init_script("localStorage.setItem('fermata.preferences', '{\"pollEveryMs\": 1000}')")
    looks = Looks(page)
    await page.goto(f"/w/{ada.slug}")
    await expect(card(page, "Paused", "Paused")).to_be_visible()
    await looks.until_unchanged()
    await page.evaluate(OBSERVE)
    for _ in range(3):
        answer = await looks.next()
        assert answer.status == 304
        assert (await answer.request.sizes())["responseBodySize"] == 0
    assert await page.evaluate("window.seen") == []


async def test_a_page_whose_code_does_not_come_says_so_in_its_place_and_opens_when_it_does(site: Site):
    ada = await site.person()
    page, code = ada.page, "**/assets/people-page*"
    await page.route(code, lambda route: route.abort())
    await page.route("**/healthz", lambda route: route.fulfill(status=503))
    await page.goto(f"/w/{ada.slug}")
    await page.get_by_role("link", name="People").click()
    await expect(page.get_by_role("heading", name="This page could not be loaded")).to_be_visible()
    await expect(
        page.get_by_role("link", name="Board", exact=True)
    ).to_be_visible()  # the frame stays, and leads elsewhere
    await page.unroute(code)
    await page.unroute("**/healthz")
    await expect(page.get_by_role("heading", name="People")).to_be_visible()


async def test_what_could_not_be_read_while_nobody_answered_is_read_by_itself_when_somebody_does(site: Site):
    ada = await site.person()
    page, asking = ada.page, re.compile("/graphql")
    await page.goto(f"/w/{ada.slug}")
    await expect(page.get_by_role("heading", name="No tasks yet")).to_be_visible()
    await page.route(asking, lambda route: route.abort())
    await page.get_by_role("link", name="Audit").click()
    await expect(page.get_by_role("heading", name="This could not be loaded")).to_be_visible()
    await page.unroute(asking)
    await expect(page.get_by_text("created the workspace")).to_be_visible()
