# pyright: basic, reportOptionalSubscript=false
# Runs inside the sandbox with the standard library alone.
"""How a D2 diagram looks where it chooses no theme of its own: calm, or as the run's style says."""

from __future__ import annotations

import re
from typing import Any

import look

_PAD = 24
"""Pixels around a diagram that says nothing of it; D2 itself leaves a hundred."""
_THEME = re.compile(r"^[^#\n]*\btheme-(?:id|overrides)\b", re.MULTILINE)


def chooses(source: str) -> bool:
    """Whether a program sets a theme; D2 does not tell theme 0 from none."""
    return _THEME.search(source) is not None


def theme() -> dict[str, str]:
    """The colours of a theme, as D2 calls them: N are greys, B the main colour, A the others."""
    style = look.given()
    paper, colours = look.paper(style), look.colours(style)
    ink, muted = (style["ink"], style["muted"]) if style else ("#333333", "#888888")
    main, second, third = (colours[place % len(colours)] for place in range(3))

    def tint(colour: str, share: float) -> str:
        return look.mixed(paper, colour, share)

    return {
        "n1": ink, "n2": tint(ink, 0.85), "n3": muted, "n4": tint(ink, 0.25), "n5": tint(ink, 0.15),
        "n6": tint(ink, 0.07), "n7": paper,
        "b1": main, "b2": main, "b3": tint(main, 0.32), "b4": tint(main, 0.09), "b5": tint(main, 0.16), "b6": tint(main, 0.22),
        "aa2": second, "aa4": tint(second, 0.26), "aa5": tint(second, 0.16),
        "ab4": tint(third, 0.26), "ab5": tint(third, 0.16),
    }  # fmt: skip


def options(given: dict[str, Any], diagram: dict[str, Any], source: str) -> dict[str, Any]:
    """The options to render with.

    Args:
        given: what D2 made of the program.
        diagram: the first board.
        source: the program.
    """
    own = {**given, "animateInterval": None, "target": None}
    if (diagram.get("config") or {}).get("pad") is None:
        own["pad"] = _PAD
    if not chooses(source):
        own["themeOverrides"] = theme()
    return own


def calm(diagram: dict[str, Any]) -> None:
    """Lines step back behind the boxes that they join; a box has one colour inside and around."""
    style = look.given()
    third = look.colours(style)[2 % len(look.colours(style))]
    for line in diagram.get("connections") or ():
        if line.get("stroke") in ("B1", "B2"):
            line["stroke"] = "N3"
    for shape in diagram.get("shapes") or ():
        fill = str(shape.get("fill"))
        if fill and shape.get("color") in ("N1", "N2") and not re.fullmatch(r"[NBA]\w{1,2}", fill):
            shape["color"] = _readable(fill, shape)
        if shape.get("stroke") != "B1":
            continue
        if fill in ("N4", "N5") and shape.get("type") != "rectangle":
            shape["fill"] = "B5"
        elif fill in ("AA4", "AA5"):
            shape["stroke"] = "AA2"
        elif fill in ("AB4", "AB5"):
            shape["stroke"] = third


def _readable(fill: str, shape: dict[str, Any]) -> str:
    """The colour of the words in a shape that has a colour of the program's, but not they."""
    from PIL import ImageColor

    try:
        colour = ImageColor.getrgb(fill)
    except ValueError:  # a gradient, or transparent
        return shape["color"]
    if "OUTSIDE" in str(shape.get("labelPosition")) or len(colour) > 3:
        return shape["color"]
    dark = look.is_dark("#" + bytes(colour[:3]).hex())
    return ("#ffffff" if dark else "#222222") if dark != _wants_dark() else shape["color"]


def _wants_dark() -> bool:
    """Whether the words of the look are light."""
    return look.is_dark(look.paper(look.given()))


def one_code(svg: str, source: str) -> str:
    """A picture with each block of code once: D2 writes it for light and for dark paper."""
    dark = ".light-code{display: none}" in svg if chooses(source) else _wants_dark()
    hidden, shown = ("light", "dark") if dark else ("dark", "light")
    svg = re.sub(rf'<g [^>]*class="{hidden}-code">.*?</g></g>', "", svg, flags=re.DOTALL)
    return svg.replace(f".{shown}-code{{display: none}}", f".{shown}-code{{display: block}}")
