"""PgBouncer for its tests. Standard library only."""

from __future__ import annotations

import os
import shutil

from scripts.steps import install_from_debian, say

PLACES = ("/usr/sbin", "/usr/local/sbin")  # not on everybody's PATH


def find_pooler() -> str | None:
    return shutil.which("pgbouncer", path=os.pathsep.join((os.environ.get("PATH", ""), *PLACES)))


def ensure_pooler() -> None:
    """Debian's package; elsewhere its tests say what is missing."""
    if find_pooler():
        return
    say("no PgBouncer found, installing one")
    if not (install_from_debian("pgbouncer") and find_pooler()):
        say("could not: the tests behind a pooler will fail until it is installed (apt-get install pgbouncer)")
