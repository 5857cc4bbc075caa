"""What every command shares: help, typos, completion, one owner of stdout and of stderr."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from tests.cli.conftest import Viscoder
from viscoder_tui import __version__
from viscoder_tui.cli.commands import COMMANDS
from viscoder_tui.cli.status import Status, printable

HEAVY = (
    "matplotlib",
    "numpy",
    "pandas",
    "llama_cpp",
    "rich",
    "textual",
    "PIL",
    "altair",
    "asyncio",
)


def test_help_names_every_command_and_the_exit_statuses(viscoder: Viscoder) -> None:
    shown = viscoder("--help")
    assert shown.returncode == 0
    for name in COMMANDS:
        assert name in shown.stdout
    assert "130" in shown.stdout


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys; sys.argv = ['viscoder', '--help']\n"
        "from viscoder_tui.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert shown.stderr.strip() == "[]"


def test_every_command_has_help(viscoder: Viscoder) -> None:
    for name in COMMANDS:
        shown = viscoder(name, "--help")
        assert shown.returncode == 0, shown.stderr
        assert shown.stdout.startswith("Usage: "), shown.stdout


def test_the_version_is_one_line(viscoder: Viscoder) -> None:
    shown = viscoder("--version")
    assert shown.stdout == f"viscoder, version {__version__}\n"


def test_a_mistyped_command_is_told_what_it_may_have_meant(viscoder: Viscoder) -> None:
    shown = viscoder("plto", "bars")
    assert shown.returncode == 2
    assert shown.stderr.count("\n") == 1
    assert "'plot'" in shown.stderr


def test_a_mistyped_option_is_told_what_it_may_have_meant(viscoder: Viscoder) -> None:
    shown = viscoder("plot", "bars", "--langs", "python")
    assert shown.returncode == 2
    assert shown.stderr.count("\n") == 1
    assert "--lang" in shown.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(viscoder: Viscoder, shell: str) -> None:
    shown = viscoder("completion", shell)
    assert shown.returncode == 0, shown.stderr
    assert "_VISCODER_COMPLETE" in shown.stdout


def test_the_bash_completion_completes_commands(
    viscoder: Viscoder, environment: dict[str, str]
) -> None:
    environment.update(COMP_WORDS="viscoder la", COMP_CWORD="1", _VISCODER_COMPLETE="bash_complete")
    program = "from viscoder_tui.cli.main import main; main()"
    shown = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert shown.stdout.strip() == "plain,languages"


def test_what_others_said_never_reaches_the_terminal_as_an_escape() -> None:
    stream = io.StringIO()
    Status(stream).say("title \x1b]52;c;cm0gLXJm\x07 \u202eevil")
    assert "\x1b" not in stream.getvalue()
    assert "\u202e" not in stream.getvalue()
    assert "\x07" not in stream.getvalue()
    assert printable("Zürich\n§ 中") == "Zürich\n§ 中"


def test_progress_is_not_written_into_a_log() -> None:
    stream = io.StringIO()
    status = Status(stream)
    status.progress("round 1 of 3")
    status.say("done")
    assert stream.getvalue() == "done\n"
