"""Ctrl+C while something is under way."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def on_interrupt(do: Callable[[], object]) -> Generator[None]:
    """Have Ctrl+C call `do`, at once and in the event loop; afterwards it means what it meant."""
    loop = asyncio.get_running_loop()
    before = signal.getsignal(signal.SIGINT)
    loop.add_signal_handler(signal.SIGINT, do)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)
        signal.signal(signal.SIGINT, before)


def _nothing(_signal: int, _frame: FrameType | None) -> None:
    return


@contextmanager
def left_to_others() -> Generator[None]:
    """Let Ctrl+C be for the program in front, an editor perhaps, which it still reaches."""
    # Not SIG_IGN: that would be handed on to the other program.
    before = signal.signal(signal.SIGINT, _nothing)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
