"""What the steps of the set-up share: paths, running a command, stamps. Standard library only."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
BUILD = ROOT / ".build"


class SetupError(Exception):
    """What is missing, and what to do about it."""


def say(text: str) -> None:
    print(f"setup: {text}", flush=True)


def run(*command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    """Raises SetupError, with the beginning and the end of what it printed, when the command fails."""
    told = [str(part) for part in command]
    done = subprocess.run(
        told, check=False, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode != 0:
        said = done.stdout if len(done.stdout) < 4000 else f"{done.stdout[:2000]}\n…\n{done.stdout[-2000:]}"
        raise SetupError(f"{' '.join(told)} failed:\n{said}")


def digest(*files: Path) -> str:
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(str(file.relative_to(ROOT)).encode() + b"\0")
        total.update(file.read_bytes() + b"\0")
    return total.hexdigest()


def stamped(stamp: Path, value: str) -> bool:
    return stamp.exists() and stamp.read_text() == value


def install_from_debian(*packages: str) -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        run("apt-get", "update", "-qq", env=env)
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages, env=env)
    except SetupError as error:
        say(f"apt-get could not: {str(error).splitlines()[-1]}")
        return False
    return True
