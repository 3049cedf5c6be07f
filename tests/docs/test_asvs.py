"""docs/asvs.md answers every requirement of ASVS 5.0.0 of level 1 and 2, once; it and docs/security.md name tests that exist."""

import ast
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "asvs.md"
SECURITY = ROOT / "docs" / "security.md"
STATES = ("held", "design", "operator", "none", "open")
# The level of each requirement of a section, in their order: OWASP ASVS 5.0.0.
LEVELS = {
    **{"1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123"},
    **{"2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23"},
    **{"3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333"},
    **{"4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222"},
    **{"5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222"},
    **{"6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223"},
    **{"6.7": "33", "6.8": "2222"},
    **{"7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22"},
    **{"8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23", "9.1": "111", "9.2": "1222"},
    **{"10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333", "10.5": "22222", "10.6": "22"},
    **{"10.7": "222", "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23"},
    **{"11.7": "33", "12.1": "12233", "12.2": "11", "12.3": "22223", "13.1": "2333", "13.2": "222223"},
    **{"13.3": "2233", "13.4": "1222233", "14.1": "22", "14.2": "12223333", "14.3": "122"},
    **{"15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333"},
    **{"16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223"},
    **{"17.1": "23", "17.2": "22223333", "17.3": "22"},
}
REQUIRED = [
    f"{section}.{number}" for section, levels in LEVELS.items() for number, one in enumerate(levels, 1) if one in "12"
]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.read_text().splitlines()
    if re.match(r"\| \d", line)
]


def test_every_requirement_of_level_one_and_two_is_answered_once() -> None:
    answered = Counter(one.strip() for row in ROWS for one in row[0].split(","))
    assert len(REQUIRED) == 253
    assert answered == Counter(REQUIRED)


@cache
def functions_in(file: str) -> set[str]:
    """The tests of a file."""
    nodes = ast.parse((ROOT / file).read_text()).body
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def named(where: str) -> list[tuple[str, str]]:
    """The tests that a cell names: a file each, and the name where it has one; `::test_…` is of the file before it."""
    found: list[tuple[str, str]] = []
    file = ""
    for path, name in re.findall(r"((?:tests|frontend/src)/[\w./-]+\.(?:py|ts))?(?:::(test_\w+))?", where):
        file = path or file
        if path or name:
            found.append((file, name))
    return found


def unknown(tests: Sequence[tuple[str, str]]) -> list[str]:
    """Those that are not there."""
    return [
        f"{file}::{name}"
        for file, name in tests
        if not (ROOT / file).is_file() or (name and name not in functions_in(file))
    ]


def test_each_answer_has_a_state_and_what_is_held_names_the_very_tests() -> None:
    for numbers, state, how, where in ROWS:
        tests = named(where)
        assert state in STATES and how, numbers
        assert unknown(tests) == [], numbers
        assert tests or state != "held", numbers
        assert [file for file, name in tests if file.endswith(".py") and not name] == [], numbers


def test_a_promise_of_the_page_on_security_names_the_very_tests() -> None:
    part = SECURITY.read_text().split("## Promises and their tests")[1].split("## The second line")[0]
    rows = [
        line.strip("|").split("|") for line in part.splitlines() if line.startswith("| ") and "| test |" not in line
    ]
    assert len(rows) > 25
    for promise, where, *_ in rows:
        tests = named(where)
        assert tests, promise
        assert unknown(tests) == [], promise
        assert [file for file, name in tests if not name] == [], promise


def test_a_test_that_is_not_there_is_found() -> None:
    there = "tests/docs/test_asvs.py::test_the_page_says_how_it_stands, ::test_a_test_that_is_not_there_is_found"
    assert unknown(named(there)) == []
    assert named(there)[1][0] == "tests/docs/test_asvs.py"
    assert unknown(named(f"{there}, ::test_nothing, tests/nowhere.py::test_x")) == [
        "tests/docs/test_asvs.py::test_nothing",
        "tests/nowhere.py::test_x",
    ]


def test_the_page_says_how_it_stands() -> None:
    counted = Counter({state: sum(len(row[0].split(",")) for row in ROWS if row[1] == state) for state in STATES})
    said = re.search(r"Of 253 requirements: (.+)\.", PAGE.read_text())
    assert said is not None
    assert said[1] == ", ".join(f"{counted[state]} {state}" for state in STATES)
