# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false, reportCallIssue=false
# Runs inside the sandbox against libraries without types.
"""What the look is on matplotlib's axes that no rcParams can say.

Bars and slices that touch are parted by a line in the colour of the paper; it cannot be the default
edge of all shapes, because arrows and outlines are made of their edge alone. The look's grid is not
drawn over images, and ``ax.grid()``, which toggles, turns a grid on as it does where there is none.
Its large titles become smaller over axes that stand beside others, and axes whose words run into each
other are moved apart, where the program leaves both as they are. Its box plots have filled boxes,
which can be asked where they are as the lines can that matplotlib draws otherwise.
"""

from __future__ import annotations

import functools
import warnings
from typing import Any

import look

_OWN = frozenset({"ec", "edgecolor", "hatch"})
"""With one of these, the program says what the edge is."""
_SMALLEST_TITLE = 10
_TOUCHING = 2
"""Pixels that boxes may share."""


def put_on(style: dict[str, Any] | None) -> None:
    """Have all axes look so, as long as the program keeps the look.

    Args:
        style: the run's, if it has one.
    """
    _part(style)
    _keep_grid_off(style)
    _let_boxes_be_lines()


def _part(style: dict[str, Any] | None) -> None:
    from matplotlib import rcParams
    from matplotlib.axes import Axes

    paper = style["paper"] if style else "white"
    ours = look.matplotlib(style)["patch.edgecolor"]
    stock_bar, stock_pie = Axes.bar, Axes.pie

    def parted(options: dict[str, Any]) -> bool:
        # seaborn's histograms hand on the default; others, an array.
        said = [options[name] for name in _OWN & set(options)]
        own = [
            one for one in said if one is not None and not (isinstance(one, str) and one == ours)
        ]
        return rcParams["patch.edgecolor"] == ours and not own and options.get("fill") is not False

    @functools.wraps(stock_bar)
    def bar(self: Any, *arguments: Any, **options: Any) -> Any:
        if parted(options):
            options["edgecolor"] = paper
        return stock_bar(self, *arguments, **options)

    @functools.wraps(stock_pie)
    def pie(self: Any, *arguments: Any, **options: Any) -> Any:
        wedges = dict(options.get("wedgeprops") or {})
        if parted({**options, **wedges}):
            options["wedgeprops"] = {**wedges, "edgecolor": paper}
        return stock_pie(self, *arguments, **options)

    Axes.bar, Axes.pie = bar, pie


def _keep_grid_off(style: dict[str, Any] | None) -> None:
    from matplotlib import rcParams
    from matplotlib.axes import Axes

    ours = {name: value for name, value in look.matplotlib(style).items() if "grid" in name}
    stock_image, stock_grid = Axes.imshow, Axes.grid

    def is_ours(axes: Any) -> bool:
        return axes.name == "rectilinear" and all(rcParams[name] == ours[name] for name in ours)

    @functools.wraps(stock_image)
    def imshow(self: Any, *arguments: Any, **options: Any) -> Any:
        if is_ours(self):
            stock_grid(self, False)
        return stock_image(self, *arguments, **options)

    @functools.wraps(stock_grid)
    def grid(self: Any, visible: bool | None = None, *arguments: Any, **options: Any) -> None:
        # Only the first call is on a grid that the program knows nothing of.
        if visible is None and is_ours(self) and not getattr(self, "_grid_was_asked_for", False):
            visible = True
        self._grid_was_asked_for = True
        stock_grid(self, visible, *arguments, **options)

    Axes.imshow, Axes.grid = imshow, grid


def _let_boxes_be_lines() -> None:
    from matplotlib.patches import PathPatch

    # The last point of a closed path stands for its end, not for a place.
    PathPatch.get_xydata = lambda self: self.get_path().vertices[:-1]
    PathPatch.get_xdata = lambda self, orig=True: self.get_xydata()[:, 0]
    PathPatch.get_ydata = lambda self, orig=True: self.get_xydata()[:, 1]


def fit_titles(figure: Any) -> None:
    """Make titles of the look's size as small as those of axes side by side must be.

    Args:
        figure: of matplotlib, which is about to be drawn.
    """
    size = look.MATPLOTLIB["axes.titlesize"]
    axes = [one for one in figure.axes if one.get_visible() and one.get_subplotspec() is not None]
    if len({round(one.get_position().x0, 2) for one in axes}) < 2:
        return
    for one in axes:
        for title in (one.title, one._left_title, one._right_title):
            if title.get_text() and title.get_fontsize() == size:
                ratio = 1.05 * one.bbox.width / max(title.get_window_extent().width, 1)
                if ratio < 1:
                    title.set_fontsize(max(_SMALLEST_TITLE, size * ratio))


def part_axes(figure: Any) -> None:
    """Move axes apart whose words run into each other, unless the program has laid them out.

    Args:
        figure: of matplotlib, which is about to be drawn.
    """
    axes = [one for one in figure.axes if one.get_visible()]
    if len(axes) < 2 or _laid_out(figure, axes):
        return
    boxes = [(one.get_position().bounds, one.get_tightbbox()) for one in axes]
    # Twins stand in one place because they are meant to.
    if not any(place != other and _overlap(box, its) for at, (place, box) in enumerate(boxes) for other, its in boxes[:at]):  # fmt: skip
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that there is no room at all is seen in the picture
        figure.tight_layout()


def _laid_out(figure: Any, axes: list[Any]) -> bool:
    """Whether the program has said where axes stand, by any of the ways there are."""
    from matplotlib.figure import SubplotParams

    sides = ("left", "right", "bottom", "top", "wspace", "hspace")
    stock = SubplotParams()
    if figure.get_layout_engine() is not None or any(getattr(figure.subplotpars, side) != getattr(stock, side) for side in sides):  # fmt: skip
        return True
    for one in axes:
        place = one.get_subplotspec()
        if place is None or getattr(place.get_gridspec(), "figure", None) is not figure:
            return True
        grid = place.get_gridspec()
        if any(getattr(grid, side, None) is not None for side in sides):
            return True
        if one.get_position(original=True).bounds != place.get_position(figure).bounds:
            return True
    return False


def _overlap(one: Any, other: Any) -> bool:
    """Whether two boxes have more than an edge in common."""
    if one is None or other is None:
        return False
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return wide > _TOUCHING and high > _TOUCHING
