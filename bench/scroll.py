"""How smoothly 10,000 tasks scroll in the browser, on the board and in the table.

    python -m bench.scroll [--quick]

Chromium scrolls a real site on a server of its own: first down by the wheel, while pages are read, then by jumps as with the
scroll bar, each of which draws a whole screen anew. A long task is what the browser says blocked its main thread; CPU is the own
time of that thread, which other programs on the machine do not change.
"""

import asyncio
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from httpx2 import AsyncClient
from playwright.async_api import Page, async_playwright

from bench.served import PASSWORD, ask, join, served
from bench.tables import Table, load
from scripts.browser import find_browser

CREATE = "mutation ($id: ID!, $inputs: [TaskInput!]!) { createTasks(workspaceId: $id, inputs: $inputs) { id } }"
SIGN_IN = "mutation ($input: SignInInput!) { signIn(input: $input) { expiresAt } }"
PLACES = {
    "table": ("/w/{slug}/table", 'section[aria-label="Table of tasks"]', "tbody tr[aria-rowindex]"),
    "board": ("/w/{slug}", 'ul[aria-label="Not started"]', "article"),
}
WATCH = """() => { window.tasks = []; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.tasks.push(entry.duration); }).observe({ type: "longtask" }); }"""
BOX = """(selector) => { let box = document.querySelector(selector);
  while (box.scrollHeight <= box.clientHeight + 1 || getComputedStyle(box).overflowY === "visible") box = box.parentElement;
  window.box = box; window.tasks.length = 0; }"""
WHEEL = """(until) => new Promise((done) => { const ends = performance.now() + until; let frames = 0;
  const step = () => { box.scrollTop += 400; frames++; performance.now() < ends ? requestAnimationFrame(step) : done(frames); };
  step(); })"""
JUMP = """(times) => new Promise((done) => { let at = 0;
  const jump = () => { box.scrollTop = (at * 0.618 % 1) * box.scrollHeight; at++ < times ? setTimeout(jump, 60) : done(at); };
  jump(); })"""


async def main(quick: bool) -> None:
    """Measure and print."""
    many, wheel_ms, jumps = (2_000, 3_000, 20) if quick else (10_000, 20_000, 60)
    table = Table(
        f"{many:,} tasks, 1440 × 900, load {load()}",
        ("where", "how", "longest task, ms", "long tasks (over 50 ms)", "CPU ms each", "rows drawn"),
    )
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="fermata-scroll-"))
        server = await stack.enter_async_context(served(Path(folder) / "data"))
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        stack.push_async_callback(browser.close)
        slug = await fill(server.origin, many)
        for where, (address, box, row) in PLACES.items():
            context = await browser.new_context(base_url=server.origin, viewport={"width": 1440, "height": 900})
            given = {"email": "ada@example.com", "password": PASSWORD, "useCookie": True}
            await context.request.post("/graphql", data={"query": SIGN_IN, "variables": {"input": given}})
            page = await context.new_page()
            await page.goto(address.format(slug=slug))
            await page.locator(row).nth(5).wait_for(state="attached")
            await page.evaluate(WATCH)
            await page.evaluate(BOX, box)
            thread: Any = await context.new_cdp_session(page)  # whose answers have no types
            await thread.send("Performance.enable", {"timeDomain": "threadTicks"})
            table.add(where, "wheel, a frame", *await measured(page, thread, row, WHEEL, wheel_ms))
            table.add(where, "jumps, each", *await measured(page, thread, row, JUMP, jumps))
            await context.close()
    table.note = "Aim: no task over 200 ms."
    table.print()


async def fill(origin: str, many: int) -> str:
    """The first account and its tasks; gives the slug of the workspace."""
    member = await join(origin)
    async with AsyncClient(base_url=origin, timeout=60) as http:
        for start in range(0, many, 500):
            inputs = [
                {
                    "title": f"Import part {number:05} of the archive",
                    "durationMs": 3_600_000,
                    "labels": ["etl", "night"],
                }
                for number in range(start, start + 500)
            ]
            await ask(http, member.headers, CREATE, id=member.workspace_id, inputs=inputs)
    return member.slug


async def measured(page: Page, thread: Any, row: str, how: str, given: float) -> tuple[Any, ...]:
    """Longest task, number of long ones, CPU of the main thread for each frame or jump, rows that are drawn."""
    await page.evaluate("window.tasks.length = 0")
    before = await cpu(thread)
    times: float = await page.evaluate(how, given)
    spent = await cpu(thread) - before
    tasks: list[float] = await page.evaluate("window.tasks")
    return (max(tasks, default=0), len(tasks), 1000 * spent / times, await page.locator(row).count())


async def cpu(thread: Any) -> float:
    """Seconds that the page's main thread has worked."""
    found = await thread.send("Performance.getMetrics")
    return next(metric["value"] for metric in found["metrics"] if metric["name"] == "TaskDuration")


if __name__ == "__main__":
    asyncio.run(main("--quick" in sys.argv))
