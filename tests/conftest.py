"""What every test may ask for: a real PostgreSQL, one a run, and a fresh clone of a migrated database a test."""

import asyncio
import fcntl
import os
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio
from fixtures.cluster import TEMPLATE, Cluster, serve
from hypothesis import settings

from migrations.apply import migrate
from models.database import Database

# The same examples on every machine, however slow it is.
settings.register_profile("fermata", deadline=None, derandomize=True, database=None)
settings.load_profile("fermata")


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def cluster(run_folder: Path) -> Generator[Cluster]:
    """The PostgreSQL of this run: started by the first worker that needs it, stopped by the last."""
    with serve(run_folder / "postgres") as cluster:
        with _alone(run_folder / "template.lock"):
            if not asyncio.run(cluster.exists(TEMPLATE)):
                asyncio.run(_make_template(cluster))
        yield cluster


@pytest_asyncio.fixture
async def database_url(cluster: Cluster) -> AsyncGenerator[str]:
    """A fresh database with the newest schema, for one test."""
    async with cluster.clone() as url:
        yield url


@pytest_asyncio.fixture
async def db(database_url: str) -> AsyncGenerator[Database]:
    """A pool of connections to the test's database."""
    database = Database(database_url, size=10, timeout=30)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def unique() -> Callable[[str], str]:
    """Makes names that no other test has."""
    return lambda name: f"{name}-{uuid4().hex[:8]}"


async def _make_template(cluster: Cluster) -> None:
    half_made = f"{TEMPLATE}_making"
    await cluster.execute(f'drop database if exists "{half_made}"')
    await cluster.execute(f'create database "{half_made}"')
    await migrate(cluster.url(half_made))
    await cluster.execute(f'alter database "{half_made}" rename to "{TEMPLATE}"')


@contextmanager
def _alone(lock: Path) -> Generator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


Waiting = Callable[[Callable[[], Coroutine[None, None, bool]]], Coroutine[None, None, None]]


@pytest.fixture
def until() -> Waiting:
    """Waits for something to become true: asks again every 20 ms for at most a minute, then fails."""

    async def wait(question: Callable[[], Coroutine[None, None, bool]]) -> None:
        async with asyncio.timeout(60):
            while not await question():
                await asyncio.sleep(0.02)

    return wait
