"""Where the released version comes from: the history, where the clone has it; otherwise the part says that it was not run."""

import subprocess
from pathlib import Path

import pytest

from bench.prove.beside import RELEASED, release, take_out
from bench.prove.clock import NotRun


def git(folder: Path, *arguments: str) -> str:
    """Quietly, as somebody of no name."""
    person = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", "-C", str(folder), *person, *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A release, and a commit that came later."""
    folder = tmp_path / "project"
    (folder / RELEASED).parent.mkdir(parents=True)
    git(tmp_path, "init", "--quiet", str(folder))
    for file, text in ((RELEASED, "{}"), ("later", "later")):
        (folder / file).write_text(text)
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "--message", file)
    return folder


def test_the_released_version_is_the_commit_that_last_wrote_what_it_promises(project: Path, tmp_path: Path) -> None:
    commit = release(project)
    assert commit == git(project, "rev-parse", "HEAD~1")
    take_out(commit, tmp_path / "old", project)
    assert sorted(file.name for file in (tmp_path / "old").rglob("*")) == ["migrations", "released.json"]


def test_a_clone_without_the_history_says_so_and_takes_nothing_else_for_the_release(
    project: Path, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{project}", str(tmp_path / "shallow"))
    with pytest.raises(NotRun, match="does not reach back to the last release"):
        release(tmp_path / "shallow")


def test_files_without_a_history_say_so(tmp_path: Path) -> None:
    with pytest.raises(NotRun, match="no history"):
        release(tmp_path)
