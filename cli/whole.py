"""All commands of `fermata` in one list, for help and completion; the script at the root runs the half that is asked for."""

import typer

from cli.__main__ import app as ours
from server.cli import app as theirs

app = typer.Typer(
    name="fermata",
    help="A shared system of tasks: run, pause, resume and cancel them. What users type (login, tasks, profiles, logout) needs an"
    " address and a token; the rest is for who runs the server.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.registered_commands = [*ours.registered_commands, *theirs.registered_commands]
app.registered_groups = [*ours.registered_groups, *theirs.registered_groups]

if __name__ == "__main__":
    app(prog_name="fermata")
