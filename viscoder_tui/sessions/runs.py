"""The folder that every run keeps: the code of each round, diagnostics, pictures, transcript."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from viscoder_tui.locations import data_folder

_SLUG_LENGTH = 40


def new_run_folder(instruction: str) -> Path:
    """Make an empty folder for a run, named after the moment and the request.

    It is readable by its owner alone, for it may hold the user's data.

    Raises:
        OSError: the data folder cannot be written.
    """
    runs = data_folder() / "runs"
    runs.mkdir(parents=True, exist_ok=True, mode=0o700)
    stem = f"{datetime.now():%Y-%m-%d_%H%M%S}-{slug(instruction)}".rstrip("-")
    number = 1
    while True:
        folder = runs / (stem if number == 1 else f"{stem}-{number}")
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            number += 1
        else:
            return folder


def slug(text: str) -> str:
    """The words of `text` that suit a file name, joined by hyphens, at most 40 characters."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    joined = "-".join(words)
    return joined[:_SLUG_LENGTH].rstrip("-")
