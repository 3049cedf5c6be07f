"""What every test may ask for: a real PostgreSQL, one a process of the run, and a fresh clone of a migrated database a test."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from uuid import uuid4

import pytest
import pytest_asyncio
from fixtures.cluster import TEMPLATE, Cluster, serve
from fixtures.memory import memory
from fixtures.oldest import OLDEST, WITHOUT, oldest_binaries
from hypothesis import settings

from migrations.apply import migrate
from models.database import Database

# The same examples on every machine, however slow it is.
settings.register_profile("fermata", deadline=None, derandomize=True, database=None)
settings.load_profile("fermata")


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Generator[Cluster]:
    """The PostgreSQL of this process of the run: transaction ids move when its own tests move them, and at no other time."""
    with memory(tmp_path_factory.mktemp("cluster")) as folder, serve(folder) as cluster:
        asyncio.run(_make_template(cluster))
        yield cluster


@pytest.fixture(scope="session")
def oldest(tmp_path_factory: pytest.TempPathFactory) -> Generator[Cluster]:
    """The same from the oldest PostgreSQL that we support."""
    folder = tmp_path_factory.mktemp("oldest")
    with memory(folder) as folder, serve(folder, binaries=oldest_binaries()) as cluster:
        asyncio.run(_make_template(cluster))
        yield cluster


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What is marked `every_postgres` runs over the newest and over the oldest PostgreSQL."""
    if any(mark.name == "every_postgres" for mark in metafunc.definition.iter_markers()):
        names = ["cluster"] if WITHOUT else ["cluster", "oldest"]
        metafunc.parametrize("postgres", names, ids=["newest", OLDEST][: len(names)], indirect=True)


def pytest_report_header() -> str | None:
    """Whoever runs the tests without the oldest PostgreSQL reads so."""
    return f"without PostgreSQL {OLDEST}: {WITHOUT}" if WITHOUT else None


@pytest.fixture
def postgres(request: pytest.FixtureRequest) -> Cluster:
    """The PostgreSQL of a test: the newest one, where the test is for no other."""
    return request.getfixturevalue(getattr(request, "param", "cluster"))


@pytest_asyncio.fixture
async def database_url(postgres: Cluster) -> AsyncGenerator[str]:
    """A fresh database with the newest schema, for one test."""
    async with postgres.clone() as url:
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
    await cluster.execute(f'create database "{TEMPLATE}"')
    await migrate(cluster.url(TEMPLATE))


Waiting = Callable[[Callable[[], Coroutine[None, None, bool]]], Coroutine[None, None, None]]


@pytest.fixture
def until() -> Waiting:
    """Waits for something to become true: asks again every 20 ms for at most a minute, then fails."""

    async def wait(question: Callable[[], Coroutine[None, None, bool]]) -> None:
        async with asyncio.timeout(60):
            while not await question():
                await asyncio.sleep(0.02)

    return wait
