"""The app in a real terminal, with the embedded model, driven by keys."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import need
from tests.tmux import Window


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Window]:
    need("tmux")
    need("bwrap")
    made = Window(tmp_path)
    yield made
    made.end()


def test_draw_change_by_hand_run_and_take_up_again(terminal: Window) -> None:
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


def test_a_storm_of_sizes_leaves_it_alive(terminal: Window) -> None:
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


def test_ctrl_c_asks_before_it_leaves(terminal: Window) -> None:
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
