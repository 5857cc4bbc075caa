"""The user's own keys, from the table [keys] of the settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.bare import chat
from tests.tui.conftest import PLOT, Desk, Open
from tests.tui.emulator import Screen
from viscoder_tui.tui.keymap import checked
from viscoder_tui.tui.panes.cards import NoteCard
from viscoder_tui.tui.screens.diff import Diff
from viscoder_tui.tui.screens.help import Help
from viscoder_tui.tui.setup import Setup


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets the next app begin with these keys."""

    def use(**chosen: str) -> None:
        made = Setup.__init__

        def with_keys(self: Setup, *arguments: object, **named: object) -> None:
            made(self, *arguments, **{**named, "keys": chosen})  # pyright: ignore[reportArgumentType]  # passed on as they came

        monkeypatch.setattr(Setup, "__init__", with_keys)

    return use


async def drawn(it: Desk) -> None:
    await it.type("fruit sold: apples 3, pears 5")
    await it.idle()


async def test_a_key_of_mine_does_what_i_say(desk: Open, keys: Callable[..., None]) -> None:
    keys(run="f9", diff="ctrl+x,f8", sessions="f12")
    async with desk([PLOT]) as it:
        await drawn(it)
        assert "F9 run" in it.read() and "F5 run" not in it.read()
        await it.pilot.press("f9")
        await it.until(lambda: len(it.screen.rounds()) == 2)
        await it.idle()
        await it.pilot.press("f5", "ctrl+r", "escape")
        assert len(it.screen.rounds()) == 2, "the keys of before do nothing any more"
        for key in ("ctrl+x", "f8"):
            await it.pilot.press(key)
            await it.pilot.pause()
            assert isinstance(it.pilot.app.screen, Diff)
            await it.pilot.press("escape")
            await it.pilot.pause()
        assert "^X diff" in it.read()


async def test_the_help_shows_my_keys(desk: Open, keys: Callable[..., None]) -> None:
    keys(run="f6", history="ctrl+y")
    async with desk([PLOT], size=(120, 60)) as it:
        await it.pilot.press("f1")
        await it.pilot.pause()
        shown = it.pilot.app.screen
        assert isinstance(shown, Help)
        lines = [str(one.render()) for one in shown.query("Static")]
        assert any(line.strip().startswith("F6") and "/run" in line for line in lines)
        assert any(line.strip().startswith("^Y") and "/history" in line for line in lines)


async def test_a_key_in_the_prompt_is_mine_too(desk: Open, keys: Callable[..., None]) -> None:
    keys(history="ctrl+y", run="ctrl+r")
    async with desk([PLOT]) as it:
        await drawn(it)
        assert "^Y search" in it.read()
        await it.pilot.press("ctrl+r")
        await it.until(lambda: len(it.screen.rounds()) == 2)


async def test_a_mistake_in_my_keys_is_named_and_nothing_else_suffers(desk: Open, keys: Callable[..., None]) -> None:  # fmt: skip
    keys(rum="f6", diff="ctl+d")
    async with desk([PLOT]) as it:
        await it.pilot.pause()
        shown = " ".join(str(one.render()) for one in it.screen.query(NoteCard))
        assert "keys.rum" in shown and "did you mean 'run'?" in shown
        assert "keys.diff" in shown and "did you mean 'ctrl+d'?" in shown
        assert "did you mean" in it.read() and "^D diff" in it.read()


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"diff": "ctrl+o"}, "'ctrl+o' is diff now, as the settings say: open has lost it"),
        ({"diff": "ctrl+r"}, "history has lost it"),
        ({"diff": "f8", "open": "f8"}, "give 'f8' to diff and to open"),
        ({"quit": "q"}, "'q' could not be typed any more"),
        ({"run": " , "}, "names no key"),
        ({"run": "f6"}, "while a text is edited, 'f6' is 'select line' as before"),
        ({"nothing_like_it": "f8"}, "there is no action 'nothing_like_it'; /help"),
    ],
)
def test_conflicts_are_told(chosen: dict[str, str], told: str) -> None:
    _, wrong = checked(chosen)
    assert any(told in one for one in wrong), wrong


def test_what_is_right_is_left_alone() -> None:
    right = {"run": "f8, Ctrl+B", "zoom_in": "z", "history": "ctrl+y"}
    assert checked(right) == ({"run": "f8,ctrl+b", "zoom_in": "z", "history": "ctrl+y"}, [])
    assert checked({"run": "ctrl+r"})[1] == [], "in the prompt it searches, elsewhere it runs"


async def test_the_one_who_chose_a_key_has_it(desk: Open, keys: Callable[..., None]) -> None:
    keys(diff="ctrl+o")
    async with desk([PLOT]) as it:
        for _ in range(2):
            await drawn(it)
        await it.pilot.press("ctrl+o")
        await it.pilot.pause()
        assert isinstance(it.pilot.app.screen, Diff)


def test_keys_from_the_settings_file_work_in_the_terminal(tmp_path: Path) -> None:
    settings = tmp_path / "home" / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[keys]\nhelp = "f10"\nqiut = "f12"\nquit = "ctrl+x"\n')
    with chat(tmp_path) as it:
        it.wait(b"F10")
        it.until(lambda: "did you mean" in Screen(it.size).read(it.written).text(), "the complaint")
        it.send(b"\x1b[21~")
        it.until(lambda: "keys and commands" in Screen(it.size).read(it.written).text(), "the help")
        it.send(b"\x1b")
        it.until(lambda: "keys and commands" not in Screen(it.size).read(it.written).text(), "back")
        it.send(b"\x18")
        assert it.ended() == 0
