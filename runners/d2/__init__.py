"""D2's renderer, and where it lies on this machine: a folder of its own, for it is large."""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(sys.prefix) / "share" / "viscoder" / "d2"
"""Made by ``python -m runners.d2``; the sandbox sees it, for it lies beside our packages."""

RENDERER = FOLDER / "d2.wasm"
"""Put there last, so it also says that the folder is complete."""
