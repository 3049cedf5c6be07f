"""The Python environment, from a lock with hashes. Standard library only."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scripts.steps import BIN, ROOT, VENV, SetupError, digest, install_from_debian, run, say

LOCKS = {"run": ROOT / "requirements.lock", "test": ROOT / "requirements-dev.lock"}
STAMP = VENV / "fermata-setup.json"


def ensure_python(mode: str) -> None:
    """An environment with everything that the lock of `mode` names, checked by hash.

    The environment for tests holds all that a run needs, and is kept up to date as such by both.
    """
    stamps: dict[str, str] = json.loads(STAMP.read_text()) if STAMP.exists() else {}
    kept = "test" if "test" in {mode, *stamps} else "run"
    lock = LOCKS[kept]
    if stamps.get(kept) == digest(lock):
        return
    if not (BIN / "python").exists():
        say(f"making {VENV.name} with Python {sys.version.split()[0]}")
        make_environment()
    say(f"installing {lock.name} (once; a minute or so)")
    began = time.monotonic()
    install(lock)
    STAMP.write_text(json.dumps({kept: digest(lock)}))
    say(f"installed in {time.monotonic() - began:.0f} s")


def make_environment() -> None:
    try:
        run(sys.executable, "-m", "venv", VENV)
    except SetupError:
        shutil.rmtree(VENV, ignore_errors=True)
        if shutil.which("uv"):
            return run("uv", "venv", "--seed", "--python", sys.executable, VENV)
        if not install_from_debian("python3-venv", "python3-pip"):
            raise SetupError(
                "this Python cannot make environments: install its venv module (Debian: apt-get install python3-venv)"
            ) from None
        run(sys.executable, "-m", "venv", VENV)
    return None


def install(lock: Path) -> None:
    """Through uv, which is several times faster, else through pip: the same files, by the same hashes."""
    shared = VENV.is_symlink()
    verb = ["install"] if shared else ["sync"]
    python = ["--python", str(BIN / "python")]
    with tempfile.NamedTemporaryFile("w", suffix=".lock") as file:
        file.write(pinned(LOCKS["test"], "uv"))
        file.flush()
        pip = (BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes")
        try:
            if not (BIN / "uv").exists():
                run(*pip, "-r", file.name)
            locks = [lock] if lock == LOCKS["test"] else [lock, Path(file.name)]
            run(
                BIN / "uv",
                "pip",
                *verb,
                *python,
                "--quiet",
                "--require-hashes",
                *_with_flags(verb, locks),
                env=uv_env(),
            )
        except SetupError as error:
            say(f"uv cannot do it, pip will: {str(error).splitlines()[-1]}")
            run(BIN / "python", "-m", "ensurepip")
            run(*pip, "-r", lock)


def _with_flags(verb: list[str], locks: list[Path]) -> list[str]:
    return [part for lock in locks for part in (("-r", str(lock)) if verb == ["install"] else (str(lock),))]


def pinned(lock: Path, name: str) -> str:
    """The lines of one distribution in a lock."""
    lines = lock.read_text().splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{name}=="))
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith(" ")), len(lines))
    return "\n".join(lines[start:end]) + "\n"


def uv_env() -> dict[str, str]:
    """uv does not read pip's settings: hands it the index that pip would use."""
    env = dict(os.environ)
    if "UV_INDEX_URL" not in env and "UV_DEFAULT_INDEX" not in env:
        index = subprocess.run(
            [BIN / "python", "-m", "pip", "config", "get", "global.index-url"],
            check=False,
            capture_output=True,
            text=True,
        ).stdout.strip()
        if index := env.get("PIP_INDEX_URL") or index:
            env["UV_DEFAULT_INDEX"] = index
    return env
