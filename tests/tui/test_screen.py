"""Stories of the screen itself: borders, the status line, the mouse, the history."""

from __future__ import annotations

import gc
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from textual._styles_cache import StylesCache
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import OptionList

from tests.tui.conftest import BROKEN, PLOT, Open
from viscoder_tui.agent.events import PromptRead, RoundStarted, TextStreamed, ThoughtStreamed
from viscoder_tui.sessions.store import StoreUnusable
from viscoder_tui.tui.screens.choose import Choose


async def drag(pilot: Pilot[None], start: tuple[int, int], end: tuple[int, int]) -> None:
    await pilot.mouse_down(offset=start)
    await pilot.hover(offset=end)
    await pilot.mouse_up(offset=end)
    await pilot.pause()


async def test_the_borders_between_panes_are_dragged(desk: Open) -> None:
    async with desk([PLOT]) as it:
        screen = it.screen
        edge = screen.chat.region.right
        await drag(it.pilot, (edge, 10), (70, 10))
        assert abs(screen.chat.region.right - 70) <= 2
        await drag(it.pilot, (screen.chat.region.right - 1, 10), (40, 10))
        assert abs(screen.chat.region.right - 40) <= 2
        row = screen.preview.region.y
        await drag(it.pilot, (90, row), (90, 30))
        assert abs(screen.preview.region.y - 30) <= 2
        await it.pilot.hover(offset=(90, 10))
        await it.pilot.pause()
        assert abs(screen.preview.region.y - 30) <= 2, "it was let go"


async def test_the_borders_move_by_keyboard(desk: Open) -> None:
    async with desk([PLOT]) as it:
        screen = it.screen
        width, height = screen.chat.region.width, screen.code.region.height
        await it.pilot.press("alt+right", "ctrl+down")
        await it.pilot.pause()
        assert screen.chat.region.width > width and screen.code.region.height > height
        await it.pilot.press(*["ctrl+up"] * 30)
        await it.pilot.pause()
        assert screen.code.region.height >= 5, "neither pane disappears"


async def test_dragging_a_border_selects_no_text(desk: Open) -> None:
    async with desk([PLOT]) as it:
        await it.type("fruit sold: apples 3, pears 5")
        await it.idle()
        await drag(it.pilot, (it.screen.chat.region.right - 1, 5), (60, 12))
        assert not it.screen.get_selected_text()


async def test_an_earlier_request_is_searched(desk: Open) -> None:
    async with desk([PLOT]) as it:
        for text in ("fruit sold: apples 3, pears 5", "make it red", "make it wide"):
            await it.type(text)
            await it.idle()
        await it.pilot.press("ctrl+r")
        await it.pilot.pause()
        assert isinstance(it.pilot.app.screen, Choose)
        await it.pilot.press(*"apples")
        await it.pilot.pause()
        assert it.pilot.app.screen.query_one(OptionList).option_count == 1
        await it.pilot.press("enter")
        await it.pilot.pause()
        assert it.screen.chat.prompt.text == "fruit sold: apples 3, pears 5"
        assert it.screen.focused is it.screen.chat.prompt.input


async def test_ctrl_r_runs_where_the_program_is_and_searches_where_requests_are(desk: Open) -> None:
    async with desk([PLOT]) as it:
        await it.type("fruit sold: apples 3, pears 5")
        await it.idle()
        assert "^R search" in it.read() and "F5 run" in it.read()
        await it.pilot.press("f3")
        await it.pilot.pause()
        assert "^R run" in it.read() and "search" not in it.read()
        await it.pilot.press("ctrl+r")
        await it.until(lambda: len(it.screen.rounds()) == 2)
        await it.idle()
        await it.pilot.press("f2", "f5")
        await it.until(lambda: len(it.screen.rounds()) == 3)


async def test_the_line_under_the_mouse_says_what_is_wrong_with_it(desk: Open) -> None:
    async with desk([BROKEN] * 9) as it:
        await it.type("fruit sold: apples 3, pears 5")
        await it.idle()
        editor = it.screen.code.editor
        await it.pilot.hover(editor, offset=(8, 1))
        await it.pilot.pause()
        assert "barr" in str(editor.tooltip)
        await it.pilot.hover(editor, offset=(8, 0))
        await it.pilot.pause()
        assert editor.tooltip is None


async def test_the_status_tells_how_far_the_prompt_is_read_and_how_full_the_context_is(desk: Open) -> None:  # fmt: skip
    async with desk([PLOT]) as it:
        language, _ = it.screen.conversation.language_for("python")
        it.screen.live.begin(language, by_hand=0, by_model=0)
        await it.screen.live.hear(RoundStarted(0, 3, 1000))
        await it.screen.live.hear(PromptRead(100, 400))
        await it.pilot.pause()
        assert "reading 25%" in it.read()
        await it.screen.live.hear(PromptRead(400, 400))
        await it.pilot.pause()
        assert "reading" in it.read() and "25%" not in it.read()
        await it.screen.live.hear(ThoughtStreamed("bars, I think", 20, 1.0))
        await it.pilot.pause()
        assert "thinking" in it.read() and "bars, I think" not in it.read()
        await it.screen.live.hear(TextStreamed("plt", 100, 1.0))
        it.screen.live.flush()
        await it.pilot.pause()
        assert "50% of context" in it.read()


async def test_a_store_that_fails_is_told_once_and_typing_goes_on(desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    async with desk([PLOT]) as it:

        def full(*_: object) -> None:
            raise StoreUnusable("the disk is full")

        monkeypatch.setattr(it.store, "set_draft", full)
        monkeypatch.setattr(it.store, "add_to_history", full)
        told: list[str] = []
        monkeypatch.setattr(it.screen, "notify", lambda message, **_: told.append(message))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]  # a stand-in for all of its arguments
        for letter in "bars":
            await it.pilot.press(letter)
            it.screen.keep_draft()
        assert told == ["what you type is not kept: the disk is full"]
        assert it.screen.chat.prompt.text == "bars"


