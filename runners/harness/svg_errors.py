# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Where an SVG is no XML, in words that tell what to write."""

from __future__ import annotations

import re
import xml.parsers.expat
from typing import Any

import common

_ENTITIES = {"nbsp": "&#160;", "copy": "&#169;", "deg": "&#176;", "times": "&#215;", "rarr": "&#8594;", "larr": "&#8592;", "middot": "&#183;", "mdash": "&#8212;", "ndash": "&#8211;", "hellip": "&#8230;", "bull": "&#8226;", "euro": "&#8364;", "micro": "&#181;", "pi": "&#960;"}  # fmt: skip
_PREFIXES = {"xlink": "http://www.w3.org/1999/xlink", "svg": "http://www.w3.org/2000/svg", "inkscape": "http://www.inkscape.org/namespaces/inkscape", "sodipodi": "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"}  # fmt: skip


class Element:
    """An element and where its attributes stand.

    Attributes:
        name: its tag.
        attributes: their values by their names.
        offset: of its ``<`` in the source.
        inside: the names of the elements around it, the outermost first.
    """

    def __init__(self, name: str, attributes: dict[str, str], offset: int, inside: tuple[str, ...]) -> None:  # fmt: skip
        self.name = name
        self.attributes = attributes
        self.offset = offset
        self.inside = inside


def place(source: str, offset: int) -> dict[str, int]:
    """Line and column of an offset, counted from 1."""
    return {"line": source.count("\n", 0, offset) + 1, "column": offset - source.rfind("\n", 0, offset)}  # fmt: skip


def elements(source: str) -> list[Element]:
    """All elements of a drawing, in their order; ends as failed where the source is no XML."""
    found, wrong = parsed(source)
    if wrong:
        common.fail(wrong)
    return found


def parsed(source: str) -> tuple[list[Element], dict[str, Any] | None]:
    """All elements of a drawing, in their order, and what is wrong where the source is no XML."""
    parser = xml.parsers.expat.ParserCreate()
    # expat counts bytes, the source is text.
    starts = [0]
    for line in source.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    found: list[Element] = []
    is_open: list[Element] = []

    def opened(name: str, attributes: dict[str, str]) -> None:
        # expat tells a column in bytes within the line, so the place is looked up in the text.
        line = parser.CurrentLineNumber
        text = source[starts[line - 1] : starts[line]]
        column = len(text.encode()[: parser.CurrentColumnNumber].decode(errors="ignore"))
        one = Element(name, attributes, starts[line - 1] + column, tuple(each.name for each in is_open))  # fmt: skip
        found.append(one)
        is_open.append(one)

    parser.StartElementHandler = opened
    parser.EndElementHandler = lambda _name: is_open.pop()
    try:
        parser.Parse(source, True)
    except xml.parsers.expat.ExpatError as error:
        line = source.split("\n")[error.lineno - 1] if error.lineno <= len(starts) - 1 else ""
        column = len(line.encode()[: error.offset].decode(errors="ignore"))
        offset = min(starts[min(error.lineno, len(starts)) - 1] + column, len(source))
        return found, _finding(xml.parsers.expat.errors.messages[error.code], source, offset, is_open)  # fmt: skip
    return found, None


def _finding(said: str, source: str, offset: int, is_open: list[Element]) -> dict[str, Any]:
    here = place(source, offset)
    if "mismatched tag" in said:
        return _mismatched(source, offset, is_open)
    if ("no element found" in said or "unclosed token" in said) and is_open and "<" not in source[offset:]:  # fmt: skip
        last = is_open[-1]
        return common.find(f"<{last.name}> was opened but never closed", **place(source, last.offset), hint=f"add </{last.name}>")  # fmt: skip
    if "undefined entity" in said:
        found = re.match(r"&(\w+);", source[offset:])
        number = _ENTITIES.get(found[1]) if found else None
        return common.find(f"SVG does not know {found[0] if found else 'this entity'}", **here, hint=f"write {number}, or the sign itself" if number else "write the sign itself")  # fmt: skip
    if "junk after" in said:
        return common.find("there is more after </svg>", **here, hint="write one <svg> with everything in it, and nothing behind it")  # fmt: skip
    if "syntax error" in said or "text declaration" in said or "XML declaration" in said:
        return common.find("the drawing does not begin with <svg", **here, hint="write the <svg …> element alone, without words or code around it")  # fmt: skip
    if "duplicate attribute" in said:
        return _twice(source, offset)
    if "invalid token" in said or "unclosed token" in said:
        return _token(source, offset)
    return common.find(said, **here)


