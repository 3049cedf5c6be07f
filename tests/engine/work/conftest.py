"""What tests of work share: two worker processes of an executor that serve one database.

FERMATA_TEST_BROKERS=all runs every test of the executors over RabbitMQ too; otherwise those do that are marked `every_broker`.
"""

import asyncio
import os
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest
import pytest_asyncio
from fixtures import broker, seed
from fixtures.cluster import Cluster
from fixtures.crew import Crew
from fixtures.desk import Desk
from fixtures.member import KINDS, TIMING
from fixtures.place import Place
from fixtures.rabbit import rabbit

from engine.celery import CeleryExecutor
from engine.executor import listen
from engine.hints import Hints
from engine.kinds import Catalogue
from engine.tasks import Tasks
from models.database import Database


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """A real broker, by its address."""
    with broker.valkey(tmp_path_factory.mktemp("valkey")) as address:
        yield address


@pytest.fixture(scope="session")
def rabbitmq(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """The other real broker, by its address."""
    with rabbit(tmp_path_factory.mktemp("rabbitmq")) as address:
        yield address


BROKERS = {"embedded": None, "celery": "valkey", "rabbitmq": "rabbitmq"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Which executors, over which brokers, a test of a crew is for."""
    if "crew" in metafunc.fixturenames:
        everywhere = os.environ.get("FERMATA_TEST_BROKERS") == "all"
        marked = any(mark.name == "every_broker" for mark in metafunc.definition.iter_markers())
        names = [name for name in BROKERS if name != "rabbitmq" or marked or everywhere]
        metafunc.parametrize("crew", names, indirect=True, scope="session")


@pytest.fixture(scope="session")
def crew(request: pytest.FixtureRequest, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Generator[Crew]:
    """Two workers of an executor, w1 and w2, over a database of their own."""
    broker = BROKERS[request.param]
    address = request.getfixturevalue(broker) if broker else ""
    clone, executor = cluster.clone(), "celery" if broker else "embedded"
    with asyncio.Runner() as runner:
        crew = Crew(executor, runner.run(clone.__aenter__()), address, tmp_path_factory.mktemp(request.param))
        crew.start("w1")
        crew.start("w2")
        yield crew
        crew.close()
        runner.run(clone.__aexit__(None, None, None))


@pytest_asyncio.fixture
async def place(crew: Crew, tmp_path: Path) -> AsyncGenerator[Place]:
    """A workspace of its own in the crew's database; over Celery with the executor that sends the messages."""
    db, hints = Database(crew.database_url, timeout=30), Hints()
    workspace_id = await seed.workspace(db)
    admin = await seed.member(db, workspace_id)
    executor = CeleryExecutor(db, crew.broker_url, hints, TIMING) if crew.executor == "celery" else None
    if executor is not None:
        listen(executor, hints)
        await executor.start()
    yield Place(db, crew, workspace_id, admin, Tasks(db, Catalogue.load(KINDS), hints), tmp_path)
    if executor is not None:
        await executor.close()
    await db.close()


@pytest.fixture
async def desk(db: Database) -> Desk:
    """A desk in a workspace of its own."""
    workspace_id = await seed.workspace(db)
    return Desk(db, workspace_id, await seed.member(db, workspace_id))