async def test_a_fault_of_our_own_does_not_stop_the_next_request(desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    async with desk([PLOT]) as it:

        def broken(*_: object, **__: object) -> None:
            raise ZeroDivisionError("nobody foresaw it")

        with monkeypatch.context() as patch:
            patch.setattr(it.screen.live, "begin", broken)
            await it.type("fruit sold: apples 3, pears 5")
            await it.idle()
        assert "viscoder itself failed (ZeroDivisionError" in it.read()
        await it.type("fruit sold: apples 3, pears 5")
        await it.idle()
        assert it.screen.preview.picture is not None


async def test_a_conversation_grows_from_the_top_and_then_follows_its_end(desk: Open) -> None:
    async with desk([PLOT]) as it:
        cards = it.screen.chat.cards
        await it.screen.chat.note("the first note")
        await it.pilot.pause()
        assert "the first note" in "".join(it.read().splitlines()[:16])
        for number in range(60):
            await it.screen.chat.note(f"note {number}")
        await it.pilot.pause()
        assert "note 59" in it.read() and "the first note" not in it.read()
        cards.scroll_home(animate=False)
        await it.pilot.pause()
        await it.screen.chat.note("one more")
        await it.pilot.pause()
        assert "the first note" in it.read() and "one more" not in it.read(), "it was scrolled away"


async def test_of_a_long_conversation_only_what_is_at_hand_is_made_and_the_rest_comes_back(desk: Open) -> None:  # fmt: skip
    async with desk([PLOT]) as it:
        cards = it.screen.chat.cards
        for number in range(400):
            await it.screen.chat.note(f"note {number}.")
            if number % 20 == 19:
                await it.pilot.pause()
        assert len(cards.children) < 150
        for _ in range(12):
            cards.scroll_home(animate=False)
            await it.pilot.pause()
            await it.pilot.pause()
        assert "note 0." in it.read()
        assert len(cards.children) == 401, "and the greeting"


async def test_older_cards_come_without_a_jump(desk: Open) -> None:
    async with desk([PLOT]) as it:
        cards = it.screen.chat.cards
        for number in range(300):
            await it.screen.chat.note(f"note {number}.")
        await it.pilot.pause()
        cards.scroll_to(y=1, animate=False)
        await it.pilot.pause()
        top = re.findall(r"note \d+\.", it.read())[0]
        cards.scroll_to(y=0, animate=False)
        await it.until(lambda: cards.scroll_y > 1)
        assert top in it.read()


async def test_of_cards_that_are_taken_away_nothing_is_kept(desk: Open) -> None:
    async with desk([PLOT]) as it:
        for number in range(300):
            await it.screen.chat.note(f"note {number}.")
            if number % 10 == 0:
                await it.pilot.pause()  # they are drawn
        await it.pilot.pause()
        gc.collect()
        kept = sum(isinstance(one, StylesCache) for one in gc.get_objects())
        alive = sum(isinstance(one, Widget) for one in gc.get_objects())
        assert kept <= alive + 90, "the few that went since the last were let go"


async def test_where_it_is_narrow_a_line_names_the_panes_and_a_click_goes_there(desk: Open) -> None:
    async with desk([PLOT], size=(60, 20)) as it:
        assert "F2  chat   F3  code   F4  picture" in it.read()
        await it.pilot.click(it.screen.tabs, offset=(26, 0))
        await it.pilot.pause()
        assert it.screen.preview.region.width == 60
        await it.pilot.resize_terminal(120, 40)
        await it.pilot.pause()
        assert "F2  chat" not in it.read()


async def test_an_empty_beginning_says_what_can_be_said(desk: Open) -> None:
    async with desk([PLOT]) as it:
        assert "bar chart of fruit sold: apples 3, pears 5" in it.read()


def test_what_is_copied_reaches_the_desktop_too(tmp_path: Path) -> None:
    for name in ("wl-copy", "wl-paste"):
        (tmp_path / name).write_text(f'#!/bin/sh\ncat > "{tmp_path}/copied"\n')
        (tmp_path / name).chmod(0o700)
    program = "import asyncio; from viscoder_tui.tui import outside; print(asyncio.run(outside.copy('ünï')))"
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "WAYLAND_DISPLAY": "x"}
    shown = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)  # fmt: skip
    assert shown.stdout == "True\n" and (tmp_path / "copied").read_text() == "ünï"
    bare = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    shown = subprocess.run([sys.executable, "-c", program], env={**bare, "PATH": str(tmp_path / "nowhere")}, capture_output=True, text=True, check=True)  # fmt: skip
    assert shown.stdout == "False\n", "there is no desktop"


async def test_a_pane_fills_the_screen_and_goes_back(desk: Open) -> None:
    async with desk([PLOT]) as it:
        screen = it.screen
        for key, pane in (("f3", screen.code), ("f4", screen.preview), ("f2", screen.chat)):
            await it.pilot.press(key)
            before = pane.region
            await it.pilot.press("f11")
            await it.pilot.pause()
            assert pane.region.width >= 118 and pane.region.height >= 36
            await it.pilot.press("escape")
            await it.pilot.pause()
            assert pane.region == before


async def test_a_mistyped_command_is_told_the_nearest(desk: Open) -> None:
    async with desk([PLOT]) as it:
        await it.type("/sandbx")
        await it.pilot.pause()
        assert "there is no command /sandbx: did you mean" in it.read() and "/sandbox?" in it.read()
