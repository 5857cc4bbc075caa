"""The JavaScript libraries that pages find in the sandbox, and where they lie on this machine."""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(sys.prefix) / "share" / "viscoder" / "web"
"""Made by ``python -m runners.web``; the sandbox sees it, for it lies beside our packages."""

ESBUILD = FOLDER / "esbuild"
"""Copied there last, so it also says that the folder is complete."""

INSTALL = "sudo apt-get install chromium nodejs npm && python -m runners.web"
