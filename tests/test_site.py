"""What the site says of itself, as far as it takes no browser: its own tests, and that what is generated is current."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("script", ["test", "current"])
def test_the_site_passes_its_own(script: str):
    path = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        [ROOT / ".venv" / "bin" / "npm", "run", "--silent", script],
        cwd=ROOT / "frontend",
        env={**os.environ, "PATH": path, "CI": "true", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
