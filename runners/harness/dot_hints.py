# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Where Graphviz's parser gives up: what is never closed, and what was meant."""

from __future__ import annotations

import difflib
import re
from typing import Any

import common
from dot_source import ATTRIBUTES, KEYWORDS, column_of, line_of, plain

_NAMES = "|".join(sorted(ATTRIBUTES, key=len, reverse=True))
_OTHERWISE = (
    (rf"[\[,;\s]({_NAMES})\s*(\")", "an = stands between an attribute and its value: {0}=…"),
    (rf"\[[^\]]*\b({_NAMES})\s+\w", "an = stands between an attribute and its value: {0}=…"),
    (rf"[\[,;\s]({_NAMES})\s*:=?\s", "an = stands between an attribute and its value, no colon: {0}=…"),
    (rf"\b({_NAMES})\s*==", "a single = stands between an attribute and its value: {0}=…"),
    (rf"\b({_NAMES})\s*=\s*[,\];]", "the attribute {0} has no value"),
    (r"\b(rgba?|hsla?)\s*\(", 'a colour is a name or "#rrggbb", not {0}(…)'),
    (r"^\s*(node|edge|graph)\s*(?:\(|\w+\s*=)", "defaults stand in square brackets: {0} [name=value]"),
    (rf"\(\s*(?:{_NAMES})\s*=", "attributes stand in square brackets: a [label=…]"),
    (r"\b(style|layers)\s*=\s*\w+\s*,\s*\w+\s*[,\];]", '{0} with several values stands in double quotes: {0}="a,b"'),
    (r"\b(size|margin|pos|pad|ratio|viewport|page)\s*=\s*[\d.]+\s*,", 'a pair of numbers stands in double quotes: {0}="7,5"'),
    (r"\b(\w+)\s*=\s*[\d.]+(?:in|pt|px|cm|mm|em)\b", "the value of {0} is a number without its unit"),
    (r"^\s*(?:%|--|;;|'|REM\b)", "a comment begins with //"),
)  # fmt: skip
"""What a line shows at which Graphviz's parser gave up."""


def syntax(line: int, near: str, source: str) -> dict[str, Any]:
    """The finding for a syntax error that Graphviz tells at a line, near a word."""
    bare = plain(source)
    text = bare.split("\n")[line - 1] if line <= bare.count("\n") + 1 else ""
    message = f"syntax error near '{near}'" if near else "syntax error"
    begun = turned(bare)
    if begun and begun < line:
        return common.find(message, line=begun, hint='a string is not closed: add the closing "')
    swallowed = _swallowed(source, bare, line)
    if swallowed is not None:
        return swallowed
    surplus = _surplus(bare, line, near)
    if surplus is not None:
        return common.find("this } closes the graph, and more comes behind it", line=line_of(bare, surplus), column=column_of(bare, surplus), hint="there is a } too many: leave this one out")  # fmt: skip
    opened = _unclosed(bare, line, near)
    if opened:
        bracket, place = opened
        return common.find(f"{bracket} is never closed", line=place, hint=f"add {'}' if bracket == '{' else ']'}")  # fmt: skip
    column = text.find(near) + 1 if near and text.count(near) == 1 else None
    return common.find(
        message,
        line=line,
        column=column,
        hint=_written(near, text, source.split("\n")[line - 1] if text else "")
        or _hint(near, text, bare),
    )


def _swallowed(source: str, bare: str, line: int) -> dict[str, Any] | None:
    """A colour without quotes, whose # makes a comment of the rest of its line."""
    for colour in re.finditer(r"=\s*(#[0-9A-Fa-f]{3,8})\b", source):
        place = colour.start(1)
        if line_of(source, place) <= line and bare[place] == " " and bare[colour.start()] == "=":
            return common.find(f"{colour[1]} is read as a comment", line=line_of(source, place), column=column_of(source, place), hint=f'a colour with # stands in double quotes: "{colour[1]}"')  # fmt: skip
    return None


