"""`fermata worker`: this machine joins the work of a system that has its database and its broker elsewhere."""

import asyncio

from server.connection import connection
from server.settings import Executor, Settings
from server.start import StartError, prepare_data_dir, reach
from server.traces import traces

NEEDS = "a worker needs FERMATA_EXECUTOR=celery, FERMATA_DATABASE_URL and FERMATA_BROKER_URL, as the server has them"


def join(settings: Settings) -> None:
    """Works until SIGTERM. Raises StartError."""
    url, broker = settings.database, settings.broker
    if settings.executor is not Executor.CELERY or url is None or broker is None:
        raise StartError(NEEDS)
    if settings.work_slots == 0:
        raise StartError("FERMATA_WORK_SLOTS is 0: a worker needs at least one")
    prepare_data_dir(settings.data_dir)
    asyncio.run(_ready(settings.direct_database or url))

    from engine.consumer import Joining, consume  # Celery takes its time to be imported
    from engine.kinds import Catalogue
    from engine.kinds.errors import KindsError

    try:
        catalogue = Catalogue.load(settings.kinds_file)
    except KindsError as error:
        raise StartError(str(error)) from error
    tracing = traces()
    witness = tracing.work if tracing else None
    try:
        consume(
            Joining(url, broker, settings.work_slots, folder=settings.data_dir / "work", witness=witness), catalogue
        )
    finally:
        if tracing:
            asyncio.run(tracing.close())


async def _ready(url: str) -> None:
    """The server makes the schema; a worker only needs it. Raises StartError."""
    from server import revision

    await reach(url)
    async with connection(url) as plain:
        found = await revision.found(plain)
    if problem := "it is missing: start the server first" if found is None else revision.judge(*found):
        raise StartError(f"the schema of the database: {problem}")
