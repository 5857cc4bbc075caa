"""On which line of a TOML text a key stands, which `tomllib` does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence

_HEADER = re.compile(r"^\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")


def line_of(text: str, path: Sequence[str]) -> int | None:
    """The line of a key, counted from 1; of the table it stands in where it has none of its own.

    Args:
        text: that `tomllib` has read without complaint.
        path: the tables' names and the key's.
    """
    best, length = None, 0
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header:
            table = found = _parts(header[1])
        else:
            key = _KEY.match(line)
            if key is None:
                continue
            found = (*table, *_parts(key[1]))
        if len(found) > length and found == tuple(path[: len(found)]):
            best, length = number, len(found)
    return best


def complaint(error: tomllib.TOMLDecodeError, text: str) -> str:
    """What `tomllib` says of `text`, with a line in any case."""
    last = max(len(text.splitlines()), 1)
    return str(error).replace("at end of document", f"at line {last}, the last")


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))
