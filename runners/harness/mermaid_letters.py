# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false, reportIndexIssue=false, reportCallIssue=false, reportOptionalMemberAccess=false
# Runs inside the sandbox against libraries without types.
"""Letters that mermaidx's own font lacks: CJK and emoji, copied into it from the machine's fonts.

mermaidx measures and draws with the one font that it brings, and knows no other.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import fonts

_PLACE = Path("/tmp")
_OFF = 1.0
"""How far a curve may be from the one it was, in units of which 2048 are an em."""


def bring(source: str) -> None:
    """Have mermaidx draw the letters of a diagram, where a font here has them."""
    letters = fonts.unusual(source)
    found = fonts.having(letters)
    if not found:
        return
    from fontTools.ttLib import TTFont
    from mermaidx import font_metrics, raster

    others = [(TTFont(font.path, fontNumber=0, lazy=True), sorted(filter(font.has, letters))) for font in found]  # fmt: skip
    for bold, name in ((False, "DejaVuSans.ttf"), (True, "DejaVuSans-Bold.ttf")):
        font = TTFont(raster._FONTS_DIR / name, recalcBBoxes=False)
        for other, theirs in others:
            for letter in theirs:
                _copy(other, letter, font)
        font.save(_PLACE / name)
        raster._fonts.add_font_face_from_file(raster._FAMILY, bold, False, str(_PLACE / name))
    font_metrics._REGULAR, font_metrics._BOLD = font_metrics.Font(False), font_metrics.Font(True)


def _copy(theirs: Any, letter: str, font: Any) -> None:
    """One letter, at the size of the font that it comes into."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    name = f"viscoder{ord(letter):X}"
    if name in font["hmtx"].metrics:  # another font has it too
        return
    glyphs = theirs.getGlyphSet()
    glyph = glyphs[theirs.getBestCmap()[ord(letter)]]
    scale = font["head"].unitsPerEm / theirs["head"].unitsPerEm
    pen = TTGlyphPen(None)
    is_truetype = "glyf" in theirs
    # TrueType's curves go the other way round than PostScript's.
    way = pen if is_truetype else Cu2QuPen(pen, _OFF, reverse_direction=True)
    drawn = TransformPen(way, (scale, 0, 0, scale, 0, 0))
    _draw(glyph, glyphs, drawn)
    outline = pen.glyph()
    font["glyf"][name] = outline
    outline.recalcBounds(font["glyf"])
    font["hmtx"][name] = (round(glyph.width * scale), getattr(outline, "xMin", 0))
    for table in font["cmap"].tables:
        if table.isUnicode() and (ord(letter) < 0x10000 or table.format == 12):
            table.cmap[ord(letter)] = name


def _draw(glyph: Any, glyphs: Any, pen: Any) -> None:
    """Its lines, those of the letters too that it is made of."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen

    lines = DecomposingRecordingPen(glyphs)
    glyph.draw(lines)
    lines.replay(pen)
