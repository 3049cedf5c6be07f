"""What has to be right before we serve: the address, the data folder, the secret, the database. Each fault is one line."""

import asyncio
import errno
import os
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from auth.keys import Keys, SecretFileError, load
from server.connection import connection
from server.postgres import embedded
from server.postgres_files import PostgresError
from server.settings import Settings

OLDEST_POSTGRES = 15
REACH_SECONDS = 20.0  # a database that is started beside us may need a moment
BACKLOG = 1024


class StartError(Exception):
    """It cannot start; the message says why and what to do, in one line. The exit code is 2."""


def listen(settings: Settings) -> list[socket.socket]:
    """A listening socket for each address that the host's name stands for. Raises StartError."""
    host, port = settings.host, settings.port
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except socket.gaierror as error:
        raise StartError(f"FERMATA_HOST={host} stands for no address: {error.strerror}") from error
    sockets: list[socket.socket] = []
    failed = OSError(errno.EADDRNOTAVAIL, "no address")
    for family, kind, protocol, _, address in dict.fromkeys(found):
        place = (address[0], sockets[0].getsockname()[1], *address[2:]) if sockets and port == 0 else address
        try:
            sockets.append(_listening(socket.socket(family, kind, protocol), place))
        except OSError as error:
            failed = error
            if error.errno not in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                break  # a name like localhost stands for an IPv6 address even where there is none
    else:
        if sockets:
            return sockets
    for opened in sockets:
        opened.close()
    reasons = {
        errno.EADDRINUSE: f"port {port} on {host} is taken: stop what uses it, or choose another with FERMATA_PORT",
        errno.EACCES: f"port {port} is not for this user: choose one from 1024 up with FERMATA_PORT",
        errno.EADDRNOTAVAIL: f"FERMATA_HOST={host} is no address of this machine",
    }
    raise StartError(reasons.get(failed.errno or 0, f"{host}:{port} cannot be listened on: {failed.strerror}"))


def _listening(made: socket.socket, address: tuple[object, ...]) -> socket.socket:
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if made.family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind(address)
        made.listen(BACKLOG)
    except OSError:
        made.close()
        raise
    made.setblocking(False)
    return made


def prepare_data_dir(folder: Path) -> None:
    """Makes the data folder, private. Raises StartError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch(mode=0o600)
        probe.unlink()
    except OSError as error:
        said = f"the data folder {folder} cannot be written ({error.strerror}): set FERMATA_DATA_DIR to one that can"
        raise StartError(said) from error


def read_keys(path: Path) -> Keys:
    """The keys from the secret of this system, which is made when there is none. Raises StartError."""
    try:
        return load(path)
    except SecretFileError as error:
        raise StartError(str(error)) from error
    except OSError as error:
        raise StartError(f"the secret {path} cannot be used ({error.strerror}): see FERMATA_SECRET_FILE") from error


@asynccontextmanager
async def database(settings: Settings) -> AsyncGenerator[str]:
    """The address of a database that answers: the given one, or the embedded one. Raises StartError."""
    given = settings.database
    if given is not None:
        await reach(settings.direct_database or given)
        yield given
        return
    try:
        async with embedded(settings.data_dir, binaries=settings.postgres_bin) as url:
            yield url
    except PostgresError as error:
        raise StartError(str(error)) from error


async def reach(url: str, *, seconds: float = REACH_SECONDS) -> None:
    """Waits until the database answers, for a while. Raises StartError."""
    deadline = asyncio.get_running_loop().time() + seconds
    while True:
        try:
            async with connection(url, timeout=5) as found:
                version = int(str(await found.fetchval("select current_setting('server_version_num')"))) // 10_000
        except (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError, ValueError) as error:
            raise StartError(f"the database refuses us: {error}. See FERMATA_DATABASE_URL") from error
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            if asyncio.get_running_loop().time() > deadline:
                why = str(error) or type(error).__name__
                raise StartError(
                    f"the database does not answer ({why}): is it running? See FERMATA_DATABASE_URL"
                ) from error
            await asyncio.sleep(0.25)
            continue
        if version < OLDEST_POSTGRES:
            raise StartError(f"the database is PostgreSQL {version}, and {OLDEST_POSTGRES} is the oldest that works")
        return
