"""Becomes a command: dies with its parent, has its limits, then is replaced by the program.

Run by its path, with the standard library alone.

Arguments: the limits as JSON ({"RLIMIT_CPU": 60, …}), the pid of the parent, and the argv of the program.
"""

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1
CANNOT_RUN = 127


def die_with(parent: int) -> None:
    """Have the kernel kill this process when its parent dies (Linux); elsewhere the reaping of orphans remains."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before that
        os._exit(CANNOT_RUN)


def limit(limits: dict[str, int]) -> None:
    """Set soft and hard limits; one that is above what is allowed already stays as it is."""
    for name, value in limits.items():
        number: int = getattr(resource, name)
        _, hard = resource.getrlimit(number)
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(number, (ceiling, ceiling))


def main(arguments: list[str]) -> None:
    """Never returns: the program takes this process over, or 127 says that it could not."""
    limits, parent, program = json.loads(arguments[0]), int(arguments[1]), arguments[2:]
    die_with(parent)
    limit(limits)
    try:
        os.execvp(program[0], program)  # noqa: S606  # an admin's argv, never a shell
    except OSError as error:
        print(f"{program[0]}: {error.strerror}", file=sys.stderr)
        sys.exit(CANNOT_RUN)


if __name__ == "__main__":
    main(sys.argv[1:])
