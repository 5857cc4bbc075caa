"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

from viscoder_tui.cli.picture import ImageProtocol
from viscoder_tui.cli.status import CommandFailed, ExitCode


def model_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """What the shell may complete a model's name with: pulled ones, those of the catalogue, and
    the user's servers."""
    from backends.base import BackendError
    from backends.choose import EMBEDDED_NAME
    from viscoder_tui.config import SettingsWrong, load
    from viscoder_tui.config.models import library

    try:
        known = library()
        names = [
            EMBEDDED_NAME,
            *known.catalogue,
            *map(known.called, known.shelf.models()),
            *load().servers,
        ]
    except (BackendError, SettingsWrong):
        return []  # a shell is no place to tell it
    return [name for name in dict.fromkeys(names) if name.startswith(incomplete)]


lang = click.option("--lang", metavar="L", help="The program's language; chosen from the request when not given.")  # fmt: skip
model = click.option("--model", "model_name", metavar="M", shell_complete=model_names, help="A pulled model, a .gguf file, a server's address or name, vllm:FOLDER, or viscoder-nano.")  # fmt: skip
data = click.option("--data", multiple=True, metavar="FILE", type=click.Path(path_type=Path), help="A CSV, TSV or JSON file that the program may read; may be repeated.")  # fmt: skip
out = click.option(
    "-o", "--out", metavar="OUT", help="Write the picture there: .png, .svg or .pdf."
)
sandbox = click.option("--sandbox", "sandbox_name", metavar="S", help="bubblewrap or docker, or none to run unconfined, this once.")  # fmt: skip
image = click.option("--image", metavar="HOW", help="Draw in the terminal with auto, kitty, sixel, half or none.")  # fmt: skip
as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of the path.")  # fmt: skip


def checked_image(option: str | None, configured: str) -> ImageProtocol:
    """The way to draw in the terminal.

    Raises:
        CommandFailed: there is no such way.
    """
    from viscoder_tui.cli.picture import IMAGE_PROTOCOLS, IMAGE_VARIABLE, protocol_named

    if option is not None and option not in IMAGE_PROTOCOLS:
        raise CommandFailed(f"--image '{option}' is unknown: it can be {', '.join(IMAGE_PROTOCOLS)}", ExitCode.USAGE)  # fmt: skip
    try:
        return protocol_named(option, configured)
    except ValueError as error:
        raise CommandFailed(f"{IMAGE_VARIABLE} or the setting image: {error}", ExitCode.USAGE) from error  # fmt: skip
