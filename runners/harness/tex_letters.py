# pyright: basic
# Runs inside the sandbox.
"""Letters that pdfTeX cannot set, and those that a font lacks: CJK and emoji, taken from another font.

LuaTeX takes them so by itself, once each font is loaded with others to fall back to. XeTeX hands over
words between classes of letters, so that names and keys in these letters stay what they are; where they
are made commands, as pdfTeX does it, TikZ could not name a node by them.
"""

from __future__ import annotations

import re

import fonts

_LEFT_OUT = re.compile(
    r"Unicode character (?P<unset>\S) \(U\+\w+\)\s+not set up|^Missing character: There is no (?P<missing>\S) ",
    re.MULTILINE,
)
_BOUNDARY, _OTHERS = 4095, 0


def left_out(log: str) -> bool:
    """Whether TeX could not set one of the letters that other fonts may have."""
    return any(fonts.unusual(match["unset"] or match["missing"]) for match in _LEFT_OUT.finditer(log))  # fmt: skip


def brought(source: str, tex: str) -> str:
    """What TeX is told before a program, in one line; nothing where no font has its letters.

    Args:
        source: the program.
        tex: ``xelatex`` or ``lualatex``.
    """
    letters = fonts.unusual(source)
    return _to_luatex(letters) if tex == "lualatex" else _to_xetex(letters)


def _to_luatex(letters: set[str]) -> str:
    names = ", ".join(f'"[{font.path}]:mode=node"' for font in fonts.having(letters))
    return f'\\directlua{{luaotfload.add_fallback("viscoder", {{{names}}}) luaotfload.features.global.fallback = "viscoder"}}' if names else ""  # fmt: skip


def _to_xetex(letters: set[str]) -> str:
    classes: list[str] = []
    told = "\\XeTeXinterchartokenstate=1 "
    for font in fonts.having(letters):
        name = f"\\viscoder{'abcdefgh'[len(classes) % 8]}"
        theirs = sorted(filter(font.has, letters))
        letters -= set(theirs)
        told += f"\\newXeTeXintercharclass{name}\\def{name}font{{\\font{name}face=\"[{font.path}]\" at\\csname f@size\\endcsname pt{name}face}}"  # fmt: skip
        told += "".join(f'\\XeTeXcharclass"{ord(letter):X}={name} ' for letter in theirs)
        for other in (_BOUNDARY, _OTHERS):
            told += f"\\XeTeXinterchartoks {other} {name}={{\\begingroup{name}font}}\\XeTeXinterchartoks {name} {other}={{\\endgroup}}"  # fmt: skip
        for other in classes:
            told += f"\\XeTeXinterchartoks {other} {name}={{\\endgroup\\begingroup{name}font}}\\XeTeXinterchartoks {name} {other}={{\\endgroup\\begingroup{other}font}}"  # fmt: skip
        classes.append(name)
    return told if classes else ""
