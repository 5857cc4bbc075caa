"""The garbage collector, held back where much is made and nothing is thrown away."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Generator[None]:
    """While modules are imported, look for no garbage; leave them out of every later search."""
    hold()
    try:
        yield
    finally:
        resume()


def hold() -> None:
    """Look for no garbage until `resume` is called."""
    gc.disable()


def resume() -> None:
    """Look for garbage again, but not in what has been made up to here."""
    gc.freeze()
    gc.enable()


__all__ = ["hold", "resume", "uncollected"]