def _surplus(bare: str, line: int, near: str) -> int | None:
    """The } that closes a graph too soon, where something else than a graph comes behind it."""
    end = sum(len(text) + 1 for text in bare.split("\n")[: line - 1])
    stop = end + max(bare[end:].find(near), 0) if near else len(bare)
    depth, closed = 0, None
    for place, letter in enumerate(bare[:stop]):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if letter == "}" and depth <= 0:
            closed = place
    if closed is None or depth > 0 or re.match(r"\s*(?:strict\b|graph\b|digraph\b|$)", bare[closed + 1 :]):  # fmt: skip
        return None
    return stop if near == "}" else closed


def _written(near: str, text: str, line: str) -> str | None:
    """What an attribute, a string or a comment that is written as elsewhere is here.

    Args:
        near: the word at which the parser gave up.
        text: its line without strings and comments.
        line: its line.
    """
    if re.search("[“”]", line):
        return 'strings stand between straight quotes: "'
    single = re.search(r"=\s*('[^']*')", line)
    if near == "'" and single:
        return f'strings stand in double quotes: "{single[1][1:-1]}"'
    for pattern, hint in _OTHERWISE:
        found = re.search(pattern, text)
        if found:
            return hint.format(*found.groups())
    if near == '"' and re.search(r'"[^"]*"[^\s,;\]"=][^"]*"[^"]*"', line):
        return 'a " within a string is written \\"'
    return None


def turned(bare: str) -> int | None:
    """The first line from which a string goes on into the next.

    One quote that is missing turns all that follows inside out: there it happened.
    """
    for string in re.finditer(r'"[^"]*"', bare):
        if "\n" in string[0]:
            return line_of(bare, string.start())
    return None


def _unclosed(bare: str, line: int, near: str) -> tuple[str, int] | None:
    """The bracket that stands open where the parser gave up, and its line."""
    lines = bare.split("\n")
    end = sum(len(text) + 1 for text in lines[: line - 1])
    upto = len(bare) if not near else end + max(lines[line - 1].find(near), 0)
    stack: list[tuple[str, int]] = []
    for place, letter in enumerate(bare[:upto]):
        if letter in "{[":
            stack.append((letter, line_of(bare, place)))
        elif letter in "}]" and stack:
            stack.pop()
    if stack and stack[-1][0] == "[" and near in ("->", "--", "{", "}", "[", ";"):
        return stack[-1]
    if stack and not near:
        group = re.search(r"->?\s*\{[^{}\n]*$", bare, re.MULTILINE)  # { on an edge ends in its line
        return ("{", line_of(bare, group.start())) if group else stack[-1]
    return None


def _hint(near: str, text: str, bare: str) -> str | None:
    directed = re.search(r"\bdigraph\b", bare) is not None
    if near == "->" and not directed:
        return "in a graph edges are --; write digraph for arrows"
    if near == "--" and directed:
        return "in a digraph edges are ->"
    if near in ("-", ">") or (near and re.search(rf"\w-{re.escape(near)}", text)):
        return "an edge is -> (digraph) or -- (graph); names with a hyphen need double quotes"
    keyword = next((word for word in KEYWORDS if re.search(rf"(?:->|--)\s*{word}\b|\b{word}\s*(?:->|--)", text)), None)  # fmt: skip
    if keyword:
        return f'{keyword} is a keyword: as a name it is written "{keyword}"'
    if (
        near
        and re.match(r"\s*(?:strict\s+)?(?:di)?graph\b[^{]*$", bare[: bare.find("{")])
        and re.match(r"\s*(?:strict\s+)?(?:di)?graph\s+\w+\s+\w", bare)
    ):
        return "a graph is digraph name { … }: its { is missing, or its name needs double quotes"
    first = re.match(r"\s*(?:strict\s+)?(\w*)", bare)
    if first and first[1] not in ("graph", "digraph"):
        close = difflib.get_close_matches(first[1], ("graph", "digraph"), n=1)
        return f"did you mean {close[0]}?" if close else "begin with digraph { or graph {"
    if near == "=" and not re.search(r"\[", text):
        return "attributes stand in square brackets: a [label=…]"
    if near == "}":
        return "there is a } too many, or a statement before it is not complete"
    if near in ("]", "[", ","):
        return "attributes are written [name=value, name=value]; values with spaces need double quotes"  # fmt: skip
    return "names and values with spaces or punctuation need double quotes"
