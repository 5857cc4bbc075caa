"""What models, tools, files and people write is shown as text: no terminal and no markup obeys it."""

from __future__ import annotations

import re
import time
import unicodedata
from pathlib import Path

import pytest
from rich.segment import ControlType, Segment
from textual.color import Color

from backends.base import Finish, Usage
from runners.base import Diagnostic, Program, Run, Severity, Verdict
from tests.tui.bare import chat
from tests.tui.conftest import PLOT, Desk, Open
from tests.tui.emulator import Screen
from viscoder_tui.agent.events import CodeReady, RoundStarted, RunFinished, RunStarted, Solved
from viscoder_tui.sessions.store import Store
from viscoder_tui.tui.harmless import Harmless
from viscoder_tui.tui.panes.cards import ProseCard
from viscoder_tui.tui.screens.choose import Choose
from viscoder_tui.tui.screens.diff import Diff
from viscoder_tui.tui.screens.sessions import Sessions
from viscoder_tui.visible import marked, visible

MARKUP = "[red]x[/] [@click=app.quit]"
CLIPBOARD = "\x1b]52;c;aGFja2Vk\x07"
"""Asks the terminal to put a word into the clipboard."""
HIDDEN = f"\x1b[31m \x1b]0;title\x1b\\ {CLIPBOARD} \x9b5m \u202egpj.\u202c z\u200bw \x7f \u2028 \x0c \x08"
HOSTILE = f"{MARKUP} {HIDDEN}"
SPELLED = visible(HOSTILE).split()

_OWN = re.compile(r"[?<>=][0-9;]*[hlu]|\?20[0-9]{2}\$p|c|16t|14t|18t|22;default|22;pointer|11;\?|10;\?|4;.*\?|[78=>]|[0-9]* ?q")  # fmt: skip
"""What the app itself says to a terminal: modes, the mouse's shape, questions; and nothing else."""


