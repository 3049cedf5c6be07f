"""`fermata run`: everything from the listening socket to the last process that leaves."""

import asyncio
import signal
from collections.abc import Awaitable, Callable

import structlog
from prometheus_client.multiprocess import mark_process_dead  # pyright: ignore[reportUnknownVariableType] - no types

from migrations.revisions import ROLE
from server.figures import MULTIPROCESS, shared_figures
from server.revision import is_current, is_guarded
from server.settings import Settings
from server.start import StartError, database, listen, prepare_data_dir, read_keys
from server.supervisor import ChildFailedError, Order, Supervisor

Greeting = Callable[[Settings, str], Awaitable[list[str]]]

UNGUARDED = (
    f"FERMATA_ROW_GUARD=on needs the role {ROLE}, and the database's user may not make it: have an admin of it say "
    f"`create role {ROLE} nologin; grant {ROLE} to` that user, then start again"
)
log = structlog.stdlib.get_logger("server")


async def serve(settings: Settings, greet: Greeting, *, app: str = "server.app:create", schema: bool = True) -> None:
    """Serves until SIGTERM or SIGINT. `greet` says what to print once it is ready. Raises StartError."""
    sockets = listen(settings)
    settings = settings.model_copy(update={"port": sockets[0].getsockname()[1]})
    prepare_data_dir(settings.data_dir)
    read_keys(settings.secret_path)
    asked = _Asked()
    async with database(settings) as url:
        direct = settings.direct_database or url
        if schema:
            await prepare_schema(settings, direct)
        figures = shared_figures(settings)
        order = Order(
            module="server.child",
            message={"app": app, "database_url": url},
            environment={"FERMATA_PORT": str(settings.port)} | ({MULTIPROCESS: str(figures)} if figures else {}),
            sockets=sockets,
            ended=lambda pid: mark_process_dead(pid, str(figures)) if figures else None,
        )
        await _supervise(Supervisor(order, settings.processes), asked, lambda: greet(settings, url))


async def prepare_schema(settings: Settings, database_url: str) -> None:
    """The newest schema, with the role that the row guard needs. Raises StartError."""
    guarded = not settings.guards_rows or await is_guarded(database_url)
    if not guarded or not await is_current(database_url):
        from migrations.apply import migrate  # takes longer to load than all the rest

        await migrate(database_url)
    if not guarded and not await is_guarded(database_url):
        raise StartError(UNGUARDED)


async def _supervise(supervisor: Supervisor, asked: "_Asked", greet: Callable[[], Awaitable[list[str]]]) -> None:
    rolls: set[asyncio.Task[None]] = set()
    try:
        starting = asyncio.create_task(supervisor.start())
        await asyncio.wait([starting, asked.to_stop], return_when=asyncio.FIRST_COMPLETED)
        if not starting.done():
            starting.cancel()
            return
        await starting
        for line in await greet():
            print(line, flush=True)
        while not await asked.once():
            rolls.add(asyncio.create_task(supervisor.roll()))
    except ChildFailedError as error:
        raise StartError(str(error)) from error
    finally:
        for roll in rolls:
            roll.cancel()
        await supervisor.stop()


class _Asked:
    """What the signals ask for."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self._hups: asyncio.Queue[None] = asyncio.Queue()
        self._stop: asyncio.Event = asyncio.Event()
        self.to_stop = asyncio.ensure_future(self._stop.wait())
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        loop.add_signal_handler(signal.SIGHUP, self._hups.put_nowait, None)

    async def once(self) -> bool:
        """True: stop; False: restart the processes in turn."""
        hup = asyncio.ensure_future(self._hups.get())
        await asyncio.wait([hup, self.to_stop], return_when=asyncio.FIRST_COMPLETED)
        hup.cancel()
        return self._stop.is_set()
