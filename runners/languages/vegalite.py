"""Vega-Lite, drawn by vl-convert without a browser."""

from runners.base import Language, Toolchain
from runners.languages import findings
from runners.languages.interpreter import steps
from runners.languages.vegalite_grammar import GRAMMAR

GUIDE = """\
Write one complete Vega-Lite 5 specification as JSON: no comments, no trailing commas. Put data \
inline under data.values, or name a data file: {"data": {"url": "sales.csv"}}; csv, tsv and json \
files are read from the current folder, and there is no network. A calm style is set already (size, \
fonts, axes, colours): leave out config, and set only what is asked for."""

EXAMPLE = """\
{
  "title": "Fruit sold",
  "data": {"values": [
    {"label": "apples", "value": 3},
    {"label": "pears", "value": 5},
    {"label": "plums", "value": 2}
  ]},
  "mark": "bar",
  "encoding": {
    "x": {"field": "label", "type": "nominal", "sort": null, "title": null},
    "y": {"field": "value", "type": "quantitative", "title": null}
  }
}
"""

LANGUAGE = Language(
    name="vegalite",
    title="Vega-Lite",
    aliases=("vega-lite", "vega", "vl", "json"),
    suffix=".vl.json",
    other_suffixes=(".vl", ".json"),
    lexer="json",
    guide=GUIDE,
    toolchain=Toolchain(
        modules=("vl_convert", "altair", "jsonschema"),
        install="pip install vl-convert-python altair jsonschema",
        image="python",
    ),
    file_name="chart.vl.json",
    steps=steps("vegalite.py"),
    diagnose=findings.read,
    example=EXAMPLE,
    grammar=GRAMMAR,
)
