"""What docker-compose.yml and the Dockerfile promise, read from them: no default password, nothing open, health for all."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from fixtures.compose import Compose
from pydantic import ValidationError

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
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service["volumes"]}
    assert used == set(COMPOSE["volumes"]) == {"postgres-data", "valkey-data", "fermata-data"}


@pytest.mark.parametrize("name", ["server", "worker"])
def test_our_containers_may_do_nothing_that_they_need_not(name: str) -> None:
    service = SERVICES[name]
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert "no-new-privileges:true" in service["security_opt"]


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
