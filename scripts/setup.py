"""Makes what the other commands need: the Python environment, the built site and, for tests, a browser.

    python3 scripts/setup.py run | test | python

Needs nothing but Python 3.11 with its standard library. What is there and current is left alone (a stamp holds
the hash of what it was made from), so that a second run ends at once.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.browser import ensure_browser
from scripts.environment import ensure_python
from scripts.pooler import ensure_pooler
from scripts.postgres15 import ensure_oldest
from scripts.rabbit import ensure_rabbit
from scripts.steps import BIN, BUILD, ROOT, SetupError, digest, run, say, stamped

SITE = ROOT / "frontend"
NODE_TOOLS = ROOT / "tests" / "node"
OLDEST_PYTHON = (3, 11)


def node_env() -> dict[str, str]:
    return {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}", "CI": "true"}


def ensure_node_packages(folder: Path) -> None:
    """`npm ci`, with the Node of the environment."""
    files = [folder / "package-lock.json", folder / "package.json", folder / ".npmrc"]
    value, stamp = digest(*(file for file in files if file.exists())), folder / "node_modules" / ".fermata-setup"
    if stamped(stamp, value):
        return
    say(f"installing the packages of {folder.relative_to(ROOT)} (once; a minute or so)")
    run(BIN / "npm", "ci", "--no-audit", "--no-fund", cwd=folder, env=node_env())
    stamp.write_text(value)


def site_sources() -> list[Path]:
    made = {"node_modules", "dist", "test-results"}
    found: list[Path] = []
    for folder, folders, files in os.walk(SITE):
        folders[:] = [name for name in folders if name not in made]
        found.extend(Path(folder) / name for name in files if not name.endswith((".test.ts", ".test.tsx", ".md")))
    return found


def ensure_site() -> None:
    if not (SITE / "package.json").exists():
        return
    value, stamp = digest(*site_sources()), BUILD / "site"
    if stamped(stamp, value) and (SITE / "dist").is_dir():
        return
    ensure_node_packages(SITE)
    say("building the site")
    began = time.monotonic()
    run(BIN / "npm", "run", "build", cwd=SITE, env=node_env())
    stamp.write_text(digest(*site_sources()))
    say(f"built in {time.monotonic() - began:.0f} s")


def newer_python() -> str | None:
    names = [f"python3.{minor}" for minor in range(14, OLDEST_PYTHON[1] - 1, -1)]
    return next((path for name in names if (path := shutil.which(name)) and _runs(path)), None)


def _runs(python: str) -> bool:
    """pyenv leaves a script for versions that are not chosen here; it only says so."""
    return subprocess.run([python, "-c", ""], check=False, capture_output=True).returncode == 0


def main() -> int:
    if sys.version_info < OLDEST_PYTHON:
        python = newer_python()
        if python is None:
            say("Python 3.11 or later is needed, and there is none on the PATH")
            return 1
        os.execv(python, [python, *sys.argv])
    mode = sys.argv[1] if len(sys.argv) > 1 else "run"
    if mode not in {"run", "test", "python"}:
        say("usage: python3 scripts/setup.py run | test | python")
        return 1
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two at once would build over each other
        try:
            ensure_python("test" if mode == "test" else "run")
            if mode != "python":
                ensure_site()
            if mode == "test":
                ensure_node_tools()
                ensure_browser()
                ensure_pooler()
                ensure_oldest()
                ensure_rabbit()
        except SetupError as error:
            say(str(error))
            return 1
    return 0


def ensure_node_tools() -> None:
    """What the tests run with Node, beside the site: npm's audit of GraphQL over HTTP."""
    for folder in (NODE_TOOLS, SITE):
        if (folder / "package-lock.json").exists():
            ensure_node_packages(folder)


if __name__ == "__main__":
    sys.exit(main())
