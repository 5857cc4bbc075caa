"""Python packages that are not part of every installation: libraries of Python programs, and Typst.

``python -m runners.packages NAME`` brings what the file ``NAME.txt`` here lists, in exact versions
and checked against their hashes, into `FOLDER`, which the harness scripts of that language have on
their path.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

FOLDER = Path(sys.prefix) / "share" / "viscoder" / "packages"
"""The sandbox sees it, for it lies beside our own packages."""


def known() -> tuple[str, ...]:
    """What can be brought."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.txt")))


def listed(name: str) -> Path:
    """The file that says what `name` brings."""
    return Path(__file__).with_name(f"{name}.txt")


def is_here(name: str) -> bool:
    """Whether what `name` lists now was brought."""
    try:
        return _note(name).read_text() == _state(name)
    except OSError:
        return False


def brought(name: str) -> None:
    """Note that what `name` lists now was brought."""
    _note(name).write_text(_state(name))


def _note(name: str) -> Path:
    return FOLDER / f".{name}"


def _state(name: str) -> str:
    return hashlib.sha256(listed(name).read_bytes()).hexdigest()
