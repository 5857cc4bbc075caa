"""Themes as the app wears them."""

from __future__ import annotations

from dataclasses import fields

from rich.style import Style
from textual.color import Color
from textual.theme import Theme as Worn

from themes.base import Style as SyntaxStyle
from themes.base import Syntax, Theme


def worn(theme: Theme) -> Worn:
    """A theme in Textual's form."""
    face = theme.interface
    return Worn(
        name=theme.name,
        primary=face.primary,
        secondary=face.secondary,
        accent=face.accent,
        foreground=face.foreground,
        background=face.background,
        surface=face.surface,
        panel=face.panel,
        boost=face.boost,
        warning=face.warning,
        error=face.error,
        success=face.success,
        dark=theme.dark,
        ansi=face.ansi,
        variables={**_quiet_borders(theme), **face.variables},
    )


def _quiet_borders(theme: Theme) -> dict[str, str]:
    """Panes without the focus keep a border that can be seen; Textual's own hardly can."""
    face = theme.interface
    if face.ansi:
        return {}
    border = Color.parse(face.background).blend(Color.parse(face.foreground), 0.25)
    return {"border-blurred": border.hex}


def syntax_colours(syntax: Syntax) -> dict[str, Style]:
    """The colours of program text, by role."""
    return {one.name: _style(getattr(syntax, one.name)) for one in fields(Syntax)}


def _style(one: SyntaxStyle) -> Style:
    # Rich calls the terminal's own colours by their bare names.
    colour = one.colour.removeprefix("ansi_")
    return Style(
        color=None if colour == "default" else colour,
        bold=one.bold or None,
        italic=one.italic or None,
        underline=one.underline or None,
    )
