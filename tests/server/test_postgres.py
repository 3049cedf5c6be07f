"""The embedded Postgres: started for its first user, stopped after its last, never leaked, never a stranger's end."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest
from fixtures.cluster import Cluster
from fixtures.oldest import OLDEST

from server.postgres import embedded
from server.postgres_files import LONGEST_SOCKET_PATH, PostgresError, find_binaries, folder_of, is_locked, processes_in

ROOT = Path(__file__).resolve().parents[2]
FAST = {"fsync": "off"}
AWAY = (
    OSError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)  # the last: cut at a bad moment
USER_PROGRAM = """
import asyncio, sys
from pathlib import Path
from server.postgres import embedded

async def main():
    async with embedded(Path(sys.argv[1]), options={"fsync": "off"}) as url:
        print(url, flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


async def ask(url: str, question: str) -> object:
    connection = await asyncpg.connect(url, timeout=60)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def until_stopped(data_dir: Path) -> None:
    folder = folder_of(data_dir)
    async with asyncio.timeout(90):
        while is_locked(folder.keeper_lock) or processes_in(folder.data):
            await asyncio.sleep(0.05)


def start_user(data_dir: Path) -> tuple["subprocess.Popen[str]", str]:
    command = [sys.executable, "-c", USER_PROGRAM, str(data_dir)]
    user = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert user.stdout is not None
    return user, user.stdout.readline().strip()


def end(user: "subprocess.Popen[str]") -> None:
    user.send_signal(signal.SIGKILL)
    user.wait()
    assert user.stdout is not None
    user.stdout.close()


async def test_the_server_runs_while_it_is_used_and_its_data_outlive_it(tmp_path: Path) -> None:
    async with embedded(tmp_path / "data", options=FAST) as url:
        assert await ask(url, "create table kept as select 42 as answer") is None
        assert await ask(url, "select current_database() || current_setting('server_encoding')") == "fermataUTF8"
        assert processes_in(folder_of(tmp_path / "data").data)
    assert processes_in(folder_of(tmp_path / "data").data) == []
    async with embedded(tmp_path / "data", options=FAST) as url:
        assert await ask(url, "select answer from kept") == 42


async def test_a_second_user_shares_the_server_and_the_last_one_stops_it(tmp_path: Path) -> None:
    question = "select pg_postmaster_start_time()"
    async with embedded(tmp_path, options=FAST) as first:
        started = await ask(first, question)
        user, second = start_user(tmp_path)
        assert second == first
    assert await ask(second, question) == started
    end(user)
    await until_stopped(tmp_path)


async def test_a_user_that_is_killed_takes_the_server_with_it(tmp_path: Path) -> None:
    user, url = start_user(tmp_path)
    assert await ask(url, "select 1") == 1
    end(user)
    await until_stopped(tmp_path)
    async with embedded(tmp_path, options=FAST) as url:
        assert await ask(url, "select 1") == 1


@pytest.mark.parametrize("victim", ["keeper", "postgres"])
async def test_the_server_comes_back_when_one_of_its_processes_is_killed(tmp_path: Path, victim: str) -> None:
    folder = folder_of(tmp_path)
    async with embedded(tmp_path, options=FAST) as url:
        before = await ask(url, "select pg_postmaster_start_time()")
        file = folder.keeper_lock if victim == "keeper" else folder.data / "postmaster.pid"
        os.kill(int(file.read_text().split("\n", 1)[0]), signal.SIGKILL)
        async with asyncio.timeout(120):
            after = before
            while after == before:
                try:
                    after = await ask(url, "select pg_postmaster_start_time()")
                except AWAY:
                    await asyncio.sleep(0.05)


async def test_a_pid_file_that_names_a_stranger_neither_stops_us_nor_the_stranger(tmp_path: Path) -> None:
    async with embedded(tmp_path, options=FAST) as url:
        await ask(url, "select 1")
    stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    pid_file = folder_of(tmp_path).data / "postmaster.pid"
    pid_file.write_text(f"{stranger.pid}\n{pid_file.parent}\n1\n5432\n\n\n\n")
    async with embedded(tmp_path, options=FAST) as url:
        assert await ask(url, "select 1") == 1
        assert stranger.poll() is None
    assert stranger.poll() is None
    stranger.communicate(b"\n")
    assert stranger.returncode == 0


async def test_what_we_make_is_private_and_what_was_there_keeps_its_modes(tmp_path: Path) -> None:
    parents = [tmp_path, tmp_path / "a", tmp_path / "a" / "b"]
    for parent in parents[1:]:
        parent.mkdir()
    parents[1].chmod(0o750)
    parents[2].chmod(0o700)
    before = [parent.stat().st_mode for parent in parents]
    async with embedded(parents[2] / "data", options=FAST):
        folder = folder_of(parents[2] / "data")
        assert [parent.stat().st_mode for parent in parents] == before
        assert {p.stat().st_mode & 0o777 for p in (folder.root, folder.data, folder.sockets, folder.log)} == {0o700}
        assert folder.password_file.stat().st_mode & 0o777 == 0o600
        listening = await ask(folder.url(), "select current_setting('listen_addresses')")
        assert listening == ""
    assert [parent.stat().st_mode for parent in parents] == before


async def test_a_long_path_gets_a_short_socket_folder_that_is_private(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * LONGEST_SOCKET_PATH)
    async with embedded(deep, options=FAST) as url:
        sockets = folder_of(deep).sockets
        assert await ask(url, "select 1") == 1
        assert len(str(sockets)) < LONGEST_SOCKET_PATH
        assert sockets.stat().st_mode & 0o777 == 0o700
    assert not sockets.exists()


async def test_a_socket_folder_that_others_may_enter_is_refused(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    folder.sockets.mkdir(parents=True)
    folder.sockets.chmod(0o755)
    with pytest.raises(PostgresError, match="make it mode 0700"):
        async with embedded(tmp_path):
            pass


async def test_a_wrong_password_file_is_said_in_one_line_and_the_server_stops(tmp_path: Path) -> None:
    async with embedded(tmp_path, options=FAST):
        pass
    folder_of(tmp_path).password_file.write_text("another")
    with pytest.raises(PostgresError, match="does not hold the password"):
        async with embedded(tmp_path, options=FAST):
            pass
    await until_stopped(tmp_path)


async def test_a_cluster_of_another_version_is_refused_with_the_way_out(tmp_path: Path) -> None:
    async with embedded(tmp_path, options=FAST):
        pass
    (folder_of(tmp_path).data / "PG_VERSION").write_text("13\n")
    with pytest.raises(PostgresError, match="was made by PostgreSQL 13"):
        async with embedded(tmp_path):
            pass


async def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(PostgresError, match="no_such_setting"):
        async with embedded(tmp_path, options={"no_such_setting": "1"}):
            pass


def test_a_bin_folder_without_postgres_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PostgresError, match="FERMATA_POSTGRES_BIN"):
        find_binaries(tmp_path)


@pytest.mark.every_postgres
async def test_what_is_for_every_postgres_runs_over_the_newest_and_the_oldest(
    postgres: Cluster, request: pytest.FixtureRequest
) -> None:
    major = str(await ask(postgres.address, "show server_version")).split(".")[0]
    assert major == (OLDEST if request.node.name.endswith(f"[{OLDEST}]") else "18")
