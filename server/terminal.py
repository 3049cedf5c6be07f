"""What the commands share: where they print, what they are given, and how a fault becomes one line."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from auth.client import Client
from auth.errors import AuthError
from auth.keys import Keys
from migrations.revisions import SchemaError
from server.connection import connection
from server.logs import configure
from server.postgres_files import PostgresError
from server.settings import Settings
from server.settings_source import SettingsError, read_settings
from server.start import StartError, database, read_keys

if TYPE_CHECKING:
    from auth.accounts import Accounts
    from auth.memberships import Workspaces
    from models.authority import Authority
    from models.database import Database

CANNOT_START, REFUSED = 2, 1
HERE = Client(user_agent="command line")

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


@contextmanager
def one_line_errors() -> Generator[None]:
    """What the one at the terminal can change is told in a line, without a traceback."""
    try:
        yield
    except (StartError, SettingsError, PostgresError, SchemaError) as error:
        complain(str(error))
        raise typer.Exit(CANNOT_START) from None
    except AuthError as error:
        fields: dict[str, str] = getattr(error, "fields", {})
        complain("\n".join(fields.values()) or error.message)
        raise typer.Exit(REFUSED) from None


def complain(text: str) -> None:
    for line in text.splitlines():
        err.print(f"fermata: {line}", style="bold red" if err.is_terminal else None, markup=False)


def settings() -> Settings:
    """The settings, with the log set up as they say."""
    found = read_settings()
    configure(found.log_format, found.log_level)
    return found


@dataclass(frozen=True)
class Office:
    """What the commands about accounts work with."""

    db: "Database"
    keys: Keys
    accounts: "Accounts"
    workspaces: "Workspaces"

    @asynccontextmanager
    async def acting_as(self, email: str) -> "AsyncGenerator[Authority]":
        """The owner of the machine acts for a person, in a session of moments; the history says `command line`.

        Raises NotFound.
        """
        from auth import statements
        from auth.errors import NotFound
        from auth.signing_in import account
        from models.authority import Authority

        user, hashed = await account(self.db, email)
        if user is None or user.disabled:
            raise NotFound(f"There is no account {email}, or it is disabled.")
        async with self.db.transaction() as connection:
            made = await self.accounts.open_session(connection, user, HERE, hashed)
        try:
            yield Authority(user.id, session_id=made.session_id, via=HERE.user_agent)
        finally:
            async with self.db.one() as connection:
                await statements.run(connection, "revoke_session", id=made.session_id, user_id=user.id)


@asynccontextmanager
async def office(found: Settings) -> AsyncGenerator[Office]:
    """Raises StartError."""
    from auth.accounts import Accounts
    from auth.memberships import Workspaces
    from models.database import Database

    async with database(found) as url:
        async with connection(found.direct_database or url) as plain:
            if await plain.fetchval("select to_regclass('users') is null"):
                raise StartError("the database has no schema yet: run `fermata migrate` first")
        db, keys = Database(url, size=2, timeout=10, application="fermata command"), read_keys(found.secret_path)
        accounts = Accounts(db, keys, found.accounts)
        try:
            yield Office(db, keys, accounts, Workspaces(db))
        finally:
            await accounts.close()
            await db.close()


def at_the_office(job: Callable[[Office], Coroutine[None, None, None]]) -> None:
    """Runs a command about accounts."""

    async def inside(found: Settings) -> None:
        async with office(found) as room:
            await job(room)

    with one_line_errors():
        asyncio.run(inside(settings()))
