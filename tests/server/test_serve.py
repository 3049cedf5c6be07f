"""`fermata run`: ready, replaced when they die, restarted in turn, gone when told; and one line when it cannot start."""

import asyncio
import os
import signal
import socket
from itertools import repeat
from pathlib import Path
from uuid import uuid4

import pytest
from fixtures.cluster import Cluster
from fixtures.serving import Running, answers, starting, until_gone
from httpx2 import AsyncClient
from sqlalchemy import make_url

from bench.rolling.steady import Ask, ask_steadily
from bench.wire import get
from server.postgres_files import folder_of, processes_in
from server.revision import is_guarded
from server.serve import prepare_schema
from server.settings import Settings, Switch
from server.start import StartError, reach


async def test_it_serves_with_a_database_of_its_own_until_it_is_told_to_stop(tmp_path: Path) -> None:
    async with starting(tmp_path / "data") as running:
        await running.ready()
        assert await running.pid() != running.process.pid
        assert processes_in(folder_of(tmp_path / "data").data)
        assert (tmp_path / "data/secret").stat().st_mode & 0o777 == 0o600
        assert await running.end() == 0
        assert not await answers(running.origin)
        assert processes_in(folder_of(tmp_path / "data").data) == []


async def test_a_request_under_way_is_finished_before_it_leaves(tmp_path: Path, database_url: str) -> None:
    async with starting(tmp_path, DATABASE_URL=database_url) as running, AsyncClient(timeout=90) as client:
        await running.ready()
        held = asyncio.create_task(client.get(f"{running.origin}/held"))
        await running.pid()
        assert await running.end(signal.SIGINT) == 0
        assert (await held).text == "finished"


async def test_a_process_that_dies_is_replaced(tmp_path: Path, database_url: str) -> None:
    async with starting(tmp_path, DATABASE_URL=database_url, PROCESSES="2") as running:
        await running.ready()
        before = await running.pids(2)
        victim = next(iter(before))
        os.kill(victim, signal.SIGKILL)
        after = await running.pids(2, without=frozenset({victim}))
        assert len(after & before) == 1
        assert await running.end() == 0


async def test_a_rolling_restart_replaces_every_process_and_loses_no_request(tmp_path: Path, database_url: str) -> None:
    async with starting(tmp_path, DATABASE_URL=database_url, PROCESSES="2") as running:
        await running.ready()
        before, over = await running.pids(2), asyncio.Event()
        port = int(running.origin.rsplit(":", 1)[1])
        asking = asyncio.create_task(ask_steadily(port, repeat(Ask("pid", get("/pid"))), over, rate=60, lines=6))
        running.process.send_signal(signal.SIGHUP)
        after = await running.pids(2, without=before)
        over.set()
        tally = await asking
        assert after.isdisjoint(before)
        assert tally.lost == []
        assert tally.connections > 6  # each process has ended those that it had
        assert await running.end() == 0


async def test_no_process_outlives_a_supervisor_that_is_killed(tmp_path: Path, database_url: str) -> None:
    async with starting(tmp_path, DATABASE_URL=database_url) as running:
        await running.ready()
        child = await running.pid()
        await running.end(signal.SIGKILL)
        await until_gone(child)
        assert not await answers(running.origin)


async def refused(running: Running) -> str:
    assert await asyncio.wait_for(running.process.wait(), 90) == 2
    said = [line for line in (await running.errors()).splitlines() if line.startswith("fermata: ")]
    assert len(said) == 1, said
    return said[0]


async def test_a_port_that_is_taken_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        async with starting(tmp_path, PORT=port) as running:
            said = await refused(running)
    assert said == f"fermata: port {port} on 127.0.0.1 is taken: stop what uses it, or choose another with FERMATA_PORT"


async def test_a_data_folder_that_cannot_be_written_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    async with starting(tmp_path / "file" / "data") as running:
        assert "cannot be written" in await refused(running)


async def test_a_secret_that_others_may_read_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x" * 43)
    (tmp_path / "secret").chmod(0o644)
    async with starting(tmp_path) as running:
        assert f"chmod 600 {tmp_path / 'secret'}" in await refused(running)


async def test_a_database_that_refuses_us_is_one_line_and_exit_code_2(tmp_path: Path, database_url: str) -> None:
    wrong = database_url.replace("postgresql://fermata:", "postgresql://fermata:not")
    async with starting(tmp_path, DATABASE_URL=wrong) as running:
        assert "the database refuses us" in await refused(running)


async def test_a_file_that_the_app_cannot_use_is_one_line_and_exit_code_2(tmp_path: Path, database_url: str) -> None:
    async with starting(tmp_path, "create_unfit", DATABASE_URL=database_url, PROCESSES="2") as running:
        assert await refused(running) == "fermata: kinds.toml: what is wrong"


async def test_an_app_that_fails_ends_the_start_and_leaves_its_trace_in_the_log(
    tmp_path: Path, database_url: str
) -> None:
    async with starting(tmp_path, "create_broken", DATABASE_URL=database_url) as running:
        assert await running.process.wait() == 2
        said = await running.errors()
    assert "LookupError: no such thing" in said
    assert "fermata: a server process ended with code 1 before it was ready; the log says why" in said


async def test_a_database_that_is_away_is_waited_for_and_then_named(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"the database does not answer .* See FERMATA_DATABASE_URL"):
        await reach(f"postgresql://me@/db?host={tmp_path}", seconds=0.0)


async def test_where_the_user_may_not_make_the_role_of_the_guard_the_start_says_who_can(
    cluster: Cluster, tmp_path: Path
) -> None:
    name = f"plain_{uuid4().hex}"
    await cluster.execute(f"create role {name} login password 'plain'")
    try:
        await cluster.execute(f"create database {name} owner {name}")
        url = make_url(cluster.url(name)).set(username=name, password="plain").render_as_string(hide_password=False)
        await prepare_schema(Settings(data_dir=tmp_path, database_url=url), url)
        guarded = Settings(data_dir=tmp_path, database_url=url, row_guard=Switch.ON)
        with pytest.raises(StartError, match="create role fermata_requests nologin; grant fermata_requests to"):
            await prepare_schema(guarded, url)
        await cluster.execute(f"grant fermata_requests to {name}")
        await prepare_schema(guarded, url)
        assert await is_guarded(url)
    finally:
        await cluster.execute(f"drop database if exists {name} with (force)")
        await cluster.execute(f"drop role {name}")
