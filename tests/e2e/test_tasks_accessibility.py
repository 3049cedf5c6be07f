"""WCAG 2.2 AA on the pages with tasks, and on what opens over them, in both themes and on both sizes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fixtures.site import Person, Site, violations
from fixtures.tasks_on_site import make, move
from playwright.async_api import expect

SIZES: dict[str, dict[str, int]] = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 360, "height": 740}}
CASES = [(theme, size) for theme in ("light", "dark") for size in SIZES]


async def furnished(site: Site, theme: Any, size: str) -> tuple[Person, dict[str, str]]:
    """Somebody with a task in every state that a timer can be in."""
    ada = await site.person(color_scheme=theme, viewport=SIZES[size])
    ids = await make(site, ada, "Waiting", "Running", "Paused", "Cancelled", labels=["etl", "a rather long label"])
    ids |= await make(site, ada, "Done", durationMs=1)
    for title in ("Running", "Paused", "Cancelled", "Done"):
        await move(site, ada, "runTask", ids[title])
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    await move(site, ada, "pauseTask", ids["Paused"], reason="maintenance", resumeAt=tomorrow)
    await move(site, ada, "cancelTask", ids["Cancelled"])
    return ada, ids


async def judge(person: Person, what: str) -> list[str]:
    page = person.page
    await expect(page.locator("[aria-busy=true]")).to_have_count(0)
    found = await violations(page)
    if await page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("it runs over the side")
    return [f"{what}: {fault}" for fault in found]


@pytest.mark.parametrize(("theme", "size"), CASES)
async def test_board_table_and_task_have_no_violations(site: Site, theme: str, size: str):
    ada, ids = await furnished(site, theme, size)
    page = ada.page
    await page.goto(f"/w/{ada.slug}")
    await expect(page.get_by_role("article").first).to_be_visible()
    found = await judge(ada, "board")
    await page.goto(f"/w/{ada.slug}/t/{ids['Paused']}")
    await expect(page.get_by_role("region", name="History")).to_contain_text("maintenance")
    found += await judge(ada, "task")
    await page.goto(f"/w/{ada.slug}/table")
    await page.get_by_label("Select Paused").check()
    found += await judge(ada, "table")
    assert found == []


@pytest.mark.parametrize(("theme", "size"), CASES)
async def test_what_opens_over_the_tasks_has_no_violations(site: Site, theme: str, size: str):
    ada, ids = await furnished(site, theme, size)
    page = ada.page
    await page.goto(f"/w/{ada.slug}/t/{ids['Running']}")
    panel = page.get_by_role("complementary", name="Running")
    found: list[str] = []
    await panel.get_by_role("button", name="More for Running").click()
    await expect(page.get_by_role("menuitem", name="Pause until…")).to_be_visible()
    found += await judge(ada, "menu")
    await page.get_by_role("menuitem", name="Pause until…").click()
    await expect(page.get_by_label("Goes on at")).to_be_visible()
    found += await judge(ada, "pause until")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.keyboard.press("c")
    await expect(page.get_by_role("textbox", name="Title")).to_be_focused()
    found += await judge(ada, "new task")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_focused()
    await page.keyboard.type("wait")
    await expect(page.get_by_role("dialog").get_by_role("button", name="Waiting")).to_be_visible()
    found += await judge(ada, "palette")
    assert found == []
