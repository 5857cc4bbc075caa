"""The app in a real terminal, with the embedded model, driven by keys."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import need


class Terminal:
    """A tmux window."""

    def __init__(self, socket: Path, home: Path, folder: Path) -> None:
        self._socket = socket
        self._started = 0
        self._tmux: list[str] = []
        self._home = home
        self._folder = folder

    def start(self, *arguments: str, columns: int = 120, rows: int = 36) -> None:
        # A server that is ending would take the new one with it, so each has a socket of its own.
        self._started += 1
        self._tmux = ["tmux", "-S", f"{self._socket}-{self._started}", "-f", "/dev/null"]
        command = " ".join((sys.executable, "-m", "viscoder_tui.cli.main", "chat", *arguments))
        where = Path.cwd()
        line = f"cd {self._folder} && PYTHONPATH={where} {command}; echo left with $?; sleep 60"
        environment = [f"VISCODER_HOME={self._home}", "COLORTERM=truecolor", "EDITOR=false"]
        self._run("new-session", "-d", "-s", "it", "-x", str(columns), "-y", str(rows), *(part for one in environment for part in ("-e", one)), line)  # fmt: skip

    def keys(self, *keys: str) -> None:
        """Press keys as quickly as a hand does: Textual lets letters overtake cursor keys."""
        for key in keys:
            self._run("send-keys", "-t", "it", key)
            time.sleep(0.2)

    def type(self, text: str) -> None:
        self._run("send-keys", "-t", "it", "-l", text)

    def resize(self, columns: int, rows: int) -> None:
        self._run("resize-window", "-t", "it", "-x", str(columns), "-y", str(rows))

    def screen(self) -> str:
        return self._run("capture-pane", "-t", "it", "-p")

    def until(self, *texts: str, seconds: float = 30.0) -> str:
        """Wait until all of these stand on the screen."""
        end = time.monotonic() + seconds
        while True:
            shown = self.screen()
            if all(text in shown for text in texts):
                return shown
            assert time.monotonic() < end, f"{texts} did not come:\n{shown}"
            time.sleep(0.1)

    def kill(self) -> None:
        """As `kill -9` of everything in it."""
        pid = self._run("display-message", "-t", "it", "-p", "#{pane_pid}").strip()
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", pid], capture_output=True, text=True, check=True).stdout.split()  # fmt: skip
        for child in children:
            os.kill(int(child), 9)

    def end(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)

    def _run(self, *arguments: str) -> str:
        return subprocess.run([*self._tmux, *arguments], capture_output=True, text=True, check=True).stdout  # fmt: skip


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    need("tmux")
    need("bwrap")
    folder = tmp_path / "work"
    folder.mkdir()
    made = Terminal(tmp_path / "socket", tmp_path / "home", folder)
    yield made
    made.end()


def test_draw_change_by_hand_run_and_take_up_again(terminal: Terminal) -> None:
    terminal.start()
    terminal.until("what do you want to see?")
    terminal.type("bar chart of fruit sold: apples 3, pears 5")
    terminal.keys("Enter")
    terminal.until("rendered", "plot.py", '"pears": 5', "▀")
    terminal.keys("F3")
    terminal.keys("PPage", "Down", "Down", "End", "Left")
    terminal.type(', "plums": 9')
    terminal.until('"plums": 9', "edited")
    terminal.keys("C-r")
    shown = terminal.until("by hand  ✓ rendered")
    assert "edited" not in shown
    terminal.keys("F2")
    terminal.type("half a wish")
    terminal.until("half a wish")
    time.sleep(1)
    terminal.kill()
    terminal.until("left with 137")
    terminal.end()
    terminal.start("--continue")
    terminal.until('"plums": 9', "half a wish", "bar chart of fruit sold", "by hand", "▀")
    terminal.keys("C-q")
    terminal.until("left with 0")


def test_a_storm_of_sizes_leaves_it_alive(terminal: Terminal) -> None:
    terminal.start()
    terminal.until("what do you want to see?")
    terminal.type("scale of D major, lilypond")
    terminal.keys("Enter")
    for columns, rows in ((40, 12), (200, 60), (20, 6), (99, 30), (100, 30), (3, 3), (120, 36)) * 3:
        terminal.resize(columns, rows)
        time.sleep(0.05)
    terminal.until("rendered", "score.ly")
    terminal.keys("C-q")
    terminal.until("left with 0")


def test_ctrl_c_asks_before_it_leaves(terminal: Terminal) -> None:
    terminal.start()
    terminal.until("what do you want to see?")
    terminal.type("a draft")
    terminal.keys("C-c")
    terminal.until("again to leave", "a draft")
    terminal.keys("C-c")
    terminal.until("left with 0")
    terminal.end()
    terminal.start("--continue")
    terminal.until("a draft")
