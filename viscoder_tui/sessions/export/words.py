"""What an exported conversation says of its rounds, in words for people."""

from __future__ import annotations

from pathlib import Path

from runners import languages
from runners.base import Language, Picture, UnknownLanguage
from viscoder_tui.agent.prompts import diagnosed
from viscoder_tui.sessions.records import Origin, Outcome, RoundRecord, Session, TaskRecord

UNTITLED = "no request yet"


def cleaned(text: str) -> str:
    """`text` without control characters, which a terminal or a browser might obey."""
    return "".join(one for one in text if one in "\n\t" or (one >= " " and one != "\x7f"))


def title(session: Session) -> str:
    """Of a conversation."""
    return cleaned(session.summary.title) or UNTITLED


def heading(one: RoundRecord) -> str:
    """Who wrote a round's program."""
    if one.origin is Origin.HAND:
        return f"Round {one.number}, written by hand"
    return f"Round {one.number}, {'first answer' if one.number == 0 else 'correction'}"


def ran(one: RoundRecord) -> str:
    """How a round's run ended."""
    if one.verdict is None:
        return "did not run to its end" if one.source else "no program"
    return f"{one.verdict.replace('_', ' ')} in {one.seconds:.1f} s"


def ended(task: TaskRecord) -> str:
    """How a task ended."""
    reason = f": {cleaned(task.reason)}" if task.reason else ""
    match task.outcome:
        case Outcome.SOLVED:
            return f"solved in round {task.solved}"
        case Outcome.GAVE_UP:
            return f"given up{reason}"
        case Outcome.CANCELLED:
            return "stopped by the user"
        case Outcome.BACKEND_FAILED:
            return f"the model failed{reason}"
        case Outcome.RUNNING:
            return "not ended"


def remarks(one: RoundRecord) -> list[str]:
    """Mends and doubts, a line each."""
    mended = [f"mended without the model: {cleaned(each.message)}" for each in one.repairs]
    return [*mended, *(f"doubt: {cleaned(each.message)}" for each in one.doubts)]


def errors(one: RoundRecord) -> str:
    """Diagnostics, with the lines around them."""
    lines = [line for each in one.diagnostics for line in diagnosed(one.source, each)]
    return cleaned("\n".join(lines))


def output(one: RoundRecord) -> list[tuple[str, str]]:
    """What the program printed: the stream's name and its text, where there is any."""
    streams = (("stdout", one.stdout), ("stderr", one.stderr))
    return [(name, cleaned(text).rstrip()) for name, text in streams if text.strip()]


def language_of(task: TaskRecord) -> Language | None:
    """The language of a task; None where it came from a package that is not here any more."""
    try:
        return languages.find(task.language)
    except UnknownLanguage:
        return None


def shown(picture: Picture) -> Path | None:
    """The file of a picture that can be looked at; None where it is gone."""
    for path in (picture.path.with_suffix(".png"), picture.path):
        if path.suffix in (".png", ".svg") and path.is_file():
            return path
    return None
