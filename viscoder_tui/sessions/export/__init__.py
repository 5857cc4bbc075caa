"""A conversation written out for somebody else: Markdown, HTML, a folder, or training data."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

from viscoder_tui.sessions.records import Session

ExportFormat = Literal["md", "html", "folder", "jsonl"]

FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)

SUFFIXES: dict[str, ExportFormat] = {
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    "": "folder",
}
"""What the ending of a file's name asks for; a name without one is a folder's."""


class ExportRefused(Exception):
    """Nothing was written; the text is one sentence saying why and what to do."""


def format_of(target: Path) -> ExportFormat:
    """The format that a name asks for.

    Raises:
        ExportRefused: there is none of that ending.
    """
    if target.is_dir():
        return "folder"
    found = SUFFIXES.get(target.suffix.lower())
    if found is None:
        endings = ", ".join(each for each in SUFFIXES if each)
        raise ExportRefused(f"{target} has '{target.suffix}': choose one of {endings}, or no ending for a folder")  # fmt: skip
    return found


def default_target(session: Session, format: ExportFormat) -> Path:
    """A name in the current folder for an export that was given none."""
    suffix = "" if format == "folder" else f".{format}"
    return Path(f"viscoder-{session.id}{suffix}")


def export(session: Session, target: Path, format: ExportFormat, *, force: bool = False) -> None:
    """Write a conversation out.

    Args:
        session: what to tell.
        target: the file, or the folder, to write.
        format: how.
        force: write over what is there.

    Raises:
        ExportRefused: something is there, or it cannot be written.
    """
    from viscoder_tui.sessions.export import folder, html, jsonl, markdown

    _check(target, format, force=force)
    if format == "md":
        _check(markdown.pictures_folder(target), "folder", force=force)
    write = {
        "md": markdown.write,
        "html": html.write,
        "folder": folder.write,
        "jsonl": jsonl.write,
    }[format]
    try:
        write(session, target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportRefused(f"{target} cannot be written ({reason}): choose another place") from error  # fmt: skip


def _check(target: Path, format: ExportFormat, *, force: bool) -> None:
    if not target.absolute().parent.is_dir():
        raise ExportRefused(f"the folder {target.parent} of {target} does not exist: make it first")
    if format == "folder":
        if target.exists() and not target.is_dir():
            raise ExportRefused(f"{target} is a file: name a folder that does not exist yet")
        if target.is_dir() and any(target.iterdir()) and not force:
            raise ExportRefused(f"the folder {target} is not empty: choose another, or write into it with --force")  # fmt: skip
        return
    if target.is_dir():
        raise ExportRefused(f"{target} is a folder: name a file in it")
    if target.exists() and not force:
        raise ExportRefused(f"{target} exists already: choose another name, or overwrite it with --force")  # fmt: skip
