"""Is what was asked for in it? Compares a request with the program that was written for it.

The check holds for every model, large or small: numbers, names, title and colour that the request
gives and neither the program nor the picture's own text holds; and numbers among the program's data
that nobody asked for.
"""

from __future__ import annotations

import ast
import itertools
import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from PIL import ImageColor

from viscoder_tui.agent.events import Aspect, Doubt
from viscoder_tui.agent.requirements import Requirements, read

_DATA_LANGUAGES = ("python", "vegalite", "mermaid")
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?|(?<![\w.])-?\.\d+")
_HEX = re.compile(r"#([0-9a-fA-F]{6})\b")
_MOST = 6
_MERMAID_DATA = re.compile(r"(?m)^\s*(?:pie|xychart|timeline|gantt|quadrantChart|sankey)")
_LEAVES = re.compile(
    r"(?i)\b(?:instead|not|no|remove|delete|drop|without|replace|change|rename|from)\b"
)
"""Words of a change that names what shall go."""
_NEAR = 90
"""How far apart two colours may be and still be called by one name."""


def check(
    instruction: str, language: str, source: str, texts: Sequence[str] = (), *, has_data: bool = False, is_change: bool = False
) -> tuple[Doubt, ...]:  # fmt: skip
    """What is doubtful about `source` as an answer to `instruction`.

    Args:
        instruction: all that the user asked, the latest last.
        language: of the program.
        source: the program.
        texts: the words that stand in its picture.
        has_data: the program reads a data file, so its numbers need not stand in it.
        is_change: `instruction` asks for a change to an earlier program, so what it names may be
            what shall go, and the numbers are those of earlier requests.
    """
    wanted = read(instruction)
    if is_change:
        if _LEAVES.search(instruction):
            return ()
        return (*_title(wanted, source + "\n" + "\n".join(texts)), *_colours(wanted, source))
    said = source + "\n" + "\n".join(texts)
    doubts = [*_title(wanted, said), *_colours(wanted, source)]
    if not has_data:
        if language in (*_DATA_LANGUAGES, "svg"):
            doubts += _names(wanted, said)
        doubts += _numbers(wanted, language, said)
        doubts += _extra(wanted, instruction, language, source)
    doubts += _quoted(wanted, said)
    return tuple(doubts[:_MOST])


def _missing(aspect: Aspect, value: str) -> Doubt:
    return Doubt(aspect, value, f"the request gives the {aspect} {value}, the picture does not")


def _folded(text: str) -> str:
    return " ".join(re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text).lower().split())  # fmt: skip


def _holds(said: str, name: str) -> bool:
    return re.sub(r"[^\w]+", " ", _folded(name)).strip() in re.sub(r"[^\w]+", " ", _folded(said))


def _title(wanted: Requirements, said: str) -> Iterator[Doubt]:
    if wanted.title is None:
        return
    # Without quotes nobody can tell where a title ends, so its beginning must do.
    title = wanted.title if wanted.title_quoted else wanted.title.split()[0]
    if not _holds(said, title):
        yield _missing("title", wanted.title)


def _quoted(wanted: Requirements, said: str) -> Iterator[Doubt]:
    for text in wanted.quoted:
        if not _holds(said, text):
            yield _missing("name", text)


def _names(wanted: Requirements, said: str) -> Iterator[Doubt]:
    for name in wanted.names:
        there = [_holds(said, word) for word in name.text.split()]
        if not (all(there) if name.sure else any(there)):
            yield _missing("name", name.text)


def _colours(wanted: Requirements, source: str) -> Iterator[Doubt]:
    lowered = source.lower()
    used = [ImageColor.getrgb(f"#{value}")[:3] for value in _HEX.findall(source)]
    for colour in wanted.colours:
        target = ImageColor.getrgb(colour)[:3]
        near = any(
            sum(abs(a - b) for a, b in zip(target, one, strict=True)) < _NEAR for one in used
        )
        if not near and colour.replace("grey", "gray") not in lowered.replace("grey", "gray"):
            yield _missing("colour", colour)


def _numbers(wanted: Requirements, language: str, said: str) -> Iterator[Doubt]:
    if language not in _DATA_LANGUAGES and len(wanted.names) < 2:
        return
    if language == "mermaid" and not _MERMAID_DATA.search(said):
        return
    there = _values(said)
    for number in wanted.numbers:
        if not there & set(number.values):
            yield _missing("number", number.text)


