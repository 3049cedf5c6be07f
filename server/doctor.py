"""`fermata doctor`: looks at everything that has to be right, and says what is wrong and what to do."""

import asyncio
import shutil
import sys
from collections.abc import Awaitable, Callable, Collection
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from rich.console import Console

from server import revision
from server.connection import Connection, connection
from server.postgres_files import PostgresError, find_binaries
from server.settings import Executor, Settings
from server.start import StartError, database, listen, prepare_data_dir, read_keys

LEAST_FREE = 1_000_000_000  # bytes
MOST_SKEW = 2.0  # seconds
REACH_SECONDS = 5.0
SITE = Path(__file__).resolve().parent.parent / "frontend" / "dist" / "index.html"
DEFAULT_PORTS = {"redis": 6379, "rediss": 6379, "amqp": 5672, "amqps": 5671, "smtp": 587, "smtps": 465}


class Finding(Exception):
    """What is wrong, and what to do."""


Look = Callable[[Settings], Awaitable[str]]  # what is well, in a few words; raises Finding or StartError


async def examine(settings: Settings, out: Console, only: Collection[str] = ()) -> bool:
    """Prints a line for each thing that was looked at. Whether all is well."""
    well = True
    for name, look in LOOKS.items():
        if only and name not in only:
            continue
        try:
            word, said = "[green]well[/]  ", await look(settings)
        except (Finding, StartError, PostgresError) as problem:
            word, said, well = "[red]wrong[/] ", str(problem), False
        out.print(word, end=" ")
        out.print(f"{name}: {said}", markup=False)
    return well


async def _python(_settings: Settings) -> str:
    return f"{sys.version.split()[0]}"


async def _binaries(settings: Settings) -> str:
    if settings.database is not None:
        return "a database of one's own is set"
    return f"the embedded one, from {find_binaries(settings.postgres_bin)}"


async def _folder(settings: Settings) -> str:
    prepare_data_dir(settings.data_dir)
    free = shutil.disk_usage(settings.data_dir).free
    if free < LEAST_FREE:
        raise Finding(
            f"{free // 1_000_000} MB are free in {settings.data_dir}: make room, Postgres stops when it is full"
        )
    return f"{settings.data_dir.resolve()}, {free // 1_000_000_000} GB free"


async def _secret(settings: Settings) -> str:
    read_keys(settings.secret_path)
    return f"{settings.secret_path}, private"


async def _address(settings: Settings) -> str:
    try:
        for made in listen(settings):
            made.close()
    except StartError:
        if await asyncio.to_thread(_is_ours, settings):
            return f"Fermata runs at {settings.origin}"
        raise
    return f"{settings.host}:{settings.port} is free"


def _is_ours(settings: Settings) -> bool:
    try:
        with urlopen(f"http://{settings.host}:{settings.port}/healthz", timeout=REACH_SECONDS) as answer:
            return b"alive" in answer.read(100)
    except OSError:
        return False


async def _public(settings: Settings) -> str:
    if settings.is_published_here and not settings.is_loopback:
        return (
            f"{settings.origin}, for this machine alone: see that nothing else leads to {settings.host}:{settings.port}"
        )
    if not settings.is_loopback and not settings.origin.startswith("https://"):
        raise Finding(
            f"{settings.origin} is not https, and others can reach it: put a proxy with TLS in front and set FERMATA_PUBLIC_URL"
        )
    return settings.origin


async def _database(settings: Settings) -> str:
    async with database(settings) as url, connection(settings.direct_database or url) as found:
        version = await found.fetchval("select split_part(version(), ' ', 2)")
        return f"PostgreSQL {version}; {await _schema(found)}; {await _clock(found)}"


async def _schema(found: Connection) -> str:
    has = await revision.found(found)
    if has is None:
        return "empty, the schema comes with the first start"
    if problem := revision.judge(*has):
        raise Finding(f"its schema: {problem}")
    return f"schema {has[0]}"


async def _clock(found: Connection) -> str:
    theirs = await found.fetchval("select clock_timestamp()")
    assert isinstance(theirs, datetime)
    skew = abs((datetime.now(UTC) - theirs).total_seconds())
    if skew > MOST_SKEW:
        raise Finding(f"its clock and ours are {skew:.1f} s apart: let both follow a time server (NTP)")
    return "clocks agree"


async def _broker(settings: Settings) -> str:
    if settings.executor is not Executor.CELERY or settings.broker is None:
        return "none needed, work runs in the server"
    return await _reach(settings.broker, "FERMATA_BROKER_URL")


async def _mail(settings: Settings) -> str:
    if settings.smtp_url is None:
        return "none set: an admin hands out links for resets and invitations"
    return await _reach(settings.smtp_url, "FERMATA_SMTP_URL")


async def _reach(url: str, variable: str) -> str:
    parts = urlsplit(url)
    host, port = parts.hostname or "127.0.0.1", parts.port or DEFAULT_PORTS[parts.scheme]
    try:
        async with asyncio.timeout(REACH_SECONDS):
            _, writer = await asyncio.open_connection(host, port)
    except (OSError, TimeoutError) as error:
        raise Finding(f"{host}:{port} does not answer ({error or 'time out'}): see {variable}") from error
    writer.close()
    return f"{host}:{port} answers"


async def _site(_settings: Settings) -> str:
    if not SITE.exists():
        raise Finding("it is not built: run `python3 scripts/setup.py run`")
    built = datetime.fromtimestamp(SITE.stat().st_mtime, UTC)
    return f"built {built:%Y-%m-%d %H:%M} UTC"


LOOKS: dict[str, Look] = {
    "Python": _python,
    "PostgreSQL": _binaries,
    "data folder": _folder,
    "secret": _secret,
    "address": _address,
    "public address": _public,
    "database": _database,
    "broker": _broker,
    "mail": _mail,
    "site": _site,
}
