"""Brings the JavaScript libraries: exact versions, checked against the hashes in package-lock.json."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from runners.web import ESBUILD, FOLDER

_HERE = Path(__file__).resolve().parent


def main() -> int:
    """Install into `FOLDER`; the exit status."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        sys.stderr.write("the JavaScript libraries need node and npm: sudo apt-get install nodejs npm\n")  # fmt: skip
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    ESBUILD.unlink(missing_ok=True)
    for name in ("package.json", "package-lock.json", "modules.mjs"):
        shutil.copy(_HERE / name, FOLDER)
    # What a package would like to run while it is installed is not run.
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--silent")
    for command in ([npm, "ci", *quiet], [node, "modules.mjs"]):
        ended = subprocess.run(command, cwd=FOLDER, check=False)
        if ended.returncode != 0:
            sys.stderr.write(f"{' '.join(command)} failed in {FOLDER}\n")
            return ended.returncode
    binaries = sorted(FOLDER.glob("node_modules/@esbuild/*/bin/esbuild"))
    if not binaries:
        sys.stderr.write("npm brought no esbuild for this machine\n")
        return 1
    shutil.copy(binaries[0], ESBUILD)
    return 0


if __name__ == "__main__":
    sys.exit(main())
