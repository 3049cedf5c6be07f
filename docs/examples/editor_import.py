"""An EDITOR's program: make tasks of a CSV file with the columns title, seconds and, if one likes, labels, priority, description.

FERMATA_URL=http://127.0.0.1:8000 FERMATA_TOKEN=fmt_… python editor_import.py my-team < tasks.csv

Either every line is a task afterwards, or none. With --run as the last word the tasks are started at once.
"""

import csv
import os
import sys
from typing import TextIO

from fermata_client import Fermata, InvalidInput
from fermata_client.operations import TaskInput

COLUMNS = {"title", "seconds", "labels", "priority", "description"}


def main(slug: str, file: TextIO, *, run: bool) -> None:
    """All lines in one transaction; what is wrong is said by the line of the file."""
    inputs = read(file)
    with Fermata(os.environ["FERMATA_URL"], os.environ["FERMATA_TOKEN"]) as fermata:
        workspace = fermata.workspace(slug)["workspace"]
        if workspace is None:
            raise SystemExit(f"There is no workspace {slug} for this token.")
        try:
            made = fermata.create_tasks(workspace["id"], inputs)["createTasks"]
        except InvalidInput as wrong:
            raise SystemExit(
                "\n".join(by_line(one["path"], one["message"]) for one in wrong.details["fields"])
            ) from wrong
        print(f"{len(made)} tasks made.")
        if run:
            ids = [task["id"] for task in made]
            done = fermata.transition_tasks(workspace["id"], "RUN", {"ids": ids}, reason="imported")["transitionTasks"]
            print(f"{done['changed']} started.")


def read(file: TextIO) -> list[TaskInput]:
    """The lines as timers."""
    rows = csv.DictReader(file)
    unknown = set(rows.fieldnames or ()) - COLUMNS
    if unknown or not {"title", "seconds"} <= set(rows.fieldnames or ()):
        raise SystemExit(
            f"The first line names the columns: title and seconds, and perhaps {', '.join(sorted(COLUMNS))}."
        )
    return [one(line, row) for line, row in enumerate(rows, 2)]


def one(line: int, row: dict[str, str]) -> TaskInput:
    """A line as a timer; labels are divided by spaces."""
    try:
        milliseconds, priority = round(float(row["seconds"]) * 1000), int(row.get("priority") or 0)
    except (TypeError, ValueError) as error:
        raise SystemExit(f"line {line}: seconds and priority are numbers.") from error
    labels = (row.get("labels") or "").split()
    description = row.get("description") or ""
    return {
        "title": row["title"],
        "durationMs": milliseconds,
        "labels": labels,
        "priority": priority,
        "description": description,
    }


def by_line(path: str, message: str) -> str:
    """`inputs.3.title` is on line 5: the first line names the columns."""
    _, number, field = path.split(".", 2)
    return f"line {int(number) + 2}, {field}: {message}"


if __name__ == "__main__":
    main(sys.argv[1], sys.stdin, run=sys.argv[-1] == "--run")
