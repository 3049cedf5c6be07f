"""`fermata user …`: accounts, from the machine itself, where no role is asked for."""

import sys
from typing import Annotated

import typer
from rich.prompt import Prompt

from server.terminal import HERE, Office, at_the_office, err, out

app = typer.Typer(no_args_is_help=True, help="Make, shut and open accounts; passwords.")

Email = Annotated[str, typer.Argument(help="the e-mail address of the account")]
FromInput = Annotated[bool, typer.Option("--password-stdin", help="read the password from the standard input")]


def password(from_input: bool) -> str:
    """Never an argument: those are seen in the list of processes and kept in the shell's history."""
    if from_input or not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    while True:
        first = Prompt.ask("Password", password=True, console=err)
        if first == Prompt.ask("Once more", password=True, console=err):
            return first
        err.print("They differ.")


@app.command()
def create(
    email: Email,
    name: Annotated[str, typer.Option(help="the name that others see; else the part of the address before @")] = "",
    admin: Annotated[
        bool, typer.Option("--admin", help="an admin of the installation; the first account is one")
    ] = False,
    password_stdin: FromInput = False,
) -> None:
    """Make an account, whatever FERMATA_SIGNUP says, with a workspace of its own."""
    chosen = password(password_stdin)

    async def job(room: Office) -> None:
        user = await room.accounts.create_user(
            HERE, email=email, password=chosen, display_name=name or email.partition("@")[0], admin=admin
        )
        kind = "an admin's account" if user.is_instance_admin else "an account"
        out.print(f"Made {kind} for {user.email}.", markup=False)

    at_the_office(job)


@app.command()
def set_password(email: Email, password_stdin: FromInput = False) -> None:
    """Set a password, and end every session of the account."""
    chosen = password(password_stdin)

    async def job(room: Office) -> None:
        await room.accounts.set_password(HERE, email=email, password=chosen)
        out.print(f"{email} has a new password and is signed out everywhere.", markup=False)

    at_the_office(job)


@app.command()
def disable(email: Email) -> None:
    """Shut an account: its sessions and API tokens stop working at once. Nothing of it is deleted."""

    async def job(room: Office) -> None:
        user = await room.accounts.disable(HERE, email, True)
        out.print(f"{user.email} is shut.", markup=False)

    at_the_office(job)


@app.command()
def enable(email: Email) -> None:
    """Open a shut account again."""

    async def job(room: Office) -> None:
        user = await room.accounts.disable(HERE, email, False)
        out.print(f"{user.email} is open.", markup=False)

    at_the_office(job)


@app.command()
def reset_link(email: Email) -> None:
    """Print a link to choose a new password: it works once, within a day. Hand it over in private."""

    async def job(room: Office) -> None:
        out.print(await room.accounts.reset_link_for(HERE, email), markup=False)

    at_the_office(job)