def _values(text: str) -> set[Decimal]:
    found: set[Decimal] = set()
    for match in _NUMBER.findall(text.replace("_", "").replace("\u2212", "-")):
        try:
            found.add(Decimal(match).normalize())
        except InvalidOperation:
            continue
    return found | {value.quantize(1) for value in found if value == value.to_integral_value()}


def _extra(wanted: Requirements, instruction: str, language: str, source: str) -> Iterator[Doubt]:
    if len(wanted.numbers) < 2:
        return  # who gives no data wants some made up
    asked = {value for number in wanted.numbers for value in number.values}
    asked |= _values(instruction)
    for sequence in data_of(language, source):
        if _is_regular(sequence):
            continue
        for text in sequence:
            value = Decimal(text)
            if value not in asked and abs(value) not in asked:
                yield Doubt("extra number", text, f"nobody asked for the number {text}")


def data_of(language: str, source: str) -> Iterator[list[str]]:
    """The sequences of numbers that a program draws, as text; empty for other languages."""
    try:
        if language == "python":
            yield from _python_data(source)
        elif language == "vegalite":
            yield from _vegalite_data(source)
        elif language == "mermaid":
            yield from _mermaid_data(source)
    except (SyntaxError, ValueError, TypeError, AttributeError, RecursionError):
        return


def _python_data(source: str) -> Iterator[list[str]]:
    tree = ast.parse(source)
    style: set[ast.AST] = set()
    for node in ast.walk(tree):
        if (isinstance(node, ast.keyword) and node.arg not in _DATA_KEYWORDS) or (
            isinstance(node, ast.Call) and _called(node).startswith(_STYLE_CALLS)
        ):
            style |= set(ast.walk(node))
    for node in ast.walk(tree):
        if node in style:
            continue
        if isinstance(node, ast.List) and all(isinstance(one, ast.Tuple) for one in node.elts):
            rows = [cast("ast.Tuple", one).elts for one in node.elts]
            for column in itertools.zip_longest(*rows):
                yield from _numeric([one for one in column if one is not None])
        elif isinstance(node, ast.List):
            yield from _numeric(node.elts)
        elif isinstance(node, ast.Dict):
            yield from _numeric(node.values)


def _numeric(elements: Sequence[ast.expr]) -> Iterator[list[str]]:
    """The elements as one sequence of data, if they are numbers and more than one."""
    numbers = [number for one in elements if (number := _literal(one)) is not None]
    if len(numbers) == len(elements) > 1:
        yield numbers


_DATA_KEYWORDS = ("x", "y", "height", "width", "data", "bottom", "left", "values", "labels")
_STYLE_CALLS = ("set_", "xlim", "ylim", "xticks", "yticks", "axis", "linspace", "arange", "subplots", "figure", "add_axes", "update")  # fmt: skip


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _literal(node: ast.expr) -> str | None:
    sign = ""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        sign, node = "-", node.operand
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return sign + repr(node.value)
    return None


def _vegalite_data(source: str) -> Iterator[list[str]]:
    spec: Any = json.loads(source)
    rows: Any = spec["data"]["values"] if "values" in spec.get("data", {}) else []
    columns: dict[str, list[str]] = {}
    for row in rows:
        for name, value in row.items():
            if type(value) in (int, float):
                columns.setdefault(name, []).append(repr(value))
    yield from columns.values()


def _mermaid_data(source: str) -> Iterator[list[str]]:
    yield re.findall(r'(?m)^\s*"[^"\n]*"\s*:\s*(\d+(?:\.\d+)?)\s*$', source)
    for series in re.findall(r"(?m)^\s*(?:bar|line)\s*(?:\"[^\"]*\"\s*)?\[([^\]]*)\]", source):
        yield re.findall(r"-?\d+(?:\.\d+)?", series)


def _is_regular(sequence: list[str]) -> bool:
    """Evenly spaced, as an axis from 1 to 10 is; such a list is often meant by a range."""
    values = [Decimal(text) for text in sequence]
    gaps = {b - a for a, b in itertools.pairwise(values)}
    return len(values) > 2 and len(gaps) == 1
