"""What could follow in the prompt: slash commands, and data files behind an @."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from viscoder_tui.tui.actions import ACTIONS

_SUFFIXES = (".csv", ".tsv", ".json")
_MOST = 40
_COMMAND = re.compile(r"/([a-z_-]*)$")
_FILE = re.compile(r"(?:^|(?<=\s))@(\S*)$")
_ATTACHED = re.compile(r"(?:^|(?<=\s))@(\S+)")


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on.

    Attributes:
        text: that takes the place of what was typed of it.
        length: how many characters before the cursor it replaces.
        detail: more about it.
    """

    text: str
    length: int
    detail: str = ""


def completions(before: str, folder: Path) -> tuple[Completion, ...]:
    """What could follow.

    Args:
        before: the text before the cursor.
        folder: that relative paths start from.
    """
    command = _COMMAND.fullmatch(before)
    if command is not None:
        word = command[1].replace("-", "_")
        return tuple(
            Completion(f"/{action.name.replace('_', '-')}{' ' if action.argument else ''}", len(before), action.description)
            for action in ACTIONS
            if action.name.startswith(word)
        )  # fmt: skip
    file = _FILE.search(before)
    return _files(file[1], folder) if file is not None else ()


def _files(typed: str, folder: Path) -> tuple[Completion, ...]:
    head, _, start = typed.rpartition("/")
    place = Path(head + "/").expanduser() if head or typed.startswith("/") else Path()
    try:
        found = sorted(os.scandir(folder / place), key=lambda one: one.name.lower())
    except OSError:
        return ()
    prefix = typed[: len(typed) - len(start)]
    made: list[Completion] = []
    for one in found:
        hidden = one.name.startswith(".") and not start.startswith(".")
        if hidden or not one.name.lower().startswith(start.lower()):
            continue
        if _is_folder(one):
            made.append(Completion(f"@{prefix}{one.name}/", len(typed) + 1, "folder"))
        elif one.name.lower().endswith(_SUFFIXES) and " " not in one.name:
            made.append(Completion(f"@{prefix}{one.name}", len(typed) + 1, "data file"))
    made.sort(key=lambda one: one.text.endswith("/"))  # the files first
    return tuple(made[:_MOST])


def _is_folder(one: os.DirEntry[str]) -> bool:
    try:
        return one.is_dir()
    except OSError:
        return False


def attached(text: str, folder: Path) -> tuple[str, tuple[Path, ...]]:
    """A request without its @, and the files that it attaches.

    What stands behind an @ and ends like a data file is one; an @ in other words is left alone.
    """
    found: list[Path] = []

    def take(match: re.Match[str]) -> str:
        name = match[1].rstrip(".,;:!?")
        if not name.lower().endswith(_SUFFIXES):
            return match[0]
        path = folder / Path(name).expanduser()
        found.append(path)
        return path.name + match[1][len(name) :]

    return _ATTACHED.sub(take, text), tuple(found)
