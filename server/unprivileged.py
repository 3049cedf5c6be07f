"""Runs a child as somebody else than root, as Postgres demands; knows nothing of Postgres.

Standard library only. Two ways: a user namespace that calls root `nobody` (nothing changes its owner), and
where the system forbids that (many containers do), the real user `nobody`, who then has to own the files.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path

NOBODY = 65534
_CLONE_NEWUSER = 0x10000000
_PR_SET_PDEATHSIG = 1


class Identity(Enum):
    """Who the child will be."""

    OURSELVES = "ourselves"
    NAMESPACE = "namespace"
    NOBODY = "nobody"

    @property
    def owner(self) -> int:
        """The user id, as we see it, that has to own the child's files."""
        return NOBODY if self is Identity.NOBODY else os.geteuid()


def choose_identity() -> Identity:
    """Tries a namespace out in a child of its own. Only to be called in a process with one thread."""
    if os.geteuid() != 0:
        return Identity.OURSELVES
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            _enter_namespace()
            code = 0
        finally:
            os._exit(code)
    return Identity.NAMESPACE if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0 else Identity.NOBODY


def child_setup(identity: Identity) -> Callable[[], None]:
    """What the child does between fork and exec: become `identity`, and ask for SIGINT when its parent dies.

    In this order: a change of credentials clears the wish (prctl(2)).
    """
    parent = os.getpid()

    def setup() -> None:
        if identity is Identity.NAMESPACE:
            _enter_namespace()
        elif identity is Identity.NOBODY:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        if sys.platform == "linux":
            _libc().prctl(_PR_SET_PDEATHSIG, int(signal.SIGINT), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return setup


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _enter_namespace() -> None:
    if sys.platform != "linux":
        raise OSError
    if _libc().unshare(_CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{NOBODY} 0 1")
    Path("/proc/self/gid_map").write_text(f"{NOBODY} 0 1")
