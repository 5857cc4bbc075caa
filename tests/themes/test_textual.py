"""Textual takes every theme as it is: the interface's fields are those of its own themes."""

from __future__ import annotations

from dataclasses import fields

import pytest
from textual.theme import Theme as TextualTheme

from themes.base import Interface, Theme
from themes.load import all_themes


@pytest.mark.parametrize("theme", all_themes().values(), ids=lambda theme: theme.name)
def test_textual_makes_its_colours_from_a_theme(theme: Theme) -> None:
    look = theme.interface
    given = {field.name: getattr(look, field.name) for field in fields(Interface)}
    given["variables"] = dict(look.variables)
    made = TextualTheme(theme.name, **given, dark=theme.dark, ansi=look.ansi)
    colours = made.to_color_system().generate()
    assert colours["background"].lower() == look.background
    assert colours["primary"].lower() == look.primary
    assert set(look.variables) <= set(colours)
