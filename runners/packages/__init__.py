"""Python packages of languages beyond the dataset: not part of every installation.

``python -m runners.packages NAME`` brings what the file ``NAME.txt`` here lists, in exact versions
and checked against their hashes, into `FOLDER`, which the harness scripts of that language have on
their path.
"""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(sys.prefix) / "share" / "viscoder" / "packages"
"""The sandbox sees it, for it lies beside our own packages."""


def known() -> tuple[str, ...]:
    """What can be brought."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.txt")))
