"""The app, as people use it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from runners import languages
from runners.base import Verdict
from tests.backends.fake_server import FakeServer, answers
from tests.tui.conftest import BROKEN, PLOT, Open
from viscoder_tui.cli import model
from viscoder_tui.config import Settings
from viscoder_tui.sessions.records import Origin, Outcome
from viscoder_tui.tui import outside
from viscoder_tui.tui.actions import ACTIONS, slash
from viscoder_tui.tui.deeds import DEEDS
from viscoder_tui.tui.panes.cards import DiagnosticLine
from viscoder_tui.tui.panes.preview import PreviewPane
from viscoder_tui.tui.screens.chat import ChatScreen
from viscoder_tui.tui.screens.diff import Diff
from viscoder_tui.tui.screens.help import Help
from viscoder_tui.tui.screens.sessions import Sessions


async def test_words_become_a_program_and_a_picture(desk: Open) -> None:
    async with desk([PLOT]) as it:
        await it.type("fruit sold: apples 3, pears 5")
        await it.idle()
        assert "plt.bar(['apples', 'pears'], [3, 5])" in it.screen.code.text
        assert it.screen.preview.picture is not None
        shown = it.read()
        assert "fruit sold: apples 3, pears 5" in shown
        assert "rendered" in shown and "Bars." in shown and "plot.py" in shown
        assert "▀" in shown or "▄" in shown  # the picture, in half cells
        kept = it.store.session(it.screen.conversation.session_id)
        assert kept.tasks[0].outcome is Outcome.SOLVED


async def test_a_failure_says_where_and_enter_goes_there(desk: Open) -> None:
    async with desk([BROKEN, PLOT]) as it:
        await it.type("fruit sold: apples 3, pears 5")
        await it.idle()
        first, second = it.screen.conversation.tasks[0].rounds
        assert (first.verdict, second.verdict) == (Verdict.FAILED, Verdict.RENDERED)
        line = it.screen.query(DiagnosticLine).first()
        assert "barr" in it.read()
        line.focus()
        await it.pilot.press("enter")
        await it.pilot.pause()
        assert "plt.barr(" in it.screen.code.text  # that round's program
        assert it.screen.code.editor.cursor_location[0] == 1
        assert it.screen.focused is it.screen.code.editor
        assert "●" in it.read()


async def test_a_program_is_changed_by_hand_and_run_without_the_model(desk: Open) -> None:
    async with desk([PLOT]) as it:
        await it.type("fruit sold: apples 3, pears 5")
        await it.idle()
        before = it.screen.preview.picture
        await it.pilot.press("f3")
        editor = it.screen.code.editor
        at = editor.document.get_line(1).index("3, 5")
        editor.replace("30, 5", (1, at), (1, at + 4))
        await it.pilot.pause()
        assert it.screen.code.edited and "edited" in it.read()
        await it.pilot.press("ctrl+r")
        await it.until(lambda: len(it.screen.rounds()) == 2)
        await it.idle()
        assert not it.screen.code.edited
        assert it.screen.preview.picture is not None and it.screen.preview.picture != before
        hand = it.screen.conversation.tasks[0].rounds[-1]
        assert (hand.origin, hand.verdict) == (Origin.HAND, Verdict.RENDERED)
        assert "[30, 5]" in hand.source
        assert len(it.backend.heard) == 1


async def test_a_warning_is_told_with_the_picture(desk: Open) -> None:
    twice = """```svg
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">
<linearGradient id="a"><stop stop-color="red"/></linearGradient>
<linearGradient id="a"><stop stop-color="blue"/></linearGradient>
<circle cx="4" cy="4" r="3" fill="url(#a)"/>
</svg>
```"""
    async with desk([twice]) as it:
        await it.type("an svg of a circle")
        await it.idle()
        assert it.screen.preview.picture is not None
        assert "drawn, but line 3" in it.read()
        assert len(it.backend.heard) > 1  # it was asked to mend it
        before = len(it.screen.rounds())
        await it.pilot.press("f3")
        it.screen.code.editor.insert("<!-- mine -->", (4, 0))
        await it.pilot.press("ctrl+r")
        await it.until(lambda: len(it.screen.rounds()) == before + 1)
        await it.idle()
        headlines = [str(one.render()) for one in it.screen.query(".headline")]
        assert any("by hand" in one and 'line 3: the id "a"' in one for one in headlines)


async def test_what_is_typed_while_the_model_writes_is_not_lost(desk: Open) -> None:
    long = PLOT.replace("plt.show()", "\n".join(f"x{n} = {n}" for n in range(400)) + "\nplt.show()")
    async with desk([long]) as it:
        await it.type("fruit")
        await it.until(lambda: "import" in it.screen.code.text)
        editor = it.screen.code.editor
        editor.insert("# mine\n", (0, 0))
        await it.pilot.pause()
        await it.idle()
        assert editor.text.startswith("# mine\n")
        await it.pilot.press("alt+up")
        assert it.screen.rounds()[-1][1].source.startswith("import")


async def test_escape_stops_a_model_that_hangs_and_keeps_the_draft(desk: Open) -> None:
    async with desk([PLOT], hangs=True) as it:
        await it.type("fruit")
        await it.until(lambda: len(it.backend.heard) == 1)
        it.screen.chat.prompt.insert("the next wish")
        await it.pilot.press("escape")
        await it.until(lambda: not it.screen.conversation.busy)
        await it.idle()
        assert it.screen.chat.prompt.text == "the next wish"
        assert "stopped" in it.read()
        assert it.screen.conversation.tasks[0].outcome is Outcome.CANCELLED


async def test_a_request_during_a_run_waits_where_it_can_be_seen(desk: Open) -> None:
    async with desk([PLOT, PLOT.replace("3, 5", "3, 6")]) as it:
        await it.type("fruit sold: apples 3, pears 5")
        await it.type("pears 6")
        assert "waits" in it.read() or "waiting" in it.read()
        await it.until(lambda: len(it.screen.conversation.tasks) == 2)
        await it.idle()
        assert "3, 6" in it.screen.code.text
        assert "waits" not in it.read()


async def test_a_change_is_asked_of_the_program_that_stands_there(desk: Open) -> None:
    async with desk([PLOT, PLOT.replace("plt.bar(", "plt.barh(")]) as it:
        await it.type("fruit sold: apples 3, pears 5")
        await it.idle()
        it.screen.code.editor.insert("# by hand\n", (0, 0))
        await it.type("make it horizontal")
        await it.until(lambda: len(it.backend.heard) == 2)
        await it.idle()
        told = [message.content for message in it.backend.heard[1]]
        assert any("# by hand" in text for text in told)
        assert "make it horizontal" in told[-1]
        assert "barh" in it.screen.code.text


async def test_only_the_selected_lines_are_changed(desk: Open) -> None:
    answer = PLOT.replace("[3, 5]", "[3, 9]").replace("plt.show()", "plt.show()\nplt.title('no')")
    async with desk([PLOT, answer]) as it:
        await it.type("fruit sold: apples 3, pears 5")
        await it.idle()
        editor = it.screen.code.editor
        editor.move_cursor((1, 0))
        editor.move_cursor((1, 10), select=True)
        it.screen.chat.prompt.insert("pears 9")
        await it.pilot.press("ctrl+k")
        await it.until(lambda: len(it.backend.heard) == 2)
        await it.idle()
        assert "[3, 9]" in it.screen.code.text
        assert "title" not in it.screen.code.text


async def test_rounds_are_stepped_through_and_compared(desk: Open) -> None:
    async with desk([PLOT, PLOT.replace("plt.bar(", "plt.barh(")]) as it:
        for request in ("fruit sold: apples 3, pears 5", "horizontal"):
            await it.type(request)
            await it.idle()
        await it.pilot.press("alt+up")
        assert "plt.bar(" in it.screen.code.text
        await it.pilot.press("alt+down")
        assert "plt.barh(" in it.screen.code.text
        await it.pilot.press("ctrl+d")
        await it.pilot.pause()
        assert isinstance(it.pilot.app.screen, Diff)
        assert "- plt.bar(" in it.read_any() and "+ plt.barh(" in it.read_any()
        await it.pilot.press("right")
        await it.pilot.pause()
        assert "request 2, round 0 · request 2, round 0" in it.read_any()
        await it.pilot.press("left_square_bracket", "left", "left_square_bracket")
        await it.pilot.pause()
        assert "request 1, round 0 · request 1, round 0" in it.read_any()
        await it.pilot.press("escape")
        assert it.screen.code.text


async def test_my_version_is_compared_with_the_models(desk: Open) -> None:
    async with desk([PLOT]) as it:
        await it.type("fruit sold: apples 3, pears 5")
        await it.idle()
        editor = it.screen.code.editor
        at = editor.document.get_line(1).index("3, 5")
        editor.replace("3, 6", (1, at), (1, at + 4))
        await it.pilot.press("ctrl+d")
        await it.pilot.pause()
        assert "[3, 6]" in it.read_any() and "[3, 5]" in it.read_any()
        assert "as it stands" in it.read_any()


async def test_brackets_and_escapes_of_tools_are_shown_as_text(desk: Open) -> None:
    said = PLOT.replace("plt.show()", "raise ValueError('[/tmp/x] [bold]\\x1b[31m \\u202e')")
    async with desk([said.replace("Bars.", "[red]Bars[/red]")]) as it:
        await it.type("[/b] fruit [bold]")
        await it.idle()
        shown = it.read()
        assert "[/b] fruit [bold]" in shown
        assert "[red]Bars[/red]" in shown
        assert "[/tmp/x] [bold]" in shown
        assert "\x1b" not in shown


async def test_a_session_is_taken_up_where_it_was(desk: Open) -> None:
    async with desk([PLOT]) as it:
        await it.type("fruit sold: apples 3, pears 5")
        await it.idle()
        it.screen.chat.prompt.insert("half a wi")
        await it.pilot.pause()
        await it.pilot.press("ctrl+q")
    async with desk([PLOT], resume=True) as it:
        await it.pilot.pause()
        assert it.screen.chat.prompt.text == "half a wi"
        assert "plt.bar(" in it.screen.code.text
        assert it.screen.preview.picture is not None
        assert "fruit sold: apples 3, pears 5" in it.read()
        it.screen.chat.prompt.put("")
        it.screen.chat.prompt.write()
        await it.pilot.press("up")
        assert it.screen.chat.prompt.text == "fruit sold: apples 3, pears 5"


async def test_narrow_terminals_show_one_pane_at_a_time(desk: Open) -> None:
    async with desk([PLOT], size=(40, 12)) as it:
        await it.type("fruit sold: apples 3, pears 5")
        await it.idle()
        assert it.screen.chat.region.width == 40
        await it.pilot.press("f3")
        await it.pilot.pause()
        assert "import matplotlib" in it.read()
        assert it.screen.code.region.width == 40
        await it.pilot.press("f4")
        await it.pilot.pause()
        assert it.screen.preview.region.width == 40
        await it.pilot.resize_terminal(140, 40)
        await it.pilot.pause()
        assert it.screen.chat.region.width < 80 and it.screen.code.region.width > 40


async def test_a_mistyped_command_is_named(desk: Open) -> None:
    async with desk([PLOT]) as it:
        await it.type("/halp")
        await it.pilot.pause()
        assert "there is no command /halp" in it.read()
        await it.pilot.press("f1")
        await it.pilot.pause()
        assert isinstance(it.pilot.app.screen, Help)


def test_every_action_has_a_deed_and_keys_of_its_own() -> None:
    assert {action.name for action in ACTIONS} == set(DEEDS)
    for places in (True, False):  # in the prompt a key may mean something of its own
        keys = [key for action in ACTIONS if action.in_prompt is places for key in action.keys.split(",") if key]  # fmt: skip
        assert len(keys) == len(set(keys))


def test_a_path_is_no_command() -> None:
    assert slash("/tmp/x.csv as bars") is None
    assert slash("bars") is None
    found = slash("/language lilypond")
    assert found is not None and (found[0].name, found[1]) == ("language", "lilypond")


async def test_commands_and_data_files_are_completed(desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sales.csv").write_text("month,sold\nJan,3\nFeb,5\n")
    (tmp_path / "notes.txt").write_text("no data")
    async with desk([PLOT]) as it:
        it.screen.chat.prompt.write()
        await it.pilot.press(*"/lan")
        await it.pilot.pause()
        assert "/language" in it.read()
        await it.pilot.press("tab")
        assert it.screen.chat.prompt.text == "/language "
        it.screen.chat.prompt.put("")
        await it.pilot.press(*"sold by month in @")
        await it.pilot.pause()
        assert "@sales.csv" in it.read() and "notes.txt" not in it.read()
        await it.pilot.press("enter")
        assert it.screen.chat.prompt.text == "sold by month in @sales.csv"
        await it.pilot.press("enter")
        await it.idle()
        assert "2 rows" in it.read() and "Jan | 3" in it.read()
        assert "sold by month in sales.csv" in it.backend.heard[0][-1].content
        assert [one.name for one in it.screen.conversation.data] == ["sales.csv"]


async def test_a_command_typed_faster_than_completions_come_runs_as_it_was_typed(
    desk: Open,
) -> None:
    async with desk([PLOT]) as it:
        prompt = it.screen.chat.prompt
        prompt.write()
        await it.pilot.press(*"/co")
        await it.pilot.pause()
        prompt.insert("py-code")  # no word of it has come when Enter does
        assert prompt.takes("enter")
        assert prompt.text == ""
        await it.pilot.pause()
        assert "/copy" not in it.read() and not it.backend.heard


async def test_a_data_file_that_is_missing_keeps_the_request(desk: Open) -> None:
    async with desk([PLOT]) as it:
        await it.type("bars of @nowhere.csv ")
        await it.pilot.pause()
        assert "there is no data file" in it.read()
        assert it.screen.chat.prompt.text == "bars of @nowhere.csv"
        assert not it.backend.heard


async def test_my_version_is_handed_back_with_what_is_wrong_with_it(desk: Open) -> None:
    async with desk([PLOT, PLOT.replace("3, 5", "4, 5")]) as it:
        await it.type("fruit sold: apples 3, pears 5")
        await it.idle()
        editor = it.screen.code.editor
        at = editor.document.get_line(1).index("bar")
        editor.replace("barr", (1, at), (1, at + 3))
        await it.pilot.press("ctrl+t")
        await it.until(lambda: len(it.backend.heard) == 2)
        await it.idle()
        told = [message.content for message in it.backend.heard[1]]
        assert "barr" in told[-2]  # my version
        assert "barr" in told[-1] and "line 2" in told[-1]  # what is wrong with it
        assert "4, 5" in it.screen.code.text
        assert [one.verdict for _, one in it.screen.rounds()] == [Verdict.RENDERED, Verdict.FAILED, Verdict.RENDERED]  # fmt: skip


async def test_a_server_answers_from_now_on(desk: Open) -> None:
    async with FakeServer(answers(PLOT)) as server, desk([BROKEN]) as it:
        it.screen.setup.open_model = model.opened(Settings())
        await it.type("/model http://127.0.0.1:9")
        await it.until(lambda: "nobody listens at 127.0.0.1:9" in it.read())
        await it.type(f"/model {server.address}#coder")
        await it.until(lambda: f"127.0.0.1:{server.port}#coder answers from now on" in it.read())
        await it.type("fruit sold: apples 3, pears 5")
        await it.idle()
        assert server.heard[0].body["messages"][-1]["content"].startswith("fruit sold")
        assert it.screen.conversation.tasks[0].outcome is Outcome.SOLVED


async def test_the_model_and_the_sandbox_change_on_the_fly(desk: Open) -> None:
    async with desk([PLOT]) as it:
        await it.type("/model nowhere")
        await it.pilot.pause()
        assert "there is no model nowhere" in it.read()
        await it.type("/model other")
        await it.pilot.pause()
        await it.type("/sandbox none")
        await it.pilot.pause()
        assert "unconfined" in it.read()
        await it.type("/sandbox bubblewrap")
        await it.type("fruit sold: apples 8, pears 9")
        await it.idle()
        assert "8, 9" in it.screen.code.text
        assert "other" in it.read() and not it.backend.heard


async def test_an_earlier_conversation_is_found_and_taken_up(desk: Open) -> None:
    async with desk([PLOT]) as it:
        await it.type("fruit sold: apples 3, pears 5")
        await it.idle()
        old = it.screen.conversation.session_id
        await it.pilot.press("ctrl+q")
    async with desk([PLOT]) as it:
        await it.type("something else")
        await it.idle()
        await it.pilot.press("f9")
        await it.pilot.pause()
        picker = it.pilot.app.screen
        assert isinstance(picker, Sessions)
        await it.pilot.press(*"apples")
        await it.pilot.pause()
        assert picker.query_one(PreviewPane).picture is not None
        await it.pilot.press("enter")
        await it.until(lambda: isinstance(it.pilot.app.screen, ChatScreen) and it.screen.conversation.session_id == old)  # fmt: skip
        await it.pilot.pause()
        assert "fruit sold: apples 3, pears 5" in it.read()
        assert "something else" not in it.read()


async def test_an_editor_of_mine_changes_the_program(desk: Open, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i 's/3, 5/3, 50/' \"$1\"\n")
    editor.chmod(0o755)
    assert outside.edited("plt.bar([3, 5])\n", "plot.py", str(editor)) == "plt.bar([3, 50])\n"
    with pytest.raises(outside.NotStarted, match="cannot be started"):
        outside.edited("x", "plot.py", str(tmp_path / "nothing"))


async def test_a_theme_colours_everything_at_once(desk: Open) -> None:
    async with desk([PLOT]) as it:
        await it.type("fruit sold: apples 3, pears 5")
        await it.idle()
        before = it.screen.styles.background, dict(it.screen.code.editor.colours)
        await it.type("/theme paper")
        await it.pilot.pause()
        after = it.screen.styles.background, dict(it.screen.code.editor.colours)
        assert before[0] != after[0] and before[1] != after[1]
        assert "theme paper" in it.read()
        await it.type("/theme papper")
        await it.pilot.pause()
        assert it.pilot.app.theme == "paper"


SQUARE = "```svg\n<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='5' height='5'/></svg>\n```"


async def test_the_usual_language_is_taken_where_the_request_names_none(desk: Open) -> None:
    async with desk([SQUARE]) as it:
        conversation = it.screen.conversation
        conversation.manner = replace(conversation.manner, usual=languages.find("svg"))
        assert conversation.language_for("something nice")[0].name == "svg"
        assert conversation.language_for("a pie chart in mermaid")[0].name == "mermaid"
        await it.type("something nice")
        await it.idle()
        assert "the settings say so" in it.read()
        assert "rendered" in it.read()
