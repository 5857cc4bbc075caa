"""Keys at the prompt."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from viscoder_tui.repl.commands import COMMANDS, help_text
from viscoder_tui.repl.completing import following
from viscoder_tui.repl.deeds import DEEDS
from viscoder_tui.repl.prompt import Prompt
from viscoder_tui.sessions.store import Store
from viscoder_tui.tui.actions import BY_NAME


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as made:
        yield made


def prompt(store: Store, keys: PipeInput) -> Prompt:
    return Prompt(store, keys, DummyOutput())


async def typed(store: Store, keys: PipeInput, text: str, draft: str = "") -> str | None:
    keys.send_text(text)
    return await asyncio.wait_for(prompt(store, keys).next(draft), 5)


async def test_enter_sends_and_other_enters_begin_a_line(store: Store, keys: PipeInput) -> None:
    assert await typed(store, keys, "bars\x1b\ra 3\nb 5\r") == "bars\na 3\nb 5"


async def test_what_is_pasted_is_not_sent_line_by_line(store: Store, keys: PipeInput) -> None:
    assert await typed(store, keys, "\x1b[200~a 3\nb 5\x1b[201~\r") == "a 3\nb 5"


async def test_the_history_is_that_of_all_sessions(store: Store, keys: PipeInput) -> None:
    store.add_to_history("asked in the app")
    one = prompt(store, keys)
    keys.send_text("bars\r")
    assert await one.next() == "bars"
    assert store.history() == ("asked in the app", "bars")
    waiting = asyncio.ensure_future(one.next())
    await asyncio.sleep(0.1)  # the history is read in the background
    keys.send_text("\x1b[A\x1b[A\r")
    assert await asyncio.wait_for(waiting, 5) == "asked in the app"


async def test_ctrl_c_clears_first_and_leaves_second(store: Store, keys: PipeInput) -> None:
    assert await typed(store, keys, "half a wi\x03bars\r") == "bars"
    assert await typed(store, keys, "half a wi\x03\x03") is None
    assert await typed(store, keys, "\x03bars\x03red\r") == "red"


async def test_ctrl_d_leaves(store: Store, keys: PipeInput) -> None:
    assert await typed(store, keys, "\x04") is None


async def test_a_draft_stands_there_to_be_changed(store: Store, keys: PipeInput) -> None:
    assert await typed(store, keys, "h\r", "half a wis") == "half a wish"


async def test_tab_completes(store: Store, keys: PipeInput) -> None:
    waiting = asyncio.ensure_future(prompt(store, keys).next())
    for text in ("/edi", "\t", "\r"):
        keys.send_text(text)
        await asyncio.sleep(0.2)  # what could follow is looked for in a thread
    assert await asyncio.wait_for(waiting, 5) == "/editor"


def offered(before: str, folder: Path) -> dict[str, str]:
    return {one.text: one.detail for one in following(before, folder)}


def test_commands_languages_and_files_are_offered(tmp_path: Path) -> None:
    (tmp_path / "sales.csv").write_text("a,b\n")
    (tmp_path / "notes.txt").write_text("no data")
    (tmp_path / "old").mkdir()
    assert offered("/", tmp_path).keys() == {f"{'/' + name.replace('_', '-')}{' ' if one.argument else ''}" for name, one in COMMANDS.items()}  # fmt: skip
    assert offered("/copy_", tmp_path) == {"/copy-path": "Print the path of the picture."}
    assert offered("/data ", tmp_path) == {"sales.csv": "data file", "old/": "folder"}
    assert offered("bars of @sa", tmp_path) == {"@sales.csv": "data file"}
    assert offered("/new bars of @sa", tmp_path) == {"@sales.csv": "data file"}
    assert list(offered("/language lil", tmp_path)) == ["lilypond"]
    assert not offered("/run @sa", tmp_path) and not offered("bars", tmp_path)


def test_every_command_is_in_the_registry_has_a_deed_and_stands_in_the_help() -> None:
    assert set(COMMANDS) == set(DEEDS) <= set(BY_NAME)
    for action in COMMANDS.values():
        assert action.description in help_text()


@pytest.mark.parametrize(("module", "forbidden"), [("prompt", "textual"), ("talk", "prompt_toolkit"), ("talk", "textual"), ("lines", "prompt_toolkit")])  # fmt: skip
def test_the_plain_chat_needs_no_textual_and_a_pipe_no_prompt(module: str, forbidden: str) -> None:
    program = f"import sys, viscoder_tui.repl.{module}; sys.exit({forbidden!r} in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
