"""The file of kinds: what it declares, and that what is wrong is named with its key and what is allowed."""

from pathlib import Path

import pytest

from engine.kinds import Catalogue, KindsError
from engine.kinds.child import InChild
from engine.kinds.python import InProcess
from models.kind import Pausability
from models.role import Role

ROOT = Path(__file__).resolve().parents[3]
COMMAND = '[kind.a]\ntype = "command"\nlabel = "A"\nargv = ["true"]\n'


def declared(tmp_path: Path, text: str) -> Catalogue:
    file = tmp_path / "kinds.toml"
    file.write_text(text)
    return Catalogue.load(file)


def complaint(tmp_path: Path, text: str) -> str:
    with pytest.raises(KindsError) as caught:
        declared(tmp_path, text)
    first, *lines, last = str(caught.value).splitlines()
    assert (first, last) == (f"{tmp_path / 'kinds.toml'} cannot be used:", "See docs/kinds.md for every key.")
    return "\n".join(line.strip() for line in lines)


def test_the_example_declares_a_command_that_prints_lines_and_a_request() -> None:
    catalogue = Catalogue.load(ROOT / "docs/examples/kinds.toml")
    assert catalogue.names() == ["timer", "items", "print-lines", "http"]
    lines = catalogue.get("print-lines")
    assert lines is not None
    assert (lines.pausability, lines.minimum_role, lines.limits.parallel) == (Pausability.IN_PLACE, Role.EDITOR, 2)
    assert catalogue.problems("print-lines", {"lines": 5, "word": "Hello"}) == []
    assert [problem.path for problem in catalogue.problems("print-lines", {"lines": 0, "word": "$(id)"})] == [
        "input.lines",
        "input.word",
    ]


def test_no_file_leaves_what_is_always_there_and_no_command() -> None:
    assert Catalogue.load(None).names() == ["timer", "items"]


def test_a_command_is_for_administrators_unless_it_says_otherwise(tmp_path: Path) -> None:
    kind = declared(tmp_path, COMMAND).get("a")
    assert kind is not None
    assert kind.minimum_role is Role.ADMIN


def test_functions_are_found_beside_the_file_and_run_as_they_are_written(tmp_path: Path) -> None:
    (tmp_path / "fermata_test_jobs.py").write_text("async def calm(ctx): ...\ndef hard(ctx): ...\n")
    catalogue = declared(
        tmp_path,
        'python_path = ["."]\n'
        '[kind.calm]\ntype = "python"\nlabel = "Calm"\nfunction = "fermata_test_jobs:calm"\n'
        '[kind.hard]\ntype = "python"\nlabel = "Hard"\nfunction = "fermata_test_jobs:hard"\npausable = false\n',
    )
    calm, hard = catalogue.get("calm"), catalogue.get("hard")
    assert calm is not None
    assert hard is not None
    assert (type(calm.work), type(hard.work)) == (InProcess, InChild)
    assert (calm.pausability, hard.pausability) == (Pausability.PORTABLE, Pausability.NO)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[kind.a]\nlabel = "A"\n', "kind.a.type: is missing; allowed: python, http, command"),
        ('[kind.a]\ntype = "sql"\n', "kind.a.type: 'sql' is unknown; allowed: python, http, command"),
        ('[kind.a]\ntype = "command"\nlabel = "A"\n', "kind.a.argv: is missing"),
        (COMMAND + "shell = true\n", "kind.a.shell: there is no such key here"),
        (COMMAND + "parallel = 0\n", "kind.a.parallel: Input should be greater than or equal to 1"),
        (
            COMMAND + 'minimum_role = "BOSS"\n',
            "kind.a.minimum_role: Input should be 'VIEWER', 'OPERATOR', 'EDITOR' or 'ADMIN'",
        ),
        (COMMAND.replace('"true"', '"echo", "{who}"'), "kind.a.argv: {who} is no parameter; there are: none"),
        (COMMAND.replace('"true"', '"{who}"'), "kind.a.argv.0: the program itself cannot be a parameter"),
        (
            COMMAND + '[kind.a.parameters.who]\ntype = "string"\n',
            "kind.a.parameters.who: is used neither in argv nor in env",
        ),
        (COMMAND + 'cwd = "nowhere"\n', "kind.a.cwd: "),
        (COMMAND + "[kind.a.limits]\nopen_files = 1\n", "kind.a.limits.open_files: Input should be greater than"),
        (
            '[kind.a]\ntype = "python"\nlabel = "A"\nfunction = "nowhere"\n',
            'kind.a."nowhere" does not name a function; write "package.module:function"',
        ),
        (
            '[kind.a]\ntype = "python"\nlabel = "A"\nfunction = "json:sing"\n',
            'kind.a."json:sing": the module has no function "sing"',
        ),
        (
            '[kind.a]\ntype = "http"\nlabel = "A"\nnetworks = ["10.1.2.3/8"]\n',
            "kind.a.networks: 10.1.2.3/8 has host bits set; write 10.0.0.0/8 or fd00::/8",
        ),
        ('[kind.a]\ntype = "http"\nlabel = "A"\nsecret_file = "s"\n', "kind.a.secret_file: "),
        ("[kind.A]\n", "kind.A: String should match pattern"),
    ],
)
def test_what_is_wrong_is_named_with_its_key(tmp_path: Path, text: str, said: str) -> None:
    assert said in complaint(tmp_path, text)


@pytest.mark.parametrize(
    ("parameter", "said"),
    [
        ('type = "integer"\npattern = "x"', "parameters.p.pattern: does not go with the type integer"),
        ('type = "integer"\ndefault = "x"', "parameters.p.default: 'x' is not of type 'integer'"),
        ('type = "string"\npattern = "("', "parameters.p: not a JSON Schema"),
    ],
)
def test_a_parameter_that_cannot_be_is_named(tmp_path: Path, parameter: str, said: str) -> None:
    text = COMMAND.replace('"true"', '"echo", "{p}"') + f"[kind.a.parameters.p]\n{parameter}\n"
    assert said in complaint(tmp_path, text)


def test_a_text_that_begins_an_argument_cannot_pass_for_an_option(tmp_path: Path) -> None:
    text = COMMAND.replace('"true"', '"ls", "{p}", "--x={q}"')
    text += '[kind.a.parameters.p]\ntype = "string"\n[kind.a.parameters.q]\ntype = "string"\n'
    catalogue = declared(tmp_path, text)
    assert [problem.path for problem in catalogue.problems("a", {"p": "-rf", "q": "-rf"})] == ["input.p"]


def test_a_file_that_is_not_there_or_not_toml_is_named(tmp_path: Path) -> None:
    with pytest.raises(KindsError, match="cannot be read"):
        Catalogue.load(tmp_path / "none.toml")
    with pytest.raises(KindsError, match="not TOML"):
        declared(tmp_path, "kind = ")
