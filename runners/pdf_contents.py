"""What a PDF must not hold to be handed out: a picture runs nothing, starts nothing and sends nothing.

Whoever asked for PDF opens the file in a viewer, outside of any sandbox. Some viewers run scripts,
start programs and send forms. Actions are those of ISO 32000-2, 12.6; links are followed by whoever
clicks on them, and by nobody else.
"""

from __future__ import annotations

import io
import logging
import re
from typing import Any, cast

_ACTIONS = frozenset({"/GoToR", "/GoToE", "/Launch", "/Sound", "/Movie", "/SubmitForm", "/ResetForm", "/ImportData", "/JavaScript", "/Rendition", "/GoTo3DView", "/RichMediaExecute"})  # fmt: skip
_HOLDINGS = {
    "/JS": "it runs a script",
    "/JavaScript": "it runs a script",
    "/EmbeddedFiles": "it holds other files",
    "/EmbeddedFile": "it holds other files",
    "/XFA": "it holds a form",
    "/RichMedia": "it holds media that play",
    "/RichMediaContent": "it holds media that play",
    "/Encrypt": "it is encrypted",
}
"""Names that a picture has no use for, as keys or as values."""
_SCANNED = re.compile(
    rb"/(?:JS|JavaScript|Launch|SubmitForm|ImportData|GoToR|GoToE|Rendition|EmbeddedFiles?|RichMedia\w*|XFA)(?![\w#])"
)
_NAME = re.compile(rb"/[^\x00\t\n\f\r ()<>\[\]{}/%]*#[0-9A-Fa-f]{2}[^\x00\t\n\f\r ()<>\[\]{}/%]*")
_STREAM = re.compile(rb"\bstream\r?\n.*?\bendstream\b", re.DOTALL)
_MOST_OBJECTS = 100_000


class _Refused(Exception):
    pass


def active(pdf: bytes) -> str | None:
    """What makes a PDF more than a picture, in one sentence; None where it is one.

    It is read twice: as its cross references tell, and as plain text, for a viewer may find objects
    in a broken file that a careful reader does not.
    """
    try:
        _look_at_text(pdf)
        _look_at_objects(pdf)
    except _Refused as reason:
        return str(reason)
    return None


def _look_at_text(pdf: bytes) -> None:
    text = _NAME.sub(_spelt_out, _STREAM.sub(b"", pdf))
    found = _SCANNED.search(text)
    if found is not None:
        raise _Refused(_why(found[0].decode("latin-1")))


def _spelt_out(name: re.Match[bytes]) -> bytes:
    """A name without escapes: PDF spells a letter as # and its number, too."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), name[0])


def _look_at_objects(pdf: bytes) -> None:
    from pypdf import PdfReader
    from pypdf.generic import IndirectObject

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would write over the screen
    try:
        reader = PdfReader(io.BytesIO(pdf))
        seen: set[tuple[int, int]] = set()
        waiting: list[Any] = [reader.trailer]
        while waiting:
            one = waiting.pop()
            if isinstance(one, IndirectObject):
                if (one.idnum, one.generation) in seen:
                    continue
                seen.add((one.idnum, one.generation))
                if len(seen) > _MOST_OBJECTS:
                    raise _Refused(f"it holds more than {_MOST_OBJECTS} objects")
                one = one.get_object()
            if isinstance(one, dict):
                waiting += _held(cast("dict[str, Any]", one))
            elif isinstance(one, list):
                waiting += cast("list[Any]", one)
    except _Refused:
        raise
    except Exception as error:  # of a broken file the reader may raise anything
        raise _Refused("it is no correct PDF") from error


def _held(dictionary: dict[str, Any]) -> list[Any]:
    """What a dictionary holds, once its names are looked at."""
    for name in dictionary:
        if name in _HOLDINGS:
            raise _Refused(_HOLDINGS[name])
    values = list(dictionary.values())
    action = dictionary.get("/S")
    if isinstance(action, str) and action in _ACTIONS:
        raise _Refused(_why(action))
    for kind in ("/Subtype", "/Type"):
        if dictionary.get(kind) in _HOLDINGS:
            raise _Refused(_HOLDINGS[dictionary[kind]])
    return values


def _why(name: str) -> str:
    if name in _HOLDINGS:
        return _HOLDINGS[name]
    return f"it does more when it is opened or clicked on: {name[1:]}"
