"""Packages from npm: exact versions, checked against the hashes in a package-lock.json."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

_QUIET = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--silent")
"""What a package would like to run while it is installed is not run."""


def bring(source: Path, names: Iterable[str], folder: Path, mark: Path, *then: str) -> int:
    """Install what the lock in `source` lists; the exit status, after a sentence on stderr.

    Args:
        source: the folder with ``package.json`` and ``package-lock.json``.
        names: files to be copied from there, beside these two.
        folder: where it is installed.
        mark: a file that says that the folder is complete; it is removed first.
        then: scripts among `names`, which node runs there afterwards.
    """
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        sys.stderr.write("node and npm are needed: sudo apt-get install nodejs npm\n")
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    mark.unlink(missing_ok=True)
    for name in ("package.json", "package-lock.json", *names):
        shutil.copy(source / name, folder)
    for command in ([npm, "ci", *_QUIET], *([node, script] for script in then)):
        ended = subprocess.run(command, cwd=folder, check=False)
        if ended.returncode != 0:
            sys.stderr.write(f"{' '.join(command)} failed in {folder}\n")
            return ended.returncode
    return 0
