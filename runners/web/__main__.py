"""Brings the JavaScript libraries: exact versions, checked against the hashes in package-lock.json."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from runners import npm
from runners.web import ESBUILD, FOLDER

_HERE = Path(__file__).resolve().parent


def main() -> int:
    """Install into `FOLDER`; the exit status."""
    status = npm.bring(_HERE, ["modules.mjs"], FOLDER, ESBUILD, "modules.mjs")
    if status != 0:
        return status
    binaries = sorted(FOLDER.glob("node_modules/@esbuild/*/bin/esbuild"))
    if not binaries:
        sys.stderr.write("npm brought no esbuild for this machine\n")
        return 1
    shutil.copy(binaries[0], ESBUILD)
    return 0


if __name__ == "__main__":
    sys.exit(main())
