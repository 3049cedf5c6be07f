"""The process between us and the embedded Postgres: starts it, watches it, and stops it after its last user.

Everyone who uses the server holds users.lock shared. The keeper lives outside of them all, so that any may
come, leave or be killed; the kernel drops the lock of the dead, and when nobody holds it any more the keeper
gets it for itself and stops Postgres. Should the keeper be killed, Postgres gets SIGINT from the kernel.

Run by server/postgres.py as `python -S -m server.postgres_keeper`, with one JSON object on the standard input;
answers one line, `ready` or what is wrong, and goes on in the background. Standard library only.
"""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from server.postgres_files import LONGEST_SOCKET_PATH, USER, Folder, PostgresError, processes_in, try_lock
from server.unprivileged import Identity, child_setup, choose_identity

START_SECONDS = 60.0  # crash recovery may take its time
LEFTOVER_SECONDS = 10.0  # a Postgres whose keeper was killed is stopping
LOOK_SECONDS = 0.2
STOP_STEPS = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0))  # fast, immediate, the last way


@dataclass(frozen=True)
class Plan:
    folder: Folder
    binaries: Path
    options: dict[str, str]
    identity: Identity

    def run(self, name: str, *arguments: str, log: int) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [str(self.binaries / name), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=self.folder.root,
            env={"PATH": str(self.binaries), "TZ": "UTC", "LC_ALL": "C"},
            preexec_fn=child_setup(self.identity),  # noqa: PLW1509 - this process has one thread
        )


def own_files(plan: Plan) -> None:
    """Gives the files to whom Postgres will be; nothing above the folder `postgres` changes."""
    folder, owner = plan.folder, plan.identity.owner
    if plan.identity is Identity.OURSELVES:
        return
    for top in (folder.data, folder.log, folder.sockets, folder.password_file):
        if top.exists() and top.stat().st_uid != owner:
            for path in (top, *top.rglob("*")):
                os.chown(path, owner, owner, follow_symlinks=False)
    os.chown(folder.root, owner, owner)
    if plan.identity is Identity.NOBODY:
        folder.root.parent.chmod(folder.root.parent.stat().st_mode | 0o001)  # the data folder is ours
        for parent in folder.root.parents:
            if not parent.stat().st_mode & 0o001:
                message = f"root runs Postgres as nobody, who may not pass {parent}: start as an ordinary user instead"
                raise PostgresError(message)


def make_cluster(plan: Plan) -> None:
    """initdb beside, then rename: a cluster exists whole or not at all."""
    folder = plan.folder
    version = folder.data / "PG_VERSION"
    if version.exists():
        refuse_other_version(plan, version.read_text().strip())
        return
    unfinished = folder.root / "data.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    os.chown(unfinished, plan.identity.owner, -1)
    locale = (
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if major_version(plan) >= 17
        else ["--locale-provider=libc", "--locale=C.UTF-8"]
    )
    with folder.startup_log.open("wb") as log:
        arguments = ["-D", str(unfinished), "-U", USER, "--auth=scram-sha-256", f"--pwfile={folder.password_file}"]
        child = plan.run("initdb", *arguments, "--encoding=UTF8", *locale, log=log.fileno())
        if child.wait() != 0:
            raise PostgresError(f"initdb failed: {last_words(folder)}")
    unfinished.rename(folder.data)


def major_version(plan: Plan) -> int:
    answer = subprocess.run([plan.binaries / "postgres", "--version"], capture_output=True, text=True, check=True)
    return int(answer.stdout.split()[2].split(".")[0].rstrip("abcdefghijklmnopqrstuvwxyz"))


def refuse_other_version(plan: Plan, made_by: str) -> None:
    runs = str(major_version(plan))
    if runs != made_by:
        message = (
            f"{plan.folder.data} was made by PostgreSQL {made_by}, and this is PostgreSQL {runs}: see 'Upgrading "
            f"PostgreSQL' in docs/operations.md, or set FERMATA_POSTGRES_BIN to the bin folder of a PostgreSQL {made_by}"
        )
        raise PostgresError(message)


