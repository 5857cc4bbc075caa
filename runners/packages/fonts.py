"""matplotlib's list of the machine's fonts, which it would otherwise make again in every sandbox."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(sys.prefix) / "share" / "viscoder" / "matplotlib"
"""The sandbox sees it, and a run copies the list from there."""


def can_be_brought(folder: Path) -> bool:
    """Whether there is no list yet, and there could be one.

    Args:
        folder: where it goes.
    """
    there = next(one for one in (folder, *folder.parents) if one.exists())
    return not any(folder.glob("fontlist-*.json")) and os.access(there, os.W_OK)


def bring(folder: Path, *, told: bool) -> bool:
    """Have matplotlib write its list; whether it could.

    Args:
        folder: where it goes.
        told: whether matplotlib may say on stderr what it does.

    Raises:
        OSError: the folder cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("fontlist-*.json"):  # fonts may have come since
        old.unlink()
    command = [sys.executable, "-c", "import matplotlib.font_manager"]
    done = subprocess.run(command, env={**os.environ, "MPLCONFIGDIR": str(folder)}, check=False, stdin=subprocess.DEVNULL, stderr=None if told else subprocess.DEVNULL)  # fmt: skip
    return done.returncode == 0 and any(folder.glob("fontlist-*.json"))
