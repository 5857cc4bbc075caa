"""What comes from the terminal: keys, pastes, answers that come late, bytes that are no text.

Textual takes escapes within a paste for keys, types an answer that it does not know, and ends at
the first byte that is not UTF-8.
"""

from __future__ import annotations

import os
import re
import selectors
from codecs import getincrementaldecoder

from textual import events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"
_LATE = re.compile(r"\x1b_G[^\x1b\x07]*\x1b\\|\x1b\]\d+;[^\x1b\x07]*(?:\x07|\x1b\\)|\x1bP[\d>!][^\x1b]*\x1b\\|\x1b\[[?>][\d;]*c|\x1b\[[4-9];\d+;\d+t")  # fmt: skip
"""Answers about pictures, colours, versions, abilities and sizes; no key says such things."""
_ESCAPE_SHOWN = "\u241b"
_READ_BYTES = 4096
_ESCAPE_SECONDS = 0.05
"""How long what follows an escape may take, before it is the key: Textual waits up to 0.2."""


class Tidy:
    """Takes in what was read, piece by piece, and gives back what Textual understands."""

    def __init__(self) -> None:
        self._pasting = False
        self._rest = ""

    def read(self, text: str) -> str:
        """The next piece without late answers, and with no escape inside of a paste."""
        text = self._rest + text
        self._rest = ""
        tidied: list[str] = []
        while text:
            before, mark, text = text.partition(_PASTED if self._pasting else _PASTE)
            if self._pasting:
                if not mark:
                    before, self._rest = _without_end(before)
                tidied.append(before.replace("\x1b", _ESCAPE_SHOWN))
            else:
                tidied.append(_LATE.sub("", before))
            if mark:
                tidied.append(mark)
                self._pasting = not self._pasting
        return "".join(tidied)


def _without_end(text: str) -> tuple[str, str]:
    """The text, and at its end what may be the beginning of the mark that ends a paste."""
    for length in range(len(_PASTED) - 1, 0, -1):
        if text.endswith(_PASTED[:length]):
            return text[:-length], text[-length:]
    return text, ""


class TidyDriver(LinuxDriver):
    """Textual's driver, reading with more care."""

    def run_input_thread(self) -> None:
        """Read until the app or the terminal is at its end."""
        parser, tidy = XTermParser(self._debug), Tidy()
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(0.1):
                    try:
                        read = os.read(self.fileno, _READ_BYTES)
                    except OSError:
                        read = b""
                    if not read:  # the terminal is gone
                        self._app.call_later(self._app.exit)
                        break
                    text = tidy.read(decode(read))
                    if text == "\x1b" and not selector.select(_ESCAPE_SECONDS):
                        self.process_message(events.Key("escape", text))
                        continue
                    for event in parser.feed(text) if text else ():
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
        try:
            list(parser.feed(""))
        except (EOFError, ParseError):
            return
