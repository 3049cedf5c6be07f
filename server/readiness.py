"""What has to hold for a process to serve: the database answers, its schema is ours, the event loop keeps up."""

from functools import partial

from sqlalchemy import text

from migrations.revisions import SERVES, VERSION
from models.database import Database
from server import revision
from server.health import Check
from server.metrics import Metrics

MOST_LAG = 5.0  # seconds: a process that is so late answers nobody in time

_QUEUED = text("select coalesce(sum(count), 0) from task_counts where status = 'QUEUED'")


def checks(beside: Database, metrics: Metrics) -> dict[str, Check]:
    """`beside` is a pool that requests cannot exhaust."""
    return {
        "database": partial(_database, beside),
        "schema": partial(_schema, beside),
        "event loop": partial(_loop, metrics),
    }


async def queued(pool: Database) -> int:
    """How many works wait, for the metrics."""
    async with pool.one() as connection:
        return int((await connection.execute(_QUEUED)).scalar_one())


async def _database(pool: Database) -> str | None:
    async with pool.one() as connection:
        await connection.execute(text("select 1"))
    return None


async def _schema(pool: Database) -> str | None:
    async with pool.one() as connection:
        found = (await connection.execute(text(VERSION))).scalar_one()
        serves = (await connection.execute(text(SERVES))).scalar_one()
    return revision.judge(found, serves)


async def _loop(metrics: Metrics) -> str | None:
    return None if metrics.loop_lag < MOST_LAG else f"it is {metrics.loop_lag:.1f} s late"
