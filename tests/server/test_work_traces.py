"""A run of work is a span from the claim to its end: which kind, which try, how it ended, and which request asked for it."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from fixtures import seed
from fixtures.crew import Crew
from fixtures.member import KINDS, TIMING
from fixtures.place import Place
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import Tracer

from engine.embedded import Embedded
from engine.executor import listen
from engine.hints import Hints
from engine.kinds import Catalogue
from engine.tasks import Tasks
from engine.worker import Worker
from models.base import new_id
from models.database import Database
from models.lifecycle import Action, Status
from server import work_traces
from server.work_traces import WorkTraces


@dataclass
class Scene:
    """A place whose worker is traced, and the spans that have ended, the first one first."""

    place: Place
    tracer: Tracer
    exporter: InMemorySpanExporter

    @property
    def runs(self) -> list[ReadableSpan]:
        return [span for span in self.exporter.get_finished_spans() if span.name.startswith("work ")]

    @property
    def told(self) -> list[tuple[object, object, object]]:
        """Of each run: the outcome, how it ended, and whether that is an error."""
        named = [(span, span.attributes or {}) for span in self.runs]
        return [(at["fermata.outcome"], at["fermata.ending"], not span.status.is_ok) for span, at in named]


def traced() -> tuple[Tracer, InMemorySpanExporter]:
    provider, exporter = TracerProvider(shutdown_on_exit=False), InMemorySpanExporter()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    return provider.get_tracer("test"), exporter


@asynccontextmanager
async def working(db: Database, folder: Path) -> AsyncGenerator[Scene]:
    tracer, exporter = traced()
    witness, hints, workspace_id = WorkTraces(tracer, lambda *_: None), Hints(), await seed.workspace(db)
    hints.listen(witness.heard)
    worker = Worker(
        db, Catalogue.load(KINDS), hints, name="w1", folder=folder / "notes", timing=TIMING, witness=witness
    )
    executor = Embedded(db, worker, hints)
    stop = listen(executor, hints)
    await executor.start()
    admin, tasks = await seed.member(db, workspace_id), Tasks(db, Catalogue.load(KINDS), hints)
    try:
        yield Scene(
            Place(db, Crew("embedded", db.url, "", folder), workspace_id, admin, tasks, folder), tracer, exporter
        )
    finally:
        stop()
        await executor.close()


async def test_a_run_is_a_span_of_its_own_that_is_linked_to_the_request_that_asked_for_it(
    db: Database, tmp_path: Path
) -> None:
    async with working(db, tmp_path) as scene:
        with scene.tracer.start_as_current_span("the request") as asking:
            task = await scene.place.run("steps", count=1)
        await scene.place.stands_at(task, Status.COMPLETED)
    [run] = scene.runs
    assert run.name == "work steps"
    assert run.parent is None
    assert [link.context for link in run.links] == [asking.get_span_context()]
    assert run.attributes == {
        "fermata.task_id": str(task.id),
        "fermata.kind": "steps",
        "fermata.attempt": 1,
        "fermata.lease_epoch": 1,
        "fermata.worker": "w1",
        "fermata.outcome": "COMPLETED",
        "fermata.ending": "DONE",
    }
    assert run.status.is_ok


async def test_each_try_is_a_span_and_one_that_failed_is_an_error_that_does_not_say_of_what(
    db: Database, tmp_path: Path
) -> None:
    async with working(db, tmp_path) as scene:
        with scene.tracer.start_as_current_span("the request") as asking:
            again = await scene.place.run("fails", tries=2, max_attempts=2)
        await scene.place.stands_at(again, Status.COMPLETED)
        ended = await scene.place.run("fails", tries=9, final=True)
        await scene.place.stands_at(ended, Status.FAILED)
    assert scene.told == [
        ("QUEUED", "RETRY", True),
        ("COMPLETED", "DONE", False),
        ("FAILED", "FAIL", True),
    ]
    links = [[link.context for link in run.links] for run in scene.runs]
    assert links == [[asking.get_span_context()], [asking.get_span_context()], []]  # nobody has asked within a span
    assert not any(run.events for run in scene.runs)
    assert "not this time" not in "".join(run.to_json() for run in scene.runs)


async def test_a_run_that_is_paused_ends_as_paused_and_what_follows_is_another_span(
    db: Database, tmp_path: Path
) -> None:
    async with working(db, tmp_path) as scene:
        task = await scene.place.run("steps", count=2, gate=1)
        await scene.place.shows("waiting")
        await scene.place.do(task, Action.PAUSE)
        await scene.place.stands_at(task, Status.PAUSED)
        scene.place.open()
        await scene.place.do(task, Action.RESUME)
        await scene.place.stands_at(task, Status.COMPLETED)
    assert scene.told == [("PAUSED", "DOWN", False), ("COMPLETED", "DONE", False)]


def test_a_run_whose_lease_was_lost_is_an_error() -> None:
    tracer, exporter = traced()
    with tracer.start_as_current_span("work x") as span:
        work_traces._Outcome(span).write()
    [run] = exporter.get_finished_spans()
    assert run.attributes == {"fermata.outcome": "LOST", "fermata.ending": "LOST"}
    assert not run.status.is_ok


@pytest.mark.parametrize("headers", [{}, {"traceparent": "garbage"}, {"traceparent": "00-" + "0" * 32 + "-1-01"}])
def test_what_came_with_a_message_and_names_no_trace_is_left_alone(headers: Mapping[str, str]) -> None:
    witness, id = WorkTraces(traced()[0], lambda *_: None), new_id()
    witness.sent(id, headers)
    assert witness.headers(id) == {}


def test_who_asked_long_ago_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_traces, "REMEMBERED", 2)
    witness, ids = WorkTraces(traced()[0], lambda *_: None), [new_id() for _ in range(3)]
    sent = [{"traceparent": f"00-{number:032x}-{number:016x}-01"} for number in (1, 2, 3)]
    for id, headers in zip(ids, sent, strict=True):
        witness.sent(id, headers)
    assert [witness.headers(id) for id in ids] == [{}, *sent[1:]]
