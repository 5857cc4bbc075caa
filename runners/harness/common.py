# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox against libraries without types.
"""Shared by the scripts that run inside the sandbox: waiting as a spare, findings, texts.

The scripts run with `python -I`, so each puts this folder on the path for this one import.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import select
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn

import fonts

OUT = Path("out")
STEM = "01"
MOST_PICTURES = 20
"""Of one run; more are shown nowhere."""


def is_standby() -> bool:
    """Whether this interpreter was started ahead of its program."""
    return sys.argv[1:] == ["standby"]


def run(main: Callable[[], None]) -> NoReturn:
    """Run a script, and end without taking the interpreter down: that takes a hundredth of a second for
    a small one, and with libraries a third of a second."""
    status = 0
    try:
        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException as error:
        import traceback  # takes longer to import than a run has to spare

        status = 1
        sys.stderr.write("".join(traceback.format_exception(error)))
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # a program may have closed it
            stream.flush()
    os._exit(status)


def wait_for_program(imported: Iterable[str] = ()) -> None:
    """As a spare: say that a program can come, and wait for it.

    Args:
        imported: modules that are brought meanwhile, those that most programs want first. A program
            that comes sooner does not wait for the rest, which it may have no use for.
    """
    if not is_standby():
        return
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for name in imported:
        if select.select([0], [], [], 0)[0]:
            break
        with contextlib.suppress(Exception):  # it is told to the program that wants it
            importlib.import_module(name)
    if not sys.stdin.readline():
        sys.exit(0)


def wanted_format() -> str:
    """The format to draw to, beside png."""
    return Path("format").read_text().strip()


def find(message: str, **place: Any) -> dict[str, Any]:
    """One finding: message, and line, column, hint, severity where they are known."""
    return {
        "message": message,
        **{name: value for name, value in place.items() if value is not None},
    }


def beyond(drawn: int) -> list[dict[str, Any]]:
    """What is to be said of more pictures than are kept; nothing where all are."""
    if drawn <= MOST_PICTURES:
        return []
    message = f"{drawn} pictures were drawn; the first {MOST_PICTURES} are kept"
    return [find(message, severity="warning")]


_reported: list[dict[str, Any]] = []
_lacking: list[dict[str, Any]] = []
"""Letters of the picture that no font has; told beside what is reported, before or after."""


def report(findings: Iterable[dict[str, Any]]) -> None:
    """Leave findings for viscoder to read."""
    _reported[:] = findings
    Path("findings.json").write_text(json.dumps([*_reported, *_lacking]), encoding="utf-8")


def fail(*findings: dict[str, Any]) -> None:
    """Leave findings and end as failed."""
    report(findings)
    for one in findings:
        sys.stderr.write(one["message"] + "\n")
    sys.exit(1)


def words(text: str) -> tuple[str, ...]:
    """A list of words, as it reads best in a source file."""
    return tuple(text.split())


def meant(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The hint that names what a misspelt word comes closest to."""
    import difflib  # nobody waits for it who made no mistake

    close = difflib.get_close_matches(word, list(known), n=1, cutoff=cutoff)
    return f"did you mean {close[0]}?" if close and close[0] != word else None


def data_files(ours: Iterable[str]) -> str | None:
    """The hint that names the data files of the workspace; None where there is none.

    Args:
        ours: names of files that are no data.
    """
    names = sorted({path.name for path in Path().iterdir()} - {"format", "style", "out", *ours})
    return f"the files here are {', '.join(names)}" if names else None


def texts(found: Iterable[str]) -> None:
    """Leave the words that stand in the picture."""
    kept = list(dict.fromkeys(text.strip() for text in found if text.strip()))
    (OUT / "texts.json").write_text(json.dumps(kept[:2000]), encoding="utf-8")
    lacking = fonts.lacking(kept)
    if lacking:
        _lacking[:] = [lacking]
        report(list(_reported))


def texts_of_svg(svg: str) -> list[str]:
    """The words in an SVG picture; lines broken into spans are joined too."""
    from xml.etree import ElementTree

    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError:
        return []
    found: list[str] = []
    for element in root.iter():
        tag = element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
        if tag in ("text", "p", "span", "div"):
            pieces = [piece.strip() for piece in element.itertext()]
            found.append(" ".join(piece for piece in pieces if piece))
    return found
