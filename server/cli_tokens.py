"""`fermata token …`: API tokens of a workspace, in the name of one of its members."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from auth.errors import NotFound
from models.authority import Authority
from models.role import Role
from server.terminal import Office, at_the_office, out

if TYPE_CHECKING:
    from models.workspace import Workspace

UNCUT = 1000  # columns, where nobody looks but a program

app = typer.Typer(no_args_is_help=True, help="Make, list and revoke API tokens.")

Slug = Annotated[str, typer.Argument(help="the workspace, as its address names it")]
Member = Annotated[str, typer.Option("--as", help="the e-mail address of the member whose token it is")]


async def workspace(room: Office, authority: Authority, slug: str) -> "Workspace":
    place = await room.workspaces.by_slug(authority, slug)
    if place is None:
        there = ", ".join(one.workspace.slug for one in await room.workspaces.memberships_of(authority))
        raise NotFound(f"There is no workspace {slug} that this member is in; it is in: {there or 'none'}.")
    return place.workspace


@app.command()
def create(
    slug: Slug,
    name: Annotated[str, typer.Argument(help="what the token is for; the history shows it")],
    member: Member,
    role: Annotated[Role, typer.Option(help="what it may do at most", case_sensitive=False)] = Role.VIEWER,
    days: Annotated[int | None, typer.Option(min=1, help="days until it ends; unset: it does not")] = None,
) -> None:
    """Make an API token and print it. It is shown this once."""
    end = None if days is None else datetime.now(UTC) + timedelta(days=days)

    async def job(room: Office) -> None:
        async with room.acting_as(member) as authority:
            place = await workspace(room, authority, slug)
            made = await room.workspaces.create_token(authority, place.id, name, role, end)
        out.print(made.secret, markup=False)

    at_the_office(job)


@app.command(name="list")
def list_(slug: Slug, member: Member) -> None:
    """List the API tokens of a member, and of everybody for an ADMIN."""

    async def job(room: Office) -> None:
        async with room.acting_as(member) as authority:
            place = await workspace(room, authority, slug)
            found = await room.workspaces.tokens(authority, place.id)
        table = Table("id", "name", "role", "made", "last used", "ends", box=None)
        for token in found:
            times = (token.created_at, token.last_used_at, token.expires_at)
            table.add_row(
                str(token.id), token.name, token.role, *(f"{at:%Y-%m-%d %H:%M}" if at else "–" for at in times)
            )
        (out if out.is_terminal else Console(highlight=False, width=UNCUT)).print(table)

    at_the_office(job)


@app.command()
def revoke(token: Annotated[UUID, typer.Argument(help="the id, as `list` shows it")], member: Member) -> None:
    """End an API token at once."""

    async def job(room: Office) -> None:
        async with room.acting_as(member) as authority:
            await room.workspaces.revoke_token(authority, token)
        out.print(f"The token {token} is revoked.")

    at_the_office(job)
