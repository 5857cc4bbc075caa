# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What is right JavaScript, draws without a word, and cannot have been meant.

A call that gives NaN or nothing whatever the data are: ``domain(0, 50)``, ``Math.max(rows)``, a callback
whose braces return nothing. Each is told where it stands; what might be meant is not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import brackets
import common
from js_text import Text, chain_start, parts, statement_end

_MATH = common.words("PI E LN2 LN10 LOG2E LOG10E SQRT2 SQRT1_2 abs acos acosh asin asinh atan atan2 atanh cbrt ceil clz32 cos cosh exp expm1 floor fround hypot imul log log10 log1p log2 max min pow random round sign sin sinh sqrt tan tanh trunc sumPrecise f16round")  # fmt: skip
_TURNS = {"tau": "2 * Math.PI", "twopi": "2 * Math.PI", "two_pi": "2 * Math.PI", "pi2": "2 * Math.PI", "halfpi": "Math.PI / 2"}  # fmt: skip
_LISTS = "map|filter|slice|concat|flat|flatMap|sort|reverse|split"
_ARRAYS_ALONE = ("domain", "rangeRound", "scaleExtent", "translateExtent", "clipExtent")
"""Methods of d3 that take one array, never two numbers; and those that do so on some of its objects."""
_ARRAYS_OF = {
    "range": r"\bscale\w*\s*\(|\.\s*domain\s*\(|\bd3\s*\.\s*scale\b",
    "size": r"\bd3\s*\.\s*(?:tree|cluster|treemap|pack|partition|layout)\b",
    "translate": r"\bd3\s*\.\s*geo\w*",
    "extent": r"\bd3\s*\.\s*(?:brush|zoom|sankey)\w*",
}
_PICKED = common.words("map flatMap filter reduce some every find findIndex")
"""Methods of arrays that are of use only for what their callback returns."""
_GIVEN = common.words("attr style text html x y x0 x1 y0 y1 innerRadius outerRadius startAngle endAngle max min sum mean median extent sort sum range domain data")  # fmt: skip
"""Methods of d3, and of arrays, that take what their callback returns."""
_CALLBACK = re.compile(rf"\.\s*({'|'.join(dict.fromkeys((*_PICKED, *_GIVEN)))})\s*\(")
_OPTION = re.compile(r"\b(formatter|symbolSize)\s*:\s*(?=function\b|\(|[\w$]+\s*=>)")
_HEAD = re.compile(r"\s*(?:async\s+)?(function\b\s*[\w$]*\s*)?(\(|[\w$]+\s*=>\s*\{)")
_CALLED = common.words("stroke fill beginPath closePath save restore render clip")
_PATHS = re.compile(
    r"\.\s*(?:moveTo|lineTo|arc|arcTo|ellipse|rect|roundRect|quadraticCurveTo|bezierCurveTo)\s*\("
)
_PAINTS = re.compile(r"\.\s*(?:stroke|fill|clip|isPointInPath|isPointInStroke)\s*\(|\]\s*\(")


def findings(text: Text) -> Iterator[dict[str, Any]]:
    """What cannot have been meant, in the order of its kinds."""
    yield from _of_math(text)
    yield from _arrays_spread(text)
    yield from _arguments_for_an_array(text)
    yield from _nothing_returned(text)
    yield from _plain_quotes(text)
    yield from _not_called(text)
    yield from _sets_in_condition(text)
    yield from _one_turn_too_many(text)
    yield from _never_added(text)
    yield from _one_path_a_row(text)


def told(text: Text, offset: int, message: str, hint: str | None = None) -> dict[str, Any]:
    """A warning at an offset of the program."""
    line, column = brackets.place(text.source, offset)
    return common.find(message, line=line, column=column, hint=hint, severity="warning")


def _of_math(text: Text) -> Iterator[dict[str, Any]]:
    for found in re.finditer(r"(?<![\w$.])Math\s*\.\s*([A-Za-z_]\w*)\b(?!\s*[(=])", text.bare):
        name = found[1]
        if name in _MATH or re.search(rf"Math\s*\.\s*{name}\s*=[^=]", text.bare):
            continue
        same = [one for one in _MATH if one.lower() == name.lower()]
        instead = _TURNS.get(name.lower()) or (f"Math.{same[0]}" if same else None)
        meant = f"write {instead}" if instead else common.meant(name, _MATH)
        yield told(text, found.start(), f"there is no Math.{name}: it is undefined, and what is computed with it NaN", meant)  # fmt: skip