def harmless(text: str) -> None:
    """Nothing in it is obeyed by a terminal, or not seen by a reader."""
    found = {one for one in text if one != "\n" and unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp")}  # fmt: skip
    assert not found


def tell(store: Store, source: str, run: Run, prose: str, asked: str) -> None:
    """A request that is over."""
    session = store.new_session("python", "fake")
    task = store.add_task(session.id, asked, "python")
    store.hear(task.id, RoundStarted(0, 3))
    store.hear(task.id, CodeReady(0, prose, source, prose, Finish.STOP, Usage(10, 0, 10, 0.1, 0.1)))
    store.hear(task.id, RunStarted(0, Program(source, "python")))
    store.hear(task.id, RunFinished(0, run))
    store.hear(task.id, Solved(0))


def hostile_run() -> Run:
    """A run whose tool says such things, past the runner, which would take them out."""
    wrong = Diagnostic(Severity.ERROR, f"no {HOSTILE}", 2, 1, f"mean {HOSTILE}")
    return Run(Verdict.FAILED, diagnostics=(wrong,), stdout=HOSTILE, stderr=HOSTILE, exit_status=1, seconds=0.5)  # fmt: skip


async def told(it: Desk, text: str) -> str:
    await it.type(text)
    await it.idle()
    shown = it.read()
    harmless(shown)
    return shown


async def test_a_model_cannot_speak_to_the_terminal(desk: Open) -> None:
    answer = f"{HOSTILE}\n```python\n# {MARKUP} {HIDDEN}\nimport matplotlib.pyplot as plt\nplt.bar([1], [2])\n```\n"
    async with desk([answer]) as it:
        shown = await told(it, f"[/b] bars {CLIPBOARD}")
        assert "[/b] bars \\x1b]52;c;aGFja2Vk\\x07" in shown
        assert it.screen.query(ProseCard).first().size.height >= 2
        assert all(word in shown for word in ("\\x1b[31m", "\\x9b5m", "\\u202egpj.\\u202c", "z\\u200bw"))  # fmt: skip
        assert MARKUP in shown and "␛[31m" in shown
        assert it.screen.code.text.startswith(f"# {MARKUP} {HIDDEN}\n"), "the program is untouched"
        assert not it.screen.code.edited
        assert not it.pilot.app.clipboard


async def test_a_program_cannot_speak_to_the_terminal(desk: Open) -> None:
    lines = f"import sys\nprint({HOSTILE!r})\nprint({HOSTILE!r}, file=sys.stderr)\nraise ValueError({HOSTILE!r})"
    async with desk([PLOT.replace("plt.show()", lines)] * 5) as it:
        shown = await told(it, "fruit sold: apples 3, pears 5")
        assert "ValueError" in shown and MARKUP in shown


async def test_diagnostics_are_text_wherever_they_stand(desk: Open, home: Path) -> None:
    with Store.open() as store:
        tell(store, f"x = 1\ny = '{HIDDEN}'", hostile_run(), HOSTILE, HOSTILE)
    async with desk([PLOT], resume=True) as it:
        await it.pilot.pause()
        harmless(it.read())
        assert "failed" in it.read()
        await it.pilot.press("f2", "shift+tab", "enter")  # the round's card is opened
        await it.pilot.hover(it.screen.code.editor, offset=(8, 1))
        await it.pilot.pause()
        shown = it.read()
        harmless(shown)
        assert "\\u202egpj." in shown
        assert "\x1b" not in str(it.screen.code.editor.tooltip)


async def test_dialogs_show_hostile_text_too(desk: Open, home: Path) -> None:
    with Store.open() as store:
        tell(store, f"'{HIDDEN}'", hostile_run(), HOSTILE, HOSTILE)
    async with desk([PLOT.replace("Bars.", HOSTILE)], resume=True) as it:
        await told(it, "fruit sold: apples 3, pears 5")
        await told(it, f"make it red {HOSTILE}")
        for key, kind in (("ctrl+d", Diff), ("f9", Sessions), ("ctrl+r", Choose)):
            await it.pilot.press("f2", key)
            await it.pilot.pause()
            screen = it.pilot.app.screen
            assert isinstance(screen, kind)
            compositor = screen._compositor  # pyright: ignore[reportPrivateUsage]  # the only way to see what is shown
            shown = "\n".join("".join(part.text for part in strip) for strip in compositor.render_strips())  # fmt: skip
            harmless(shown)
            assert "[red]x[/]" in shown or kind is Diff
            await it.pilot.press("escape")
            await it.pilot.pause()


async def test_a_data_file_may_be_called_anything(desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    name = "[red]s\u202evsc.\x1b[31m.csv"
    (tmp_path / name).write_text(f"month,{MARKUP}\nJan,3\nFeb,\x1b[31m\n")
    async with desk([PLOT]) as it:
        it.screen.chat.prompt.write()
        it.screen.chat.prompt.insert("bars of @[red]")
        await it.pilot.pause()
        shown = it.read()
        harmless(shown)
        assert "@[red]s\\u202evsc." in shown
        await it.pilot.press("tab")
        await it.pilot.pause()
        harmless(it.read())
        assert it.screen.chat.prompt.text == f"bars of @{name}"
        await it.pilot.press("enter")
        await it.idle()
        harmless(it.read())


async def test_a_line_of_a_hundred_thousand_characters_is_no_trouble(desk: Open) -> None:
    long = "x" * 100_000
    answer = f"{long}\n```python\nimport matplotlib.pyplot as plt\ns = '{long}'\nplt.bar([1], [2])\nprint(s)\n```\n"
    async with desk([answer]) as it:
        began = time.monotonic()
        await it.type("bars")
        await it.until(lambda: not it.screen.working, seconds=60)
        await it.pilot.press("f3", "end")
        await it.pilot.pause()
        assert time.monotonic() - began < 60
        assert long in it.screen.code.text
        assert it.screen.rounds()[-1][1].verdict is Verdict.RENDERED


async def test_the_editor_keeps_a_program_as_it_is(desk: Open) -> None:
    strange = "a = 1\x0c\nb = '\u2028\x85\x1b'\r\nc = 3"
    async with desk([PLOT]) as it:
        it.screen.code.show(strange)
        await it.pilot.pause()
        editor = it.screen.code.editor
        assert it.screen.code.text == strange and not it.screen.code.edited
        assert editor.document.line_count == 3, "as the language counts its lines"
        editor.insert("# mine\n", (2, 0))
        editor.undo()
        assert it.screen.code.text == strange
        it.screen.code.stream(strange + "\x0c\nd = 4")
        assert it.screen.code.text == strange + "\x0c\nd = 4"


async def test_messages_that_pass_are_text(desk: Open) -> None:
    async with desk([PLOT]) as it:
        await it.type(f"/theme {HOSTILE}")
        await it.pilot.pause()
        harmless(it.read())
        assert "there is no theme" in it.read()


def test_whatever_a_pane_forgets_is_caught_and_no_cell_moves() -> None:
    wall = Harmless()
    line = [Segment(f"a{HIDDEN}b 好"), Segment("\U0010eeee\u0305\u0305"), Segment("\x1bPq", None, [(ControlType.HOME,)])]  # fmt: skip
    shown = wall.apply(line, Color(0, 0, 0))
    harmless(shown[0].text)
    assert shown[0].cell_length == line[0].cell_length
    assert shown[1:] == line[1:], "pictures may speak to the terminal"
    plain = [Segment("a b")]
    assert wall.apply(plain, Color(0, 0, 0)) is plain


async def test_half_a_surrogate_pair_is_shown_and_harms_nothing(desk: Open) -> None:
    async with desk([PLOT.replace("Bars.", "Bars \ud800.")]) as it:
        shown = await told(it, "fruit sold: apples 3, pears 5")
        assert "Bars \N{REPLACEMENT CHARACTER}." in shown and "rendered" in shown


def test_marks_take_as_much_room_as_what_they_stand_for() -> None:
    assert marked(HOSTILE) != HOSTILE
    assert len(marked(HOSTILE)) == len(HOSTILE)
    assert marked("\tx = 'ü 好'") == "\tx = 'ü 好'"


def test_nothing_of_a_session_reaches_the_terminal_raw(tmp_path: Path) -> None:
    with Store.open(tmp_path / "home" / "data" / "sessions") as store:
        tell(store, f"# {HOSTILE}\nx = '{HIDDEN}'", hostile_run(), HOSTILE, HOSTILE)
    with chat(tmp_path, "--continue") as it:
        it.wait(b"plot.py")
        it.send(b"\x1b[200~pasted \xe2\x80\xae " + MARKUP.encode() + b"\x1b[201~")
        it.until(
            lambda: "pasted \ufffd [red]x[/]" in Screen(it.size).read(it.written).text(),
            "the paste",
        )
        it.send(b"\x11")
        assert it.ended() == 0
        screen = Screen(it.size).read(it.written)
        strange = {said for kind, said in screen.said if kind not in ("apc", "dcs") and not _OWN.fullmatch(said)}  # fmt: skip
        assert not strange
        assert not [said for kind, said in screen.said if kind == "apc" and "a=q" not in said]
        for hidden in ("\u202e", "\u200b", "\u2028", "\x9b", "\x7f"):
            assert hidden.encode() not in it.written
