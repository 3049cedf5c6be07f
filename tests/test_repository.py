"""The promises that the repository makes about itself: small files, small functions, honest locks and documents."""

import ast
import json
import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import fermata_client
import pytest

from models.release import VERSION

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("auth", "bench", "cli", "engine", "gql", "migrations", "models", "scripts", "server", "tests")
SITE = ROOT / "frontend"
LONGEST_FILE, LONGEST_SITE_FILE, LONGEST_FUNCTION = 250, 200, 40
LOCKS = (
    *("requirements.lock", "requirements-dev.lock", "requirements-traces.lock"),
    *("frontend/package-lock.json", "tests/node/package-lock.json"),
)
PYTHON_LOCKS = LOCKS[:3]


def python_files() -> list[Path]:
    found = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py") if "node_modules" not in file.parts]
    assert len(found) > 20
    return found


def named(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def line_count(file: Path) -> int:
    return len(file.read_text().splitlines())


def test_no_python_file_is_longer_than_250_lines() -> None:
    assert {named(file): lines for file in python_files() if (lines := line_count(file)) > LONGEST_FILE} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long: dict[str, int] = {}
    for file in python_files():
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long[f"{named(file)}:{node.name}"] = lines
    assert long == {}


def test_no_file_of_the_site_is_longer_than_200_lines() -> None:
    sources = [file for kind in ("ts", "tsx") for file in (SITE / "src").rglob(f"*.{kind}")]
    written = [file for file in sources if "generated" not in file.parts]
    assert {named(file): lines for file in written if (lines := line_count(file)) > LONGEST_SITE_FILE} == {}


def test_every_module_says_in_its_first_line_what_it_knows() -> None:
    written = [file for file in python_files() if file.read_text().strip()]
    silent = [named(file) for file in written if not ast.get_docstring(ast.parse(file.read_text()))]
    assert silent == []


def test_no_test_is_skipped() -> None:
    marks = re.compile(r"\b(?:mark\.skip(?:if)?|mark\.xfail|pytest\.(?:skip|xfail|importorskip))\b")
    files = [file for file in (ROOT / "tests").rglob("*.py") if file != Path(__file__)]
    assert [named(file) for file in files if marks.search(file.read_text())] == []
    site = [file for pattern in ("*.test.ts", "*.test.tsx") for file in (SITE / "src").rglob(pattern)]
    assert [
        named(file) for file in site if re.search(r"\b(?:it|test|describe)\.(?:skip|todo|only)\b", file.read_text())
    ] == []


def test_the_tests_hold_no_packages() -> None:
    assert [named(file) for file in (ROOT / "tests").rglob("__init__.py") if "node_modules" not in file.parts] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_registry(name: str) -> None:
    if (ROOT / name).exists():
        assert (
            re.findall(r"https?://[^\s\"]*\.(?:tgz|whl|gz)|--index-url|--extra-index-url", (ROOT / name).read_text())
            == []
        )


@pytest.mark.parametrize("name", LOCKS[3:])
def test_a_lock_of_npm_names_every_package_that_it_asks_for(name: str) -> None:
    """`npm ci` refuses it otherwise; so happens where a registry does not have an optional package."""
    packages = json.loads((ROOT / name).read_text())["packages"]
    there = {place.rpartition("node_modules/")[2] for place in packages}
    kinds = ("dependencies", "devDependencies", "optionalDependencies")
    asked = {needed for package in packages.values() for kind in kinds for needed in package.get(kind, {})}
    assert asked - there == set()


def test_every_line_of_a_python_lock_has_a_hash() -> None:
    for name in PYTHON_LOCKS:
        blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text().strip())
        assert [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


def test_no_other_package_calls_itself_like_one_of_our_floors() -> None:
    """PyPI's `gql` would overwrite or shadow ours, and drags the GraphQL library down."""
    taken = packages_distributions()
    assert {floor: taken[floor] for floor in ("models", "auth", "engine", "gql", "server") if floor in taken} == {}


@pytest.mark.parametrize("file", ["pyproject.toml", "clients/python/pyproject.toml"])
def test_the_version_that_is_told_is_that_of_the_projects(file: str) -> None:
    said = tomllib.loads((ROOT / file).read_text())["project"]["version"]
    assert (said, said) == (VERSION, fermata_client.__version__)
