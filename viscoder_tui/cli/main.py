"""Where ``viscoder`` starts, and the one place where errors become a sentence and a status."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

import click

from runners.base import SandboxMissing
from viscoder_tui import __version__
from viscoder_tui.cli import output
from viscoder_tui.cli.commands import LazyCommands
from viscoder_tui.cli.status import CommandFailed, ExitCode, Status

DEBUG_VARIABLE = "VISCODER_DEBUG"


@click.group(
    cls=LazyCommands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 a picture; 1 no picture after the last round; 2 wrong usage or bad "
    "input; 3 no model or backend; 4 toolchain or sandbox missing; 130 interrupted.",
)
@click.version_option(__version__, prog_name="viscoder")
def viscoder() -> None:
    """Say what you want to see: a local model writes the program, a sandbox runs it, what went
    wrong goes back to the model, and the picture stands in your terminal."""


def _ended(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def main() -> None:
    """Run the command line and exit with the documented status."""
    signal.signal(signal.SIGTERM, _ended)
    sys.exit(_status())


def _status() -> int:
    debug = bool(os.environ.get(DEBUG_VARIABLE))
    status = Status()
    try:
        result = viscoder.main(prog_name="viscoder", standalone_mode=False)
        output.flush()
    except CommandFailed as failure:
        output.flush()
        status.say(failure.message)
        return failure.status
    except SandboxMissing as missing:
        output.flush()
        status.say(str(missing))
        return ExitCode.NO_TOOLCHAIN
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as mistake:
        status.say(_sentence(mistake))
        return ExitCode.USAGE
    except (KeyboardInterrupt, click.Abort):
        output.discard()
        status.say("stopped")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        output.discard()
        return ExitCode.OK
    except Exception as fault:
        if debug:
            raise
        status.say(
            f"viscoder met a fault of its own: {type(fault).__name__}: {fault}; "
            f"set {DEBUG_VARIABLE}=1 to see where"
        )
        return ExitCode.NO_PICTURE
    return int(result) if isinstance(result, int) else ExitCode.OK


def _sentence(mistake: click.ClickException) -> str:
    message = mistake.format_message()
    context = mistake.ctx if isinstance(mistake, click.UsageError) else None
    where = context.command_path if context is not None else "viscoder"
    return f"{message} (see {where} --help)"


if __name__ == "__main__":
    main()
