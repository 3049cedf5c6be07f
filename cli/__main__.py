"""`fermata login`, `whoami`, `logout`, `profiles`, `version` and `tasks`."""

from typing import Annotated

import typer
from fermata_client import Fermata, FermataError, NoAnswer, __version__

from cli import signed, tasks
from cli.filters import Profile as Chosen
from cli.profiles import DEFAULT, NoProfile, Profile, address, choose, every, save
from cli.show import out
from cli.talk import MISUSED, fail, in_words, sentence

app = typer.Typer(
    name="fermata",
    help="Use a Fermata from the terminal.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(tasks.app, name="tasks")
Name = Annotated[str, typer.Option("--profile", help="a name for this sign-in")]
SOON = 5.0  # seconds: who asks for a version waits for no server


def versions(profile: str | None) -> None:
    """What runs here, and where one is signed in, what runs there: a server that says nothing is no failure of ours."""
    print(f"Fermata {__version__}", flush=True)
    try:
        found = choose(profile)
    except (NoProfile, ValueError, OSError) as error:
        if profile is not None:
            fail(str(error), MISUSED)
        return
    try:
        with Fermata(found.url, found.token, timeout=SOON, tries=1) as fermata:
            print(f"Server at {found.url}: {fermata.version()['version']}")
    except FermataError as error:
        print(f"Server at {found.url}: {sentence(error, found)}")
    except (ConnectionError, NoAnswer):
        print(f"Server at {found.url}: does not answer")


def _version(asked: bool) -> None:
    if asked:
        versions(None)
        raise typer.Exit


@app.callback()
def begin(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="print the versions here and there")
    ] = False,
) -> None:
    """Use a Fermata from the terminal."""


@app.command()
def login(
    url: Annotated[str, typer.Argument(help="the server's address, such as https://tasks.example.com")],
    token: Annotated[
        str | None,
        typer.Option(
            "--token",
            help="an API token (fmt_…); left out, it is asked for, or read from a pipe",
            envvar="FERMATA_TOKEN",
        ),
    ] = None,
    workspace: Annotated[str | None, typer.Option("--workspace", "-w", help="the workspace to mean by default")] = None,
    profile: Name = DEFAULT,
) -> None:
    """Sign in with an API token (page Tokens) and remember it for the next commands."""
    with in_words():
        place = address(url)
    signed.warn(place)
    made = Profile(place, token or signed.secret(), workspace, profile)
    if not made.token:
        fail("There was no token: give it by --token, FERMATA_TOKEN or a pipe, or type it when asked.", MISUSED)
    with in_words(made), Fermata(place, made.token) as fermata:
        found = fermata.whoami()
        slugs = [one["workspace"]["slug"] for one in found["viewer"]["workspaces"]] if found["viewer"] else []
        if workspace is not None and workspace not in slugs:
            fail(f"This token is in no workspace {workspace}: {', '.join(slugs) or 'it is in none'}", MISUSED)
        if found["viewer"]:
            save(profile, made)
        signed.introduce(found, made)


@app.command()
def whoami(profile: Chosen = None) -> None:
    """Say where you are signed in, as whom, in which workspaces as what, and until when."""
    with in_words():
        found = choose(profile)
    with in_words(found), Fermata(found.url, found.token) as fermata:
        signed.introduce(fermata.whoami(), found)


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


@app.command()
def version(profile: Chosen = None) -> None:
    """Print the version here, and that of the server where you are signed in."""
    versions(profile)


if __name__ == "__main__":
    app(prog_name="fermata")
