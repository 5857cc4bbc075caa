"""A conversation as Markdown, its pictures copied beside it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from backends.choose import short
from runners.base import Picture
from viscoder_tui.sessions.export import files, words
from viscoder_tui.sessions.records import RoundRecord, Session, TaskRecord

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&$!])")


def pictures_folder(target: Path) -> Path:
    """Where the pictures of the file `target` go."""
    return target.with_name(f"{target.stem}_pictures")


def write(session: Session, target: Path) -> None:
    """Write the file, and the folder of its pictures where there are any.

    Args:
        session: what to tell.
        target: the file.

    Raises:
        OSError: it cannot be written.
    """
    about = session.summary
    model = f" · {plain(short(about.model))}" if about.model else ""
    parts = [f"# {plain(words.title(session))}", f"{about.created:%Y-%m-%d %H:%M}{model}"]
    for task in session.tasks:
        parts += _task(task, pictures_folder(target))
    files.write(target, "\n\n".join(parts) + "\n")


def _task(task: TaskRecord, folder: Path) -> list[str]:
    language = words.language_of(task)
    tag = language.name if language else ""
    data = "".join(f" · {plain(path.name)}" for path in task.data)
    parts = [f"## Request {task.number + 1}"]
    if task.instruction:
        parts.append(_quoted(task.instruction))
    parts.append(f"{plain(task.language)}{data} · {plain(words.ended(task))}")
    for one in task.rounds:
        parts += [f"### {words.heading(one)}", words.ran(one)]
        parts += [f"- {plain(each)}" for each in words.remarks(one)]
        if one.prose.strip():
            parts.append(_quoted(one.prose))
        if one.source.strip():
            parts.append(_fenced(words.cleaned(one.source), tag))
        parts += [_picture(task, one, picture, folder) for picture in one.pictures]
        if one.diagnostics:
            parts.append(_fenced(words.errors(one), "text"))
        for name, text in words.output(one):
            parts += [f"{name}:", _fenced(text, "text")]
    return parts


def _picture(task: TaskRecord, one: RoundRecord, picture: Picture, folder: Path) -> str:
    path = words.shown(picture)
    if path is None:
        return f"(the picture {plain(picture.path.name)} is gone)"
    folder.mkdir(exist_ok=True)
    name = f"task-{task.number}-round-{one.number}-{path.name}"
    files.copy(path, folder / name)
    what = f"Picture of request {task.number + 1}, round {one.number}"
    return f"![{what}]({quote(folder.name)}/{quote(name)})"


def plain(text: str) -> str:
    """`text` as one line in which nothing is markup."""
    return _MARKUP.sub(r"\\\1", " ".join(words.cleaned(text).split()))


def _quoted(text: str) -> str:
    """`text` as a quotation in which nothing is markup, neither links nor tags."""
    lines = words.cleaned(text).strip().split("\n")
    return "\n".join(f"> {plain(line)}".rstrip() for line in lines)


def _fenced(text: str, tag: str) -> str:
    """`text` between fences that are longer than any in it."""
    longest = max((len(each) for each in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{tag}\n{text.rstrip()}\n{fence}"
