"""The commands by name, each imported only when it is called.

``viscoder --help`` needs the names and one line each, which stand here; so it imports neither
a plotting library nor a model.
"""

from __future__ import annotations

import difflib
import importlib

import click

from viscoder_tui.cli.collecting import uncollected

COMMANDS: dict[str, str] = {
    "chat": "Talk about a picture: words, code and picture side by side.",
    "plot": "Draw what you describe: a model writes the program, a sandbox runs it.",
    "run": "Run a program and show its picture; no model is asked.",
    "models": "List, pull, choose and remove models.",
    "sessions": "List, show, export and remove your conversations.",
    "languages": "List the languages and whether they work here.",
    "setup": "Bring what a language needs: its programs, packages or image.",
    "config": "Show and edit your settings.",
    "doctor": "Say what works here, what is missing and what brings it.",
    "completion": "Print the completion script of your shell.",
}


class LazyCommands(click.Group):
    """A group whose commands are the modules of this package, imported on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and take its ``command``."""
        if cmd_name not in COMMANDS:
            close = difflib.get_close_matches(cmd_name, COMMANDS, n=1)
            hint = f"Did you mean '{close[0]}'?" if close else f"There are {', '.join(COMMANDS)}."
            raise click.UsageError(f"No such command '{cmd_name}'. {hint}", ctx)
        with uncollected():
            module = importlib.import_module(f"viscoder_tui.cli.{cmd_name}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))
