"""``viscoder languages``: what programs can be written in."""

from __future__ import annotations

import click

from runners.languages import all_languages
from runners.toolchains import missing
from viscoder_tui.cli import options, output


@click.command()
@options.as_json
def command(as_json: bool) -> None:
    """List the languages, what they can draw to, and whether they work here."""
    found = all_languages()
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
                        "missing": list(missing(one.toolchain)),
                        "install": one.toolchain.install,
                    }
                    for one in found
                ]
            }
        )
        return
    width = max(len(one.name) for one in found)
    for one in found:
        lacking = missing(one.toolchain)
        state = f"needs {', '.join(lacking)}: {one.toolchain.install}" if lacking else "works here"
        aliases = f" (also {', '.join(one.aliases)})" if one.aliases else ""
        output.line(f"{one.name:{width}}  {one.suffix:8}  {', '.join(one.formats)}  {state}{aliases}")  # fmt: skip
