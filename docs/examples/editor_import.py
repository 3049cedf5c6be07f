"""An EDITOR's program: create tasks from lines `title<tab>seconds` and run the ones that were made.

FERMATA_URL=http://127.0.0.1:8000 FERMATA_TOKEN=fmt_… python editor_import.py my-team < tasks.tsv
"""

import asyncio
import os
import sys

from fermata_client import AsyncFermata, InvalidInput
from fermata_client.operations import TaskInput


async def main(slug: str, lines: list[str]) -> None:
    """All lines in one transaction: either every task is there afterwards, or none."""
    inputs = [read(line) for line in lines if line.strip()]
    async with AsyncFermata(os.environ["FERMATA_URL"], os.environ["FERMATA_TOKEN"]) as fermata:
        workspace = (await fermata.workspace(slug))["workspace"]
        if workspace is None:
            raise SystemExit(f"There is no workspace {slug} for this token.")
        try:
            made = (await fermata.create_tasks(workspace["id"], inputs))["createTasks"]
        except InvalidInput as wrong:
            raise SystemExit("\n".join(f"{f['path']}: {f['message']}" for f in wrong.details["fields"])) from wrong
        await asyncio.gather(*(fermata.run_task(task["id"], reason="imported") for task in made))
        print(f"{len(made)} tasks run.")


def read(line: str) -> TaskInput:
    """A line as a timer."""
    title, _, seconds = line.rstrip("\n").partition("\t")
    return {"title": title, "durationMs": round(float(seconds) * 1000), "labels": ["imported"]}


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.stdin.readlines()))
