"""Terminals that never answer, storms of sizes, strange keys, and terminals that go away."""

from __future__ import annotations

import random
import signal
import sqlite3
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from tests.tui.bare import Bare, chat, descendants, running
from tests.tui.conftest import PLOT, Open
from tests.tui.emulator import Screen
from viscoder_tui.sessions.store import DATABASE, Store
from viscoder_tui.tui.keyboard import Tidy

FRUIT = b"bar chart of fruit sold: apples 3, pears 5"
LATE = {b"\x1b[c": b"\x1b[?62;4;22c", b"\x1b]11;?": b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\"}


def shown(it: Bare) -> str:
    return Screen(it.size).read(it.written).text()


def see(it: Bare, *texts: str, seconds: float = 30.0) -> None:
    """Wait until all of these stand on the screen."""
    it.until(lambda: all(text in shown(it) for text in texts), f"{texts}", seconds)


def ready(it: Bare) -> None:
    it.wait(b"what do you want to see?")


def kept(folder: Path) -> tuple[str, int]:
    """The draft of the last session, and how many rounds there are."""
    file = folder / "home" / "data" / "sessions" / DATABASE
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as found:
        draft = found.execute("SELECT draft FROM sessions ORDER BY updated DESC LIMIT 1").fetchone()[0]  # fmt: skip
        return str(draft), int(found.execute("SELECT count(*) FROM rounds").fetchone()[0])


@pytest.mark.parametrize("pixels", [True, False], ids=["knows its cells", "knows nothing"])
def test_a_terminal_that_never_answers(tmp_path: Path, pixels: bool) -> None:
    with chat(tmp_path, pixels=pixels) as it:
        ready(it)
        assert time.monotonic() - it.began < 15, "it does not wait for ever"
        it.send(b"hello")
        see(it, "hello", seconds=5)
        it.send(b"\x11")
        assert it.ended() == 0


def test_keys_typed_before_the_app_stands_are_not_lost(tmp_path: Path) -> None:
    with chat(tmp_path) as it:
        it.send(b"typed ahead")
        see(it, "typed ahead", "F1 help")
        it.send(b"\x11")
        assert it.ended() == 0


def test_a_terminal_that_answers_late_types_nothing(tmp_path: Path) -> None:
    with chat(tmp_path) as it:
        ready(it)
        it.send(b"".join(LATE.values()) + b"\x1b[6;20;10t\x1b[?2026;2$y\x1b_Gi=31;OK\x1b\\")
        it.send(b"then typed")
        see(it, "then typed")
        line = next(line for line in shown(it).split("\n") if "then typed" in line)
        assert line.replace("│", " ").split()[:2] == ["then", "typed"], line
        it.send(b"\x11")
        assert it.ended() == 0


def test_a_storm_of_sizes_while_the_model_writes(tmp_path: Path) -> None:
    chance = random.Random(5)
    with chat(tmp_path) as it:
        ready(it)
        it.send(FRUIT + b"\r")
        it.wait(b"writing")
        it.send(b"a draft")
        for number in range(100):
            usual = [(1, 1), (40, 12), (400, 100), (2, 50), (300, 1)]
            anything = (chance.randint(1, 400), chance.randint(1, 100))
            it.resize(usual[number // 2 % 5] if number % 2 else anything)
            time.sleep(0.01)
        it.resize((130, 44))
        before = len(it.written)
        see(it, "a draft", "rendered", "plot.py")
        it.until(lambda: b"\x1b[44;" in it.written[before:], "the last row")
        assert b"itself failed" not in it.written
        it.send(b"\x11")
        assert it.ended() == 0
    assert kept(tmp_path) == ("a draft", 1)


async def test_no_size_is_too_strange(desk: Open) -> None:
    async with desk([PLOT]) as it:
        await it.type(FRUIT.decode())
        it.screen.chat.prompt.insert("a draft")
        for size in ((1, 1), (2, 2), (400, 100), (40, 12), (3, 60), (250, 2), (99, 30), (100, 30)):
            await it.pilot.resize_terminal(*size)
            await it.pilot.pause()
            assert tuple(it.screen.size) == size
        await it.idle()
        assert it.screen.chat.prompt.text == "a draft"
        assert it.screen.preview.picture is not None


def test_a_whole_story_in_forty_columns(tmp_path: Path) -> None:
    with chat(tmp_path, size=(40, 12)) as it:
        it.wait(b"what do you want")
        it.send(FRUIT + b"\r")
        see(it, "rendered")
        it.send(b"\x1bOR")  # F3
        see(it, "import matplotlib")
        it.send(b"\x1bOS")  # F4
        see(it, "▀", "picture")
        it.send(b"\x1bOQ")  # F2
        see(it, "rendered")
        it.send(b"make it horizontal")
        see(it, "make it horizontal")
        it.send(b"\r")
        it.until(lambda: kept(tmp_path)[1] >= 2 and "✓" in shown(it), "the second picture")
        it.send(b"\x1bOP")  # F1
        see(it, "keys and commands")
        it.send(b"\x1b")
        it.until(lambda: "keys and commands" not in shown(it), "back")
        it.send(b"\x11")
        assert it.ended() == 0


def test_focus_mouse_and_paste_out_of_all_bounds(tmp_path: Path) -> None:
    with chat(tmp_path) as it:
        ready(it)
        it.send(b"\x1b[O\x1b[I" * 20)
        for report in ((0, 9999, 9999, "M"), (0, 9999, 9999, "m"), (35, 0, 0, "M"), (64, 1, 9999, "M"), (65, 500, 1, "M"), (255, 1, 1, "M"), (0, 53, 9999, "M"), (32, 1, 1, "M"), (0, 1, 1, "m")):  # fmt: skip
            it.send(b"\x1b[<%d;%d;%d%c" % (*report[:3], ord(report[3])))
        it.send(b"\x1bOQ")  # F2: the keys go to the prompt, wherever the mouse has been
        time.sleep(0.2)
        lines = "\r".join(f"line {number} [red]{number}[/]" for number in range(10_000))
        began = time.monotonic()
        it.send(b"\x1b[200~" + lines.encode() + b"\x1b[201~")
        see(it, "line 9999 [red]9999[/]", seconds=40)
        assert time.monotonic() - began < 40
        it.send(b" and on")
        see(it, "[red]9999[/] and on", seconds=10)
        it.send(b"\x11")
        assert it.ended() == 0
        assert b"itself failed" not in it.written
    draft, _ = kept(tmp_path)
    assert draft.count("\n") == 9_999 and draft.endswith("line 9999 [red]9999[/] and on")


def test_a_paste_presses_no_keys(tmp_path: Path) -> None:
    with chat(tmp_path) as it:
        ready(it)
        it.send(b"\x1b[200~a \x1b]52;c;aGk=\x07 \x1b[31m \x1bx\x11\x03\x12 \x1b[20\x1b[2")
        time.sleep(0.2)  # the end comes in pieces
        it.send(b"01~ and on")
        see(it, "␛[31m", "and on")
        line = next(line for line in shown(it).split("\n") if "a ␛]52" in line)
        assert "a ␛]52;c;aGk=␇ ␛[31m ␛x␑␃␒ ␛[20 and on" in line, line
        assert it.alive
        it.send(b"\x11")
        assert it.ended() == 0
    assert b"\x1b]52" not in it.written


def test_bytes_that_are_no_text_end_nothing(tmp_path: Path) -> None:
    with chat(tmp_path) as it:
        ready(it)
        it.send(b"be\xfffore \xc3")
        it.send(b"after")
        see(it, "after", seconds=5)
        it.send(b"\x11")
        assert it.ended() == 0


@pytest.mark.parametrize("size", range(1, 9))
def test_a_paste_may_come_in_any_pieces(size: int) -> None:
    said = "a\x1b[200~b\x1b[31mc\x1b\x1b[201~d\x1b[A"
    tidy = Tidy()
    end = len("a\x1b[200~")  # the mark that begins it is not looked for in pieces: Esc is a key too
    pieces = [said[:end], *(said[place : place + size] for place in range(end, len(said), size))]
    assert "".join(map(tidy.read, pieces)) == "a\x1b[200~b␛[31mc␛\x1b[201~d\x1b[A"


def test_keys_are_no_answers() -> None:
    for key in ("\x1b", "\x1b]", "\x1b_", "\x1bP", "\x1b[A", "\x1b[1;5H", "\x1b[20~", "\x1b[27u", "\x1b[<0;1;1M", "\x1b[48;40;120;800;1200t", "ü"):  # fmt: skip
        assert Tidy().read(key) == key


def test_an_editor_has_the_terminal_to_itself_and_gives_it_back(tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "in the editor"; read answer; echo "# $answer" >"$1"\n')
    editor.chmod(0o755)
    settings = tmp_path / "home" / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'editor = "{editor}"\n')
    with chat(tmp_path) as it:
        ready(it)
        it.send(b"\x07")  # ^G
        it.wait(b"in the editor")
        it.send(b"written there\n")
        see(it, "# written there", "edited")
        it.send(b"typed here")
        see(it, "typed here")
        it.send(b"\x11")
        assert it.ended() == 0


GOING: Mapping[str, signal.Signals | None] = {
    "hangup": None,
    "SIGHUP": signal.SIGHUP,
    "SIGTERM": signal.SIGTERM,
}


@pytest.mark.parametrize(
    ("when", "how"),
    [("at rest", "hangup"), *(("while the program runs", how) for how in GOING)],
)
def test_the_terminal_goes_away(tmp_path: Path, when: str, how: str) -> None:
    with chat(tmp_path) as it:
        ready(it)
        it.send(FRUIT + b"\r")
        see(it, "rendered")
        if when != "at rest":
            it.send(b"\x1bOR\x1b[1;5H")  # into the program, to its beginning
            time.sleep(0.2)
            it.send(b"while True: pass\r")
            see(it, "while True: pass")
            it.send(b"\x1b[15~")  # F5
            see(it, "running")
            it.send(b"\x1bOQ")  # F2
            time.sleep(0.2)
        it.send(b"half a wish")
        see(it, "half a wish")
        it.until(lambda: kept(tmp_path)[0] == "half a wish", "the draft on disk", seconds=5)
        children = descendants(it.pid)
        assert children, "the model's process at least"
        number = GOING[how]
        if number is None:
            it.hang_up()
        else:
            it.signal(number)
        it.ended(seconds=10)
        it.until_gone(children)
        assert not running(children)
    with Store.open(tmp_path / "home" / "data" / "sessions") as store:
        last = store.latest()
        assert last is not None and last.draft == "half a wish"
        assert last.tasks[0].rounds[0].verdict == "rendered"


def test_the_keyboard_is_at_its_end(tmp_path: Path) -> None:
    """The process is orphaned from its terminal by whoever started it, with stdin closed."""
    work = tmp_path / "work"
    work.mkdir()
    program = f"exec {sys.executable} -m viscoder_tui.cli.main chat </dev/null"
    command = ["/bin/sh", "-c", program]
    with Bare(command, work, environment={"VISCODER_HOME": str(tmp_path / "home")}) as it:
        assert it.ended(seconds=20) in (0, 1), "without a keyboard it is the plain chat, which ends"
