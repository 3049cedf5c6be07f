"""Traces: what is in a span and what is not, whose child it is, and that nobody waits for a receiver that is away."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from fixtures.app import PASSWORD, serving
from fixtures.collector import Collector, collecting
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

import server.tracing
from auth.statements import statement as of_auth
from engine.statements import statement as of_engine
from gql.statements import statement as of_gql
from models.driver import compiled
from models.statements import Statements
from server.statement_names import name_of

CREATE = """mutation Make($w: ID!, $i: TaskInput!) { createTask(workspaceId: $w, input: $i) { task { id } } }"""
CALLER = "0af7651916cd43dd8448eb211c80319c"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Requests to the receiver go straight to it."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return monkeypatch


async def test_a_request_its_operation_and_its_statements_are_one_trace(
    database_url: str, tmp_path: Path, trusting: pytest.MonkeyPatch
) -> None:
    with collecting() as collector:
        trusting.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address)
        async with serving(database_url, tmp_path, work_slots=0) as api:
            workspace = await api.sign_up()
            variables = {"w": workspace["id"], "i": {"title": "A secret plan", "durationMs": 1000}}
            answer = await api.post(CREATE, variables, traceparent=f"00-{CALLER}-b7ad6b7169203331-01")
            assert "errors" not in answer.json()
            await api.http.get("/healthz")
            told = (api.token or "", PASSWORD, "A secret plan", "ada@example.com")
    [request] = [span for span in collector.named("POST /graphql") if span.trace_id.hex() == CALLER]
    [operation] = children(collector, request)
    assert operation.name == "graphql mutation.createTask"
    assert attributes(operation) == {"graphql.operation.name": "mutation.createTask", "fermata.outcome": "ok"}
    # Who asks is found out for many requests at once: that statement belongs to none of their traces.
    assert "sql engine.create" in {span.name for span in children(collector, operation)}
    assert attributes(request)["http.response.status_code"] == 200
    assert attributes(request)["fermata.request_id"] == answer.headers["x-request-id"]
    assert request.parent_span_id.hex() == "b7ad6b7169203331"
    assert not any(secret.encode() in body for body in collector.bodies for secret in told)
    assert collector.named("GET /healthz") == []


async def test_what_was_refused_is_an_error_of_its_operation(
    database_url: str, tmp_path: Path, trusting: pytest.MonkeyPatch
) -> None:
    with collecting() as collector:
        trusting.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address)
        async with serving(database_url, tmp_path, work_slots=0) as api:
            await api.post("{ users { nodes { email } } }")
    [operation] = [span for span in collector.spans if span.name.startswith("graphql ")]
    assert operation.status.code == Status.StatusCode.STATUS_CODE_ERROR
    assert attributes(operation)["fermata.outcome"] == "UNAUTHENTICATED"


async def test_a_receiver_that_is_away_delays_no_request_and_hardly_the_end(
    database_url: str, tmp_path: Path, trusting: pytest.MonkeyPatch
) -> None:
    trusting.setattr(server.tracing, "CLOSE_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        trusting.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{silent.getsockname()[1]}")
        async with serving(database_url, tmp_path, work_slots=0) as api:
            assert (await api.sign_up())["slug"]


def test_without_an_endpoint_nothing_of_it_is_imported() -> None:
    program = "import sys, server.app; assert not [name for name in sys.modules if name.startswith('opentelemetry')]"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


@pytest.mark.parametrize(("floor", "statement"), [("auth", of_auth), ("engine", of_engine), ("gql", of_gql)])
def test_every_statement_is_called_as_its_file(floor: str, statement: Statements) -> None:
    found = {name: name_of(compiled(statement(name))[0]) for name in statement.names}
    assert found == {name: f"{floor}.{name}" for name in statement.names}


def test_another_statement_is_called_by_its_verb_and_table_and_housekeeping_by_nothing() -> None:
    assert name_of("SELECT tasks.id \nFROM tasks WHERE tasks.title = $1::VARCHAR") == "select tasks"
    assert name_of("insert into logs (text) values ($1)") == "insert logs"
    assert name_of("BEGIN ISOLATION LEVEL READ COMMITTED;") is None
    assert name_of("set local role fermata_requests") is None


def children(collector: Collector, parent: Span) -> list[Span]:
    return [span for span in collector.spans if span.parent_span_id == parent.span_id]


def attributes(span: Span) -> dict[str, object]:
    return {a.key: getattr(a.value, str(a.value.WhichOneof("value"))) for a in span.attributes}
