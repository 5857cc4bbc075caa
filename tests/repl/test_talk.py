"""The plain chat, as people use it."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from backends.base import ModelMissing
from runners.base import Runner, Verdict
from tests.agent.fakes import FakeBackend, FakeRunner
from tests.repl.conftest import BROKEN, PLOT, FakeRequests, FakeVoice, Table
from viscoder_tui.repl.talk import Talk
from viscoder_tui.repl.voice import Ended
from viscoder_tui.sessions.answering import Answering
from viscoder_tui.sessions.conversation import Conversation
from viscoder_tui.sessions.records import Origin, Outcome
from viscoder_tui.sessions.store import Store


async def test_a_request_becomes_words_a_program_and_a_path(table: Table) -> None:
    ended = await table.type("fruit sold: apples 3, pears 5")
    assert ended is Ended.DRAWN
    prose, program, path = table.voice.results
    assert prose == "Bars."
    assert program.startswith("import matplotlib") and "[3, 5]" in program
    (drawn,) = table.voice.drawn
    assert str(drawn) == path
    assert drawn.read_bytes().startswith(b"\x89PNG")
    assert "rendered" in table.err


async def test_a_failure_shows_the_line_and_is_mended(table: Table) -> None:
    ended = await table.type("fruit sold: apples 3, pears 5", answers=[BROKEN, PLOT])
    assert ended is Ended.DRAWN
    assert "round 0: failed" in table.err and "round 1: rendered" in table.err
    assert "error: line 2" in table.err and ">    2 | plt.barr(" in table.err
    assert "barr" not in table.out


async def test_what_is_given_up_is_kept_and_its_place_said(table: Table) -> None:
    ended = await table.type("/rounds 0", "fruit sold: apples 3, pears 5", answers=[BROKEN])
    assert ended is Ended.NOT_DRAWN
    assert table.voice.results == []
    folder = Path(table.voice.said[-1].removeprefix("everything is kept in "))
    assert "plt.barr(" in (folder / "round-0" / "program.py").read_text()


async def test_a_change_is_asked_of_what_is_there_and_compared(table: Table) -> None:
    answers = [PLOT, PLOT.replace("plt.bar(", "plt.barh(")]
    await table.type("fruit sold: apples 3, pears 5", "horizontal", "/diff", answers=answers)
    assert "[3, 5]" in table.backend.heard[1][-2].content
    diff = table.voice.results[-1].splitlines()
    assert diff[:2] == ["--- request 1, round 0", "+++ request 2, round 0"]
    assert "-plt.bar(['apples', 'pears'], [3, 5])" in diff
    assert "+plt.barh(['apples', 'pears'], [3, 5])" in diff


async def test_a_program_is_changed_in_the_editor_and_run(table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i 's/3, 5/30, 5/' \"$1\"\n")
    editor.chmod(0o700)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(editor))
    await table.type("fruit sold: apples 3, pears 5", "/editor", "/diff", "/run", "/copy-path")
    assert "+plt.bar(['apples', 'pears'], [30, 5])" in table.out
    assert "by hand: rendered" in table.err
    assert table.voice.results[-1] == str(table.voice.drawn[-1]) != str(table.voice.drawn[0])
    last = table.store.session(table.session).tasks[0].rounds[-1]
    assert (last.origin, last.verdict) == (Origin.HAND, Verdict.RENDERED)
    assert len(table.backend.heard) == 1


async def test_my_version_is_what_the_next_request_goes_on_from(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setenv("VISUAL", "sed -i 1i#mine")
    await table.type("fruit sold: apples 3, pears 5", "/editor", "make it red")
    assert any("#mine" in message.content for message in table.backend.heard[1])


async def test_my_broken_version_is_handed_back_and_mended(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setenv("VISUAL", "sed -i s/plt.bar/plt.barr/")
    asked = "fruit sold: apples 3, pears 5"
    ended = await table.type(asked, "/editor", "/continue", answers=(PLOT, PLOT.replace("3, 5", "3, 50")))  # fmt: skip
    assert ended is Ended.DRAWN
    assert "by hand: failed" in table.err and "round 0: rendered" in table.err
    assert "best of them" not in table.err
    assert "barr" in table.backend.heard[1][-1].content
    assert "[3, 50]" in table.out


async def test_my_good_version_is_run_and_that_is_all(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setenv("VISUAL", "sed -i 1i#mine")
    ended = await table.type("fruit sold: apples 3, pears 5", "/editor", "/continue")
    assert ended is Ended.DRAWN and len(table.voice.drawn) == 2
    assert len(table.backend.heard) == 1


async def test_my_version_is_handed_back_with_a_wish(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setenv("VISUAL", "sed -i 1i#mine")
    await table.type(
        "/continue", "fruit sold: apples 3, pears 5", "/editor", "/continue make it red"
    )
    assert "no program to go on from" in table.err
    assert any("#mine" in message.content for message in table.backend.heard[1])
    assert "make it red" in table.backend.heard[1][-1].content


async def test_the_editor_of_the_settings_comes_first(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setenv("VISUAL", "false")
    table.editor = "sed -i 's/3, 5/30, 5/'"
    await table.type("fruit sold: apples 3, pears 5", "/editor", "/diff")
    assert "[30, 5]" in table.out


async def test_a_session_that_is_removed_meanwhile_is_said(store: Store) -> None:
    conversation = Conversation(store, store.new_session(""), FakeBackend([PLOT]), FakeRunner([]))
    store.remove(conversation.session_id)
    voice = FakeVoice()
    assert await Talk(conversation, FakeRequests(["bars"]), voice).go() is Ended.NOT_DRAWN
    assert len(voice.said) == 3, voice.said  # how to leave, the language, what is wrong


async def test_an_editor_that_is_missing_is_named(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setenv("VISUAL", "/nowhere/ed")
    await table.type("/editor")
    assert "/nowhere/ed cannot be started" in table.err


async def test_a_file_behind_an_at_is_attached(table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sales.csv").write_text("month,sold\nJan,3\nFeb,5\n")
    await table.type("sold by month in @sales.csv")
    told = table.backend.heard[0][-1].content
    assert "sold by month in sales.csv" in told and "@" not in told
    assert "2 rows" in table.err


async def test_a_file_that_is_missing_keeps_the_request(table: Table) -> None:
    ended = await table.type("bars of @nowhere.csv")
    assert ended is Ended.NOT_DRAWN
    assert "there is no data file" in table.err
    assert table.drafts == ["", "bars of @nowhere.csv"]
    assert not table.backend.heard


async def test_a_mistyped_command_is_told_what_it_may_have_meant(table: Table) -> None:
    await table.type("/rnu", "/diif", "/zoom-in", "/xyzzy")
    assert "there is no command /rnu: did you mean /run?" in table.err
    assert "did you mean /diff?" in table.err
    assert "/zoom-in works in the full-screen app alone" in table.err
    assert "there is no command /xyzzy: /help lists them" in table.err
    assert not table.backend.heard


async def test_every_command_answers_where_there_is_nothing_yet(table: Table) -> None:
    await table.type("/help", "/run", "/diff", "/copy-path", "/data", "/language", "/language klingon", "/rounds many", "/sessions nothing")  # fmt: skip
    for text in ("Compare the last two rounds", "no program to run", "no two rounds", "no picture yet", "/data FILE", "lilypond: ", "klingon", "/rounds N", "there is no session 'nothing'"):  # fmt: skip
        assert text in table.err, text
    assert table.voice.results == []


async def test_an_earlier_conversation_is_listed_and_taken_up(table: Table) -> None:
    await table.type("fruit sold: apples 3, pears 5")
    first, table.session = table.session, ""
    await table.type("/sessions", f"/sessions {first}", "/quit", "never asked")
    assert any(line.startswith(first) and "fruit sold" in line for line in table.voice.results)
    assert table.session == first
    assert table.voice.results[-1].endswith("picture-1.png")
    assert not table.backend.heard


async def test_a_new_picture_is_not_a_change(table: Table) -> None:
    await table.type("fruit sold: apples 3, pears 5", "/new", "a line")
    assert all("pears" not in message.content for message in table.backend.heard[1])


async def test_what_a_model_or_a_tool_says_is_never_an_escape(table: Table) -> None:
    evil = PLOT.replace("plt.show()", "# \x1b]52;c;cm0=\x07 \u202etxt.\u200b\nplt.show()")
    await table.type("fruit sold: apples 3, pears 5", "/diff", answers=[evil.replace("Bars.", "\x1b[2JBars.")])  # fmt: skip
    assert not set("\x1b\x07\u202e\u200b") & set(table.out)
    assert r"# \x1b]52;c;cm0=\x07 \u202etxt.\u200b" in table.out  # nothing is hidden
    assert r"\x1b[2JBars." in table.out


async def test_colours_are_for_terminals(table: Table) -> None:
    table.voice.coloured = True
    await table.type("fruit sold: apples 3, pears 5")
    assert "\x1b[" in table.voice.results[1]


async def test_what_was_asked_last_says_how_it_ended(table: Table) -> None:
    assert await table.type("/help", interactive=False) is Ended.NOTHING
    assert await table.type("/rounds 0", "bars", answers=[BROKEN], interactive=False) is Ended.NOT_DRAWN  # fmt: skip
    assert "Ctrl+D" not in table.voice.said[-1]


async def test_a_model_that_breaks_is_told_and_the_next_request_is_asked(store: Store) -> None:
    backend = FakeBackend([PLOT], fails_after=0)
    conversation = Conversation(store, store.new_session(""), backend, FakeRunner([]))
    voice = FakeVoice()
    ended = await Talk(conversation, FakeRequests(["bars", "lines"]), voice).go()
    assert ended is Ended.NO_MODEL
    assert len(backend.heard) == 2
    assert any("the server went away" in said for said in voice.said)


@pytest.mark.parametrize("interactive", [True, False])
async def test_ctrl_c_stops_a_model_that_hangs(store: Store, interactive: bool) -> None:  # fmt: skip
    backend = FakeBackend([PLOT], hangs=True)
    conversation = Conversation(store, store.new_session(""), backend, FakeRunner([]))
    requests = FakeRequests(["bars"], interactive)
    before = signal.getsignal(signal.SIGINT)
    talk = asyncio.ensure_future(Talk(conversation, requests, FakeVoice()).go())
    while not backend.heard:
        await asyncio.sleep(0.01)
    began = time.monotonic()
    os.kill(os.getpid(), signal.SIGINT)
    assert await talk is Ended.STOPPED
    assert time.monotonic() - began < 10, "what hangs would hang for ever"
    assert len(requests.drafts) == (2 if interactive else 1)  # asked for the next, or left
    assert conversation.tasks[0].outcome is Outcome.CANCELLED
    assert signal.getsignal(signal.SIGINT) == before


async def test_a_model_that_may_hardly_run_is_doubted_once(store: Store, runner: Runner) -> None:
    backend = FakeBackend([PLOT], doubt="it needs 9 GB and 4 GB are free: it may be slow")
    voice = FakeVoice()
    requests = FakeRequests(["/help", "fruit sold: apples 3, pears 5", "make it red"])
    talk = Talk(Conversation(store, store.new_session(""), backend, runner), requests, voice)
    assert await talk.go() is Ended.DRAWN
    assert voice.said.count(backend.doubt) == 1


class SlowBackend(FakeBackend):
    """Says what it does while it loads."""

    def listen(self, hear: Callable[[str], None]) -> None:
        hear("loading the weights · 40%")


class Models:
    """Opens models by name; those of `there` are."""

    def __init__(self, *there: str) -> None:
        self.there = there
        self.opened: dict[str, FakeBackend] = {}

    def open(self, name: str) -> Answering:
        if name not in self.there:
            raise ModelMissing(f"there is no model {name}")
        self.opened[name] = SlowBackend([PLOT.replace("3, 5", "8, 9")])
        return Answering(name, self.opened[name], name)


async def talked(store: Store, runner: Runner, models: Models | None, *texts: str, model: str = "") -> tuple[Talk, FakeVoice]:  # fmt: skip
    """A new session in which these are typed."""
    voice = FakeVoice()
    conversation = Conversation(store, store.new_session(""), FakeBackend([PLOT]), runner, model=model)  # fmt: skip
    talk = Talk(conversation, FakeRequests(list(texts)), voice, open_model=models and models.open)
    await talk.go()
    return talk, voice


async def test_each_session_is_answered_by_its_own_model(store: Store, runner: Runner) -> None:
    request = "bars of fruit"
    talk, _ = await talked(store, runner, Models(), request, model="coder")
    first = talk.conversation.session_id
    assert store.session(first).summary.model == "coder"

    models = Models("coder", "other")
    talk, voice = await talked(store, runner, models, request, f"/sessions {first}", "once more")
    assert "coder answers from now on" in voice.said
    assert "loading the weights · 40%" in voice.passing
    assert len(models.opened["coder"].heard) == 1 and "[8, 9]" in talk.program

    talk, voice = await talked(store, runner, Models("other"), f"/sessions {first}", "once more", model="other")  # fmt: skip
    assert "coder, which answered in this session, is gone: fake answers instead" in voice.said
    assert store.session(first).summary.model == "other"


async def test_a_model_that_was_named_answers_in_every_session(store: Store, runner: Runner) -> None:  # fmt: skip
    talk, _ = await talked(store, runner, None, "bars of fruit", model="coder")
    _, voice = await talked(store, runner, None, f"/sessions {talk.conversation.session_id}")
    assert not any("answer" in said for said in voice.said)
