"""`fermata export …`: what is taken out of the system as files."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from server.start import read_keys
from server.terminal import REFUSED, Office, at_the_office, complain, one_line_errors, out, settings

app = typer.Typer(no_args_is_help=True, help="Write the history of a workspace to a file, and check such a file.")


@app.callback()
def group() -> None:
    """Keeps `audit` a command of its own while it is the only one."""


@app.command()
def audit(
    slug: Annotated[str, typer.Argument(help="the workspace; with --verify: anything")] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="a file; else the standard output")] = None,
    check: Annotated[
        Path | None, typer.Option("--verify", help="check a file that was written by this command")
    ] = None,
) -> None:
    """The whole history as JSON Lines, oldest first, chained and sealed; --verify tells whether a file was changed."""
    if check is not None:
        return _verify(check)
    if not slug:
        raise typer.BadParameter("name a workspace, or give --verify FILE")

    async def job(room: Office) -> None:
        from sqlalchemy import select

        from auth.errors import NotFound
        from engine.events import export
        from models.workspace import workspaces
        from server.audit_export import lines

        async with room.db.one() as connection:
            found = await connection.scalar(select(workspaces.c.id).where(workspaces.c.slug == slug))
        if found is None:
            raise NotFound(f"There is no workspace {slug}.")
        with nullcontext(sys.stdout) if output is None else output.open("w", encoding="utf-8") as file:
            async for line in lines(export(room.db, found), room.keys, slug):
                file.write(line + "\n")

    at_the_office(job)
    return None


def _verify(file: Path) -> None:
    from server.audit_export import TamperedError, verify

    with one_line_errors():
        keys = read_keys(settings().secret_path)
    try:
        with file.open(encoding="utf-8") as given:
            workspace, count = verify(given, keys)
    except (TamperedError, OSError, UnicodeDecodeError) as error:
        complain(f"{file}: {error}")
        raise typer.Exit(REFUSED) from None
    out.print(f"{file} is as it was written: {count} events of {workspace}.", markup=False)