def _arrays_spread(text: Text) -> Iterator[dict[str, Any]]:
    for found in re.finditer(r"(?<![\w$.])Math\s*\.\s*(max|min)\s*\(", text.bare):
        given, _ = parts(text.bare, found.end() - 1)
        if len(given) != 1:
            continue
        one = text.bare[slice(*given[0])].strip()
        if _is_list(text, one):
            shown = text.source[slice(*given[0])].strip()
            hint = f"write Math.{found[1]}(...{shown})" if len(shown) < 60 and "\n" not in shown else "write ... before the array"  # fmt: skip
            yield told(text, found.start(), f"Math.{found[1]} takes numbers: of an array it is NaN", hint)  # fmt: skip


def _is_list(text: Text, one: str) -> bool:
    """Whether an argument is surely an array: by how it is made, or how its name was declared."""
    if not re.fullmatch(r"[A-Za-z_$][\w$]*", one):
        return not one.startswith("...") and _makes_list(one)
    name = re.escape(one)
    typed = re.findall(rf"[(,]\s*{name}\??\s*:\s*([^,)=]+)", text.bare)
    declared = list(re.finditer(rf"\b(?:const|let|var)\s+{name}\s*(?::\s*([^=;\n]*?))?\s*=(?!=)\s*", text.bare))  # fmt: skip
    if len(declared) + len(typed) != 1 or len(re.findall(rf"(?<![\w$.]){name}\s*=(?![=>])", text.bare)) > len(declared):  # fmt: skip
        return False
    if re.search(r"\[\]\s*$|^Array<", (declared[0][1] or "") if declared else typed[0]):
        return True
    if not declared:
        return False
    start = declared[0].end()
    return _makes_list(text.bare[start : statement_end(text.bare, start)])


def _makes_list(bare: str) -> bool:
    """Whether the last that an expression does is to make an array."""
    made = bare.strip()
    if made.startswith("["):
        return parts(made, 0)[1] == len(made)
    last = ""
    for found in re.finditer(r"\.\s*([\w$]+)\s*\(|(?<![\w$.])(?:Array)\s*\(", made):
        if parts(made, found.end() - 1)[1] == len(made):
            last = found[1] or "Array"
    if last in ("from", "of", "values", "keys", "range"):
        return bool(re.match(r"(?:Array|Object|d3)\s*\.", made))
    return last == "Array" or last in _LISTS.split("|")


def _arguments_for_an_array(text: Text) -> Iterator[dict[str, Any]]:
    names = "|".join((*_ARRAYS_ALONE, *_ARRAYS_OF))
    if "d3" not in text.bare:
        return
    for found in re.finditer(rf"\.\s*({names})\s*\(", text.bare):
        given, end = parts(text.bare, found.end() - 1)
        if len(given) != 2 or any(re.search(r"\.\.\.|=>|\bfunction\b|^\s*[\[{]", text.bare[slice(*one)]) for one in given):  # fmt: skip
            continue
        chain = text.bare[chain_start(text.bare, found.start()) : found.start()]
        wanted = _ARRAYS_OF.get(found[1])
        if wanted and not re.search(wanted, chain + text.bare[end : end + 12]) and not _is_of_scale(text, chain, found[1]):  # fmt: skip
            continue
        if re.fullmatch(r"\s*(?:d3|_|math|R|turf)\s*", chain):
            continue
        shown = text.source[given[0][0] : given[1][1]].strip()
        yield told(text, found.start(1), f"{found[1]} takes one array: of these arguments it takes the first alone, and gives NaN", f"write {found[1]}([{shown}])")  # fmt: skip


def _is_of_scale(text: Text, chain: str, method: str) -> bool:
    name = re.fullmatch(r"\s*([\w$]+)\s*", chain)
    return method == "range" and name is not None and bool(re.search(rf"\b{re.escape(name[1])}\s*=\s*d3\s*\.\s*scale", text.bare))  # fmt: skip


def _nothing_returned(text: Text) -> Iterator[dict[str, Any]]:
    for found in _CALLBACK.finditer(text.bare):
        given, end = parts(text.bare, found.end() - 1)
        for one in given:
            body = _body(text.bare, *one)
            if body is None or not _returns_nothing(text.bare[body[0] : body[1]]):
                continue
            if found[1] in _PICKED and not _is_used(text.bare, found.start(), end):
                continue
            yield _told_of_body(text, body, found[1])
    for found in _OPTION.finditer(text.bare):
        body = _body(text.bare, found.end(), len(text.bare), whole=False)
        if body is not None and _returns_nothing(text.bare[body[0] : body[1]]):
            yield _told_of_body(text, body, found[1])


def _told_of_body(text: Text, body: tuple[int, int], name: str) -> dict[str, Any]:
    labelled = re.match(r"\s*[\w$]+\s*:[^;]*$", text.bare[body[0] : body[1]])
    hint = "an object stands in brackets: write => ({ … })" if labelled else "write return before the value"  # fmt: skip
    return told(text, body[0] - 1, f"this callback of {name} returns nothing: each result is undefined", hint)  # fmt: skip


