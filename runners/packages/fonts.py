"""matplotlib's list of the machine's fonts, which it would otherwise make again in every sandbox."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(sys.prefix) / "share" / "viscoder" / "matplotlib"
"""The sandbox sees it, and a run copies the list from there."""


def bring(folder: Path = FOLDER) -> bool:
    """Have matplotlib write its list; whether it could.

    Args:
        folder: where it goes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("fontlist-*.json"):  # fonts may have come since
        old.unlink()
    command = [sys.executable, "-c", "import matplotlib.font_manager"]
    done = subprocess.run(command, env={**os.environ, "MPLCONFIGDIR": str(folder)}, check=False)
    return done.returncode == 0 and any(folder.glob("fontlist-*.json"))
