"""Who one is at a terminal: what an address may look like, which token is taken, and what versions run where."""

import pytest
from fermata_client import Unauthenticated, __version__
from fixtures.terminal import Terminal

from cli import signed
from cli.profiles import NoProfile, Profile, address, choose, save
from cli.talk import sentence

LOCAL = "http://127.0.0.1:8000"


@pytest.mark.parametrize("page", ["", "/", "/graphql", "/graphql/", "/graphiql", "/graphql?query=%7B%7D"])
def test_an_address_that_was_copied_from_the_api_or_the_explorer_is_that_of_the_server(page: str) -> None:
    assert address(f"https://tasks.example.com{page}") == "https://tasks.example.com"
    assert address(f"https://example.com:8443/tasks{page}") == "https://example.com:8443/tasks"


@pytest.mark.parametrize("text", ["", "example.com", "ftp://example.com", "http://"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no address"):
        address(text)


def test_what_the_environment_says_is_never_passed_over(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    with pytest.raises(NoProfile, match=r"^You are not signed in: run `fermata login ADDRESS`\.$"):
        choose(None, {})
    assert choose(None, {"FERMATA_TOKEN": "t"}) == Profile(LOCAL, "t")
    assert choose(None, {"FERMATA_TOKEN": "t", "FERMATA_PORT": "8731"}).url == "http://127.0.0.1:8731"
    save("default", Profile("https://one", "a", "bakery"))
    save("work", Profile("https://two", "b"))
    kept = Profile("https://one", "a", "bakery", "default")
    assert choose(None, {}) == kept
    assert choose(None, {"FERMATA_WORKSPACE": "ours"}).workspace == "ours"
    assert choose(None, {"FERMATA_TOKEN": "t"}) == Profile("https://one", "t")
    assert choose(None, {"FERMATA_URL": "https://two/graphql"}) == Profile("https://two", "b", None, "work")
    assert choose("default", {"FERMATA_URL": "https://two", "FERMATA_TOKEN": "t"}) == kept  # named: meant
    with pytest.raises(NoProfile, match="not signed in at https://three: run `fermata login https://three`"):
        choose(None, {"FERMATA_URL": "https://three"})


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (None, "`fermata login ADDRESS`."),
        (Profile("https://one", "t"), "https://one does not take the token in FERMATA_TOKEN (any more)"),
        (Profile("https://one", "t", None, "work"), "`fermata login https://one --profile work`."),
    ],
)
def test_a_token_that_is_over_is_said_to_be_with_what_to_type(asked: Profile | None, said: str) -> None:
    assert said in sentence(Unauthenticated("", "UNAUTHENTICATED", {}), asked)


def test_a_token_over_plain_http_is_warned_of_but_on_this_machine(capsys: pytest.CaptureFixture[str]) -> None:
    for here in ("http://localhost:8000", "http://127.0.0.1", "http://[::1]:80", "https://example.com"):
        signed.warn(here)
    assert capsys.readouterr().err == ""
    signed.warn("http://example.com")
    assert "sends the token as it is" in capsys.readouterr().err


async def test_one_is_told_who_one_is_with_a_token_from_a_pipe_and_not_kept_in_a_workspace_that_is_not_ones_own(
    terminal: Terminal,
) -> None:
    code, _, errors = await terminal.type("login", terminal.address, "-w", "elsewhere", answers=f"{terminal.token}\n")
    assert (code, errors) == (2, f"This token is in no workspace elsewhere: {terminal.slug}\n")
    code, _, errors = await terminal.type("login", terminal.address, answers="\n")
    assert (code, errors.partition(":")[0]) == (2, "There was no token")
    assert await terminal.done("profiles") == "None yet: run `fermata login ADDRESS`.\n"
    asked = ("login", f"{terminal.address}/graphql", "-w", terminal.slug, "--profile", "work")
    code, out, _ = await terminal.type(*asked, answers=f"{terminal.token}\n")
    assert (code, f"Workspace {terminal.slug}: EDITOR, which commands mean\n" in out) == (0, True)
    assert out.endswith("Next: fermata tasks list --profile work\n")
    assert await terminal.done("whoami", "--profile", "work") == out


async def test_versions_are_told_here_and_there_and_a_silent_server_is_no_failure(terminal: Terminal) -> None:
    ours = f"Fermata {__version__}\n"
    assert await terminal.done("version") == ours
    assert await terminal.type_for_real("--version") == (0, ours, "")
    told = {"FERMATA_URL": terminal.address, "FERMATA_TOKEN": terminal.token}
    assert await terminal.type("--version", **told) == (0, f"{ours}Server at {terminal.address}: {__version__}\n", "")
    code, out, _ = await terminal.type("version", FERMATA_URL=terminal.address, FERMATA_TOKEN="fmt_x")
    assert (code, "does not take the token in FERMATA_TOKEN" in out) == (0, True)
    silent = {"FERMATA_URL": "http://127.0.0.1:9", "FERMATA_TOKEN": "fmt_x"}
    assert await terminal.type("version", **silent) == (0, f"{ours}Server at http://127.0.0.1:9: does not answer\n", "")
    assert (await terminal.type("version", "--profile", "nobody"))[0] == 2