def _body(bare: str, start: int, end: int, whole: bool = True) -> tuple[int, int] | None:
    """Where the inside of a function's braces begins and ends, if a function with braces stands here."""
    head = _HEAD.match(bare, start, end)
    if head is None or "async" in head[0]:  # what waits is awaited
        return None
    at = head.end()
    if head[2] == "(":
        _, at = parts(bare, head.end() - 1)
        opened = re.compile(r"\s*(?::[^={};]*)?(=>)?\s*\{").match(bare, at, end)
        if opened is None or not (opened[1] or head[1]) or re.search(r":\s*(?:void|never)\b", opened[0]):  # fmt: skip
            return None
        at = opened.end()
    _, close = parts(bare, at - 1)
    return (at, close - 1) if not whole or not bare[close:end].strip() else None


def _returns_nothing(body: str) -> bool:
    return bool(body.strip()) and not re.search(r"\b(?:return|throw|yield|console|debugger)\b", body)  # fmt: skip


def _is_used(bare: str, at: int, end: int) -> bool:
    """Whether something is done with what a call gives."""
    start = chain_start(bare, at)
    after = bare[end:].lstrip()
    if re.match(r"\.\s*(?:join|filter|map|reduce|sort|flat|slice|concat|length|reverse|at)\b", after):  # fmt: skip
        return True
    before = bare[:start].rstrip()
    return bool(re.search(r"(?:[^=!<>]=|\breturn|\$\{|\.\.\.|[\[,:(])$", before)) and not before.endswith("=>")  # fmt: skip


def _plain_quotes(text: Text) -> Iterator[dict[str, Any]]:
    """Texts with ``${…}`` between quotes that are not backticks."""
    for start, end in text.quoted:
        inner = text.source[start + 1 : end - 1]
        if "${" not in inner:
            continue
        if re.search(r"(?:formatter|template|[Ff]ormat)\w*['\"]?\s*[:=]\s*$|\.replace(?:All)?\s*\([^()]*$", text.bare[max(0, start - 60) : start]):  # fmt: skip
            continue
        for put in re.finditer(r"\$\{\s*([A-Za-z_$][\w$]*)([^{}]*)\}", inner):
            name = re.escape(put[1])
            if re.search(rf"\b(?:const|let|var|function)\s+{name}\b|(?<![\w$.]){name}\s*(?::[^,()=]*)?(?:,[^()]*)?\)?\s*=>|\bfunction\b[^()]*\([^)]*\b{name}\b|\(\s*[^()]*\b{name}\b[^()]*\)\s*(?::[^=]*)?=>", text.bare):  # fmt: skip
                yield told(text, start, f"${{{put[1]}{put[2]}}} stands between quotes, where it is no more than these letters", "write ` in place of the quotes")  # fmt: skip
                break


def _not_called(text: Text) -> Iterator[dict[str, Any]]:
    """Statements such as ``pen.stroke;``."""
    if "getContext" not in text.bare:
        return
    for found in re.finditer(rf"(?:^|(?<=[;{{}}]))[ \t]*([\w$]+)\.({'|'.join(_CALLED)})[ \t]*(?:;|$)", text.bare, re.MULTILINE):  # fmt: skip
        if re.search(r"[=(,+\-*/?:&|.]\s*$", text.bare[: found.start(1)]):
            continue
        yield told(text, found.start(1), f"{found[1]}.{found[2]} is not called", f"write {found[1]}.{found[2]}()")  # fmt: skip


def _sets_in_condition(text: Text) -> Iterator[dict[str, Any]]:
    """A condition that sets what it was to compare: ``if (n = 3)``."""
    for found in re.finditer(r"\bif\s*\(\s*[\w$.\[\]]+\s*(=)\s*(?:-?\d[\d.]*|true|false|null|(['\"])\s*\2)\s*\)", text.bare):  # fmt: skip
        yield told(text, found.start(1), "this = sets the value, and compares nothing", "write ===")


def _one_turn_too_many(text: Text) -> Iterator[dict[str, Any]]:
    """A loop over an array that goes on behind its end: ``i <= rows.length``."""
    for found in re.finditer(r"\bfor\s*\(\s*(?:let|var)\s+([\w$]+)\s*(?::\s*number\s*)?=\s*0\s*;\s*\1\s*(<=)\s*([\w$.]+)\.length\s*;[^;{}]*\)\s*\{", text.bare):  # fmt: skip
        body = text.bare[found.end() : parts(text.bare, found.end() - 1)[1]]
        read = re.search(rf"(?<![\w$.]){re.escape(found[3])}\s*\[\s*{re.escape(found[1])}\s*\](?!\s*(?:\?|\|\||&&|[!=]==?))", body)  # fmt: skip
        if read and not re.search(rf"\bif\s*\([^()]*\b{re.escape(found[1])}\b", body):
            yield told(text, found.start(2), f"the last turn reads {found[3]}[{found[3]}.length], which is undefined", "write < in place of <=")  # fmt: skip