def _mismatched(source: str, offset: int, is_open: list[Element]) -> dict[str, Any]:
    closing = re.compile(r"</\s*([\w:.-]+)").match(source, source.rfind("</", 0, offset + 2))
    name = closing[1] if closing else ""
    last = is_open[-1]
    if name in [one.name for one in is_open[:-1]]:
        return common.find(f"<{last.name}> was opened but never closed", **place(source, last.offset), hint=f"add </{last.name}>, or write <{last.name} … />")  # fmt: skip
    if closing and not re.search(rf"<{re.escape(name)}\b", source):
        return common.find(f"</{name}> closes <{last.name}>", **place(source, closing.start()), hint=f"write </{last.name}>")  # fmt: skip
    start = closing.start() if closing else offset
    return common.find(f"</{name}> closes nothing", **place(source, start), hint=f"the element that is open here is <{last.name}>")  # fmt: skip


def _twice(source: str, offset: int) -> dict[str, Any]:
    start = source.rfind("<", 0, offset + 1)
    names = re.compile(r"([\w:.-]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
    seen: set[str] = set()
    for found in names.finditer(source, start):
        if found[1] in seen:
            return common.find(f"the attribute {found[1]} stands twice in one element", **place(source, found.start()), hint=f"leave one {found[1]} out")  # fmt: skip
        seen.add(found[1])
    return common.find("an attribute stands twice in one element", **place(source, offset))


def _token(source: str, offset: int) -> dict[str, Any]:
    """What stands at a place where XML cannot go on."""
    here = place(source, offset)
    comment = source.rfind("<!--", 0, offset)
    if comment >= 0 and source.rfind("-->", 0, offset) < comment:
        return common.find("-- stands inside a comment", **here, hint="a comment cannot hold --: write other signs")  # fmt: skip
    start = source.rfind("<", 0, offset)
    tag = source[start:offset]
    if source[offset : offset + 1] == "<" and start >= 0 and tag.count('"') % 2:
        quote = start + tag.rfind('"')
        return common.find("this text is never closed", **place(source, quote), hint='add the closing "')  # fmt: skip
    if source[offset - 1 : offset] == "&" or source[offset : offset + 1] == "&":
        return common.find("& stands alone", **here, hint="write & as &amp;")
    if ">" not in tag and re.match(r"<[A-Za-z]", tag):
        if tag.rstrip().endswith("="):
            return common.find("a value has no quotes", **here, hint=f'quote every attribute: {_name_before(tag)}="…"')  # fmt: skip
        if tag.endswith(('"', "'")):
            return common.find("two attributes stand without a space between them", **here, hint="write a space between attributes")  # fmt: skip
        if source[offset : offset + 1] in "/>" or source[offset : offset + 1].isspace():
            return common.find("an attribute has no value", **here, hint=f'write {_name_before(tag + "=")}="…"')  # fmt: skip
        return common.find("this tag is not well-formed", **here, hint='write an attribute as name="value"; write < in words as &lt;')  # fmt: skip
    return common.find(
        "not well-formed (invalid token)", **here, hint="write & as &amp; and < as &lt;"
    )


def _name_before(tag: str) -> str:
    found = re.search(r"([\w:.-]+)\s*=\s*$", tag)
    return found[1] if found else "name"


def declared(found: list[Element], source: str) -> None:
    """End as failed where a prefix such as xlink: is used but not declared."""
    known = {name.removeprefix("xmlns:") for one in found for name in one.attributes if name.startswith("xmlns:")} | {"xml", "xmlns"}  # fmt: skip
    for one in found:
        for name in (one.name, *one.attributes):
            prefix = name.partition(":")[0] if ":" in name else ""
            if prefix and prefix not in known:
                address = _PREFIXES.get(prefix, "…")
                hint = "write href alone, or " if name == "xlink:href" else ""
                at = source.find(name, one.offset)
                common.fail(common.find(f"the prefix {prefix}: is not declared", **place(source, max(at, one.offset)), hint=f'{hint}put xmlns:{prefix}="{address}" into <svg>'))  # fmt: skip
