"""RabbitMQ for its tests. Standard library only."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from scripts.steps import SetupError, install_from_debian, say

# Debian's program on the PATH first becomes the user of the system's own broker; this is what it starts then.
PLAIN = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")


def find_rabbit() -> str | None:
    return str(PLAIN) if os.access(PLAIN, os.X_OK) else shutil.which("rabbitmq-server")


def ensure_rabbit() -> None:
    """Debian's package."""
    if find_rabbit():
        return
    say("no RabbitMQ found, installing one")
    if not (install_from_debian("rabbitmq-server") and find_rabbit()):
        raise SetupError(
            "the tests of work over amqp:// need RabbitMQ: install it (Debian: apt-get install rabbitmq-server; "
            "macOS: brew install rabbitmq)"
        )
