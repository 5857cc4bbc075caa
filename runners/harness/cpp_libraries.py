# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""The libraries that a C++ program includes: what the compiler is told, and how they draw without a window."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pages

_LIBRARIES = (
    (re.compile(r'#\s*include\s*[<"](cairo/)?cairo'), ("cairo",)),
    (re.compile(r'#\s*include\s*[<"](plplot/)?pl(stream|plot|evaluate)\b'), ("plplot-c++", "plplot")),
)  # fmt: skip
_PLPLOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cpp_plplot.cpp")
_GNUPLOT = re.compile(r'#\s*include\s*[<"]gnuplot-iostream')
_GNUPLOT_FLAGS = ("-lboost_iostreams", "-lboost_system", "-lboost_filesystem", "-lutil")
_PLOTS = Path("gnuplot.pdf")
_WINDOW = re.compile(r"\bset?\s+term(?:inal)?\s+(?:x11|qt|wxt|aqua|windows|dumb)\b[^\"\\\n;]*")


def flags(source: str) -> list[str]:
    """Flags of the compiler for what the program includes."""
    names = [name for pattern, found in _LIBRARIES if pattern.search(source) for name in found]
    told = pages.tool("pkg-config", "--cflags", "--libs", *names).stdout.split() if names else []
    shim = [_PLPLOT] if told and "plplot" in names else []
    return [*shim, *told, *(_GNUPLOT_FLAGS if _GNUPLOT.search(source) else ())]


def windowless(source: str) -> str:
    """The program with gnuplot's windows as comments; every line and column stays where it is."""
    if not _GNUPLOT.search(source):
        return source
    return _WINDOW.sub(lambda match: "#" + " " * (len(match[0]) - 1), source)


def environment(source: str) -> dict[str, str]:
    """Beside the usual, what the program is run with: gnuplot draws pages where it is told nothing."""
    if not _GNUPLOT.search(source):
        return {}
    return {"GNUPLOT_IOSTREAM_CMD": f"gnuplot -e 'set terminal pdfcairo size 7.2in,4.5in; set output \"{_PLOTS}\"' -"}  # fmt: skip


def tidy() -> None:
    """Take away the pages that gnuplot did not draw, as the program told it to draw elsewhere."""
    if _PLOTS.is_file() and not pages.count(_PLOTS):
        _PLOTS.unlink()
