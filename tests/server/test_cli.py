"""The command line: each command does what it says, and says in one line what the caller can change."""

import json
import logging
import re
from collections.abc import Callable, Generator
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
import structlog
from typer.main import get_command
from typer.testing import CliRunner, Result

from auth.keys import fingerprint
from gql.schema import FILE
from models.release import VERSION
from server.cli import app

Run = Callable[..., Result]
ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "quite-a-long-way-from-here"


@pytest.fixture
def run(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Generator[Run]:
    """Runs `fermata …` on a migrated database of its own."""
    handlers, level = logging.getLogger().handlers[:], logging.getLogger().level
    monkeypatch.setenv("FERMATA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("FERMATA_DATABASE_URL", database_url)

    def invoke(*arguments: str, given: str = "") -> Result:
        return CliRunner().invoke(app, list(arguments), input=given)

    yield invoke
    logging.getLogger().handlers[:] = handlers
    logging.getLogger().setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def ada(run: Run) -> str:
    made = run("user", "create", "ada@example.com", "--name", "Ada", given=PASSWORD + "\n")
    assert (made.exit_code, made.stdout) == (0, "Made an admin's account for ada@example.com.\n")
    return "ada@example.com"


def ask(url: str, query: str, *values: object) -> object:
    import asyncio

    async def inside() -> object:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(query, *values)
        finally:
            await connection.close()

    return asyncio.run(inside())


def slug(url: str) -> str:
    return str(ask(url, "select slug from workspaces"))


def test_the_first_account_is_the_admins_and_the_next_is_not(run: Run, ada: str, database_url: str) -> None:
    made = run("user", "create", "ben@example.com", given=PASSWORD + "\n")
    assert made.stdout == "Made an account for ben@example.com.\n"
    assert ask(database_url, "select display_name from users where email = 'ben@example.com'") == "ben"
    assert ask(database_url, "select count(*) from users where is_instance_admin") == 1


def test_an_account_that_is_there_and_a_weak_password_are_refused_in_one_line(
    run: Run, ada: str, database_url: str
) -> None:
    again = run("user", "create", ada, given=PASSWORD + "\n")
    weak = run("user", "create", "ben@example.com", given="password1\n")
    for refused in (again, weak):
        assert refused.exit_code == 1
        assert refused.stderr.startswith("fermata: ")
        assert len(refused.stderr.splitlines()) == 1
    assert ask(database_url, "select count(*) from users") == 1


def test_an_account_is_shut_and_opened(run: Run, ada: str, database_url: str) -> None:
    assert run("user", "disable", ada).stdout == "ada@example.com is shut.\n"
    assert ask(database_url, "select disabled from users") is True
    assert run("user", "enable", ada).stdout == "ada@example.com is open.\n"
    assert ask(database_url, "select disabled from users") is False
    assert run("user", "disable", "nobody@example.com").exit_code == 1


def test_a_password_is_set_and_a_link_to_choose_one_is_made(run: Run, ada: str, database_url: str) -> None:
    before = ask(database_url, "select password_hash from users")
    assert run("user", "set-password", ada, given="another-long-way-from-here\n").exit_code == 0
    assert ask(database_url, "select password_hash from users") != before
    link = run("user", "reset-link", ada).stdout.strip()
    origin, token = link.split("/reset-password#")
    assert origin == "http://127.0.0.1:8000"
    found = ask(database_url, "select count(*) from password_resets where token_hash = $1", fingerprint(token))
    assert found == 1


def test_a_token_is_made_listed_and_revoked_in_the_name_of_a_member(run: Run, ada: str, database_url: str) -> None:
    place = slug(database_url)
    made = run("token", "create", place, "nightly run", "--as", ada, "--role", "operator", "--days", "7")
    assert made.exit_code == 0, made.stderr
    secret = made.stdout.strip()
    stored = ask(database_url, "select id from api_tokens where secret_hash = $1", fingerprint(secret))
    assert isinstance(stored, UUID)
    listed = run("token", "list", place, "--as", ada).stdout
    assert all(part in listed for part in (str(stored), "nightly run", "OPERATOR"))
    assert run("token", "revoke", str(stored), "--as", ada).exit_code == 0
    assert ask(database_url, "select revoked_at is not null from api_tokens") is True
    assert str(stored) not in run("token", "list", place, "--as", ada).stdout
    assert ask(database_url, "select count(*) from sessions where revoked_at is null") == 0
    assert ask(database_url, "select count(*) from events where via = 'command line'") == 2


def test_a_token_is_not_made_for_a_stranger(run: Run, ada: str, database_url: str) -> None:
    run("user", "create", "ben@example.com", given=PASSWORD + "\n")
    place = str(
        ask(
            database_url,
            "select slug from workspaces w join memberships m on m.workspace_id = w.id "
            "join users u on u.id = m.user_id where u.email = $1",
            ada,
        )
    )
    refused = run("token", "create", place, "spy", "--as", "ben@example.com")
    assert refused.exit_code == 1
    assert refused.stderr == f"fermata: There is no workspace {place} that this member is in; it is in: ben.\n"
    assert ask(database_url, "select count(*) from api_tokens") == 0


def test_an_exported_history_is_whole_and_shows_every_later_change(
    run: Run, ada: str, database_url: str, tmp_path: Path
) -> None:
    place, file = slug(database_url), tmp_path / "audit.jsonl"
    for name in ("one", "two"):
        run("token", "create", place, name, "--as", ada)
    assert run("export", "audit", place, "--output", str(file)).exit_code == 0
    written = file.read_text().splitlines()
    events = [json.loads(line) for line in written]
    assert [event.get("action") for event in events] == ["WORKSPACE_CREATED", "TOKEN_CREATED", "TOKEN_CREATED", None]
    well = run("export", "audit", "--verify", str(file))
    assert (well.exit_code, well.stdout) == (0, f"{file} is as it was written: 3 events of {place}.\n")
    changed = {
        "altered": [written[0].replace("WORKSPACE_CREATED", "WORKSPACE_DELETED"), *written[1:]],
        "left out": [*written[:1], *written[2:]],
        "moved": [written[0], written[2], written[1], written[3]],
        "cut off": written[:3],
        "cut before the end": [written[0], written[1], written[3]],
        "added to": [*written, written[0]],
        "sealed by another": [*written[:3], json.dumps({**json.loads(written[3]), "seal": "0" * 64})],
        "no JSON": ["{", *written],
    }
    for how, lines in changed.items():
        file.write_text("\n".join(lines))
        assert run("export", "audit", "--verify", str(file)).exit_code == 1, how
    assert run("export", "audit", "elsewhere").exit_code == 1


def test_another_program_gets_the_database_in_its_environment(run: Run, capfd: pytest.CaptureFixture[str]) -> None:
    told = run("database", "--", "psql", "--no-psqlrc", "--tuples-only", "--command", "select to_regclass('tasks')")
    assert told.exit_code == 0
    assert capfd.readouterr().out.strip() == "tasks"
    assert run("database", "--", "no-such-program").exit_code == 2


@pytest.mark.parametrize(
    ("published", "code", "said"),
    [
        ("http://127.0.0.1:18080", 0, "http://127.0.0.1:18080, for this machine alone"),
        ("http://tasks.example.org", 1, "is not https, and others can reach it"),
        ("https://tasks.example.org", 0, "https://tasks.example.org"),
    ],
)
def test_the_doctor_takes_a_port_that_is_published_on_loopback_for_what_it_is(
    run: Run, monkeypatch: pytest.MonkeyPatch, published: str, code: int, said: str
) -> None:
    monkeypatch.setenv("FERMATA_HOST", "0.0.0.0")
    monkeypatch.setenv("FERMATA_PUBLIC_URL", published)
    looked = run("doctor", "--only", "public address")
    assert looked.exit_code == code
    assert said in " ".join(looked.output.split())


def test_the_doctor_says_what_is_well_and_what_is_not(run: Run, tmp_path: Path) -> None:
    assert run("doctor", "--only", "secret", "--only", "database").exit_code == 0
    (tmp_path / "data/secret").chmod(0o644)
    ill = run("doctor", "--only", "secret", "--only", "database")
    assert ill.exit_code == 1
    assert ill.stdout.splitlines()[0].startswith("wrong  secret: ")
    assert "chmod 600" in ill.stdout
    assert "well   database: PostgreSQL 18" in ill.stdout
    assert run("doctor", "--only", "weather").exit_code == 2


def test_the_schema_is_printed_as_it_is_checked_in(run: Run) -> None:
    assert run("schema").stdout == FILE.read_text()


def test_every_command_is_documented_and_nothing_else_is() -> None:
    def names(group: object, path: str) -> set[str]:
        inside: dict[str, object] = getattr(group, "commands", {})
        return set().union(*(names(child, f"{path} {name}") for name, child in inside.items())) if inside else {path}

    documented = re.findall(r"^\| `(fermata [a-z -]+)` \|", (ROOT / "docs/operations.md").read_text(), re.MULTILINE)
    assert set(documented) == names(get_command(app), "fermata")


def test_migrating_an_up_to_date_database_is_well(run: Run) -> None:
    assert run("migrate").stdout == "The database has the newest schema.\n"


def test_a_wrong_setting_ends_every_command_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FERMATA_PROT", "80")
    for command in (["run"], ["migrate"], ["user", "disable", "x"], ["doctor"]):
        ended = run(*command)
        assert (ended.exit_code, ended.stderr) == (
            2,
            "fermata: FERMATA_PROT is not a setting: do you mean FERMATA_PORT?\n",
        )


def test_the_version_is_told_without_settings_or_a_database() -> None:
    done = CliRunner().invoke(app, ["--version"], env={"FERMATA_PORT": "nonsense"})
    assert (done.exit_code, done.stdout) == (0, f"Fermata {VERSION}\n")
