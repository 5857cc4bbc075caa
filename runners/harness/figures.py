# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false, reportCallIssue=false
# Runs inside the sandbox against libraries without types.
"""matplotlib's figures as pictures: whatever a program shows, saves, films or leaves open."""

from __future__ import annotations

import io
import itertools
import os
import shutil
import sys
import time
import weakref
from pathlib import Path
from typing import Any, NamedTuple

import axes_look
import common
import look
import more_letters

_DPI = 150
_MARGIN = 0.2
"""Inches around what is drawn."""
_MOST_FRAMES, _MOST_SECONDS = 200, 2.0
"""Of an animation, on the way to its last frame."""


class _Aside(NamedTuple):
    """A picture of a figure that went into a buffer."""

    figure: weakref.ref[Any]
    stem: Path
    colours: dict[str, object]
    words: list[str]


class Figures:
    """Draws figures to files, each state of each figure once.

    Args:
        format: drawn beside png.
        style: the run's, if it has one.
    """

    def __init__(self, format: str, style: dict[str, Any] | None) -> None:
        self.format = format
        self.style = style
        self.count = 0
        self.texts: list[str] = []
        self.drawn: weakref.WeakSet[Any] = weakref.WeakSet()
        self.drawing = False
        self.pending: list[Any] = []
        """Shown for a while, or filmed: drawn as they are in the end, even if they are closed."""
        self.filmed: weakref.WeakSet[Any] = weakref.WeakSet()
        self.aside: list[_Aside] = []
        """What went into buffers, mostly for other pictures; shown where there are no others."""

    def place(self) -> Path:
        """Where the next picture goes: a path without suffix."""
        self.count += 1
        return common.OUT / f"{self.count:02d}"

    def draw(self, figure: Any, **colours: object) -> str | None:
        """Write one figure as png, and in the wanted format, unless this was done since it changed.

        Args:
            figure: of matplotlib.
            colours: of the paper, where the program says them when it saves.

        Returns:
            the png's path, if there is a new one.
        """
        if self.drawing or (figure in self.drawn and not figure.stale):
            return None
        self.drawn.add(figure)
        stem = self.place()
        if self.count > common.MOST_PICTURES:
            figure.stale = False
            return None
        before = next((one for one in self.aside if one.figure() is figure), None)
        if before and not figure.stale and (not colours or colours == before.colours):
            self._show(before, stem)
        else:
            self.texts += self._written(figure, stem, colours)
        return f"{stem}.png"

    def _written(self, figure: Any, stem: Path, colours: dict[str, object]) -> list[str]:
        """Write one figure as png and in the wanted format; the words in it."""
        self.drawing = True
        try:
            if figure not in self.filmed:
                to_its_last_frame(figure)
            axes_look.fit_titles(figure)
            axes_look.part_axes(figure)
            for ending in dict.fromkeys(("png", self.format)):
                figure.savefig(f"{stem}.{ending}", dpi=_DPI, bbox_inches=paper_of(figure), pad_inches=_MARGIN, **colours)  # fmt: skip
            figure.stale = False
            return words_of(figure)
        finally:
            self.drawing = False

    def _put_aside(self, figure: Any, colours: dict[str, object]) -> None:
        """Draw a figure that goes into a buffer; nothing says yet whether it is shown."""
        known = figure in self.drawn or any(one.figure() is figure for one in self.aside)
        if len(self.aside) == common.MOST_PICTURES or (known and not figure.stale):
            return
        folder = common.OUT / "aside"
        folder.mkdir(exist_ok=True)
        stem = folder / f"{len(self.aside) + 1:02d}"
        words = self._written(figure, stem, colours)
        self.aside.insert(0, _Aside(weakref.ref(figure), stem, colours, words))

    def _show(self, one: _Aside, stem: Path) -> None:
        """Have a picture that went into a buffer shown."""
        for ending in dict.fromkeys(("png", self.format)):
            shutil.copy(f"{one.stem}.{ending}", f"{stem}.{ending}")
        self.texts += one.words

    def remember_open(self) -> None:
        """Have all figures that are open now drawn in the end."""
        self.pending += [figure for figure in self._open() if figure not in self.pending]

    def draw_open(self) -> None:
        """Write all figures that are open, and those that were to be drawn in the end."""
        for figure in [*self.pending, *self._open()]:
            self.draw(figure)
        self.pending.clear()

    def show_aside(self) -> None:
        """Have what only went into buffers shown, where nothing else is."""
        if self.count == 0:
            for one in reversed(self.aside):
                self._show(one, self.place())

    def saved(self, original: Any, figure: Any, target: Any, arguments: tuple[Any, ...], options: dict[str, Any]) -> None:  # fmt: skip
        """What ``savefig`` does: the file is written as the program says it, and the figure drawn.

        A file that cannot be written is no reason to have no picture; a buffer is read again.
        """
        if self.drawing:
            original(figure, target, *arguments, **options)
            return
        if figure.canvas.is_saving():  # a frame of a film
            self.filmed.add(figure)
            if figure not in self.pending:
                self.pending.append(figure)
            original(figure, target, *arguments, **options)
            return
        colours = {name: options[name] for name in ("facecolor", "edgecolor") if name in options}
        # In memory, it is mostly part of another picture.
        in_memory = isinstance(target, (io.BytesIO, io.StringIO))
        png = self._put_aside(figure, colours) if in_memory else self.draw(figure, **colours)
        is_file = isinstance(target, (str, os.PathLike))
        self.drawing = True
        try:
            if is_file and png and os.fspath(target).lower().endswith(".png"):
                shutil.copy(png, target)
            else:
                original(figure, target, *arguments, **options)
        except Exception:
            if not is_file:
                raise
        finally:
            self.drawing = False
            figure.stale = False  # which it is after it was written

    @staticmethod
    def _open() -> list[Any]:
        if "matplotlib.pyplot" not in sys.modules:
            return []
        from matplotlib import pyplot

        return [pyplot.figure(number) for number in pyplot.get_fignums()]


