# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What is wrong in a chart: its JSON, its names, and fields that its data does not have."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from typing import Any

import brackets
import common
import vegalite_schema
from vegalite_json import Chart, Path, Reader, Wrong

_DRAWN = ("mark", "layer", "hconcat", "vconcat", "concat", "spec")
_DATUM = re.compile(r"datum\.([A-Za-z_$][\w$]*)|datum\[\s*(?:'([^'\]]+)'|\"([^\"\]]+)\")\s*\]")
_FUNCTIONS = common.words("abs acos asin atan atan2 bandwidth ceil clamp contrast cos cumulativeLogNormal cumulativeNormal date datetime day dayAbbrevFormat dayFormat dayofyear domain exp extent floor format geoArea geoBounds geoCentroid hcl hours hsl hypot if inScope indexof inrange invert isArray isBoolean isDate isDefined isFinite isNaN isNumber isObject isRegExp isString isValid join lab lastindexof length lerp log lower luminance max merge milliseconds min minutes month monthAbbrevFormat monthFormat now pad parseFloat parseInt peek pow quarter random range regexp replace reverse rgb round sampleNormal scale seconds sequence sign sin slice sort span split sqrt substring tan test time timeFormat timeOffset timeParse timezoneoffset toBoolean toDate toNumber toString trim truncate upper utc utcFormat utcParse utcdate utcday utchours utcmonth utcyear warn week year")  # fmt: skip


def parsed(source: str) -> Chart:
    """The specification; ends as failed where it is no JSON object."""
    try:
        spec = json.loads(source)
    except json.JSONDecodeError as error:
        _fail_over_json(source, error)
    if not isinstance(spec, dict):
        common.fail(common.find("the specification must be a JSON object", line=1, column=1, hint="begin with {"))  # fmt: skip
    return Chart(source, spec)


def _fail_over_json(source: str, error: json.JSONDecodeError) -> None:
    try:
        Reader(source).read()
    except Wrong as wrong:
        line, column = brackets.place(source, wrong.offset)
        common.fail(common.find(str(wrong), line=line, column=column, hint=wrong.hint))
    common.fail(common.find(error.msg, line=error.lineno, column=error.colno, hint="write strict JSON: double quotes, no comments, no comma before ] or }"))  # fmt: skip


