"""What each slash command does to the plain chat."""

from __future__ import annotations

import difflib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from runners import languages
from runners.base import UnknownLanguage
from viscoder_tui.repl.colours import coloured
from viscoder_tui.repl.commands import Command, help_text
from viscoder_tui.repl.interrupt import left_to_others
from viscoder_tui.sessions.faults import NoSession, StoreUnusable
from viscoder_tui.sessions.records import SessionSummary
from viscoder_tui.tui import outside
from viscoder_tui.visible import visible

if TYPE_CHECKING:
    from viscoder_tui.repl.talk import Talk

_MOST_ROUNDS = 100
_MOST_SESSIONS = 50

Deed = Callable[["Talk", str], Awaitable[None]]


async def do(talk: Talk, command: Command) -> None:
    """Do what a command is for."""
    await DEEDS[command.name](talk, command.argument)


async def _help(talk: Talk, _: str) -> None:
    talk.voice.say(help_text())


async def _run(talk: Talk, _: str) -> None:
    await talk.run()


async def _continue(talk: Talk, text: str) -> None:
    if not talk.program.strip():
        talk.voice.say("there is no program to go on from yet: ask for a picture first")
    elif text:
        talk.version = talk.program
        await talk.ask(text)
    else:
        await talk.go_on()


async def _new(talk: Talk, text: str) -> None:
    talk.afresh = True
    talk.version = None
    if text:
        await talk.ask(text)
    else:
        talk.voice.say("the next request is for a new picture")


async def _language(talk: Talk, name: str) -> None:
    if not name:
        for one in languages.all_languages():
            talk.voice.say(f"{one.name}: {one.title}")
        return
    try:
        talk.conversation.language = languages.find(name)
    except UnknownLanguage as error:
        talk.voice.say(str(error))
        return
    talk.voice.say(f"the next program is written in {talk.conversation.language.title}")


async def _data(talk: Talk, name: str) -> None:
    if name:
        talk.attach(Path(name))
        return
    for one in talk.conversation.data:
        talk.voice.say(f"attached: {one.path}")
    talk.voice.say("/data FILE: a CSV, TSV or JSON file that the next programs may read")


async def _rounds(talk: Talk, text: str) -> None:
    if not (text.isascii() and text.isdigit() and int(text[:9]) <= _MOST_ROUNDS):
        talk.voice.say(f"/rounds N: how many corrections there may be, 0 to {_MOST_ROUNDS}")
        return
    manner = talk.conversation.manner
    talk.conversation.manner = replace(manner, budget=replace(manner.budget, rounds=int(text)))
    talk.voice.say(f"up to {int(text)} corrections")


async def _editor(talk: Talk, _: str) -> None:
    if not talk.requests.interactive:
        talk.voice.say("/editor needs a terminal to edit in")
        return
    before = talk.program
    try:
        with left_to_others():
            text = outside.edited(before, talk.language.file_name, talk.editor)
    except outside.NotStarted as error:
        talk.voice.say(str(error))
    except OSError as error:
        talk.voice.say(f"what the editor left cannot be read ({error.strerror}): the program stays as it was")  # fmt: skip
    else:
        if text == before:
            talk.voice.say("nothing was changed")
            return
        talk.version = text
        talk.voice.say("changed: /run runs your version, a request goes on from it")


async def _copy_path(talk: Talk, _: str) -> None:
    drawn = [one for _, one in talk.rounds() if one.pictures]
    if not drawn:
        talk.voice.say("there is no picture yet")
    else:
        for picture in drawn[-1].pictures:
            talk.voice.result(visible(str(picture.path)))


async def _diff(talk: Talk, _: str) -> None:
    sides = [(f"request {task.number + 1}, round {one.number}", one.source) for task, one in talk.rounds()]  # fmt: skip
    if talk.version is not None:
        sides.append(("your version", talk.version))
    if len(sides) < 2:
        talk.voice.say("there are no two rounds to compare yet")
        return
    (old, before), (new, after) = sides[-2:]
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), old, new, lineterm="")
    text = "\n".join(lines)
    if not text:
        talk.voice.say(f"{old} and {new} are the same program")
    elif talk.voice.coloured:
        talk.voice.result(coloured(text, "diff").rstrip("\n"))
    else:
        talk.voice.result(visible(text))


async def _sessions(talk: Talk, wanted: str) -> None:
    store = talk.conversation.store
    try:
        if not wanted:
            found = store.sessions(limit=_MOST_SESSIONS)
            for one in found:
                talk.voice.result(_listed(one))
        else:
            await talk.take_up(store.session(wanted))
    except (NoSession, StoreUnusable, UnknownLanguage) as error:
        talk.voice.say(str(error))


def _listed(one: SessionSummary) -> str:
    title = " ".join(visible(one.title).split()) or "(nothing asked yet)"
    rounds = f"{one.rounds} round{'' if one.rounds == 1 else 's'}"
    return f"{one.id}  {one.updated.astimezone():%Y-%m-%d %H:%M}  {one.language or '-':10}  {rounds:9}  {title}"


async def _quit(talk: Talk, _: str) -> None:
    talk.leaving = True


DEEDS: dict[str, Deed] = {
    "run": _run, "continue": _continue, "editor": _editor, "new": _new, "language": _language, "data": _data, "rounds": _rounds,
    "copy_path": _copy_path, "diff": _diff, "sessions": _sessions, "help": _help, "quit": _quit,
}  # fmt: skip
