# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false, reportMissingImports=false
# Runs inside the sandbox against libraries that are not part of every installation.
"""Charts of Plotly and Bokeh: pages with a script of their library, drawn by Chromium in the end.

What a program shows, saves or ends with is kept as the page that the library makes of it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import chromium
import common
import look
from figures import Figures

_SIZE = (800, 500)
_PAGE = "page.html"
_BESIDE = "draw it with matplotlib instead; viscoder setup html brings Chromium"
_AS_SVG = """<script>{
  const chart = document.querySelector(".plotly-graph-div");
  const { width, height } = chart.getBoundingClientRect();
  Plotly.toImage(chart, { format: "svg", width, height }).then((address) => {
    document.body.innerHTML = decodeURIComponent(address.slice(address.indexOf(",") + 1));
  });
}</script>"""


class WebFigures:
    """The charts of a run that are pages.

    Args:
        figures: says where the next picture goes.
    """

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.pages: list[tuple[Path, str]] = []
        self.kept: set[str] = set()

    def keep(self, page: str, identity: str) -> None:
        """Have a page drawn in the end, unless the same chart is kept already."""
        if identity not in self.kept:
            self.kept.add(identity)
            place = self.figures.place()
            if self.figures.count <= common.MOST_PICTURES:  # Chromium would draw for long
                self.pages.append((place, page))

    def draw(self) -> list[dict[str, Any]]:
        """Draw what was kept; ends as failed where that cannot be. Returns warnings."""
        if not self.pages:
            return []
        sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
        import webpage
        from webfindings import Findings

        del sys.path[0]
        if chromium.program() is None:
            common.fail(common.find("charts of Plotly and Bokeh are drawn by Chromium, which is not here", hint=_BESIDE))  # fmt: skip
        warnings: list[dict[str, Any]] = []
        for stem, page in self.pages:
            found, words = webpage.opened().drawn({_PAGE: page.encode()}, Findings("", _PAGE), stem)
            warnings += found
            self.figures.texts += words
        return warnings


def listen_to_plotly(kept: WebFigures) -> None:
    """Have each figure drawn that is shown or saved, in the look of this run where it has none."""
    chromium.start()  # it comes up while the program goes on
    import plotly.io
    import plotly.offline
    from plotly.basedatatypes import BaseFigure

    def draw(figure: Any, *_arguments: Any, **_options: Any) -> None:
        whole = plotly.io.to_html(figure, include_plotlyjs=True, config={"displayModeBar": False, "responsive": False}, default_width=f"{_SIZE[0]}px", default_height=f"{_SIZE[1]}px")  # fmt: skip
        if kept.figures.format == "svg":
            whole = whole.replace("</body>", _AS_SVG + "</body>")
        kept.keep(whole, json.dumps(json.loads(plotly.io.to_json(figure)), sort_keys=True))

    def written(stock: Callable[..., Any]) -> Callable[..., Any]:
        def write(figure: Any, *arguments: Any, **options: Any) -> Any:
            draw(figure)
            try:
                return stock(figure, *arguments, **options)
            except Exception:  # the picture is there, whatever becomes of the file
                return None

        return write

    def to_image(figure: Any, *_arguments: Any, **_options: Any) -> bytes:
        draw(figure)
        return b""

    def offline(figure: Any, *_arguments: Any, **_options: Any) -> None:
        import plotly.graph_objects

        draw(figure if isinstance(figure, BaseFigure) else plotly.graph_objects.Figure(figure))

    html = written(plotly.io.write_html)
    for name, does in {"show": draw, "write_image": draw, "write_html": html, "to_image": to_image}.items():  # fmt: skip
        setattr(plotly.io, name, does)
        setattr(BaseFigure, name, does)
    plotly.offline.plot = plotly.offline.iplot = offline
    plotly.io.templates["viscoder"] = _template(kept.figures.style)
    plotly.io.templates.default = "viscoder"


def _template(style: dict[str, Any] | None) -> Any:
    """The look of charts as Plotly takes it."""
    import plotly.graph_objects

    own = look.worn(style)
    axis = {"gridcolor": own["grid"], "zerolinecolor": own["grid"], "linecolor": own["muted"], "automargin": True, "ticks": ""}  # fmt: skip
    scene = {
        "backgroundcolor": own["paper"],
        "gridcolor": own["grid"],
        "zerolinecolor": own["grid"],
    }
    layout = {
        "colorway": list(look.colours(style)),
        "paper_bgcolor": own["paper"],
        "plot_bgcolor": own["paper"],
        "font": {"family": f"{own['font']}, sans-serif", "color": own["ink"], "size": 14},
        "margin": {"l": 64, "r": 32, "t": 72, "b": 56},
        "title": {"x": 0.02, "font": {"size": 20, "weight": "bold"}},
        "xaxis": {**axis, "showgrid": False, "showline": True},
        "yaxis": axis,
        "scene": {"xaxis": scene, "yaxis": scene, "zaxis": scene},
    }
    return plotly.graph_objects.layout.Template(layout=layout)


def listen_to_bokeh(kept: WebFigures) -> None:
    """Have each plot drawn that is shown or saved, in the look of this run where it has none."""
    chromium.start()  # it comes up while the program goes on
    import bokeh.io
    import bokeh.plotting
    from bokeh.embed import file_html
    from bokeh.io import curdoc
    from bokeh.resources import INLINE
    from bokeh.themes import Theme

    def draw(plot: Any = None, *_arguments: Any, **_options: Any) -> None:
        shown = plot if plot is not None else list(curdoc().roots)
        for one in shown if isinstance(shown, (list, tuple)) else [shown]:
            _without_tools(one)
            state = sorted((part.id, repr(part.properties_with_values(include_defaults=False))) for part in one.references())  # fmt: skip
            kept.keep(file_html(one, INLINE, "chart", theme=curdoc().theme), repr(state))

    def ignore(*_arguments: Any, **_options: Any) -> None:
        pass

    for module in (bokeh.io, bokeh.plotting):
        for name in ("show", "save"):
            setattr(module, name, draw)
        for name in ("output_file", "output_notebook"):
            setattr(module, name, ignore)
    bokeh.io.export_png = bokeh.io.export_svg = bokeh.io.export_svgs = draw
    curdoc().theme = Theme(json={"attrs": _attributes(kept.figures.style)})


def _without_tools(plot: Any) -> None:
    """Leave the buttons out, which a picture has no use for."""
    for one in plot.references():
        if hasattr(one, "toolbar_location"):
            one.toolbar_location = None


def _attributes(style: dict[str, Any] | None) -> dict[str, Any]:
    own = look.worn(style)
    return {
        "Plot": {"background_fill_color": own["paper"], "border_fill_color": own["paper"], "outline_line_color": None},
        "Title": {"text_color": own["ink"], "text_font": own["font"], "text_font_size": "20px"},
        "Grid": {"grid_line_color": own["grid"]},
        "Axis": {
            "axis_line_color": own["muted"], "major_tick_line_color": own["muted"], "minor_tick_line_color": None,
            "major_label_text_color": own["ink"], "axis_label_text_color": own["ink"], "major_label_text_font_size": "13px",
            "axis_label_text_font_size": "14px", "axis_label_text_font_style": "normal", "major_label_text_font": own["font"], "axis_label_text_font": own["font"],
        },
        "Legend": {"label_text_color": own["ink"], "label_text_font": own["font"], "border_line_color": None, "background_fill_alpha": 0.6},
    }  # fmt: skip


def draw_roots(kept: WebFigures) -> None:
    """Keep what a program put into Bokeh's document, as one for its server does."""
    if "bokeh.io" in sys.modules and not kept.pages:
        from bokeh.io import curdoc

        for root in curdoc().roots:
            sys.modules["bokeh.io"].show(root)
