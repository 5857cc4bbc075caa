"""Faults of viscoder itself: the traceback goes to a log, people read one sentence."""

from __future__ import annotations

import time
import traceback

from viscoder_tui.locations import log_folder


def explained(error: BaseException) -> str:
    """Write a fault that nobody foresaw to the log, and say so in a sentence.

    Args:
        error: what was raised.
    """
    said = (
        f"viscoder itself failed ({type(error).__name__}: {error}): everything up to here is kept"
    )
    log = log_folder() / "viscoder.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')}\n")
            file.write("".join(traceback.format_exception(error)) + "\n")
    except OSError:
        return said
    return f"{said}; what happened stands in {log}"


__all__ = ["explained"]
