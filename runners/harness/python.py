# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false, reportCallIssue=false
# Runs inside the sandbox against libraries without types.
"""Runs plot.py and turns its figures into pictures. Executed inside the sandbox.

Every matplotlib figure that is shown, saved or left open becomes a picture; a program that
draws otherwise may leave png or svg files.
"""

from __future__ import annotations

import builtins
import importlib
import os
import shutil
import sys
import traceback
import types
import warnings
from pathlib import Path
from typing import Any

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import look
from python_errors import finding_of

del sys.path[0]

_SOURCE = "plot.py"
_FONT_CACHE = Path(sys.prefix) / "share" / "viscoder" / "matplotlib"
_CONFIGURATION = Path("/tmp/matplotlib") if os.access("/tmp", os.W_OK) else Path("matplotlib")
_DPI = 150
_IMPORTED_AHEAD = ("numpy", "pandas", "matplotlib.pyplot", "seaborn")


def prepare() -> None:
    """Point matplotlib at a folder it may write, with the list of fonts already in it."""
    os.environ["MPLBACKEND"] = "agg"
    os.environ["MPLCONFIGDIR"] = str(_CONFIGURATION)
    _CONFIGURATION.mkdir(exist_ok=True)
    if _FONT_CACHE.is_dir():
        for cached in _FONT_CACHE.glob("fontlist-*.json"):
            shutil.copy(cached, _CONFIGURATION)


class Figures:
    """Draws figures to files as they are shown or saved, each state once."""

    def __init__(self, format: str, style: dict[str, Any] | None) -> None:
        self.format = format
        self.style = style
        self.count = 0
        self.texts: list[str] = []
        self.drawn: set[int] = set()
        self.drawing = False

    def draw(self, figure: object) -> None:
        """Write one figure as png, and in the wanted format."""
        if id(figure) in self.drawn or self.drawing:
            return
        self.drawing = True
        self.drawn.add(id(figure))
        self.count += 1
        stem = common.OUT / f"{self.count:02d}"
        try:
            for ending in dict.fromkeys(("png", self.format)):
                figure.savefig(f"{stem}.{ending}", dpi=_DPI, bbox_inches="tight", pad_inches=0.2)
            self.texts += words_of(figure)
        finally:
            self.drawing = False

    def draw_open(self) -> None:
        """Write all figures that are open."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is not None:
            for number in pyplot.get_fignums():
                self.draw(pyplot.figure(number))


def words_of(figure: object) -> list[str]:
    """The visible text of a figure: titles, ticks, legends, annotations."""
    from matplotlib.text import Text

    return [text.get_text() for text in figure.findobj(Text) if text.get_visible()]


def listen(figures: Figures) -> None:
    """Have every figure that the program shows or saves drawn, in the look of this run."""
    import matplotlib.figure
    from matplotlib import pyplot

    pyplot.rcParams.update(look.matplotlib(figures.style))
    pyplot.rcParams["axes.prop_cycle"] = matplotlib.cycler(color=look.colours(figures.style))
    original = matplotlib.figure.Figure.savefig

    def savefig(self: object, *arguments: object, **options: object) -> object:
        if not figures.drawing:
            figures.draw(self)
            return None
        return original(self, *arguments, **options)

    def show(*_arguments: object, **_options: object) -> None:
        figures.draw_open()
        pyplot.close("all")
        figures.drawn.clear()

    matplotlib.figure.Figure.savefig = savefig
    matplotlib.figure.Figure.show = lambda self, *_a, **_o: figures.draw(self)
    pyplot.show = show


class ListensToMatplotlib:
    """An import hook: listens once matplotlib.pyplot is there, so that nothing is imported for
    a program that does without it."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.original = builtins.__import__
        builtins.__import__ = self.imported

    def imported(self, name: str, *arguments: object, **options: object) -> object:
        """What ``import`` calls."""
        module = self.original(name, *arguments, **options)
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is not None and hasattr(pyplot, "show") and hasattr(pyplot, "figure"):
            builtins.__import__ = self.original
            listen(self.figures)
        return module


def run(source: str, figures: Figures) -> None:
    """Run the program as the main module."""
    main = types.ModuleType("__main__")
    main.__file__ = _SOURCE
    sys.modules["__main__"] = main
    sys.argv = [_SOURCE]
    code = compile(source, _SOURCE, "exec")
    exec(code, main.__dict__)


def collect_files(before: set[Path], format: str) -> int:
    """Take pictures that the program wrote itself."""
    count = 0
    for path in sorted(set(Path().glob("*.*")) - before):
        if path.suffix.lower() == ".png" and path.is_file():
            count += 1
            shutil.copy(path, common.OUT / f"{count:02d}.png")
    return count


def main() -> None:
    """Wait if this is a spare, then run the program and draw."""
    prepare()
    if common.is_standby():
        for name in _IMPORTED_AHEAD:
            importlib.import_module(name)
    common.wait_for_program()
    sys.stdin = open(os.devnull)
    format = common.wanted_format()
    figures = Figures(format, look.given())
    warned: list[str] = []
    warnings.showwarning = lambda message, *_rest, **_more: warned.append(str(message))
    if "matplotlib.pyplot" in sys.modules:
        listen(figures)
    else:
        ListensToMatplotlib(figures)
    before = set(Path().glob("*.*"))
    source = Path(_SOURCE).read_text(encoding="utf-8-sig", errors="replace")
    try:
        run(source, figures)
        figures.draw_open()
    except SystemExit as end:
        if end.code not in (None, 0):
            common.fail(common.find(f"the program ended with sys.exit({end.code!r})"))
        figures.draw_open()
    except BaseException as error:
        lines = traceback.format_exception(error)
        sys.stderr.write(
            "".join(lines[:1] + [line for line in lines[1:] if "/harness/" not in line])
        )
        sys.stderr.flush()
        common.report([finding_of(error, source, _SOURCE)])
        sys.stdout.flush()
        os._exit(1)
    if figures.count == 0:
        collect_files(before, format)
    glyphs = [text for text in dict.fromkeys(warned) if "Glyph" in text]
    common.report(common.find(text, severity="warning") for text in glyphs[:3])
    common.texts(figures.texts)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


main()
