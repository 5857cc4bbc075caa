"""Every theme that comes along can be read: words stand out, and series can be told apart.

Contrast is that of WCAG 2.2 (1.4.3: 4.5 for text; 1.4.11: 3 for graphics); distance is CIE76 in
CIELAB, where 2.3 is what a keen eye just notices.
"""

from __future__ import annotations

from dataclasses import fields
from itertools import combinations

import pytest

from themes.base import Interface, Style, Syntax, Theme
from themes.load import all_themes

THEMES = all_themes()
HEX = [theme for theme in THEMES.values() if not theme.interface.ansi]
WORDS = ("foreground", "primary", "secondary", "accent", "warning", "error", "success")


def linear(colour: str) -> list[float]:
    parts = [byte / 255 for byte in bytes.fromhex(colour[1:])]
    return [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]


def contrast(one: str, other: str) -> float:
    lights = [sum(part * share for part, share in zip(linear(colour), (0.2126, 0.7152, 0.0722), strict=True)) for colour in (one, other)]  # fmt: skip
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def lab(colour: str) -> tuple[float, float, float]:
    red, green, blue = linear(colour)
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str) -> float:
    return sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5


def test_the_measures_are_those_of_the_standards() -> None:
    assert abs(contrast("#000000", "#ffffff") - 21) < 0.001
    assert abs(contrast("#777777", "#ffffff") - 4.48) < 0.01
    assert abs(distance("#000000", "#ffffff") - 100) < 0.1


@pytest.mark.parametrize("theme", HEX, ids=lambda theme: theme.name)
def test_words_stand_out(theme: Theme) -> None:
    least = 7 if theme.name == "contrast" else 4.5
    look: Interface = theme.interface
    weak: list[str] = []
    for ground in ("background", "surface", "panel", "boost"):
        for name in WORDS if ground != "panel" else ("foreground", "primary"):
            found = contrast(getattr(look, name), getattr(look, ground))
            if found < least:
                weak.append(f"{name} on {ground}: {found:.2f}")
    for field in fields(Syntax):
        style: Style = getattr(theme.syntax, field.name)
        for ground in (look.background, look.surface or look.background):
            if contrast(style.colour, ground) < least:
                weak.append(f"{field.name} on {ground}: {contrast(style.colour, ground):.2f}")
    assert weak == []


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_pictures_can_be_read(theme: Theme) -> None:
    plot = theme.plot
    assert contrast(plot.ink, plot.paper) >= 7
    assert contrast(plot.muted, plot.paper) >= 4.5
    assert 1.1 < contrast(plot.grid, plot.paper) < 3
    assert [one for one in plot.palette if contrast(one, plot.paper) < 3] == []
    near = [(a, b, round(distance(a, b))) for a, b in combinations(plot.palette, 2) if distance(a, b) < 18]  # fmt: skip
    assert near == []


@pytest.mark.parametrize("theme", HEX, ids=lambda theme: theme.name)
def test_a_dark_theme_is_dark(theme: Theme) -> None:
    background, foreground = lab(theme.interface.background), lab(theme.interface.foreground)
    assert (background[0] < foreground[0]) is theme.dark


def test_the_colour_blind_palette_is_that_of_okabe_and_ito() -> None:
    published = {"#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7"}
    assert published <= set(THEMES["colour-blind"].plot.palette)
    assert len(THEMES["colour-blind"].plot.palette) == 8


def test_the_terminals_theme_leaves_all_colours_to_the_terminal() -> None:
    theme = THEMES["terminal"]
    colours = [getattr(theme.interface, field.name) for field in fields(Interface) if field.name != "variables"]  # fmt: skip
    colours += [getattr(theme.syntax, field.name).colour for field in fields(Syntax)]
    assert {colour[:5] for colour in colours} == {"ansi_"}
