"""Brings D2's renderer: an exact version, checked against the hash in package-lock.json."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from runners import npm
from runners.d2 import FOLDER, RENDERER

_HERE = Path(__file__).resolve().parent
_PACKAGE = Path("node_modules") / "@terrastruct" / "d2" / "dist"
_PARTS = ("wasm_exec.js", "elk.js", "setup.js", "d2.wasm")


def main() -> int:
    """Install into `FOLDER`; the exit status."""
    status = npm.bring(_HERE, [], FOLDER, RENDERER)
    if status != 0:
        return status
    for name in _PARTS:  # of 60 MB, which hold the same thing for three kinds of loaders
        shutil.move(FOLDER / _PACKAGE / "node-cjs" / name, FOLDER / name)
    shutil.rmtree(FOLDER / "node_modules")
    RENDERER.chmod(0o755)  # it is looked for as programs are
    return 0


if __name__ == "__main__":
    sys.exit(main())
