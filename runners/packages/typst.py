"""Typst's own packages: cetz, which draws, and what it imports.

They lie where Typst looks for them, as ``preview/NAME/VERSION``, so that no program has to fetch
them while it runs. Format and addresses are those of Typst's package registry, Typst Universe.
"""

from __future__ import annotations

import io
import re
import tarfile
import urllib.request
from collections.abc import Callable
from pathlib import Path

from runners.base import RunnerError
from runners.packages import FOLDER

REGISTRY = "https://packages.typst.org/preview"
WANTED = ("cetz:0.4.2", "cetz-plot:0.1.3")
PLACE = FOLDER.parent / "typst" / "preview"
_IMPORT = re.compile(r"@preview/([a-z0-9-]+:\d+\.\d+\.\d+)")
_LARGEST = 20_000_000
_SECONDS = 60


class PackageNotBrought(RunnerError):
    """A package could not be fetched; the text says why."""


def bring(progress: Callable[[str], None], registry: str = REGISTRY, place: Path = PLACE, wanted: tuple[str, ...] = WANTED) -> tuple[str, ...]:  # fmt: skip
    """Fetch the packages that are not here yet, and those that they import.

    Args:
        progress: told the name of each.
        registry: where they are.
        place: the folder to keep them in.
        wanted: names with versions, as in ``cetz:0.4.2``.

    Returns:
        What is there now, of what was wanted and what that needs.

    Raises:
        PackageNotBrought: one could not be fetched, or is not what it should be.
    """
    waiting = list(wanted)
    done: list[str] = []
    while waiting:
        name = waiting.pop(0)
        if name in done:
            continue
        folder = place / name.replace(":", "/")
        if not (folder / "typst.toml").is_file():
            progress(name)
            _unpack(_fetched(f"{registry}/{name.replace(':', '-')}.tar.gz"), folder, name)
        done.append(name)
        for file in folder.rglob("*.typ"):
            text = file.read_text(encoding="utf-8", errors="replace")
            code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("//"))  # fmt: skip
            waiting += [found for found in _IMPORT.findall(code) if found not in done]
    return tuple(done)


def _fetched(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=_SECONDS) as answer:
            content: bytes = answer.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise PackageNotBrought(f"{address} could not be fetched: {reason}") from error
    if len(content) > _LARGEST:
        raise PackageNotBrought(f"{address} is larger than {_LARGEST // 1_000_000} MB")
    return content


def _unpack(content: bytes, folder: Path, name: str) -> None:
    """Unpack beside, and put it in its place as a whole: half a package is never taken for one."""
    beside = folder.with_name(f".{folder.name}.new")
    beside.mkdir(parents=True, exist_ok=True)
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
            archive.extractall(beside, filter="data")
    except (tarfile.TarError, OSError, EOFError) as error:
        raise PackageNotBrought(f"the package {name} cannot be unpacked: {error}") from error
    if not (beside / "typst.toml").is_file():
        raise PackageNotBrought(f"the package {name} is no Typst package: it has no typst.toml")
    beside.rename(folder)
