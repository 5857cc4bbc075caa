"""A conversation that is taken up again, after viscoder was closed, is not read anew."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import aclosing
from pathlib import Path

import pytest

from backends.base import Chunk, Message, Sampling, Usage
from backends.choose import EMBEDDED
from backends.llama_cpp import LlamaCpp
from backends.llama_cpp_options import LlamaOptions
from backends.llama_cpp_states import States

LONG = Message("user", "bars of the sales of each month, with a title and the values on top; " * 12)
MORE = (LONG, Message("assistant", "```python\nplt.bar(1, 2)\n```"), Message("user", "in red"))


async def opened(model: Path, folder: Path, messages: tuple[Message, ...], options: LlamaOptions | None = None) -> tuple[str, Usage]:  # fmt: skip
    """viscoder is started, asks once and is closed."""
    backend = LlamaCpp(model, folder / "llama.log", options, states=folder / "states")
    text, last = "", Chunk("")
    async with aclosing(backend.stream(messages, Sampling(max_tokens=24))) as chunks:
        async for last in chunks:
            text += last.text
    await backend.close()
    assert last.usage is not None
    return text, last.usage


def files(folder: Path) -> list[str]:
    return sorted(path.suffix for path in (folder / "states").iterdir())


async def test_what_was_read_before_is_not_read_again(slow_model: Path, tmp_path: Path) -> None:
    _, first = await opened(slow_model, tmp_path, (LONG,))
    assert first.cached_tokens == 0 and files(tmp_path) == [".state", ".tokens"]
    anew, unread = await opened(slow_model, tmp_path / "other", MORE)
    resumed, read = await opened(slow_model, tmp_path, MORE)
    assert resumed == anew
    assert read.cached_tokens >= first.prompt_tokens - 5 and unread.cached_tokens == 0
    assert read.prompt_seconds < unread.prompt_seconds / 2


async def test_another_conversation_or_cache_is_not_taken_for_it(slow_model: Path, tmp_path: Path) -> None:  # fmt: skip
    await opened(slow_model, tmp_path, (LONG,))
    other = (Message("user", "pie " + LONG.content),)
    assert (await opened(slow_model, tmp_path, other))[1].cached_tokens == 0
    smaller = LlamaOptions(kv_cache="q8_0")
    assert (await opened(slow_model, tmp_path, (LONG,), smaller))[1].cached_tokens == 0


async def test_a_broken_state_is_read_anew_and_goes(slow_model: Path, tmp_path: Path) -> None:
    await opened(slow_model, tmp_path, (LONG,))
    (state,) = (tmp_path / "states").glob("*.state")
    state.write_bytes(state.read_bytes()[:1000])
    text, usage = await opened(slow_model, tmp_path, MORE)
    assert usage.cached_tokens == 0 and text
    assert not state.exists()


async def test_what_is_short_is_not_kept(slow_model: Path, tmp_path: Path) -> None:
    await opened(slow_model, tmp_path, (Message("user", "bars"),))
    assert not (tmp_path / "states").exists()


@pytest.fixture
def states(tmp_path: Path) -> States:
    return States(tmp_path / "states", EMBEDDED, LlamaOptions(), most_bytes=2500)


def keep(states: States, tokens: Sequence[int], age: int = 0) -> Path:
    place = states.place()
    place.write_bytes(bytes(1000))
    os.utime(place, (1_000_000 - age, 1_000_000 - age))
    states.kept(place, tokens)
    return place.with_suffix(".state")


def test_the_least_recently_used_goes_when_there_is_no_room(states: States) -> None:
    old, used = keep(states, range(0, 300), age=9), keep(states, range(1, 301), age=8)
    state = states.longest(range(0, 300))
    assert state is not None and state.path == old
    states.used(state)
    new = keep(states, range(2, 302))
    assert old.exists() and new.exists() and not used.exists()
    assert not used.with_suffix(".tokens").exists()


def test_the_longest_beginning_is_taken(states: States) -> None:
    keep(states, [*range(0, 300), 7])
    longest = keep(states, range(0, 700))
    state = states.longest(range(0, 900))
    assert state is not None and state.path == longest
    assert states.longest(range(0, 10)) is None


def test_what_is_only_the_beginning_of_another_goes(states: States) -> None:
    beginning = keep(states, range(0, 300))
    whole = keep(states, range(0, 700))
    assert whole.exists() and not beginning.exists()


def test_leavings_of_a_crash_go_in_time(states: States) -> None:
    left = states.place()
    left.write_bytes(bytes(2000))
    os.utime(left, (1, 1))
    keep(states, range(300))
    assert not left.exists()
