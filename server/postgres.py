"""The embedded Postgres as its users see it: `async with embedded(data_dir) as url`.

Several processes may use one data folder: the first starts the server, the last one stops it, and a user that
is killed counts as gone. What starts and stops it is the keeper, see server/postgres_keeper.py.
"""

import asyncio
import fcntl
import json
import os
import signal
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import asyncpg

from server.connection import connection
from server.postgres_files import DATABASE, Folder, PostgresError, find_binaries, folder_of, is_locked, try_lock

ROOT = Path(__file__).resolve().parent.parent
LOOK_SECONDS = 0.05
START_SECONDS = 90.0
STOP_SECONDS = 40.0
WATCH_SECONDS = 1.0


@asynccontextmanager
async def embedded(
    data_dir: Path, *, binaries: Path | None = None, options: Mapping[str, str] | None = None
) -> AsyncGenerator[str]:
    """Yields the DSN (postgresql://…) of a running server; its database exists and is owned by us.

    `options` are settings of Postgres, which count only for the process that starts it.
    Raises PostgresError, with what to do about it.
    """
    folder = folder_of(data_dir)
    try:
        folder.prepare()
    except OSError as error:
        raise PostgresError(f"the data folder {data_dir} cannot be written: {error.strerror}") from error
    order = {
        "folder": str(folder.root),
        "binaries": str(find_binaries(binaries)),
        "options": dict(options or {}),
    }
    users = await _lock(folder.users_lock, fcntl.LOCK_SH)
    watch = None
    try:
        await _ensure_running(folder, order)
        watch = asyncio.create_task(_watch(folder, order))
        yield folder.url()
    finally:
        if watch is not None:
            watch.cancel()
            await asyncio.wait([watch])
        await _leave(folder, users)


async def _lock(path: Path, kind: int) -> int:
    """Polls, as a blocking flock in a thread could not be cancelled."""
    for _ in range(int(START_SECONDS / LOOK_SECONDS)):
        if (file := try_lock(path, kind)) is not None:
            return file
        await asyncio.sleep(LOOK_SECONDS)
    raise PostgresError(f"another process has held {path} for {START_SECONDS:.0f} s: is it stuck?")


async def _ensure_running(folder: Folder, order: Mapping[str, object]) -> None:
    start = await _lock(folder.start_lock, fcntl.LOCK_EX)
    try:
        if not is_locked(folder.keeper_lock):
            await _start_keeper(order)
        await _ensure_database(folder)
    finally:
        os.close(start)


async def _start_keeper(order: Mapping[str, object]) -> None:
    keeper = await asyncio.create_subprocess_exec(
        sys.executable,
        "-S",
        "-m",
        "server.postgres_keeper",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
        env={"PATH": os.environ.get("PATH", ""), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    said, _ = await keeper.communicate(json.dumps(order).encode())
    line = said.decode().strip()
    if line != "ready":
        raise PostgresError(line or "the keeper of Postgres ended without a word")


async def _ensure_database(folder: Folder) -> None:
    """Waits for a keeper that is starting Postgres again; makes our database when it is not there yet."""
    for _ in range(int(START_SECONDS / LOOK_SECONDS)):
        try:
            async with connection(folder.url("postgres")) as postgres:
                if not await postgres.fetchval("select 1 from pg_database where datname = $1", DATABASE):
                    await postgres.execute(f"create database {DATABASE}")
        except (OSError, TimeoutError, asyncpg.CannotConnectNowError, asyncpg.ConnectionDoesNotExistError):
            await asyncio.sleep(LOOK_SECONDS)
            continue
        except asyncpg.InvalidPasswordError as error:
            message = f"{folder.password_file} does not hold the password that this Postgres was made with: restore it"
            raise PostgresError(message) from error
        return
    raise PostgresError(f"Postgres does not take connections: see {folder.log}")


async def _watch(folder: Folder, order: Mapping[str, object]) -> None:
    """A keeper that was killed takes Postgres with it: start another one."""
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        if not is_locked(folder.keeper_lock):
            with suppress(PostgresError, OSError):
                await _ensure_running(folder, order)


async def _leave(folder: Folder, users: int) -> None:
    """Gives the lock back; the last user waits until Postgres has stopped."""
    with suppress(BlockingIOError):
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(users, fcntl.LOCK_UN)
        _nudge(folder)
    os.close(users)
    for _ in range(int(STOP_SECONDS / LOOK_SECONDS)):
        if not is_locked(folder.keeper_lock) or _is_used(folder):
            return
        await asyncio.sleep(LOOK_SECONDS)


def _is_used(folder: Folder) -> bool:
    """Whether somebody holds the users' lock shared: not the keeper, who holds it for itself while it stops."""
    if is_locked(folder.users_lock):
        return False
    file = try_lock(folder.users_lock, fcntl.LOCK_EX)
    if file is None:
        return True
    os.close(file)
    return False


def _nudge(folder: Folder) -> None:
    """Spares the keeper the rest of its pause. The pid is the keeper's as long as it holds its lock."""
    with suppress(OSError, ValueError):
        if is_locked(folder.keeper_lock):
            os.kill(int(folder.keeper_lock.read_text()), signal.SIGTERM)
