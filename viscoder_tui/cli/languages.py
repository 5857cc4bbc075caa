"""``viscoder languages``: what programs can be written in."""

from __future__ import annotations

import click

from runners.base import SandboxMissing
from runners.languages import all_languages
from runners.sandbox import sandbox
from runners.toolchains import brings
from viscoder_tui import config
from viscoder_tui.cli import options, output
from viscoder_tui.cli.status import CommandFailed, ExitCode


@click.command()
@options.as_json
def command(as_json: bool) -> None:
    """List the languages, what they can draw to, and whether they work here."""
    found = all_languages()
    try:
        box = sandbox(config.load().sandbox)
        missing = {one.name: box.missing(one) for one in found}
    except config.SettingsWrong as error:
        raise CommandFailed(str(error), ExitCode.USAGE) from error
    except SandboxMissing as error:
        raise CommandFailed(str(error), ExitCode.NO_TOOLCHAIN) from error
    if as_json:
        output.document(
            {
                "languages": [
                    {
                        "name": one.name,
                        "title": one.title,
                        "aliases": list(one.aliases),
                        "suffixes": [one.suffix, *one.other_suffixes],
                        "formats": list(one.formats),
                        "missing": list(lacking.what) if (lacking := missing[one.name]) else [],
                        "install": lacking.install if lacking else brings(one),
                    }
                    for one in found
                ]
            }
        )
        return
    width = max(len(one.name) for one in found)
    for one in found:
        lacking = missing[one.name]
        state = f"needs {', '.join(lacking.what)}: {lacking.install}" if lacking else "works here"
        aliases = f" (also {', '.join(one.aliases)})" if one.aliases else ""
        output.line(f"{one.name:{width}}  {one.suffix:8}  {', '.join(one.formats)}  {state}{aliases}")  # fmt: skip
