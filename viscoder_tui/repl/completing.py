"""What could follow in the plain prompt: its commands, what they take, and data files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from runners import languages
from viscoder_tui.repl.commands import COMMANDS, spelled
from viscoder_tui.tui.completion import Completion, completions


def following(before: str, folder: Path) -> Iterator[Completion]:
    """What could follow.

    Args:
        before: the text before the cursor.
        folder: that relative paths start from.
    """
    command, space, argument = before.partition(" ")
    if not space and before.startswith("/"):
        yield from _commands(before)
    elif command == "/data" and " " not in argument:
        for one in completions(f"@{argument}", folder):
            yield replace(one, text=one.text.removeprefix("@"), length=len(argument))
    elif command == "/language":
        for language in languages.all_languages():
            if language.name.startswith(argument.lower()):
                yield Completion(language.name, len(argument), language.title)
    elif not before.startswith("/") or command == "/new":
        yield from completions(before, folder)


def _commands(word: str) -> Iterator[Completion]:
    for action in COMMANDS.values():
        name = spelled(action.name)
        if name.startswith(word.lower().replace("_", "-")):
            yield Completion(f"{name} " if action.argument else name, len(word), action.description)