def paper_of(figure: Any) -> Any:
    """What is shown: all that is drawn, and no more; with texts in space, the margins too.

    matplotlib leaves these out when it looks for the edges of what is drawn.
    """
    if not any(axes.name == "3d" and axes.texts for axes in figure.axes):
        return "tight"
    from matplotlib.transforms import Bbox

    return Bbox.union([figure.get_tightbbox().padded(_MARGIN), figure.bbox_inches])


def words_of(figure: Any) -> list[str]:
    """The visible text of a figure: titles, ticks, legends, annotations."""
    from matplotlib.text import Text

    return [text.get_text() for text in figure.findobj(Text) if text.get_visible()]


def to_its_last_frame(figure: Any) -> None:
    """Have an animation that waits for its window run to its end, which shows the most."""
    if "matplotlib.animation" not in sys.modules:
        return
    from matplotlib.animation import Animation

    waiting = [reference() for reference in figure.canvas.callbacks.callbacks.get("close_event", {}).values()]  # fmt: skip
    owners: list[Any] = [method.__self__ for method in waiting if hasattr(method, "__self__")]
    ends = time.monotonic() + _MOST_SECONDS
    for one in owners:
        if isinstance(one, Animation):
            # As Animation.save does it, which draws each frame besides.
            one._init_draw()
            for frame in itertools.islice(one.new_saved_frame_seq(), _MOST_FRAMES):
                one._pre_draw(frame, False)
                one._draw_frame(frame)
                if time.monotonic() > ends:
                    break


def listen(figures: Figures) -> None:
    """Have every figure that the program shows or saves drawn, in the look of this run."""
    import matplotlib.figure
    from matplotlib import pyplot

    pyplot.rcParams.update(look.matplotlib(figures.style))
    pyplot.rcParams["axes.prop_cycle"] = matplotlib.cycler(color=look.colours(figures.style))
    axes_look.put_on(figures.style)
    more_letters.bring()
    original = matplotlib.figure.Figure.savefig

    def savefig(self: object, fname: object, *arguments: Any, **options: Any) -> None:
        figures.saved(original, self, fname, arguments, options)

    def show(*_arguments: object, block: bool | None = None, **_options: object) -> None:
        if block is False:
            figures.remember_open()
            return
        figures.draw_open()
        pyplot.close("all")

    def pause(_interval: float) -> None:
        figures.remember_open()

    matplotlib.figure.Figure.savefig = savefig
    matplotlib.figure.Figure.show = lambda self, *_a, **_o: figures.draw(self)
    pyplot.show, pyplot.pause = show, pause
