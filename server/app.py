"""The application, folded in one place: what a process has, its routes, the layers around them, and what runs beside."""

import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from engine.executor import Executor, listen
from engine.hints import Hints
from gql import cookies, schema
from gql.context import Context
from gql.http import GraphQLEndpoint
from gql.idempotency import Idempotency
from gql.idempotency_keys import IdempotencyKeys
from gql.limits import Limits
from gql.shared import Shared
from server import pages
from server.admission import Admission
from server.background import running
from server.build import build_id
from server.callbacks import Callbacks
from server.etag import Etags
from server.health import Health
from server.hosts import Hosts, name_of
from server.line import Line
from server.measured import Measured
from server.middleware import Protections, RequestIds, SecurityHeaders, unforeseen
from server.openid import OpenId
from server.outside import Outside
from server.places import Places
from server.polls import Polls
from server.probes import Probes
from server.readiness import checks
from server.requests import Doors, Visitor
from server.services import Process
from server.settings import Settings, Switch
from server.traces import traces

if TYPE_CHECKING:
    from server.tracing import Tracing

MANIFEST = Path(__file__).resolve().parent.parent / "frontend" / "src" / "generated" / "persisted-documents.json"


def create(settings: Settings, database_url: str) -> Starlette:
    """The application of one process over a migrated database. Raises SecretFileError, KindsError, OSError."""
    tracing = traces()
    process = Process.build(settings, database_url, tracing.work if tracing else None)
    secure = settings.origin.startswith("https://")
    protections = Protections(https=secure, subdomains=settings.hsts_subdomains is Switch.ON)
    health = Health(checks(process.beside, process.metrics))
    shared, tags = Shared(), Etags(process.keys.etags + build_id())
    graphql = endpoint(process, Admission(process.polls), shared, tags)
    measured = Measured(graphql, process.metrics)
    if tracing:
        watch(tracing, process)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        async with running(process.parts), working(process.executor, process.hints):
            yield
        await process.close()
        if tracing:
            await tracing.close()

    app = Starlette(
        routes=[
            Route("/graphql", tracing.operations(measured) if tracing else measured),  # first: it is asked the most
            *health.routes(),
            process.metrics.route(settings.metrics_token),
            *OpenId(process.services.providers, process.services.accounts, secure=secure).routes(),
            *Callbacks(process.beside, process.services.catalogue).routes(),
            *pages.routes(),
        ],
        middleware=[Middleware(RequestIds), Middleware(SecurityHeaders, protections), *hosts(settings)],
        exception_handlers={Exception: unforeseen},
        lifespan=lifespan,
    )
    outside = Outside(process.metrics, protections)  # around all other layers, as most requests go no further
    places = Places(app.build_middleware_stack(), Line(settings.max_requests), outside)
    polls = Polls(places, Probes(process.polls), outside, shared, tags)
    app.middleware_stack = tracing.requests(polls) if tracing else polls
    app.state.drain = partial(leave, health, graphql, places)
    return app


def hosts(settings: Settings) -> list[Middleware]:
    """Where only this machine can reach us, a request has to name it."""
    names = (settings.host, urlsplit(settings.origin).hostname or "")
    return [Middleware(Hosts, names=frozenset(map(name_of, names)))] if settings.is_loopback else []


def watch(tracing: "Tracing", process: Process) -> None:
    """What is done for requests and for work."""
    for pool in {process.owner, process.requests, process.beside, process.work}:
        tracing.follow(pool)
    process.hints.listen(tracing.work.heard)


def leave(health: Health, graphql: GraphQLEndpoint[Visitor, Context], places: Places) -> None:
    """Take no more work: say so to who asks, and end the open streams, which would hold up the end of the process."""
    health.drain()
    graphql.streams.close()
    places.leave()


def endpoint(process: Process, admission: Admission, shared: Shared, tags: Etags) -> GraphQLEndpoint[Visitor, Context]:
    """GraphQL over HTTP, over this process's services."""
    settings = process.settings
    return GraphQLEndpoint(
        schema=schema.schema,
        door=Doors(process, admission),
        limits=Limits(body_bytes=settings.max_body_bytes),
        documents=persisted_documents(),
        may_introspect=lambda context: context.principal is not None or settings.allows_introspection,
        conditional=tags,
        shared=shared,
        idempotency=Idempotency(IdempotencyKeys(process.owner), process.keys.idempotency),
        credential_cookies=(cookies.SECURE_NAME, cookies.PLAIN_NAME),
        origin=settings.origin,
    )


def persisted_documents() -> Mapping[str, str]:
    """The documents that the site was built with: their SHA-256 → their text."""
    documents: dict[str, str] = json.loads(MANIFEST.read_text()) if MANIFEST.is_file() else {}
    return {name.removeprefix("sha256:"): text for name, text in documents.items()}


@asynccontextmanager
async def working(executor: Executor | None, hints: Hints) -> AsyncGenerator[None]:
    """Do the work that is queued, until the end; then put it down and release it."""
    if executor is None:
        yield
        return
    stop = listen(executor, hints)
    await executor.start()
    try:
        yield
    finally:
        stop()
        await executor.close()
