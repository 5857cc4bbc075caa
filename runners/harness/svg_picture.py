# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox against libraries without types.
"""An SVG as a picture: as png, as the format that is wanted, and its words."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import common

_LEAST_WIDTH = 1000
_DOTS_PER_INCH = 96
"""As CSS has it. Without them resvg knows no size in points, which cairo, R and matplotlib write."""


def keep(
    source: str, stem: Path, own_fonts: Path | None = None, most_zoom: int = 1000
) -> list[str]:
    """Draw `source`, and store it beside `stem` in the wanted format too.

    Args:
        source: the SVG.
        stem: of the pictures, a path without suffix.
        own_fonts: a folder with fonts that it needs.
        most_zoom: how often a small picture is enlarged at most; one that is tall and narrow
            would become huge.

    Returns:
        The words that stand in it.

    Raises:
        ValueError: resvg cannot draw it.
    """
    png = drawn(source, own_fonts=own_fonts) if _fits_its_content(source) else None
    width = int.from_bytes((png or drawn(source, wordless=True))[16:20], "big")
    if png is None or width < _LEAST_WIDTH:
        zoom = max(1, min(most_zoom, -(-_LEAST_WIDTH // max(width, 1))))
        png = drawn(source, zoom, own_fonts)
    stem.with_suffix(".png").write_bytes(png)
    format = common.wanted_format()
    if format == "svg":
        stem.with_suffix(".svg").write_text(source, encoding="utf-8")
    elif format == "pdf":
        import vl_convert

        if own_fonts is not None:
            vl_convert.register_font_directory(str(own_fonts.resolve()))
        stem.with_suffix(".pdf").write_bytes(vl_convert.svg_to_pdf(source))
    return common.texts_of_svg(source)


def _fits_its_content(source: str) -> bool:
    """Whether the picture is as large as what stands in it, for its root says no size."""
    found = re.search(r"<(?:\w+:)?svg\b[^>]*>", source)
    root = found[0] if found else ""
    sized = all(
        re.search(rf"\s{side}\s*=\s*[\"'][^\"'%]+[\"']", root) for side in ("width", "height")
    )
    return not sized and not re.search(r"\sviewBox\s*=", root)


def drawn(
    source: str,
    zoom: float | None = None,
    own_fonts: Path | None = None,
    *,
    wordless: bool = False,
) -> bytes:
    """The picture as PNG; families that the machine lacks fall back to what matplotlib ships.

    Args:
        source: the SVG.
        zoom: how often it is enlarged.
        own_fonts: a folder with fonts that it needs.
        wordless: bring no fonts, which takes longer than to draw.
    """
    import resvg_py

    folders = [] if wordless else [*fonts(), *([str(own_fonts)] if own_fonts else [])]
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=source,
            zoom=zoom,
            dpi=_DOTS_PER_INCH,
            skip_system_fonts=wordless,
            font_dirs=folders,
            sans_serif_family="DejaVu Sans",
            serif_family="DejaVu Serif",
            monospace_family="DejaVu Sans Mono",
            font_family="DejaVu Sans",
        )
    )


def on_paper(source: str, colour: str = "#ffffff") -> str:
    """The SVG with a colour behind everything, where its tool left the paper out."""
    paper = f'<rect width="100%" height="100%" fill="{colour}"/>'
    return re.sub(r"<svg\b[^>]*>", lambda root: root[0] + paper, source, count=1)


def fonts() -> list[str]:
    """The fonts that matplotlib ships: they are there on every machine."""
    found = importlib.util.find_spec("matplotlib")
    if found is None or found.origin is None:
        return []
    return [str(Path(found.origin).parent / "mpl-data" / "fonts" / "ttf")]
