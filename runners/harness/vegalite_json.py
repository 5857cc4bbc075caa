# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Reads the JSON of a chart: where everything stands, and what is wrong in words that help."""

from __future__ import annotations

import json
import re
from typing import Any

import brackets

Path = tuple[str | int, ...]
"""The way to a value: names and numbers."""

_TEXT = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_NUMBER = re.compile(r"-?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|Infinity)|NaN")
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_SKIPPED = re.compile(r'"(?:[^"\\\n]|\\.)*"?')
_WORDS = {"true": True, "false": False, "null": None}
_MEANT = {"None": "null", "undefined": "null", "nil": "null", "True": "true", "False": "false"}


class Wrong(ValueError):
    """The text is no JSON.

    Args:
        message: what is wrong.
        offset: where.
        hint: what would mend it.
    """

    def __init__(self, message: str, offset: int, hint: str | None = None) -> None:
        super().__init__(message)
        self.offset = offset
        self.hint = hint


class Reader:
    """Reads one text, and knows afterwards where each value and each name stands.

    Args:
        source: the JSON.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.places: dict[Path, int] = {}

    def read(self) -> Any:
        """The value of the whole text.

        Raises:
            Wrong: it is no JSON.
        """
        start = self._space()
        if self.source[start : start + 1] not in ("{", "["):
            raise Wrong("the specification must begin with {", start, "write the JSON alone, without code around it")  # fmt: skip
        value = self._value(())
        if self._space() < len(self.source):
            sign = self.source[self.at]
            hint = f"leave out this {sign}" if sign in "]}" else "write one specification alone"
            raise Wrong("there is more after the end of the specification", self.at, hint)
        return value

    def _space(self) -> int:
        while self.source[self.at : self.at + 1].isspace():
            self.at += 1
        if self.source.startswith(("//", "/*"), self.at):
            raise Wrong("JSON has no comments", self.at, "leave the comments out")
        if self.at >= len(self.source):
            self._ended()
        return self.at

    def _ended(self) -> None:
        bracket = brackets.unmatched(self.source, _SKIPPED)
        if bracket and bracket.opens:
            other = "}" if bracket.sign == "{" else "]"
            raise Wrong(brackets.said_of(bracket), bracket.offset, f"add its {other}")

    def _value(self, path: Path) -> Any:
        start = self._space()
        self.places.setdefault(path, start)
        sign = self.source[start : start + 1]
        if sign == "{":
            return self._object(path)
        if sign == "[":
            return self._array(path)
        if sign == '"':
            return self._text()
        number = _NUMBER.match(self.source, start)
        if number:
            self.at = number.end()
            return float(number[0])
        word = _WORD.match(self.source, start)
        if word and word[0] in _WORDS:
            self.at = word.end()
            return _WORDS[word[0]]
        if sign == "'":
            raise Wrong("texts stand in double quotes", start, "write double quotes for the single ones")  # fmt: skip
        if word:
            hint = f"write {_MEANT[word[0]]}" if word[0] in _MEANT else f'a text stands in double quotes: "{word[0]}"'  # fmt: skip
            raise Wrong(f"{word[0]} is no JSON value", start, hint)
        raise Wrong(f"a value is missing before {sign}", start)

    def _object(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        opened, self.at = self.at, self.at + 1
        while self.source[self._space() : self.at + 1] != "}":
            start = self.at
            if self.source[start] != '"':
                word = _WORD.match(self.source, start)
                if self.source[start] == "'" or word:
                    raise Wrong("a name stands in double quotes", start, f'write "{word[0]}" in double quotes' if word else "write double quotes for the single ones")  # fmt: skip
                self._unexpected(opened, start, "a name in double quotes")
            name = self._text()
            self.places[*path, name] = start
            if self.source[self._space() : self.at + 1] != ":":
                raise Wrong(f'a : is missing after "{name}"', self.at, "write a : between a name and its value")  # fmt: skip
            self.at += 1
            found[name] = self._value((*path, name))
            self._comma(opened, "}")
        self.at += 1
        return found

    def _array(self, path: Path) -> list[Any]:
        found: list[Any] = []
        opened, self.at = self.at, self.at + 1
        while self.source[self._space() : self.at + 1] != "]":
            found.append(self._value((*path, len(found))))
            self._comma(opened, "]")
        self.at += 1
        return found

    def _comma(self, opened: int, closing: str) -> None:
        """Go over the comma behind a value, where no closing bracket is."""
        end = self.at
        sign = self.source[self._space() : self.at + 1]
        if sign == closing:
            return
        if sign == ",":
            comma, self.at = self.at, self.at + 1
            if self.source[self._space() : self.at + 1] in ("]", "}"):
                raise Wrong(f"no comma may stand before {self.source[self.at]}", comma, "leave out this comma")  # fmt: skip
            return
        if sign in ('"', "{", "[") and "\n" in self.source[end : self.at]:
            raise Wrong("a comma is missing here", end, "write a comma between two entries")
        self._unexpected(opened, end, f", or {closing}")

    def _unexpected(self, opened: int, at: int, wanted: str) -> None:
        sign = self.source[self.at]
        bracket = brackets.unmatched(self.source, _SKIPPED)
        if sign in "]}" and bracket:
            raise Wrong(brackets.said_of(bracket), bracket.offset)
        missing = 'a comma or a " is missing here' if sign not in "]})" else "check the brackets"
        raise Wrong(f"{sign} stands where {wanted} should be", at, missing)

    def _text(self) -> str:
        found = _TEXT.match(self.source, self.at)
        if not found:
            raise Wrong("this text is never closed", self.at, 'add the closing "')
        self.at = found.end()
        try:
            return json.loads(found[0], strict=False)
        except ValueError:
            raise Wrong(f"{found[0][:40]} has a wrong escape", found.start(), 'a backslash is written \\\\, a quote \\"') from None  # fmt: skip


class Chart:
    """A specification and its text.

    Args:
        source: the JSON.
        spec: its value.
    """

    def __init__(self, source: str, spec: dict[str, Any]) -> None:
        self.source = source
        self.spec = spec
        self._places: dict[Path, int] | None = None

    def place(self, path: Path) -> dict[str, int]:
        """Line and column of the name at the end of `path`, or of the nearest one above it."""
        if self._places is None:
            reader = Reader(self.source)
            try:
                reader.read()
            except Wrong:  # what Python reads and we do not
                self._places = {(): 0}
            self._places = reader.places or {(): 0}
        while path and path not in self._places:
            path = path[:-1]
        line, column = brackets.place(self.source, self._places[path])
        return {"line": line, "column": column}
