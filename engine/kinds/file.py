"""Reading the file of kinds: all that is wrong is said at once, with file, key and what is allowed."""

import sys
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from engine.kinds.declared import File
from engine.kinds.errors import KindsError
from engine.kinds.kind import Kind

TYPES = ("python", "http", "command")


def read(path: Path) -> list[Kind]:
    """The kinds that the TOML file at `path` declares. Raises KindsError."""
    file = _parse(path)
    folder = path.resolve().parent
    for wanted in (str((folder / entry).resolve()) for entry in file.python_path):
        if wanted not in sys.path:
            sys.path.append(wanted)
    kinds: list[Kind] = []
    complaints: list[str] = []
    for name, declared in file.kind.items():
        try:
            kinds.append(declared.build(name, folder))
        except KindsError as error:
            complaints.append(f"kind.{name}.{error}")
    if complaints:
        raise _unusable(path, complaints)
    return kinds


def _parse(path: Path) -> File:
    try:
        return File.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise KindsError(f"{path}: cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise KindsError(f"{path}: not TOML: {error}") from error
    except ValidationError as error:
        raise _unusable(path, [_sentence(dict(found)) for found in error.errors()]) from error


def _sentence(found: dict[str, Any]) -> str:
    """What pydantic found, with the place as it is written in the file."""
    place = _place(found["loc"])
    match found["type"]:
        case "extra_forbidden":
            return f"{place}: there is no such key here"
        case "union_tag_not_found":
            return f"{place}.type: is missing; allowed: {', '.join(TYPES)}"
        case "union_tag_invalid":
            return f"{place}.type: {found['ctx']['tag']!r} is unknown; allowed: {', '.join(TYPES)}"
        case "missing":
            return f"{place}: is missing"
        case _:
            return f"{place}: {found['msg']}"


def _place(parts: Sequence[str | int]) -> str:
    """Without pydantic's own entry for which type of kind it was."""
    tagged = len(parts) > 2 and parts[0] == "kind" and parts[2] in TYPES
    kept: Iterable[str | int] = (*parts[:2], *parts[3:]) if tagged else parts
    return ".".join(str(part) for part in kept if part != "[key]")


def _unusable(path: Path, complaints: Sequence[str]) -> KindsError:
    lines = "".join(f"\n  {complaint}" for complaint in complaints)
    return KindsError(f"{path} cannot be used:{lines}\nSee docs/kinds.md for every key.")
