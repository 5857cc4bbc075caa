"""From a theme's TOML to a `Theme`; each mistake is told with its file and line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from themes.base import Interface, Plot, Style, Syntax, Theme, ThemeWrong
from themes.lines import line_of

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_FONT = re.compile(r"[\w ,.-]+")
_EIGHT = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
ANSI = ("ansi_default", *(f"ansi_{one}" for one in _EIGHT), *(f"ansi_bright_{one}" for one in _EIGHT))  # fmt: skip
"""The terminal's own colours, by Textual's names."""

_NEEDED = ("primary", "foreground", "background")
_ADORNMENTS = ("bold", "italic", "underline")
_LEAST_COLOURS = 3


def read(content: Mapping[str, Any], text: str, path: Path) -> Theme:
    """The theme in a file.

    Args:
        content: what `tomllib` made of it.
        text: the TOML itself, for the numbers of lines.
        path: the file, whose name is the theme's.

    Raises:
        ThemeWrong: something is missing, unknown or of the wrong kind.
    """
    return _Reader(content, text, path).theme()


@dataclass(frozen=True, slots=True)
class _Reader:
    content: Mapping[str, Any]
    text: str
    path: Path

    def theme(self) -> Theme:
        self._known((), self.content, [field.name for field in fields(Theme)])
        name = self._words("name")
        if name != self.path.stem:
            raise self._wrong(("name",), f"the name '{name}' must be that of the file, '{self.path.stem}'")  # fmt: skip
        dark = self.content.get("dark")
        if not isinstance(dark, bool):
            raise self._wrong(("dark",), "'dark' must be true or false")
        interface = self._interface()
        return Theme(name, self._words("title"), dark, interface, self._syntax(interface.foreground), self._plot())  # fmt: skip

    def _interface(self) -> Interface:
        table = self._table("interface")
        allowed = [field.name for field in fields(Interface)]
        self._known(("interface",), table, allowed)
        for name in _NEEDED:
            if name not in table:
                raise self._wrong(("interface",), f"[interface] lacks '{name}'")
        colours = {name: self._colour(("interface", name), value) for name, value in table.items() if name != "variables"}  # fmt: skip
        variables = table.get("variables", {})
        if not isinstance(variables, dict):
            raise self._wrong(("interface", "variables"), "[interface.variables] must be a table")
        kept: dict[str, str] = {}
        for name, value in cast("dict[str, object]", variables).items():
            if not isinstance(value, str):
                raise self._wrong(
                    ("interface", "variables", name), f"'{name}' must be a text in quotes"
                )
            kept[name] = value
        return Interface(**colours, variables=MappingProxyType(kept))

    def _syntax(self, foreground: str) -> Syntax:
        """What is left out has the colour of text."""
        table = self._table("syntax")
        allowed = [field.name for field in fields(Syntax)]
        self._known(("syntax",), table, allowed)
        return Syntax(**{name: self._style(name, table.get(name, foreground)) for name in allowed})

    def _style(self, name: str, value: object) -> Style:
        place = ("syntax", name)
        words = value.split() if isinstance(value, str) else []
        if not words:
            raise self._wrong(
                place, f'\'{name}\' must be a style such as "#005f87" or "bold #005f87"'
            )
        *adorned, colour = words
        for one in adorned:
            if one not in _ADORNMENTS:
                raise self._wrong(place, f"'{one}' before the colour of '{name}' is unknown: it can be {', '.join(_ADORNMENTS)}")  # fmt: skip
        return Style(self._colour(place, colour), *(one in adorned for one in _ADORNMENTS))

    def _plot(self) -> Plot:
        table = self._table("plot")
        self._known(("plot",), table, [field.name for field in fields(Plot)])
        palette = table.get("palette")
        if not isinstance(palette, list) or len(cast("list[object]", palette)) < _LEAST_COLOURS:
            raise self._wrong(("plot", "palette"), f"'palette' must be a list of {_LEAST_COLOURS} or more colours such as \"#1f77b4\"")  # fmt: skip
        series = tuple(self._hex("palette", one) for one in cast("list[object]", palette))
        inks = {name: self._hex(name, table.get(name)) for name in ("paper", "ink", "muted", "grid")}  # fmt: skip
        font = table.get("font", "sans-serif")
        if not isinstance(font, str) or not _FONT.fullmatch(font):
            raise self._wrong(("plot", "font"), "'font' must be the name of a font, such as \"sans-serif\"")  # fmt: skip
        return Plot(series, **inks, font=font)

    def _words(self, name: str) -> str:
        value = self.content.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self._wrong((name,), f"'{name}' must be a text in quotes")
        return value

    def _table(self, name: str) -> Mapping[str, Any]:
        value = self.content.get(name)
        if not isinstance(value, dict):
            raise self._wrong((name,), f"it must have a table [{name}]")
        return cast("Mapping[str, Any]", value)

    def _colour(self, place: Sequence[str], value: object) -> str:
        if isinstance(value, str) and (_HEX.fullmatch(value) or value in ANSI):
            return value
        close = difflib.get_close_matches(str(value), ANSI, n=1) if str(value).startswith("ansi") else []  # fmt: skip
        meant = f"; did you mean {close[0]}?" if close else ""
        raise self._wrong(place, f"the colour '{value}' of '{place[-1]}' is unknown: it can be #rrggbb or {ANSI[0]}, {ANSI[1]} to {ANSI[-1]}{meant}")  # fmt: skip

    def _hex(self, name: str, value: object) -> str:
        if isinstance(value, str) and _HEX.fullmatch(value):
            return value
        if value is None:
            raise self._wrong(("plot",), f"[plot] lacks '{name}'")
        raise self._wrong(("plot", name), f"the colour '{value}' of '{name}' must be #rrggbb, such as #1f77b4")  # fmt: skip

    def _known(self, place: Sequence[str], table: Iterable[str], allowed: Sequence[str]) -> None:
        for key in table:
            if key not in allowed:
                close = difflib.get_close_matches(key, allowed, n=1)
                meant = f"did you mean '{close[0]}'? " if close else ""
                where = f"in [{place[-1]}] " if place else ""
                raise self._wrong((*place, key), f"'{key}' {where}is unknown: {meant}there are {', '.join(allowed)}")  # fmt: skip

    def _wrong(self, place: Sequence[str], what: str) -> ThemeWrong:
        line = line_of(self.text, place)
        where = f"{self.path}, line {line}" if line else str(self.path)
        return ThemeWrong(f"the theme {where}: {what}")
