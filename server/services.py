"""Everything that a process has, built once from the settings: pools, accounts, the engine, kinds and what tells of changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Self

from auth.accounts import Accounts
from auth.keys import Keys
from auth.keys import load as load_keys
from auth.mail import Smtp
from auth.memberships import Workspaces
from auth.oidc import Providers
from engine.clock import Clock
from engine.embedded import Embedded
from engine.executor import Executor
from engine.hints import Hints
from engine.kinds.catalogue import Catalogue
from engine.retention import Keep, Retention
from engine.tasks import Tasks
from engine.timers import Timers
from engine.witness import Witness
from engine.worker import Worker
from gql.context import Services
from gql.watch import Watchers
from models.database import Database
from models.guard import Guarded
from server import admission, probes
from server.background import Part
from server.metrics import Metrics
from server.readiness import queued
from server.settings import Executor as Kind
from server.settings import Settings

MILLISECONDS = 1000
WORK_CONNECTIONS = 4  # the writes of all works of a process are done together


@dataclass(frozen=True)
class Process:
    """What a process has. Pools: `requests` for what is asked of workspaces, `owner` for accounts, `beside` for timers and health,
    `work` for what it works on, `polls` to let requests in; none of them can keep another waiting."""

    settings: Settings
    keys: Keys
    owner: Database
    requests: Database
    beside: Database
    work: Database
    polls: Database
    services: Services
    hints: Hints
    metrics: Metrics
    parts: Mapping[str, Part]
    executor: Executor | None  # None: other processes work

    @classmethod
    def build(cls, settings: Settings, database_url: str, witness: Witness | None = None) -> Self:
        """Build everything; nothing is connected yet. Raises SecretFileError, KindsError, OSError."""
        keys = load_keys(settings.secret_path)
        owner = Database(database_url, size=settings.pool_size)
        guarded = settings.guards_rows
        requests = Guarded(database_url, size=settings.pool_size) if guarded else owner
        direct = settings.direct_database or database_url
        beside = Database(direct, size=settings.timer_pool_size, timeout=5, application="fermata clock")
        work = Database(direct, size=WORK_CONNECTIONS, timeout=5, application="fermata work")
        let_in = admission.ROUNDS + probes.ROUNDS
        polls = Database(database_url, size=let_in, application="fermata polls", plan_once=True)
        hints, metrics = Hints(), Metrics()
        accounts = Accounts(owner, keys, settings.accounts, mail_of(settings))
        catalogue = Catalogue.load(settings.kinds_file)
        services = Services(
            db=requests,
            tasks=Tasks(requests, catalogue, hints),
            accounts=accounts,
            workspaces=Workspaces(requests, owner),
            providers=Providers.load(settings.oidc_file, keys, settings.origin),
            catalogue=catalogue,
            watchers=Watchers(owner, hints),
            settings=settings.accounts,
        )
        clock = Clock(beside, Timers(), hints, lambda late: metrics.timer_completed(late / MILLISECONDS))
        retention = Retention(beside, Keep(finished_days=settings.retention_days))
        pools = {"requests": requests, "accounts": owner, "clock": beside, "work": work, "polls": polls}
        parts = {"clock": clock.run, "retention": retention.run, "figures": figures(metrics, pools, beside)}
        executor = executor_of(settings, work, catalogue, hints, witness)
        return cls(settings, keys, owner, requests, beside, work, polls, services, hints, metrics, parts, executor)

    async def close(self) -> None:
        """Leave: watchers, threads, connections. What was counted last is counted."""
        self.metrics.settle()
        await self.services.watchers.close()
        await self.services.accounts.close()
        await self.services.providers.close()
        for pool in {self.owner, self.requests, self.beside, self.work}:
            await pool.close()
        await self.polls.close()


def figures(metrics: Metrics, pools: Mapping[str, Database], beside: Database) -> Part:
    """What is measured all the time."""
    lent = {name: partial(getattr, pool, "in_use") for name, pool in pools.items()}
    return partial(metrics.sample, lent, partial(queued, beside))


def executor_of(
    settings: Settings, db: Database, catalogue: Catalogue, hints: Hints, witness: Witness | None
) -> Executor | None:
    """What brings work to those who do it; None where this process is to do none (FERMATA_WORK_SLOTS is 0)."""
    if settings.executor is Kind.CELERY and settings.broker is not None:
        from engine.celery import CeleryExecutor  # Celery takes its time to be imported

        return CeleryExecutor(db, settings.broker, hints, witness=witness)
    if settings.work_slots == 0:
        return None
    worker = Worker(db, catalogue, hints, slots=settings.work_slots, folder=settings.data_dir / "work", witness=witness)
    return Embedded(db, worker, hints)


def mail_of(settings: Settings) -> Smtp | None:
    """How letters go out; None where nobody has said."""
    if settings.smtp_url is None or settings.mail_from is None:
        return None
    return Smtp(settings.smtp_url, settings.mail_from)
