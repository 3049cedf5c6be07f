"""All commands of `fermata` in one list, for help and completion; the script at the root runs the half that is asked for."""

import typer

from cli.__main__ import app as ours
from cli.__main__ import begin
from server.cli import app as theirs

WORDS = (
    "A shared system of tasks: run, pause, resume and cancel them. What users type (login, whoami, tasks, profiles, logout) needs"
    " an address and a token; the rest is for who runs the server."
)
app = typer.Typer(
    name="fermata",
    help=WORDS,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback(help=WORDS)(begin)
app.registered_commands = [*ours.registered_commands, *theirs.registered_commands]
app.registered_groups = [*ours.registered_groups, *theirs.registered_groups]

if __name__ == "__main__":
    app(prog_name="fermata")
