# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox against libraries without types.
"""matplotlib's words in letters that their font lacks, taken from another font of the machine.

matplotlib falls back only to the families that a text names, and knows only the fonts that were there
when its list was made. It is handed the file that has the letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import fonts

_GLYPH = re.compile(r"^Glyph (\d+) .*missing from")


def bring() -> None:
    """Have every text looked at as it is set, before anything is laid out by it."""
    from matplotlib import font_manager
    from matplotlib.text import Text

    seen: set[str] = set()
    others: list[Any] = []
    stock_set, stock_find = Text.set_text, font_manager.FontManager._find_fonts_by_props
    in_collection = getattr(font_manager, "FontPath", None)  # since matplotlib 3.11

    def set_text(self: Any, s: Any) -> None:
        stock_set(self, s)
        new = fonts.unusual(self.get_text()) - seen
        if new:
            seen.update(new)
            paths = [font.path for font in fonts.having(seen)]
            others[:] = [in_collection(path, 0) if in_collection else path for path in paths]

    def find(self: Any, prop: Any, fontext: str = "ttf", *arguments: Any, **options: Any) -> Any:
        found = stock_find(self, prop, fontext, *arguments, **options)
        return [*found, *others] if fontext == "ttf" else found

    Text.set_text = set_text
    font_manager.FontManager._find_fonts_by_props = find


def findings(warned: Iterable[str]) -> list[dict[str, Any]]:
    """What matplotlib has warned of: letters that stand in no font here, and how often does not matter."""
    said = [text for text in dict.fromkeys(warned) if "Glyph" in text]
    codes = {text: _GLYPH.match(text) for text in said}
    letters = [chr(int(code[1])) for code in codes.values() if code]
    named = fonts.finding(dict.fromkeys(letter for letter in letters if letter.isprintable()))
    rest = [{"message": text, "severity": "warning"} for text, code in codes.items() if code is None or not chr(int(code[1])).isprintable()]  # fmt: skip
    return [*([named] if named else []), *rest[:3]]
