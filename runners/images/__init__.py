"""The images that the Docker sandbox runs programs in, one a family of languages.

Each is a folder here with its Dockerfile. An image's tag is made of what it is built from, so a
changed one is another one.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

PYTHON = "3.11"
"""The Python in the images: that of Debian bookworm."""

HERE = Path(__file__).resolve().parent
_ROOM = HERE.parent


@cache
def families() -> tuple[str, ...]:
    """The names of all families."""
    return tuple(sorted(file.parent.name for file in HERE.glob("*/Dockerfile")))


def files(family: str) -> dict[str, Path]:
    """What an image is built from: where it lies here, by its name for the Dockerfile."""
    found = {path.name: path for path in sorted((HERE / family).iterdir()) if path.is_file()}
    found["finish.sh"] = HERE / "finish.sh"
    if family == "web":
        found |= {f"runners/{name}": _ROOM / name for name in ("__init__.py", "npm.py")}
        parts = [path for part in ("web", "d2") for path in sorted((_ROOM / part).iterdir())]
        found |= {f"runners/{path.parent.name}/{path.name}": path for path in parts if path.is_file()}  # fmt: skip
    if family == "latex":
        found["tex_formats.py"] = _ROOM / "harness" / "tex_formats.py"
    return found


@cache
def tag(family: str) -> str:
    """The image's name, as in ``viscoder/python:0123456789ab``."""
    told = hashlib.sha256()
    for name, path in sorted(files(family).items()):
        told.update(f"{name}\n".encode() + path.read_bytes())
    return f"viscoder/{family}:{told.hexdigest()[:12]}"
