"""``viscoder config``: the settings, where they come from, and an editor on them."""

from __future__ import annotations

import json
import os
import shlex
import subprocess

import click

from viscoder_tui import config
from viscoder_tui.cli import options, output
from viscoder_tui.cli.status import CommandFailed, ExitCode, Status, printable
from viscoder_tui.locations import settings_file, theme_folder


@click.group(invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Show and edit your settings.

    A setting is looked for on the command line, then in the environment, in the project's
    .viscoder.toml, in your settings file; else it has its default.
    """
    if context.invoked_subcommand is None:
        context.invoke(show)


@command.command("path")
def path() -> None:
    """Print the path of your settings file, which need not exist."""
    output.line(str(settings_file()))


@command.command("show")
@options.as_json
def show(as_json: bool = False) -> None:
    """Print each setting, its value in force and where that comes from."""
    try:
        found = config.described()
    except config.SettingsWrong as error:
        raise CommandFailed(str(error), ExitCode.USAGE) from error
    if as_json:
        project = config.project_file()
        output.document(
            {
                "file": str(settings_file()),
                "project": str(project) if project is not None else None,
                "settings": [
                    {
                        "name": one.name,
                        "type": one.kind,
                        "value": one.value,
                        "origin": one.origin,
                        "default": one.default,
                        "description": one.text,
                        "variable": one.variable or None,
                        "flag": one.flag or None,
                    }
                    for one in found
                ],
            }
        )
        return
    rows = [(one.name, printable(config.toml(one.value)), _origin(one)) for one in found]
    names, values = (max(len(row[column]) for row in rows) for column in (0, 1))
    for name, value, origin in rows:
        output.line(f"{name:{names}}  {value:{min(values, 40)}}  {origin}")


def _origin(one: config.Description) -> str:
    meaning = f": {one.unset.replace('`', '')}" if one.unset and one.value == one.default else ""
    return printable(f"({one.origin}{meaning})").replace("\n", " ")


@command.command("schema")
def schema() -> None:
    """Print the JSON schema of the settings file, for editors that complete from it."""
    output.line(json.dumps(config.schema(), ensure_ascii=False, indent=2))


@command.command("edit")
def edit() -> None:
    """Open your settings file in an editor, and say what is wrong with it afterwards.

    The editor is the setting editor, else $VISUAL, else $EDITOR. A file that does not exist yet
    is made, with every setting in it as a comment.
    """
    editor = _editor()
    file = settings_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.write_text(config.template(), encoding="utf-8")
    except OSError as error:
        raise CommandFailed(f"the settings {file} cannot be written: {error.strerror}", ExitCode.USAGE) from error  # fmt: skip
    try:
        ended = subprocess.run([*editor, str(file)], check=False).returncode
    except OSError as error:
        raise CommandFailed(f"the editor {editor[0]} cannot be started ({error.strerror}): name another in $EDITOR", ExitCode.USAGE) from error  # fmt: skip
    if ended != 0:
        raise CommandFailed(f"the editor {editor[0]} ended with status {ended}: {file} is as it left it", ExitCode.USAGE)  # fmt: skip
    _check()
    Status().say(f"{file} is right: viscoder config show tells what is in force")


def _editor() -> list[str]:
    """The editor's command.

    Raises:
        CommandFailed: none is named, or it cannot be read as a command.
    """
    try:
        named = config.load().editor
    except config.SettingsWrong:
        named = ""  # what is wrong is about to be edited
    line = named or os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise CommandFailed(f"the editor {line} cannot be read as a command: {error}", ExitCode.USAGE) from error  # fmt: skip
    if not words:
        raise CommandFailed(f"no editor is named: export EDITOR=nano, for example, or open {settings_file()} yourself", ExitCode.USAGE)  # fmt: skip
    return words


def _check() -> None:
    """Look whether the settings can be used, and whether what they name is there.

    Raises:
        CommandFailed: they cannot.
    """
    from backends.base import ModelMissing
    from backends.server_address import parse
    from runners import languages
    from runners.base import UnknownLanguage
    from themes.base import NoTheme, ThemeWrong
    from themes.load import find

    try:
        settings = {one.name: one for one in config.described()}
    except config.SettingsWrong as error:
        raise CommandFailed(str(error), ExitCode.USAGE) from error
    theme, language, servers = settings["theme"], settings["language"], settings["servers"]
    for name, address in servers.value.items():
        try:
            parse(address)
        except ModelMissing as error:
            raise CommandFailed(f"the setting 'servers.{name}' ({servers.origin}): {error}", ExitCode.USAGE) from error  # fmt: skip
    try:
        if theme.value != "auto":
            find(theme.value, theme_folder())
    except (NoTheme, ThemeWrong) as error:
        raise CommandFailed(f"the setting 'theme' ({theme.origin}): {error}", ExitCode.USAGE) from error  # fmt: skip
    try:
        if language.value:
            languages.find(language.value)
    except UnknownLanguage as error:
        raise CommandFailed(f"the setting 'language' ({language.origin}): {error}", ExitCode.USAGE) from error  # fmt: skip
