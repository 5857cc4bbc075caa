# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false, reportOptionalMemberAccess=false
# Runs inside the sandbox against libraries without types.
"""Pictures that are no figures of matplotlib: charts of Altair, images of Pillow, plots that are only named.

A notebook shows what its last line is, so a program that ends with a chart means the same.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import look
import svg_picture
import vegalite_look
from figures import Figures

_MOST_PIXELS = 4_000 * 4_000
_THEME = "viscoder"


def listen_to_altair(figures: Figures) -> None:
    """Have each chart drawn that is shown or saved, in the look of this run where it has none."""
    import altair

    drawn: set[str] = set()

    def dressed(chart: Any) -> dict[str, Any]:
        if altair.theme.active != _THEME:
            return chart.to_dict()
        # What the theme has set could not be told from what the chart sets.
        with altair.theme.enable("none"):
            spec = chart.to_dict()
        vegalite_look.dress(spec, figures.style)
        return spec

    def draw(chart: Any, *_arguments: Any, **_options: Any) -> None:
        import vl_convert

        spec = json.dumps(dressed(chart), sort_keys=True)
        if spec not in drawn:
            drawn.add(spec)
            figures.texts += svg_picture.keep(vl_convert.vegalite_to_svg(spec), figures.place())

    stock_save = altair.TopLevelMixin.save

    def save(chart: Any, fp: Any, *arguments: Any, **options: Any) -> None:
        draw(chart)
        with contextlib.suppress(Exception):  # the picture is there, whatever becomes of the file
            stock_save(chart, fp, *arguments, **options)

    altair.TopLevelMixin.show = altair.TopLevelMixin.display = draw
    altair.TopLevelMixin.save = save
    config = look.vegalite(figures.style)
    with contextlib.suppress(Exception):
        altair.theme.register(_THEME, enable=True)(lambda: {"config": config})


def listen_to_pillow(figures: Figures) -> None:
    """Have each image drawn that is shown, or saved to where nothing can be saved."""
    from PIL import Image

    stock_save = Image.Image.save

    def draw(image: Any, *_arguments: Any, **_options: Any) -> None:
        shown = image.convert("RGBA")
        if shown.width * shown.height > _MOST_PIXELS:
            shown.thumbnail((4_000, 4_000))
        stock_save(shown, figures.place().with_suffix(".png"))

    def save(image: Any, fp: Any, *arguments: Any, **options: Any) -> None:
        try:
            stock_save(image, fp, *arguments, **options)
        except OSError:
            if figures.drawing or not isinstance(fp, (str, Path)):
                raise
            draw(image)

    Image.Image.show, Image.Image.save = draw, save


def draw_named(figures: Figures, last: Any, names: Mapping[str, Any]) -> None:
    """Draw what a program only named: what its last line is, else what it made last.

    Args:
        figures: where it is drawn.
        last: the value of the last line.
        names: the program's variables, in the order they were made.
    """
    for value in (last, *reversed(list(names.values()))):
        if _draw(figures, value):
            return


def _draw(figures: Figures, value: Any) -> bool:
    kinds = [f"{kind.__module__.partition('.')[0]}.{kind.__name__}" for kind in type(value).__mro__]
    if any(one in kinds for one in ("altair.TopLevelMixin", "PIL.Image", "plotly.BaseFigure")):
        value.show()
    elif "bokeh.LayoutDOM" in kinds:
        sys.modules["bokeh.io"].show(value)
    elif "seaborn.Plot" in kinds:
        value.plot(pyplot=True)
        figures.draw_open()
    elif "plotnine.ggplot" in kinds:
        figures.draw(value.draw())
    elif "wordcloud.WordCloud" in kinds:
        value.to_image().show()
    else:
        return False
    return True


def take_svg(figures: Figures, files: Iterable[Path]) -> None:
    """Draw the SVG files that a program wrote; what is no SVG is left."""
    for path in files:
        if path.suffix.lower() == ".svg":
            with contextlib.suppress(ValueError):
                source = path.read_text(encoding="utf-8", errors="replace")
                figures.texts += svg_picture.keep(source, figures.place())


def is_ready(name: str, *attributes: str) -> bool:
    """Whether a module is imported so far that it has these."""
    module = sys.modules.get(name)
    return module is not None and all(hasattr(module, one) for one in attributes)
