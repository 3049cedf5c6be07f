"""`fermata worker`: joins the work of a server, and says in one line why it cannot."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from fixtures.app import serving
from fixtures.broker import valkey
from fixtures.collector import collecting
from typer.testing import CliRunner

from server.cli import app
from server.start import StartError
from server.terminal import read_settings
from server.work import NEEDS, join

ROOT = Path(__file__).resolve().parents[2]
KINDS = ROOT / "tests" / "fixtures" / "kinds.toml"
MAKE = """mutation ($workspace: ID!, $input: TaskInput!) {
    createTask(workspaceId: $workspace, input: $input) { task { id } } }"""
RUN = "mutation ($id: ID!) { runTask(id: $id) { task { status } } }"
READ = "query ($id: ID!) { task(id: $id) { status result worker } }"


@asynccontextmanager
async def working(data_dir: Path) -> AsyncGenerator[asyncio.subprocess.Process]:
    path = f"{ROOT}{os.pathsep}{ROOT / 'tests'}"
    env = {**os.environ, "FERMATA_DATA_DIR": str(data_dir), "PYTHONPATH": path}
    process = await asyncio.create_subprocess_exec(*(sys.executable, "-m", "server", "worker"), cwd=ROOT, env=env)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(90):
            await process.wait()


@pytest.fixture
def shared(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """A broker, and the settings that a server and its workers have in common."""
    with valkey(tmp_path / "valkey") as address:
        given = {"EXECUTOR": "celery", "DATABASE_URL": database_url, "BROKER_URL": address, "KINDS_FILE": str(KINDS)}
        for name, value in given.items():
            monkeypatch.setenv(f"FERMATA_{name}", value)
        yield


@pytest.mark.usefixtures("shared")
async def test_a_worker_elsewhere_does_the_work_of_a_server_and_its_trace_knows_who_asked(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with collecting() as collector:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address)
        await _work_elsewhere(tmp_path, database_url)
    [run], [asked] = collector.named("work steps"), collector.named("graphql mutation.runTask")
    assert [(link.trace_id, link.span_id) for link in run.links] == [(asked.trace_id, asked.span_id)]
    assert run.trace_id != asked.trace_id
    assert "sql engine.work_end" in {span.name for span in collector.spans if span.parent_span_id == run.span_id}


async def _work_elsewhere(tmp_path: Path, database_url: str) -> None:
    async with serving(database_url, tmp_path / "server") as api, working(tmp_path / "worker") as worker:
        looked = await asyncio.to_thread(CliRunner().invoke, app, ["doctor", "--only", "database", "--only", "broker"])
        assert (looked.exit_code, re.findall(r"^(\w+) +(\w+):", looked.stdout, re.MULTILINE)) == (
            0,
            [("well", "database"), ("well", "broker")],
        )
        workspace = await api.sign_up()
        task = {"title": "t", "kind": "steps", "input": {"folder": str(tmp_path), "count": 3}}
        made = await api.ask(MAKE, workspace=workspace["id"], input=task)
        name = made["createTask"]["task"]["id"]
        await api.ask(RUN, id=name)
        async with asyncio.timeout(120):
            while (now := (await api.ask(READ, id=name))["task"])["status"] != "COMPLETED":
                await asyncio.sleep(0.1)
        assert now["result"] == "all done"
        assert (tmp_path / "done").read_text() == "0\n1\n2\n"
        worker.send_signal(signal.SIGTERM)
        async with asyncio.timeout(90):
            assert await worker.wait() == 0


def test_a_worker_without_a_broker_says_what_it_needs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FERMATA_DATA_DIR", str(tmp_path))
    with pytest.raises(StartError, match="a worker needs FERMATA_EXECUTOR=celery") as refused:
        join(read_settings())
    assert str(refused.value) == NEEDS
