"""GraphQL over HTTP: the steps from a request to a response, and nothing of what the schema means.

The draft of the GraphQL working group is followed; the 61 checks of graphql-http's audit run in tests/gql/test_audit.py.
Whatever bytes come in, the answer is well-formed JSON with a status below 500, unless it is we who failed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Generic

import strawberry
from graphql import ExecutionResult, FieldNode, OperationDefinitionNode, OperationType
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gql import answer, csrf
from gql.answer import Answer
from gql.documents import Documents, Prepared, Rejected, rejected
from gql.errors import FermataError, Forbidden, InvalidInput, TooComplex
from gql.execution import core, run
from gql.idempotency import Idempotency
from gql.limits import Limits
from gql.media import Media, negotiate
from gql.reading import C, Conditional, Door, Reading, V, Visitor
from gql.request import Asked, Questions, Refusal
from gql.responses import SETTLED, NotModified, Settled, Shown, cached, hinted, sent
from gql.shared import Shared, workspace_of
from gql.streaming import Streams, events, once, subscribe

_TURNS = 3  # how often an answer that somebody else is making is waited for
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")


@dataclass(kw_only=True)
class GraphQLEndpoint(Generic[V, C]):
    """An ASGI application for one path. Each option has a safe default; only server/app.py gives others.

    What `door` raises of gql/errors.py is the answer, with the status of its code.
    """

    schema: strawberry.Schema
    door: Door[V, C]
    limits: Limits = field(default_factory=Limits)
    documents: Mapping[str, str] = field(default_factory=dict[str, str])  # the manifest: SHA-256 in hexadecimal → text
    may_introspect: Callable[[C], bool] = lambda _: False
    conditional: Conditional | None = None
    idempotency: Idempotency | None = None
    credential_cookies: Collection[str] = ()
    streams: Streams = field(default_factory=Streams)
    origin: str | None = None  # "https://host:port" of our own pages
    shared: Shared = field(default_factory=Shared)

    def __post_init__(self) -> None:
        self._schema = core(self.schema)
        self._documents = Documents(self._schema, self.limits, self.documents)
        self._questions = Questions(self.limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        response = await self._respond(request)
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response | NotModified | Shown:
        try:
            media = self._admit(request)
            return await self._serve(request, media) if media else Response(status_code=204, headers=_allow())
        except Refusal as refused:
            failure = answer.refusal(refused.error, refused.status, refused.headers)
        except FermataError as error:
            failure = answer.refusal(error)
        except ClientDisconnect:
            failure = answer.refusal(InvalidInput("The request ended before its body did."))
        except Exception as error:  # the last resort: whatever it is, the client gets an id and the log gets the rest
            failure = answer.refusal(answer.ours(error))
        return sent(request, failure, Media.JSON)

    def _admit(self, request: Request) -> Media | None:
        """The media type of the answer; None for OPTIONS. Raises `Refusal`: 403, 405 or 406."""
        if request.method not in _METHODS:
            error = InvalidInput(f"The method must be one of {', '.join(_METHODS)}.")
            raise Refusal(error, HTTPStatus.METHOD_NOT_ALLOWED, _allow())
        if request.method == "OPTIONS":
            return None
        media = negotiate(request.headers.get("accept"))
        if media is None:
            offered = ", ".join(Media)
            raise Refusal(InvalidInput(f"The header Accept must allow one of {offered}."), HTTPStatus.NOT_ACCEPTABLE)
        csrf.guard(request, cookies=self.credential_cookies, origin=self.origin)
        return media

    async def _serve(self, request: Request, media: Media) -> Response | NotModified | Shown:
        asked, question = await self._questions.read(request, media)
        visitor, known = await self._look(request, media, question)
        for _ in range(_TURNS):
            turn = None if known or request.method == "POST" else self.shared.turn(question, visitor)
            if turn is None:
                break
            await turn.wait()
            visitor, known = await self._look(request, media, question)
        if known:
            return known
        hints = Response()
        context = self.door.context(visitor, request, hints)
        exchange = _Exchange(request, media, asked, visitor, context, hints, question)
        try:
            prepared, operation = self._prepare(asked)
        except Rejected as refused:
            return sent(request, answer.rejection(refused.errors, media), media)
        request.state.operation = _name(operation)
        self._permit(exchange, prepared, operation)
        if operation.operation is OperationType.SUBSCRIPTION:
            return await self._subscribe(exchange, prepared)
        if prepared.shareable and self.conditional and request.method != "POST" and media is not Media.EVENTS:
            with self.shared.making(question, visitor):
                found = await self._answer(exchange, prepared, operation)
                if not found.failed and not found.headers:
                    self.shared.keep(question, visitor, context.reading, found.body, request.state.operation)
        else:
            found = await self._answer(exchange, prepared, operation)
        return self._finish(exchange, found)

    def _finish(self, exchange: _Exchange[C], found: Answer) -> Response:
        request, media = exchange.request, exchange.media
        request.state.outcome = answer.outcome(found)
        if media is Media.EVENTS and found.lasting:
            return self.streams.open(once(found.body), None, found.headers)
        self._tag(exchange, found)
        return sent(request, found, media)

    async def _look(self, request: Request, media: Media, question: bytes) -> tuple[V, NotModified | Shown | None]:
        """Who asks, and the answer where it need not be made: the one they have still holds, or one made for others does."""
        conditional = None if request.method == "POST" else self.conditional
        if conditional is None:
            return await self.door.admit(request, (), None), None
        tags = request.headers.get("if-none-match")
        held = conditional.opened(tags, question) if tags else ()
        pages = self.shared.pages(question)
        pairs = [pair for one in held for pair in one.pairs] + [page.pair for page in pages.values()]
        visitor = await self.door.admit(request, pairs, workspace_of(pages))
        for one in held:
            if not visitor.changed(one.pairs) and conditional.confirms(one, visitor):
                _settle(request, Settled(visitor, visitor.role, question, media, one.tag, one.pairs))
                return visitor, NotModified(one.tag)
        page = pages.get((visitor.rights, visitor.role))
        if page is None or visitor.role is None or visitor.changed([page.pair]):
            return visitor, None
        request.state.operation, request.state.outcome = page.operation, "ok"
        tag = conditional.tag(visitor, Reading(dict([page.pair])), question, page.body)
        _settle(request, Settled(visitor, visitor.role, question, media, tag, (page.pair,)))
        return visitor, Shown(page.body, tag, media)

    def _prepare(self, asked: Asked) -> tuple[Prepared, OperationDefinitionNode]:
        prepared = self._documents.prepare(asked)
        operation = prepared.operation(asked.operation_name)
        try:
            self.limits.hold("cost", prepared.cost.of(operation, asked.variables))
        except TooComplex as error:
            raise rejected(error) from error
        return prepared, operation

    def _permit(self, exchange: _Exchange[C], prepared: Prepared, operation: OperationDefinitionNode) -> None:
        """Refuse what this method, this media type or this person is not for. Raises `Refusal`: 403, 405 or 406."""
        method, kind = exchange.request.method, operation.operation
        if method != "POST" and kind is OperationType.MUTATION:
            error = InvalidInput("A mutation must be sent by POST.")
            raise Refusal(error, HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "POST"})
        if kind is OperationType.SUBSCRIPTION and (exchange.media is not Media.EVENTS or method == "HEAD"):
            error = InvalidInput(f"A subscription is answered to GET and POST with the header Accept: {Media.EVENTS}.")
            raise Refusal(error, HTTPStatus.NOT_ACCEPTABLE)
        if prepared.introspects and not self.may_introspect(exchange.context):
            raise Refusal(Forbidden("The schema is shown to people who are signed in: sign in first."))

    async def _answer(self, exchange: _Exchange[C], prepared: Prepared, operation: OperationDefinitionNode) -> Answer:
        """The answer of a query or a mutation, executed now or, with an Idempotency-Key, before."""

        async def do() -> Answer:
            result = await run(self._schema, prepared, exchange.asked, exchange.context)
            errors = answer.refused(result)
            found = answer.rejection(errors, exchange.media) if errors else answer.answered(result)
            found.headers += hinted(exchange.hints)
            return found

        if operation.operation is not OperationType.MUTATION or self.idempotency is None:
            return await do()
        keys = exchange.request.headers.getlist("idempotency-key")
        body_hash = exchange.asked.fingerprint()
        return await self.idempotency.once(keys, exchange.context.principal_key, body_hash, do)

    async def _subscribe(self, exchange: _Exchange[C], prepared: Prepared) -> Response:
        context = exchange.context
        self.streams.admit(context.person_key)
        results = await subscribe(self._schema, prepared, exchange.asked, context)
        if not isinstance(results, ExecutionResult):
            source = events(results, lambda: context.reading.position)
            return self.streams.open(source, context.expires_in, hinted(exchange.hints), context.person_key)
        if errors := answer.refused(results):
            return sent(exchange.request, answer.rejection(errors, exchange.media), exchange.media)
        return self.streams.open(once(answer.encode(answer.tell(results))), None, [])

    def _tag(self, exchange: _Exchange[C], found: Answer) -> None:
        """Give an answer to GET its tag; one that failed gets none, so that it is never confirmed."""
        if self.conditional is None or found.failed or exchange.request.method == "POST":
            return
        tag = self.conditional.tag(exchange.context, exchange.context.reading, exchange.question, found.body)
        found.headers += cached(tag)
        self._note(exchange, tag)
        if tag in [known.strip() for known in exchange.request.headers.get("if-none-match", "").split(",")]:
            found.status, found.body = HTTPStatus.NOT_MODIFIED, b""

    def _note(self, exchange: _Exchange[C], tag: str) -> None:
        """Leave what was found out, where the tag is one that can be asked about."""
        assert self.conditional is not None
        role = exchange.context.reading.role
        for held in self.conditional.opened(tag, exchange.question):
            told = Settled(exchange.visitor, role, exchange.question, exchange.media, tag, held.pairs)
            _settle(exchange.request, told)


@dataclass(frozen=True, slots=True)
class _Exchange(Generic[C]):
    """What is known of a request before its document is looked at; `hints` is what resolvers set headers on."""

    request: Request
    media: Media
    asked: Asked
    visitor: Visitor
    context: C
    hints: Response
    question: bytes


def _settle(request: Request, told: Settled) -> None:
    request.scope.setdefault("state", {})[SETTLED] = told


def _name(operation: OperationDefinitionNode) -> str:
    """What the metrics call it: its kind and its first field, of which there are as many as the schema has."""
    first = next(iter(operation.selection_set.selections), None)
    field_name = first.name.value if isinstance(first, FieldNode) else "…"
    return f"{operation.operation.value}.{field_name}"


def _allow() -> dict[str, str]:
    return {"Allow": ", ".join(_METHODS)}
