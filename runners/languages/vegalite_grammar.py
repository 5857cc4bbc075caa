"""Vega-Lite as a grammar: JSON whose views have exactly one mark, layer or concat, and known words.

The schema of Vega-Lite has half a megabyte, too much to be looked at with every token. What stands
here is what models get wrong: brackets, commas and quotes, the names at the top of a view, marks,
channels, types and aggregates. All else is any JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

MARKS = (
    "arc", "area", "bar", "boxplot", "circle", "errorband", "errorbar", "geoshape", "image", "line",
    "point", "rect", "rule", "square", "text", "tick", "trail",
)  # fmt: skip
CHANNELS = (
    "angle", "color", "column", "description", "detail", "facet", "fill", "fillOpacity", "href", "key",
    "latitude", "latitude2", "longitude", "longitude2", "opacity", "order", "radius", "radius2", "row",
    "shape", "size", "stroke", "strokeDash", "strokeOpacity", "strokeWidth", "text", "theta", "theta2",
    "tooltip", "url", "x", "x2", "xError", "xError2", "xOffset", "y", "y2", "yError", "yError2", "yOffset",
)  # fmt: skip
TYPES = ("quantitative", "ordinal", "temporal", "nominal", "geojson")
AGGREGATES = (
    "average", "count", "distinct", "max", "mean", "median", "min", "missing", "product", "q1", "q3",
    "ci0", "ci1", "stderr", "stdev", "stdevp", "sum", "valid", "values", "variance", "variancep",
)  # fmt: skip
DATA = ("url", "values", "name", "format", "sequence", "sphere", "graticule")
BESIDE = (
    "$schema", "align", "autosize", "background", "bounds", "center", "columns", "config", "datasets",
    "description", "facet", "height", "name", "padding", "params", "projection", "repeat", "resolve",
    "spacing", "title", "transform", "usermeta", "view", "width",
)  # fmt: skip
"""Of a view: what may hold any JSON."""

_PLAIN = r"\x00-\x1f\x7f"
_ESCAPE = r'"\\" (["\\/bfnrt] | "u" [0-9a-fA-F]{4})'


def _one_of(words: Iterable[str]) -> str:
    return " | ".join(json.dumps(json.dumps(word)) for word in words)


def _object(pairs: str) -> str:
    return f'"{{" ws ({pairs} (ws "," ws {pairs})*)? ws "}}"'


def _other_than(words: Iterable[str]) -> str:
    """Strings that are none of `words`, letter by letter."""
    by_first: dict[str, list[str]] = {}
    words = tuple(words)
    for word in words:
        if word:
            by_first.setdefault(word[0], []).append(word[1:])
    ends = [] if "" in words else ['"\\""']
    begun = [f'"{letter}" ({_other_than(rest)})' for letter, rest in by_first.items()]
    letters = "".join(by_first)
    return " | ".join([*ends, *begun, rf'([^"\\{_PLAIN}{letters}] | {_ESCAPE}) letter* "\""'])


def _pair(key: str, value: str) -> str:
    return f"{json.dumps(json.dumps(key))} colon ({value})"


_KINDED = '"{" ws (markpart ws "," ws)* ' + _pair("type", "kind") + ' (ws "," ws markpart)* ws "}"'
_VIEWS = '"[" ws view (ws "," ws view)* ws "]"'

GRAMMAR = "\n".join(
    (
        r'program ::= view "\n"',
        'view ::= "{" ws (beside ws "," ws)* core (ws "," ws beside)* ws "}"',
        f"core ::= {_pair('mark', 'mark')} | {_pair('spec', 'view')} | {_pair('layer', _VIEWS)} | "
        f"({_one_of(('concat', 'hconcat', 'vconcat'))}) colon {_VIEWS}",
        f"beside ::= {_pair('data', 'data')} | {_pair('encoding', 'encoding')} | ({_one_of(BESIDE)}) colon value",
        f"mark ::= kind | {_KINDED}",
        f"kind ::= {_one_of(MARKS)}",
        f'markpart ::= "\\"" ({_other_than(("type",))}) colon value',
        f'data ::= "null" | {_object("datapart")}',
        f"datapart ::= ({_one_of(DATA)}) colon value",
        f"encoding ::= {_object('channel')}",
        f"channel ::= ({_one_of(CHANNELS)}) colon (field | fields | \"null\")",
        'fields ::= "[" ws (field (ws "," ws field)*)? ws "]"',
        f"field ::= {_object('fieldpart')}",
        f"fieldpart ::= {_pair('type', _one_of(TYPES))} | {_pair('aggregate', _one_of(AGGREGATES) + ' | object')} | "
        f'"\\"" ({_other_than(("type", "aggregate"))}) colon value',
        'colon ::= ws ":" ws',
        r'ws ::= "" | " " | "\n"{1,2} [ \t]{0,40}',
        'value ::= object | array | string | number | "true" | "false" | "null"',
        f"object ::= {_object('string colon value')}",
        'array ::= "[" ws (value (ws "," ws value)*)? ws "]"',
        r'string ::= "\"" letter* "\""',
        rf'letter ::= [^"\\{_PLAIN}] | {_ESCAPE}',
        'number ::= "-"? ("0" | [1-9] [0-9]{0,15}) ("." [0-9]{1,15})? ([eE] [-+]? [0-9]{1,2})?',
    )
)  # fmt: skip
"""The rule ``program`` and those that it needs."""