def views(spec: dict[str, Any], path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The specification and every view inside it, with the ways to them."""
    yield path, spec
    for name in ("layer", "hconcat", "vconcat", "concat"):
        inner = spec.get(name)
        for number, one in enumerate(inner if isinstance(inner, list) else []):
            if isinstance(one, dict):
                yield from views(one, (*path, name, number))
    if isinstance(spec.get("spec"), dict):
        yield from views(spec["spec"], (*path, "spec"))


def mistakes(chart: Chart) -> list[dict[str, Any]]:
    """What vl-convert would pass over in silence; to be asked before the look of the run is in."""
    found = [
        *vegalite_schema.findings(chart),
        *_holes(chart),
        *_unknown_fields(chart),
        *_arcs(chart),
    ]
    return sorted(found, key=lambda one: one.get("severity") == "warning")


def _holes(chart: Chart) -> Iterator[dict[str, Any]]:
    """A view without a mark, and fields without data."""
    for path, view in views(chart.spec):
        if not any(name in view for name in _DRAWN):
            yield common.find("a view needs a mark, or layer, hconcat, vconcat, concat", **chart.place(path), hint='add "mark": "bar", or another mark')  # fmt: skip
        if isinstance(view.get("data"), list):
            yield common.find("data cannot be an array", **chart.place((*path, "data")), hint='write {"values": […]}')  # fmt: skip
    has_data = any("data" in view for _, view in views(chart.spec)) or "datasets" in chart.spec
    if not has_data and any(isinstance(one.get("field"), str) for _, one in _definitions(chart)):
        yield common.find("the chart has no data", **chart.place(()), hint='add "data": {"values": […]} or "data": {"url": …} with the name of a file')  # fmt: skip


def _arcs(chart: Chart) -> Iterator[dict[str, Any]]:
    """Arcs of which the angle, which turns symbols and texts, is told instead of theta."""
    if '"theta"' in chart.source:
        return
    for path, view in views(chart.spec):
        mark, encoding = view.get("mark"), view.get("encoding")
        kind = mark.get("type") if isinstance(mark, dict) else mark
        angle = encoding.get("angle") if isinstance(encoding, dict) else None
        if kind == "arc" and isinstance(angle, dict) and ("field" in angle or "aggregate" in angle):
            yield common.find("angle turns symbols and texts, and leaves each arc a whole circle", **chart.place((*path, "encoding", "angle")), hint="did you mean theta?", severity="warning")  # fmt: skip


def _definitions(chart: Chart) -> Iterator[tuple[Path, dict[str, Any]]]:
    """What the channels of all views hold, lists taken apart, with the ways to them."""
    for path, view in views(chart.spec):
        encoding = view.get("encoding")
        for channel, held in encoding.items() if isinstance(encoding, dict) else ():
            if isinstance(held, dict):
                yield (*path, "encoding", channel), held
            for number, one in enumerate(held if isinstance(held, list) else []):
                if isinstance(one, dict):
                    yield (*path, "encoding", channel, number), one


def times(chart: Chart) -> set[str]:
    """The fields that are read as points in time: there "1900" is a year, 1900 two seconds."""
    found: set[str] = set()
    read = [(path[-1] if isinstance(path[-1], str) else path[-2], one) for path, one in _definitions(chart)]  # fmt: skip
    channels = {channel for channel, one in read if one.get("type") == "temporal" or "timeUnit" in one}  # fmt: skip
    for channel, one in read:
        if channel in channels and isinstance(one.get("field"), str):
            found.add(plain(one["field"]))
    for _, view in views(chart.spec):
        steps = view.get("transform")
        for step in steps if isinstance(steps, list) else []:
            if isinstance(step, dict) and "timeUnit" in step and isinstance(step.get("field"), str):
                found.add(plain(step["field"]))
    return found


def _unknown_fields(chart: Chart) -> Iterator[dict[str, Any]]:
    fields = known_fields(chart.spec)
    if fields is None:
        return
    for path, definition in _definitions(chart):
        field = definition.get("field")
        if isinstance(field, str) and not is_known(field, fields):
            yield _no_field(chart, field, fields, (*path, "field"))
    for path, view in views(chart.spec):
        steps = view.get("transform")
        for number, step in enumerate(steps if isinstance(steps, list) else []):
            for name in ("filter", "calculate"):
                text = step.get(name) if isinstance(step, dict) else None
                for found in _DATUM.finditer(text if isinstance(text, str) else ""):
                    field = found[1] or found[2] or found[3]
                    if plain(field) not in fields:
                        yield _no_field(chart, field, fields, (*path, "transform", number, name))


def _no_field(chart: Chart, field: str, fields: set[str], path: Path) -> dict[str, Any]:
    other = vegalite_schema.near(field, fields)
    hint = f"the fields are {', '.join(sorted(fields))}"
    return common.find(f"the data has no field {field!r}", **chart.place(path), hint=f"did you mean {other}? {hint}" if other else hint)  # fmt: skip


def plain(field: str) -> str:
    """A field's own name, without the backslashes before dots, brackets and quotes."""
    return re.sub(r"\\(.)", r"\1", field)


def is_known(field: str, fields: set[str]) -> bool:
    """Whether the data has a field; of what is inside one, as in ``best['name']``, the outer."""
    outer = re.match(r"(?:[^\\.\[]|\\.)+", field)
    return plain(field) in fields or (outer is not None and len(outer[0]) < len(field) and plain(outer[0]) in fields)  # fmt: skip


def known_fields(spec: dict[str, Any]) -> set[str] | None:
    """The fields of the data and of transforms; None where nested data makes that a guess."""
    fields: set[str] = set()
    found = False
    for _, view in views(spec):
        if view.get("repeat") or view.get("datasets"):
            return None
        made = _made_by(view.get("transform") or [])
        data = view.get("data")
        if made is None:
            return None
        fields |= made
        if not isinstance(data, dict):
            continue
        values = data.get("values")
        if not isinstance(values, list) or not all(isinstance(row, dict) for row in values):
            return None
        found = True
        for row in values[:1000]:
            if any(isinstance(cell, (dict, list)) for cell in row.values()):
                return None
            fields |= set(row)
    return fields if found and fields else None


def _made_by(steps: Any) -> set[str] | None:
    """The fields that transforms add; None where only their data tells."""
    fields: set[str] = set()
    for step in steps if isinstance(steps, list) else []:
        if not isinstance(step, dict) or "pivot" in step or "flatten" in step:
            return None
        if "lookup" in step:
            source = step.get("from")
            if not isinstance(source, dict) or not isinstance(source.get("fields"), list):
                return None
            fields |= {one for one in source["fields"] if isinstance(one, str)}
        parts = [step, *(one for name in ("aggregate", "joinaggregate", "window") if isinstance(step.get(name), list) for one in step[name] if isinstance(one, dict))]  # fmt: skip
        for part in parts:
            named = part.get("as")
            fields |= {named} if isinstance(named, str) else set(named) if isinstance(named, list) else set()  # fmt: skip
        fields |= {"key", "value"} if "fold" in step else set()
        fields |= {"value", "density"} if "density" in step else set()
        fields |= {"coef", "rSquared"} if "regression" in step else set()
        fields |= {"prob", "value"} if "quantile" in step else set()
        if isinstance(step.get("bin"), (dict, bool)):
            fields |= {f"{one}_end" for one in fields}
    return fields


def failure(chart: Chart, said: str) -> dict[str, Any]:
    """What vl-convert said when it could not draw: in its own words, at the expression at fault."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    told = next((line for line in lines if re.match(r"\w*Error: ", line)), lines[0] if lines else "vl-convert failed")  # fmt: skip
    message = re.sub(r"^Error: ", "", told)
    expressions = list(_expressions(chart))
    function = re.search(r"Unrecognized function: (\w+)", message)
    if function:
        path = next((path for path, text in expressions if function[1] in text), None)
        close = difflib.get_close_matches(function[1], _FUNCTIONS, n=1)
        return common.find(message, **(chart.place(path) if path else {}), hint=f"did you mean {close[0]}?" if close else None)  # fmt: skip
    signal = re.search(r'Unrecognized signal name: "(\w+)"', message)
    if signal:
        path = next((path for path, text in expressions if signal[1] in text), None)
        return common.find(message, **(chart.place(path) if path else {}), hint=f"a field is written datum.{signal[1]}, a text in quotes")  # fmt: skip
    if "Unexpect" in message or "Illegal" in message:
        path, text = next(
            ((path, text) for path, text in expressions if _is_broken(text)), (None, "")
        )
        path, text = expressions[0] if path is None and len(expressions) == 1 else (path, text)
        if re.search(r"\b(?:and|or|not)\b", re.sub(r"'[^']*'|\"[^\"]*\"", "", text)):
            return common.find(f"{message} in an expression", **(chart.place(path) if path else {}), hint="and is written &&, or is ||, not is !: datum.a > 1 && datum.b < 5")  # fmt: skip
        return common.find(f"{message} in an expression", **(chart.place(path) if path else {}), hint="write it as in JavaScript: datum.field > 1 && datum.other === 'text'")  # fmt: skip
    return common.find(message)


def _expressions(chart: Chart) -> Iterator[tuple[Path, str]]:
    """The texts of a chart that are code, with the ways to them."""

    def inside(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
        if isinstance(value, dict):
            for name, one in value.items():
                if name in ("filter", "calculate", "expr", "test", "labelExpr") and isinstance(one, str):  # fmt: skip
                    yield (*path, name), one
                elif name not in ("values", "datasets"):
                    yield from inside(one, (*path, name))
        elif isinstance(value, list):
            for number, one in enumerate(value):
                yield from inside(one, (*path, number))

    yield from inside(chart.spec, ())


def _is_broken(text: str) -> bool:
    """Whether an expression ends too early, has open brackets or words of another language."""
    skipped = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
    bare = skipped.sub("0", text).strip()
    ends_early = re.search(r"[-+*/%&|<>=!,?:]$|^[*/%&|<>=,?:]|['\"]", bare)
    is_foreign = re.search(r"\b(and|or|not|is|in)\b|=>|[^=!<>]=(?!=)|[\w)]\s+[\w(]", bare)
    return bool(brackets.unmatched(text, skipped) or ends_early or is_foreign)
