"""``python -m runners.images [FAMILY…]``: build the images of the Docker sandbox, all or some."""

from __future__ import annotations

import sys

from runners.base import RunnerError
from runners.images import families
from runners.images.building import build


def main() -> int:
    """Build; the exit status."""
    for family in sys.argv[1:] or families():
        try:
            tag = build(family, lambda line: print(line, file=sys.stderr))  # noqa: T201
        except RunnerError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        sys.stdout.write(f"{tag}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
