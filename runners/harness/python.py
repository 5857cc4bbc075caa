# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false, reportCallIssue=false
# Runs inside the sandbox against libraries without types.
"""Runs plot.py and turns its figures into pictures. Executed inside the sandbox.

Every figure that is shown, saved or left open becomes a picture; a program that
draws otherwise may leave png or svg files.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import os
import shutil
import sys
import traceback
import types
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import look
import more_letters
import other_pictures
import python_checks
import web_figures
from figures import Figures, listen
from python_errors import finding_of

del sys.path[0]

_SOURCE = "plot.py"
_LIBRARIES = Path(sys.prefix) / "share" / "viscoder" / "packages"
_FONT_CACHE = Path(sys.prefix) / "share" / "viscoder" / "matplotlib"
_CONFIGURATION = Path("/tmp/matplotlib") if os.access("/tmp", os.W_OK) else Path("matplotlib")
_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff")
_IMPORTED_AHEAD = ("numpy", "matplotlib.pyplot", "pandas", "seaborn")


def prepare() -> None:
    """Point matplotlib at a folder it may write, with the list of fonts already in it."""
    os.environ["MPLBACKEND"] = "agg"
    os.environ["MPLCONFIGDIR"] = str(_CONFIGURATION)
    _CONFIGURATION.mkdir(exist_ok=True)
    if _FONT_CACHE.is_dir():
        for cached in _FONT_CACHE.glob("fontlist-*.json"):
            shutil.copy(cached, _CONFIGURATION)


class Listens:
    """An import hook: listens to a library once it is there, so that nothing is imported for a
    program that does without it."""

    def __init__(self, figures: Figures, pages: web_figures.WebFigures) -> None:
        self.figures = figures
        self.original = builtins.__import__
        self.depth = 0
        self.waiting = [
            (("matplotlib.pyplot", "show", "figure"), listen),
            (("altair", "TopLevelMixin", "theme"), other_pictures.listen_to_altair),
            (("PIL.Image", "Image", "open"), other_pictures.listen_to_pillow),
        ]
        self.waiting_whole: dict[str, Callable[[], None]] = {
            "plotly": partial(web_figures.listen_to_plotly, pages),
            "bokeh": partial(web_figures.listen_to_bokeh, pages),
        }
        """These import their parts as they are asked for, so all is looked at in the end."""
        self.look_around()
        builtins.__import__ = self.imported

    def imported(self, name: str, *arguments: object, **options: object) -> object:
        """What ``import`` calls."""
        self.depth += 1
        try:
            module = self.original(name, *arguments, **options)
        finally:
            self.depth -= 1
        self.look_around()
        return module

    def look_around(self) -> None:
        """Listen to what has come."""
        for one in [one for one in self.waiting if other_pictures.is_ready(*one[0])]:
            if one in self.waiting:  # listening imports, too
                self.waiting.remove(one)
                one[1](self.figures)
        for name in [name for name in self.waiting_whole if self.depth == 0 and name in sys.modules]:  # fmt: skip
            self.waiting_whole.pop(name, lambda: None)()
        if not self.waiting and not self.waiting_whole:
            builtins.__import__ = self.original


def run(source: str) -> tuple[object, dict[str, object], ast.Module]:
    """Run the program as the main module; the value of its last line, its variables, and the
    tree of what stands before."""
    main = types.ModuleType("__main__")
    main.__file__ = _SOURCE
    sys.modules["__main__"] = main
    sys.argv = [_SOURCE]
    tree = compile(source, _SOURCE, "exec", ast.PyCF_ONLY_AST)
    assert isinstance(tree, ast.Module)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, _SOURCE, "exec"), main.__dict__)
    value = None if last is None else eval(compile(ast.Expression(last.value), _SOURCE, "eval"), main.__dict__)  # fmt: skip
    return value, main.__dict__, tree


def files() -> set[Path]:
    """The files there are, in folders too, but for the pictures that are drawn already."""
    return {path for path in Path().rglob("*.*") if path.is_file() and path.parts[0] != "out"}


def collect(made: set[Path]) -> int:
    """Take pictures that the program wrote itself, the first frame of those that move; says how many there are."""
    pictures = sorted(path for path in made if path.suffix.lower() in _PICTURES)
    for count, path in enumerate(pictures[: common.MOST_PICTURES], 1):
        target = common.OUT / f"{count:02d}.png"
        if path.suffix.lower() == ".png":
            shutil.copy(path, target)
            continue
        from PIL import Image

        with contextlib.suppress(Exception), Image.open(path) as picture:
            picture.convert("RGBA").save(target)
    return len(pictures)


def main() -> None:
    """Wait if this is a spare, then run the program and draw."""
    prepare()
    common.wait_for_program(_IMPORTED_AHEAD)
    sys.stdin = open(os.devnull)
    figures = Figures(common.wanted_format(), look.given())
    warned: list[tuple[str, int | None]] = []
    warnings.showwarning = lambda message, _kind, file, line, *_rest, **_more: warned.append((str(message), line if file == _SOURCE else None))  # fmt: skip
    pages = web_figures.WebFigures(figures)
    sys.path.append(str(_LIBRARIES))
    Listens(figures, pages)
    before = files()
    source = Path(_SOURCE).read_text(encoding="utf-8-sig", errors="replace")
    tree = None
    try:
        last, names, tree = run(source)
        figures.draw_open()
        web_figures.draw_roots(pages)
        figures.show_aside()
        if figures.count == 0 and not files() - before:
            other_pictures.draw_named(figures, last, names)
    except SystemExit as end:
        if end.code not in (None, 0):
            common.fail(common.find(f"the program ended with sys.exit({end.code!r})"))
        figures.draw_open()
        figures.show_aside()
    except BaseException as error:
        lines = traceback.format_exception(error)
        sys.stderr.write(
            "".join(lines[:1] + [line for line in lines[1:] if "/harness/" not in line])
        )
        sys.stderr.flush()
        common.report([finding_of(error, source, _SOURCE)])
        sys.exit(1)
    written = 0
    if figures.count == 0:
        written = collect(files() - before)
        if not any(common.OUT.glob("*.png")):
            other_pictures.take_svg(figures, sorted(files() - before))
    found = [*pages.draw(), *more_letters.findings(text for text, _ in warned)]
    if not any(common.OUT.glob("*.png")):
        found += [] if found else [python_checks.why_nothing(tree, source)]
    elif tree is not None:
        found += [*python_checks.in_vain(tree), *python_checks.warned_of(warned)]
    common.report([*found, *common.beyond(max(figures.count, written))])
    common.texts(figures.texts)


common.run(main)
