"""stdout: the result of a command, and nothing but the result."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from typing import Any

SCHEMA_VERSION = 1


def is_terminal() -> bool:
    """Whether a person looks at stdout."""
    return sys.stdout.isatty()


def line(text: str) -> None:
    """Write one line of the result."""
    _write(text + "\n")


def document(content: Mapping[str, Any]) -> None:
    """Write one JSON object, led by its ``schema_version``."""
    versioned = {"schema_version": SCHEMA_VERSION, **content}
    _write(json.dumps(versioned, ensure_ascii=False, indent=2) + "\n")


def flush() -> None:
    """Push out what was written.

    A reader that went away (``| head -1``) has what it wanted: the rest is dropped, and stdout
    is pointed at nothing so that the interpreter's own flush at exit stays silent.
    """
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        discard()


def _write(text: str) -> None:
    try:
        sys.stdout.write(text)
    except BrokenPipeError:
        discard()


def discard() -> None:
    """Write the rest of stdout to nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
