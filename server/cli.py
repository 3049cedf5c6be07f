"""The command line: `fermata COMMAND`. Each command is a few lines that call who knows; groups have files of their own.

What only one command needs is imported there: SQLAlchemy and Alembic alone take longer than most commands.
"""

import asyncio
import os
import sys
from typing import Annotated

import typer

from models.release import VERSION
from server import cli_export, cli_tokens, cli_users
from server.postgres_files import PostgresError, find_binaries
from server.serve import serve
from server.settings import Settings
from server.start import StartError, database
from server.terminal import one_line_errors, out, settings

app = typer.Typer(
    name="fermata",
    help="A shared system of tasks: run, pause, resume and cancel them.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(cli_users.app, name="user")
app.add_typer(cli_tokens.app, name="token")
app.add_typer(cli_export.app, name="export")


def _version(asked: bool) -> None:
    if asked:
        print(f"Fermata {VERSION}")
        raise typer.Exit


@app.callback()
def begin(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version")
    ] = False,
) -> None:
    """A shared system of tasks: run, pause, resume and cancel them."""


@app.command()
def run() -> None:
    """Serve: the database, its schema, the site and the API, until Ctrl-C. Settings: docs/operations.md."""
    from server.greeting import greet

    with one_line_errors():
        asyncio.run(serve(settings(), greet))


@app.command()
def worker() -> None:
    """Do work for a server elsewhere, over Celery, until SIGTERM: then everything is put down and released."""
    from server.work import join

    with one_line_errors():
        join(settings())


@app.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from migrations.apply import migrate as bring_up_to_date

    async def job(found: Settings) -> None:
        async with database(found) as url:
            await bring_up_to_date(found.direct_database or url)
        out.print("The database has the newest schema.")

    with one_line_errors():
        asyncio.run(job(settings()))


@app.command(name="database", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def database_(
    command: Annotated[list[str] | None, typer.Argument(help="psql, pg_dump, … and its arguments")] = None,
) -> None:
    """Run psql, or another program of PostgreSQL, on our database. The embedded one is started when it does not run."""

    async def job(found: Settings) -> int:
        async with database(found) as url:
            program = await asyncio.create_subprocess_exec(*(command or ["psql"]), env=_client_environment(found, url))
            return await program.wait()

    with one_line_errors():
        try:
            raise typer.Exit(asyncio.run(job(settings())))
        except FileNotFoundError as error:
            raise StartError(f"there is no program {error.filename}: give psql, pg_dump, pg_restore, …") from None


def _client_environment(found: Settings, url: str) -> dict[str, str]:
    """Where libpq looks. The wheel's programs come first, as their version fits."""
    from models.database import address

    given = address(url)
    host = given.query.get("host") or given.host or ""
    named = {
        "PGHOST": host if isinstance(host, str) else host[0],
        "PGPORT": str(given.port or 5432),
        "PGUSER": given.username or "",
        "PGPASSWORD": given.password or "",
        "PGDATABASE": given.database or "",
    }
    try:
        path = f"{find_binaries(found.postgres_bin)}{os.pathsep}{os.environ.get('PATH', '')}"
    except PostgresError:
        path = os.environ.get("PATH", "")
    return {**os.environ, **{name: value for name, value in named.items() if value}, "PATH": path}


@app.command()
def schema(write: Annotated[bool, typer.Option("--write", help="into gql/schema.graphql")] = False) -> None:
    """Print the GraphQL schema as it is served."""
    from gql.schema import FILE, build, export

    text = export(build())
    if write:
        FILE.write_text(text)
        out.print(f"Wrote {FILE}.", markup=False)
    else:
        sys.stdout.write(text)


@app.command()
def doctor(
    only: Annotated[list[str] | None, typer.Option(help="the name of a thing to look at; may be repeated")] = None,
) -> None:
    """Look at everything that has to be right, and say what is not and what to do."""
    from server.doctor import LOOKS, examine

    if unknown := set(only or ()) - set(LOOKS):
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: choose from {', '.join(LOOKS)}")
    with one_line_errors():
        found = settings()
    if not asyncio.run(examine(found, out, only or ())):
        raise typer.Exit(1)


def main() -> None:
    app(prog_name="fermata")


if __name__ == "__main__":
    sys.exit(main())
