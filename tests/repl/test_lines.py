"""Requests from pipes, files and terminals that cannot move their cursor."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.repl.conftest import FakeVoice
from viscoder_tui.repl.lines import Lines
from viscoder_tui.repl.voice import Unreadable


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reader, writer = os.pipe()
    yield reader, writer
    os.close(reader)


async def all_of(lines: Lines) -> list[str]:
    found: list[str] = []
    while (text := await lines.next()) is not None:
        found.append(text.strip())
    return found


async def test_each_line_is_a_request_and_the_last_needs_no_end(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    os.write(writer, "\ufeffbars: ä 3\r\n\nmake it red".encode())
    os.close(writer)
    assert await all_of(Lines(reader, FakeVoice(), interactive=False)) == ["bars: ä 3", "", "make it red"]  # fmt: skip


async def test_a_request_is_there_before_the_pipe_is_closed(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    lines = Lines(reader, FakeVoice(), interactive=False)
    waiting = asyncio.ensure_future(lines.next())
    await asyncio.sleep(0.05)
    assert not waiting.done()
    os.write(writer, b"bars\nred")
    assert await asyncio.wait_for(waiting, 1) == "bars"
    os.close(writer)
    assert await lines.next() == "red"


async def test_a_file_a_closed_stdin_and_nothing(tmp_path: Path) -> None:
    (tmp_path / "asked.txt").write_text("bars\nred\n")
    with (tmp_path / "asked.txt").open() as file:
        assert await all_of(Lines(file.fileno(), FakeVoice(), interactive=False)) == ["bars", "red"]  # fmt: skip
    with open(os.devnull) as file:  # noqa: ASYNC230, PTH123
        assert await all_of(Lines(file.fileno(), FakeVoice(), interactive=False)) == []
    assert await all_of(Lines(None, FakeVoice(), interactive=False)) == []


@pytest.mark.parametrize(("sent", "said"), [(b"bars\nr\xe4d\n", "line 2 of the requests is not UTF-8"), (b"bars\n" + b"a" * 2_000_000, "line 2 is longer")])  # fmt: skip
async def test_what_is_no_text_is_named(tmp_path: Path, sent: bytes, said: str) -> None:
    (tmp_path / "asked.txt").write_bytes(sent)
    with (tmp_path / "asked.txt").open("rb") as file, pytest.raises(Unreadable, match=said):
        await all_of(Lines(file.fileno(), FakeVoice(), interactive=False))


async def test_ctrl_c_twice_leaves_where_somebody_types(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    voice = FakeVoice()
    waiting = asyncio.ensure_future(Lines(reader, voice, interactive=True).next())
    for _ in range(2):
        await asyncio.sleep(0.05)
        assert not waiting.done()
        os.kill(os.getpid(), signal.SIGINT)
    assert await asyncio.wait_for(waiting, 1) is None
    assert voice.said == ["your request:", "press Ctrl+C again to leave"]
    os.close(writer)
