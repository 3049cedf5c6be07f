"""`fermata login`, `logout`, `profiles` and `tasks`."""

from typing import Annotated
from urllib.parse import urlsplit

import typer
from fermata_client import Fermata

from cli import tasks
from cli.profiles import DEFAULT, Profile, every, save
from cli.show import out
from cli.talk import MISUSED, REFUSED, fail, in_words

app = typer.Typer(
    name="fermata", help="Use a Fermata from the terminal.", no_args_is_help=True, pretty_exceptions_enable=False
)
app.add_typer(tasks.app, name="tasks")
Name = Annotated[str, typer.Option("--profile", help="a name for this sign-in")]


@app.command()
def login(
    url: Annotated[str, typer.Argument(help="the server's address, such as https://tasks.example.com")],
    token: Annotated[
        str | None,
        typer.Option("--token", help="an API token (fmt_…); asked for when it is left out", envvar="FERMATA_TOKEN"),
    ] = None,
    workspace: Annotated[str | None, typer.Option("--workspace", "-w", help="the workspace to mean by default")] = None,
    profile: Name = DEFAULT,
) -> None:
    """Sign in with an API token (page Tokens) and remember it for the next commands."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        fail(f"{url} is no address: it begins with http:// or https://", MISUSED)
    secret = token or typer.prompt("API token", hide_input=True)
    with in_words(), Fermata(url.rstrip("/"), secret) as fermata:
        viewer = fermata.viewer()["viewer"]
        if viewer is None:
            fail("The server does not know this token: make a new one on the page Tokens.", REFUSED)
        save(profile, Profile(url.rstrip("/"), secret, workspace))
        slugs = ", ".join(one["workspace"]["slug"] for one in viewer["workspaces"])
        out.print(f"Signed in at {url} as {viewer['displayName']}. Workspaces: {slugs}", markup=False)


@app.command()
def logout(profile: Name = DEFAULT) -> None:
    """Forget a sign-in. The token itself stays valid until it is revoked on the page Tokens."""
    with in_words():
        if profile not in every():
            fail(f"There is no sign-in {profile}: `fermata profiles` lists them.", MISUSED)
        save(profile, None)
    out.print(f"Forgot {profile}.", markup=False)


@app.command()
def profiles() -> None:
    """List the sign-ins that are remembered."""
    with in_words():
        found = every()
    for name, one in found.items():
        print(f"{name}\t{one.url}\t{one.workspace or ''}")
    if not found:
        out.print("None yet: run `fermata login ADDRESS`.")


if __name__ == "__main__":
    app(prog_name="fermata")
