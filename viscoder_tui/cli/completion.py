"""``viscoder completion``: the completion script of a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from viscoder_tui.cli import output
from viscoder_tui.cli.status import CommandFailed, ExitCode

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the completion script of SHELL.

    \b
    bash  viscoder completion bash > ~/.local/share/bash-completion/completions/viscoder
    zsh   viscoder completion zsh > "${fpath[1]}/_viscoder"
    fish  viscoder completion fish > ~/.config/fish/completions/viscoder.fish
    """
    from viscoder_tui.cli.main import viscoder

    completion = get_completion_class(shell)
    if completion is None:
        raise CommandFailed(f"there is no completion for {shell}", ExitCode.USAGE)
    output.line(completion(viscoder, {}, "viscoder", "_VISCODER_COMPLETE").source())