def _never_added(text: Text) -> Iterator[dict[str, Any]]:
    """Things of three.js that are made, and are in no scene."""
    for found in re.finditer(r"\b(?:const|let|var)\s+([\w$]+)\s*(?::[^=;]*)?=\s*new\s+THREE\.(?:Mesh|Line|LineSegments|LineLoop|Points|Sprite|InstancedMesh|Group|\w+Light|\w+Helper)\s*\(", text.bare):  # fmt: skip
        name = re.escape(found[1])
        uses = re.findall(
            rf"(?<![\w$.]){name}(?![\w$])\s*(\.\s*target\b|.|$)", text.bare[found.end() :]
        )
        if ".add(" in re.sub(r"\s", "", text.bare) and all(one == "." for one in uses) and not re.search(rf"(?<![\w$.]){name}\s*\.\s*(?:parent|toJSON|clone|matrixWorld)\b", text.bare):  # fmt: skip
            yield told(text, found.start(1), f"{found[1]} is added to no scene, so it is not seen", f"write scene.add({found[1]})")  # fmt: skip


def former(text: Text) -> Iterator[dict[str, Any]]:
    """What d3 no longer takes: a callback with an error where a table is read."""
    for found in re.finditer(r"\bd3\s*\.\s*(csv|tsv|json|text)\s*\(", text.bare):
        given, _ = parts(text.bare, found.end() - 1)
        if len(given) < 2:
            continue
        last = text.bare[slice(*given[-1])]
        if re.match(r"\s*(?:function\b\s*[\w$]*\s*)?\(\s*(?:error|err|e|_)\s*(?::[^,()]*)?,", last):
            yield told(text, given[-1][0] + len(last) - len(last.lstrip()), f"d3.{found[1]} takes no callback with an error since its fifth version", f"write d3.{found[1]}(…).then(data => {{ … }})")  # fmt: skip


def _one_path_a_row(text: Text) -> Iterator[dict[str, Any]]:
    """A line generator that is given one row where it needs all: ``data(rows).join("path")``."""
    for found in re.finditer(r"\.\s*attr\s*\(\s*(['\"])\s\1\s*,\s*([\w$]+)\s*\)", text.bare):
        if text.source[found.start() + found[0].index(found[1]) + 1] != "d":
            continue
        if not re.search(rf"\b{re.escape(found[2])}\s*(?::[^=]*)?=\s*d3\s*\.\s*(?:line|area|lineRadial|radialLine|areaRadial)\b", text.bare):  # fmt: skip
            continue
        start = chain_start(text.bare, found.start())
        bound = list(
            re.finditer(r"\.\s*data\s*\(\s*([\w$]+)\s*\)", text.bare[start : found.start()])
        )
        if bound and _is_flat(text, bound[-1][1]):
            rows = bound[-1][1]
            yield told(text, start + bound[-1].start(), f"{found[2]} draws one line through all rows, and here it is given one row at a time: no path is drawn", f"write .data([{rows}]), or .append(\"path\").datum({rows})")  # fmt: skip


def _is_flat(text: Text, name: str) -> bool:
    """Whether a name is declared as an array of objects whose values are no arrays, or of numbers."""
    made = re.search(rf"\b(?:const|let|var)\s+{re.escape(name)}\s*(?::[^=]*)?=\s*\[(?=\s*[{{\d])", text.bare)  # fmt: skip
    if made is None:
        return False
    _, end = parts(text.bare, made.end() - 1)
    return "[" not in text.bare[made.end() : end]


def unpainted_paths(text: Text) -> Iterator[dict[str, Any]]:
    """Paths on a canvas that nothing strokes or fills before the next one begins."""
    starts = [found.start() for found in re.finditer(r"\.\s*beginPath\s*\(", text.bare)]
    first = _PATHS.search(text.bare)
    if first and (not starts or first.start() < starts[0]) and "getContext" in text.bare[: first.start()]:  # fmt: skip
        starts.insert(0, first.start())
    for start, end in zip(starts, [*starts, len(text.bare)][1:], strict=True):
        path = text.bare[start:end]
        if _PATHS.search(path) and not _PAINTS.search(path):
            pen = re.search(r"[\w$]+$", text.bare[:start].rstrip())
            name = pen[0] if pen else "context"
            yield told(text, start - len(name) if pen else start, "this path is never stroked or filled, so it is not drawn", f"add {name}.stroke() or {name}.fill() after it")  # fmt: skip
