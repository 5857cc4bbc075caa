"""Other programs: the user's editor and picture viewer."""

from __future__ import annotations

import asyncio
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path


class NotStarted(Exception):
    """The other program cannot be had; the text is one sentence."""


def edited(text: str, file_name: str, editor: str = "") -> str:
    """What the user made of `text` in an editor; waits for it to end.

    Args:
        text: to be edited.
        file_name: under which the editor sees it, so that it knows the language.
        editor: its command; ``$VISUAL`` or ``$EDITOR`` where it is empty.

    Raises:
        NotStarted: no editor is named, or it cannot be started.
    """
    command = editor or os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not command:
        raise NotStarted("neither VISUAL nor EDITOR is set: export EDITOR=nano, for example")
    with tempfile.TemporaryDirectory(prefix="viscoder-") as folder:
        path = Path(folder) / file_name
        path.write_text(text, encoding="utf-8")
        try:
            subprocess.run([*shlex.split(command), str(path)], check=False)
        except OSError as error:
            raise NotStarted(f"{command} cannot be started: {error.strerror}") from error
        return path.read_text(encoding="utf-8", errors="replace")


async def copy(text: str) -> bool:
    """Put a text into the desktop's clipboard, where there is one; says whether there is.

    Args:
        text: to be copied.
    """
    import pyperclip

    try:
        await asyncio.to_thread(pyperclip.copy, text)
    except (pyperclip.PyperclipException, OSError):
        return False
    return True


def view(path: Path) -> None:
    """Open a file in the system's viewer, without waiting.

    Raises:
        NotStarted: there is none.
    """
    command = "open" if sys.platform == "darwin" else "xdg-open"
    try:
        subprocess.Popen(
            [command, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise NotStarted(f"{command} cannot be started: {error.strerror}") from error
