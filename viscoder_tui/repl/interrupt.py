"""Ctrl+C while something is under way."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def on_interrupt(do: Callable[[], object]) -> Generator[None]:
    """Have Ctrl+C call `do` at once; afterwards it means what it meant before.

    Not `loop.add_signal_handler`, which forgets what was pressed just before it is removed.
    """
    loop = asyncio.get_running_loop()

    def pressed(_signal: int, _frame: FrameType | None) -> None:
        do()
        loop.call_soon_threadsafe(_nothing)  # wakes the loop, as asyncio's own handler does

    before = signal.signal(signal.SIGINT, pressed)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def left_to_others() -> Generator[None]:
    """Let Ctrl+C be for the program in front, an editor perhaps, which it still reaches."""
    # Not SIG_IGN: that would be handed on to the other program.
    before = signal.signal(signal.SIGINT, _nothing)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _nothing(*_: object) -> None:
    return
