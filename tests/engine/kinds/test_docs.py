"""The page on kinds names every key that may be declared, and what it shows can be loaded and run."""

import re
import sys
from pathlib import Path
from uuid import UUID

import pytest
from pydantic import BaseModel

from engine.kinds import Catalogue, Context
from engine.kinds.context import Facts
from engine.kinds.declared import CommandKind, CommandLimits, File, HttpKind, PythonKind
from engine.kinds.journal import Journal
from engine.kinds.parameters import Parameter
from models.kind import Pausability
from models.role import Role

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGE = (DOCS / "kinds.md").read_text()


@pytest.mark.parametrize("table", [File, PythonKind, HttpKind, CommandKind, CommandLimits, Parameter])
def test_every_key_is_explained(table: type[BaseModel]) -> None:
    assert [key for key in table.model_fields if f"`{key}`" not in PAGE and key != "kind"] == []


def test_every_pausability_and_role_is_explained() -> None:
    assert [value for value in (*Pausability, *Role) if f"`{value}`" not in PAGE] == []


async def test_the_kind_in_ten_lines_runs_as_it_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = dict(re.findall(r"```(python|toml)\n(.*?)```", PAGE, re.DOTALL))
    (tmp_path / "jobs.py").write_text(blocks["python"])
    (tmp_path / "kinds.toml").write_text(blocks["toml"])
    (tmp_path / "people").write_text("Ada\nEmmy\n")
    monkeypatch.setattr("sys.path", [str(tmp_path), *sys.path])
    kind = Catalogue.load(tmp_path / "kinds.toml").get("import-people")
    assert kind is not None
    assert kind.work is not None
    value = {"path": str(tmp_path / "people")}
    assert kind.problems(value) == []
    ctx = Context(Facts(UUID(int=1), 1, value, "key"), Journal())
    assert await kind.work.run(ctx) == "2 people"
    assert [line.text for line in ctx.journal.take_lines()] == ["imported Ada", "imported Emmy"]
