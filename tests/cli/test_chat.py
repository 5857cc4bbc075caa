"""``viscoder chat --plain`` as people use it: through a pipe, and typed in a real terminal."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from backends.choose import EMBEDDED
from tests.cli.conftest import Viscoder
from tests.conftest import need
from tests.tmux import Window


@pytest.fixture(autouse=True)
def sandboxed() -> None:
    need("bwrap")


def paths(stdout: str) -> list[Path]:
    return [Path(line) for line in stdout.splitlines() if line.startswith("/")]


def test_piped_requests_give_programs_and_paths(viscoder: Viscoder) -> None:
    shown = viscoder("chat", "--plain", input="bars: a 3, b 5\nmake it red\n")
    assert shown.returncode == 0, shown.stderr
    first, second = paths(shown.stdout)
    assert first != second
    assert first.read_bytes().startswith(b"\x89PNG") and second.read_bytes().startswith(b"\x89PNG")
    assert '"a": 3, "b": 5' in shown.stdout and "red" in shown.stdout
    assert "rendered" in shown.stderr and "rendered" not in shown.stdout
    assert "\x1b" not in shown.stdout + shown.stderr and "\r" not in shown.stdout + shown.stderr


def test_without_a_terminal_it_is_plain(viscoder: Viscoder) -> None:
    shown = viscoder("chat", "red circle, svg")
    assert shown.returncode == 0, shown.stderr
    assert "<svg" in shown.stdout
    assert len(paths(shown.stdout)) == 1
    shown = viscoder("chat", "--continue", input="/sessions\n/copy-path\n/diff\n/no-such\n")
    listed, path, *more = shown.stdout.splitlines()
    assert "red circle, svg" in listed and path.endswith("picture-1.png") and not more
    assert "no two rounds" in shown.stderr and "no command /no-such" in shown.stderr
    assert shown.returncode == 1  # nothing was asked
    assert "nothing was asked" in shown.stderr


def test_a_session_is_gone_on_with_by_the_model_that_answered_in_it(viscoder: Viscoder, tmp_path: Path) -> None:  # fmt: skip
    own = tmp_path / "own.gguf"
    own.symlink_to(EMBEDDED)
    request = "red circle, svg\n"
    assert viscoder("chat", "--model", str(own), input=request).returncode == 0
    shown = viscoder("chat", "--continue", input=request)
    assert shown.returncode == 0 and "own" not in shown.stderr
    own.unlink()
    shown = viscoder("chat", "--continue", input=request)
    assert "own, which answered in this session, is gone: viscoder-nano answers instead" in shown.stderr  # fmt: skip
    assert shown.returncode == 0, "the next in order has answered"
    shown = viscoder("chat", "--continue", input=request)
    assert "is gone" not in shown.stderr, "it is told once"
    assert viscoder("chat", "--continue", "--model", str(own), input=request).returncode == 3


def test_the_last_request_decides_the_status(viscoder: Viscoder, tmp_path: Path) -> None:
    (tmp_path / "sales.csv").write_text("month,sold\nJan,3\nFeb,5\n")
    shown = viscoder("chat", input="bars of nothing in @nowhere.csv\nbar chart of sold by month in @sales.csv\n")  # fmt: skip
    assert "there is no data file" in shown.stderr and "2 rows" in shown.stderr
    assert shown.returncode == 0, shown.stderr
    assert viscoder("chat", input="bars of @nowhere.csv\n").returncode == 1


def test_a_request_that_is_no_text_is_wrong_usage(
    environment: dict[str, str], tmp_path: Path
) -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "viscoder_tui.cli.main", "chat"], input=b"b\xe4rs\n",
        capture_output=True, env=environment, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert shown.returncode == 2
    assert b"line 1 of the requests is not UTF-8" in shown.stderr


def test_a_reader_gets_each_result_as_it_comes_and_ctrl_c_ends_it(
    environment: dict[str, str], tmp_path: Path
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "viscoder_tui.cli.main", "chat", "--plain"], env=environment, cwd=tmp_path,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1,
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write("bars: a 3, b 5\n")
    process.stdin.flush()
    while not process.stdout.readline().endswith("picture-1.png\n"):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)  # while it waits for the next request
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.endswith("stopped\n") and "Traceback" not in said


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_in_the_middle_of_a_request(
    environment: dict[str, str], tmp_path: Path, how: signal.Signals
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "viscoder_tui.cli.main", "chat", "bar chart: a 3, b 5, c 4, d 8, e 9, f 2"],
        env=environment, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    assert process.stderr.readline().startswith("language: python")
    time.sleep(0.2)  # it writes
    process.send_signal(how)
    out, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.endswith("stopped\n") and "Traceback" not in said and out == ""


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    need("tmux")
    made = Window(tmp_path)
    yield made
    made.end()


HINT = "what do you want to see?"


def test_ask_stop_ask_again_edit_run_and_leave(window: Window, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i \'s/"pears": 5/"pears": 50/\' "$1"\n')
    editor.chmod(0o700)
    window.start("--plain", "--image", "half", columns=100, rows=60, EDITOR=str(editor), VISUAL="")
    window.until(HINT)
    window.type(
        "bar chart of fruit sold: apples 3, pears 5, plums 7, cherries 9, figs 11, kiwis 4", "Enter"
    )
    window.until("language: python")  # it is under way
    window.keys("C-c")
    window.until("stopped; what was written stays")
    window.until(HINT)
    window.type("bar chart of fruit sold: apples 3, pears 5", "Enter")
    shown = window.until("picture-1.png")
    assert '"pears": 5' in shown and "▀" in shown
    window.type("/editor", "Enter")
    window.until("changed: /run runs your version")
    window.type("/run", "Enter")
    window.until("by hand: rendered")
    window.until("picture-1.png", times=2)
    window.type("/diff", "Enter")
    assert '"pears": 50' in window.until("+++ request 2, round 1")
    window.type("/halp", "Enter")
    window.until("there is no command /halp: did you mean /help?")
    window.keys("C-d")
    window.until("left with 0")


def test_what_is_typed_while_it_runs_is_asked_next(window: Window) -> None:
    window.start("--plain", "--image", "none", columns=200)
    window.until(HINT)
    window.type("bar chart of fruit sold: apples 3, pears 5", "Enter")
    window.until("language: python")
    window.type("make it red", "Enter")
    shown = window.until("picture-1.png", times=2)
    assert shown.count("> make it red") == 1 and "red" in shown.split("picture-1.png")[1]


def test_ctrl_c_clears_the_line_and_a_second_one_leaves(window: Window) -> None:
    window.start("--plain")
    window.until(HINT)
    window.keys("h", "a", "l", "f")
    window.until("> half")
    window.keys("C-c")
    assert "half" not in window.until("press Ctrl+C again to leave")
    window.keys("C-c")
    window.until("left with 0")


def test_a_dumb_terminal_gets_whole_lines(window: Window, tmp_path: Path) -> None:
    log = tmp_path / "log"
    window.start(TERM="dumb")
    window.until("your request:")
    window.record(log)
    window.type("bar chart of fruit sold: apples 3, pears 5", "Enter")
    window.until("your request:", times=2)
    window.keys("C-c")
    window.until("again to leave")
    window.keys("C-c")
    window.until("left with 0")
    written = log.read_bytes()
    assert b"picture-1.png" in written and b"rendered" in written
    assert b"\x1b" not in written
    assert all(end == b"\n" for end in (written[at + 1 : at + 2] for at in range(len(written)) if written[at : at + 1] == b"\r")), written  # fmt: skip


def test_a_home_that_cannot_be_written_is_named(viscoder: Viscoder, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "data").write_text("")
    shown = viscoder("chat", input="bars\n")
    assert shown.returncode == 2
    assert shown.stderr.count("\n") == 1
    assert "cannot be written" in shown.stderr


def test_the_settings_choose_language_and_look(viscoder: Viscoder, tmp_path: Path) -> None:
    settings = tmp_path / "home" / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('language = "svg"\n')
    shown = viscoder("chat", "a drawing of five boxes")
    assert "language: svg (the settings say so" in shown.stderr and shown.returncode in (0, 1)
    settings.write_text('plots_follow_theme = true\ntheme = "ink"\n')
    dark = viscoder("chat", input="bar chart of fruit sold: apples 3, pears 5\n")
    with Image.open(paths(dark.stdout)[0]) as picture:
        assert picture.convert("RGB").getpixel((1, 1)) == (0x16, 0x18, 0x1D), "ink's paper"
    settings.write_text('language = "klingon"\n')
    wrong = viscoder("chat", input="bars\n")
    assert wrong.returncode == 2 and "klingon" in wrong.stderr and wrong.stderr.count("\n") == 1
