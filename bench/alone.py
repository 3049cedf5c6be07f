"""The statement of a transition alone, sent by pgbench: what PostgreSQL itself can do, without any server in front of it."""

import asyncio
import os
import re
from pathlib import Path
from uuid import UUID

from bench.ground import ALL
from bench.served import Served
from bench.turns import Rate
from engine.statements import statement
from engine.transition import Ask, parameters
from gql.ids import decode
from models.authority import Authority
from models.lifecycle import Action
from server.postgres_files import find_binaries, folder_of

VERBS = (Action.PAUSE, Action.RESUME)


async def pgbench(server: Served, folder: Path, person: UUID, session: UUID, ids: list[str], seconds: float) -> Rate:
    """The statement alone, from as many clients: PostgreSQL's own measure of itself. Whole seconds."""
    uuids = ",".join(plain(id) for id in ids)
    mine = f"array[(cast('{{{uuids}}}' as uuid[]))[cast(:client_id as integer) + 1]]"
    authority = Authority(person, session_id=session)
    script = folder / "transition.sql"
    script.write_text("".join(literal(authority, verb, mine) + ";\n" for verb in VERBS))
    place = folder_of(server.data_dir)
    process = await asyncio.create_subprocess_exec(
        str(find_binaries() / "pgbench"),
        *("-n", "-M", "prepared", "-c", str(len(ids)), "-T", str(round(seconds)), "-f", str(script)),
        *("-h", str(place.sockets), "-U", "fermata", "fermata"),
        env={**os.environ, "PGPASSWORD": place.password_file.read_text().strip()},
        stdout=asyncio.subprocess.PIPE,
    )
    said = (await process.communicate())[0].decode()
    found = re.search(r"tps = ([\d.]+)", said)
    assert found, said
    return Rate(len(VERBS) * float(found[1]), 0.0)


def literal(authority: Authority, verb: Action, ids: str) -> str:
    """The statement with its values written into it."""
    values = parameters(authority, ALL, Ask(verb)) | {"workspace_id": None}
    written = {"ids": ids, "event_ids": "array[gen_random_uuid()]"}

    def value(match: re.Match[str]) -> str:
        name = match[1]
        return written.get(name) or quoted(values[name])

    return re.sub(r"(?<!:):([a-z_]+)", value, statement("transition").text)


def quoted(value: object) -> str:
    """A value in SQL."""
    if value is None:
        return "null"
    if isinstance(value, list):
        return "'{" + ",".join(map(str, value)) + "}'"  # pyright: ignore[reportUnknownArgumentType]
    return f"'{value}'"


def plain(id: str) -> str:
    """The UUID in one of our ids."""
    found = decode(id)
    assert found is not None
    return str(found[1])
