# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""The words that D2 knows, and what people and models write for them."""

from __future__ import annotations

from common import words

SHAPES = words("rectangle square page parallelogram document cylinder queue package step callout stored_data person diamond oval circle hexagon cloud text code class sql_table image sequence_diagram hierarchy c4-person")  # fmt: skip
ARROWHEADS = words("none arrow triangle diamond circle box cross line cf-one cf-one-required cf-many cf-many-required")  # fmt: skip
STYLES = words("opacity stroke fill fill-pattern stroke-width stroke-dash border-radius shadow 3d multiple font font-size font-color animated bold italic underline text-transform filled double-border")  # fmt: skip
KEYWORDS = words("label shape icon constraint tooltip link near width height direction top left grid-rows grid-columns grid-gap vertical-gap horizontal-gap class vars style source-arrowhead target-arrowhead classes layers scenarios steps")  # fmt: skip
PLACES = words("top-left top-center top-right center-left center-right bottom-left bottom-center bottom-right")  # fmt: skip
LABEL_PLACES = words("top-left top-center top-right center-left center-center center-right bottom-left bottom-center bottom-right outside-top-left outside-top-center outside-top-right outside-left-top outside-left-center outside-left-bottom outside-right-top outside-right-center outside-right-bottom outside-bottom-left outside-bottom-center outside-bottom-right border-top-left border-top-center border-top-right border-left-center border-right-center border-bottom-left border-bottom-center border-bottom-right")  # fmt: skip
SETTINGS = words("sketch theme-id dark-theme-id theme-overrides dark-theme-overrides pad center layout-engine")  # fmt: skip
THEMES = "0, 1, 3 to 8, 100 to 105, 200, 201 and 300 to 303"

OTHER_SHAPES = {
    "rect": "rectangle", "box": "rectangle", "node": "rectangle", "component": "rectangle", "rounded": "rectangle", "server": "rectangle", "container": "rectangle",
    "ellipse": "oval", "round": "oval", "database": "cylinder", "db": "cylinder", "storage": "cylinder", "actor": "person", "user": "person",
    "table": "sql_table", "erd": "sql_table", "entity": "sql_table", "uml_class": "class", "interface": "class", "note": "page", "file": "page", "folder": "package",
    "decision": "diamond", "rhombus": "diamond", "sequence": "sequence_diagram", "label": "text", "markdown": "text", "hex": "hexagon",
    "process": "step", "start": "oval", "end": "oval", "data": "stored_data", "bubble": "callout", "speech": "callout",
}  # fmt: skip
"""What other languages call D2's shapes."""

OTHER_STYLES = {
    "color": "font-color", "colour": "font-color", "text-color": "font-color", "background": "fill", "background-color": "fill", "bg": "fill", "fill-color": "fill",
    "border": "stroke", "border-color": "stroke", "stroke-color": "stroke", "line-color": "stroke", "border-width": "stroke-width", "line-width": "stroke-width",
    "width": "stroke-width", "radius": "border-radius", "rounded": "border-radius", "corner-radius": "border-radius", "dashed": "stroke-dash", "dash": "stroke-dash",
    "stroke-dasharray": "stroke-dash", "stroke-style": "stroke-dash", "border-style": "stroke-dash", "font-weight": "bold", "font-style": "italic", "font-family": "font",
    "text-size": "font-size", "size": "font-size", "text-decoration": "underline", "pattern": "fill-pattern", "alpha": "opacity", "transparency": "opacity", "stacked": "multiple",
}  # fmt: skip
"""What CSS and other languages call D2's styles."""

DIRECTIONS = {"lr": "right", "rl": "left", "tb": "down", "td": "down", "bt": "up", "horizontal": "right", "vertical": "down", "top": "up", "bottom": "down"}  # fmt: skip
