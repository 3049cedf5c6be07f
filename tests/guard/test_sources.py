"""What no source of ours does: run text, unpickle, read XML, guess numbers, hash weakly, go to a shell, take any certificate.

Nor does any read cookies as Python does, whose time goes by the square of what is sent (gql/cookies.py)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = ("models", "auth", "engine", "gql", "server", "cli", "migrations")
MODULES = {
    "pickle",
    "cPickle",
    "dill",
    "marshal",
    "shelve",
    "jsonpickle",
    "yaml",
    "xml",
    "lxml",
    "telnetlib",
    "ftplib",
    "crypt",
}
CALLS = {"eval", "exec", "compile", "__import__"}
OF_MODULES = {
    ("os", "system"),
    ("os", "popen"),
    ("asyncio", "create_subprocess_shell"),
    ("ssl", "_create_unverified_context"),
}
HASHES = {"sha256"}
# A number that nobody gains anything by guessing: waits between tries, ids of requests.
GUESSABLE = {
    "engine/kinds/http.py": {"uniform"},
    "engine/runner.py": {"uniform"},
    "server/middleware.py": {"getrandbits"},
}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for floor in FLOORS:
        for file in sorted((ROOT / floor).rglob("*.py")):
            yield str(file.relative_to(ROOT)), ast.parse(file.read_text())


def faults(name: str, tree: ast.Module) -> Iterator[str]:
    """What is forbidden in a source, each with its place."""
    for node in ast.walk(tree):
        at = f"{name}:{getattr(node, 'lineno', 0)}"
        match node:
            case ast.Import(names=names):
                yield from (f"{at} {one.name}" for one in names if one.name.split(".")[0] in MODULES)
            case ast.ImportFrom(module=str(module), names=names):
                if module.split(".")[0] in MODULES:
                    yield f"{at} {module}"
                if module == "random" or (module == "hashlib" and not {one.name for one in names} <= HASHES):
                    yield f"{at} {module}"
            case ast.Call(func=ast.Name(id=called)) if called in CALLS:
                yield f"{at} {called}"
            case ast.Attribute(value=ast.Name(id="request"), attr="cookies"):  # gql/cookies.py reads them
                yield f"{at} request.cookies"
            case ast.Attribute(attr="CERT_NONE" | "check_hostname"):
                yield f"{at} {node.attr}"
            case ast.Attribute(value=ast.Name(id=of), attr=attribute):
                yield from (f"{at} {fault}" for fault in of_a_module(name, of, attribute))
            case ast.keyword(arg="shell" | "verify" | "check_hostname" as arg, value=ast.Constant(value=value)):
                if value is (arg == "shell"):
                    yield f"{at} {arg}={value}"
            case _:
                pass


def of_a_module(name: str, of: str, attribute: str) -> Iterator[str]:
    wrong_hash = of == "hashlib" and attribute not in HASHES
    guessed = of == "random" and attribute not in GUESSABLE.get(name, ())
    if (of, attribute) in OF_MODULES or wrong_hash or guessed:
        yield f"{of}.{attribute}"


def test_no_source_does_what_is_forbidden() -> None:
    found = dict(sources())
    assert len(found) > 150
    assert [fault for name, tree in found.items() for fault in faults(name, tree)] == []


@pytest.mark.parametrize(
    "text",
    [
        "import pickle",
        "from xml.etree import ElementTree",
        "eval('1')",
        "import os; os.system('x')",
        "import asyncio; asyncio.create_subprocess_shell('x')",
        "import subprocess; subprocess.run('x', shell=True)",
        "import hashlib; hashlib.md5(b'')",
        "from hashlib import sha1",
        "import random; random.choice('x')",
        "from random import choice",
        "import httpx2; httpx2.AsyncClient(verify=False)",
        "import ssl; x.verify_mode = ssl.CERT_NONE",
        "x.check_hostname = False",
        "request.cookies.get('a')",
    ],
)
def test_what_is_forbidden_is_found(text: str) -> None:
    assert len(list(faults("somewhere.py", ast.parse(text)))) == 1
    assert (
        list(faults("somewhere.py", ast.parse("import hashlib, secrets; hashlib.sha256(secrets.token_bytes(32))")))
        == []
    )
