"""The oldest PostgreSQL that Fermata runs on, for its tests: 15, beside the newest one of the wheel. Standard library only."""

from __future__ import annotations

import os
from pathlib import Path

from scripts.steps import SetupError, install_from_debian, say

OLDEST = "15"
CHOSEN = "FERMATA_TEST_POSTGRES_15"  # its bin folder
WITHOUT = "FERMATA_TEST_WITHOUT_POSTGRES_15"  # why the tests run without it
PLACES = (
    Path("/usr/lib/postgresql/15/bin"),  # Debian, Ubuntu
    Path("/usr/pgsql-15/bin"),  # PostgreSQL's own packages for Fedora and its kin
    Path("/opt/homebrew/opt/postgresql@15/bin"),
    Path("/usr/local/opt/postgresql@15/bin"),
)
MISSING = (
    f"there is no PostgreSQL {OLDEST}, the oldest one that is supported: install it (Debian 12: apt-get install postgresql-15; "
    f"macOS: brew install postgresql@15), set {CHOSEN} to its bin folder, or {WITHOUT} to the reason why the tests run without it"
)


def find_oldest() -> Path | None:
    chosen = os.environ.get(CHOSEN)
    places = (Path(chosen),) if chosen else PLACES
    return next((place for place in places if os.access(place / "postgres", os.X_OK)), None)


def ensure_oldest() -> None:
    """Debian's package; its own cluster, where it makes one, is not used."""
    if os.environ.get(WITHOUT) or find_oldest():
        return
    say(f"no PostgreSQL {OLDEST} found, installing one")
    if not (install_from_debian(f"postgresql-{OLDEST}") and find_oldest()):
        raise SetupError(MISSING)