def last_words(folder: Folder) -> str:
    lines = [line.strip() for line in folder.startup_log.read_text(errors="replace").splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL" in line or "error" in line.lower() or "PANIC" in line]
    return (telling or lines or ["no output"])[-1] + f" (more in {folder.startup_log})"


def clear_leftovers(folder: Folder) -> None:
    """Makes way after a crash. Only what works in our data folder is waited for or told to stop.

    A pid file whose number now belongs to something else would keep Postgres from starting: it is removed,
    once nothing works in the folder. The process of that number is left alone.
    """
    deadline = time.monotonic() + LEFTOVER_SECONDS
    pid_file = folder.data / "postmaster.pid"
    while leftovers := processes_in(folder.data):
        if time.monotonic() > deadline:
            raise PostgresError(f"another Postgres (pid {leftovers[0]}) works in {folder.data}: stop it")
        with suppress(OSError, ValueError):
            postmaster = int(pid_file.read_text().split("\n", 1)[0])
            if postmaster in leftovers:
                os.kill(postmaster, signal.SIGINT)
        time.sleep(LOOK_SECONDS)
    if sys.platform == "linux":
        pid_file.unlink(missing_ok=True)


def start(plan: Plan) -> "subprocess.Popen[bytes]":
    """Starts Postgres and waits until it takes connections."""
    folder = plan.folder
    clear_leftovers(folder)
    settings = {
        "listen_addresses": "",
        "port": "5432",
        "unix_socket_directories": str(folder.sockets),
        "unix_socket_permissions": "0700",
        "logging_collector": "on",
        "log_directory": str(folder.log),
        "log_filename": "postgres-%a.log",
        "log_file_mode": "0600",
        "log_rotation_size": "0",
        "log_truncate_on_rotation": "on",
        "max_connections": "200",
        # A young database grows fast: until its tables are analyzed anew, connections keep the plans of when they were empty.
        "autovacuum_naptime": "10s",
        **plan.options,
    }
    pairs = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with folder.startup_log.open("wb") as log:
        child = plan.run("postgres", "-D", str(folder.data), *pairs, log=log.fileno())
    deadline = time.monotonic() + START_SECONDS
    while not is_ready(folder, child.pid):
        if child.poll() is not None:
            raise PostgresError(f"Postgres did not start: {last_words(folder)}")
        if time.monotonic() > deadline:
            stop(child)
            raise PostgresError(f"Postgres was not ready after {START_SECONDS:.0f} s: see {folder.log}")
        time.sleep(0.02)
    return child


def is_ready(folder: Folder, pid: int) -> bool:
    """As pg_ctl does: the first line of the pid file is the pid, the eighth says so."""
    with suppress(OSError, IndexError):
        lines = (folder.data / "postmaster.pid").read_text().splitlines()
        return lines[7].strip() == "ready" and lines[0].strip() == str(pid)
    return False


def stop(child: "subprocess.Popen[bytes]") -> None:
    for number, seconds in STOP_STEPS:
        with suppress(ProcessLookupError):
            child.send_signal(number)
        with suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
            return


def keep(plan: Plan, child: "subprocess.Popen[bytes]") -> None:
    """Until the last user has gone. A Postgres that dies meanwhile is started again."""
    pause = LOOK_SECONDS
    while True:
        lock = try_lock(plan.folder.users_lock, fcntl.LOCK_EX)
        if lock is not None:
            stop(child)
            return
        if child.poll() is None:
            signal.sigtimedwait({signal.SIGTERM}, LOOK_SECONDS)  # SIGTERM: look now
            continue
        signal.sigtimedwait({signal.SIGTERM}, pause)
        pause = min(pause * 2, 10.0)
        with suppress(PostgresError, OSError):
            child = start(plan)
            pause = LOOK_SECONDS


def become_daemon() -> None:
    """A session of its own: a Ctrl-C in the terminal is for the server, which still needs its database."""
    if os.fork() != 0:
        os._exit(0)
    os.setsid()
    for number in (signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})


def answer(line: str) -> None:
    with suppress(OSError):
        os.write(1, line.encode() + b"\n")
    null = os.open(os.devnull, os.O_RDWR)
    for file in (0, 1, 2):
        os.dup2(null, file)
    os.close(null)


def main() -> None:
    order = json.load(sys.stdin)
    become_daemon()
    folder = Folder(Path(order["folder"]))
    for _ in range(50):  # someone who only looks whether there is a keeper is in the way for a moment
        if (lock := try_lock(folder.keeper_lock, fcntl.LOCK_EX)) is not None:
            break
        time.sleep(LOOK_SECONDS / 2)
    else:
        return answer("another keeper is at work")
    os.truncate(lock, 0)
    os.write(lock, str(os.getpid()).encode())
    try:
        plan = Plan(folder, Path(order["binaries"]), order["options"], choose_identity())
        own_files(plan)
        make_cluster(plan)
        child = start(plan)
    except (PostgresError, OSError, subprocess.SubprocessError) as error:
        return answer(str(error))
    answer("ready")
    keep(plan, child)
    if len(os.fsencode(folder.root)) > LONGEST_SOCKET_PATH - 20:
        shutil.rmtree(folder.sockets, ignore_errors=True)
    return None


if __name__ == "__main__":
    main()
