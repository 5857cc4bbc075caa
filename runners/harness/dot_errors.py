# pyright: basic
# Runs inside the sandbox.
"""What Graphviz complains of, as findings at the line where a person would look."""

from __future__ import annotations

import difflib
import re
from typing import Any

import common

_SYNTAX = re.compile(r"^Error: \S*: syntax error in line (\d+)(?: near '(.*)')?")
_QUOTE = re.compile(r"^Error: \S*: syntax error in line \d+ scanning a quoted string")
_HTML = re.compile(r"^Error: (?:\S*: syntax error in line \d+ scanning a HTML string|not well-formed|mismatched tag|Unknown HTML element|.*HTML)")  # fmt: skip
_OWNER = re.compile(r"^(?:Warning: |Error: )?\s*in label of (?:node|edge|graph|cell) (\S+)")
_CONTEXT = re.compile(r"^(?:\.\.\.|String starting:|in label|\s)")
_IGNORED = re.compile(r"^(?:Error: )?Layout was not done|^Warning: No or improper image=|^(?:Fontconfig|Pango)")  # fmt: skip
_NAMED = (
    re.compile(r"unknown shape (\S+)"),
    re.compile(r"^Warning: (\S+) is not a known color"),
    re.compile(r"Arrow type \"([^\"]+)\" unknown"),
    re.compile(r"unsupported style (\S+)"),
    re.compile(r"opening (\S+)$"),
    re.compile(r"Layout type: \"([^\"]+)\""),
    re.compile(r"bad label format (.+)$"),
    re.compile(r"node (\S+), port"),
    re.compile(r"Illegal value \"?([^\s\"]+)"),
    re.compile(r"lost (\S+)"),
)
SHAPES = ("box", "polygon", "ellipse", "oval", "circle", "point", "egg", "triangle", "plaintext", "plain", "diamond", "trapezium", "parallelogram", "house", "pentagon", "hexagon", "septagon", "octagon", "doublecircle", "doubleoctagon", "invtriangle", "invtrapezium", "invhouse", "Mdiamond", "Msquare", "Mcircle", "rect", "rectangle", "square", "star", "none", "underline", "cylinder", "note", "tab", "folder", "box3d", "component", "record", "Mrecord")  # fmt: skip
_COLOURS = ("aquamarine", "beige", "black", "blue", "brown", "chartreuse", "chocolate", "coral", "cornflowerblue", "crimson", "cyan", "darkgreen", "darkorange", "deepskyblue", "dodgerblue", "firebrick", "forestgreen", "gold", "goldenrod", "gray", "green", "grey", "indigo", "ivory", "khaki", "lavender", "lightblue", "lightgray", "lightgrey", "lightpink", "lightyellow", "limegreen", "magenta", "maroon", "navy", "orange", "orangered", "orchid", "pink", "plum", "purple", "red", "royalblue", "salmon", "seagreen", "skyblue", "slateblue", "steelblue", "tan", "tomato", "transparent", "turquoise", "violet", "wheat", "white", "yellow", "yellowgreen")  # fmt: skip
_ARROWS = ("normal", "inv", "dot", "odot", "none", "tee", "empty", "diamond", "odiamond", "box", "obox", "crow", "vee", "curve")  # fmt: skip
_STYLES = ("solid", "dashed", "dotted", "bold", "invis", "filled", "rounded", "diagonals", "striped", "wedged", "radial", "tapered")  # fmt: skip
_VALUES = (*SHAPES, *_COLOURS, *_ARROWS, *_STYLES)
ATTRIBUTES = frozenset(common.words("_background area arrowhead arrowsize arrowtail bb bgcolor center charset class cluster clusterrank color colorscheme comment compound concentrate constraint decorate defaultdist dim dimen dir diredgeconstraints distortion dpi edgehref edgetarget edgetooltip edgeURL epsilon esep fillcolor fixedsize fontcolor fontname fontnames fontpath fontsize forcelabels gradientangle group head_lp headclip headhref headlabel headport headtarget headtooltip headURL height href id image imagepath imagepos imagescale inputscale K label label_scheme labelangle labeldistance labelfloat labelfontcolor labelfontname labelfontsize labelhref labeljust labelloc labeltarget labeltooltip labelURL landscape layer layerlistsep layers layerselect layersep layout len levels levelsgap lhead lheight linelength lp ltail lwidth margin maxiter mclimit mindist minlen mode model newrank nodesep nojustify normalize notranslate nslimit nslimit1 oneblock ordering orientation outputorder overlap overlap_scaling overlap_shrink pack packmode pad page pagedir pencolor penwidth peripheries pin pos quadtree quantum rank rankdir ranksep ratio rects regular remincross repulsiveforce resolution root rotate rotation samehead sametail samplepoints scale searchsize sep shape shapefile showboxes sides size skew smoothing sortv splines start style stylesheet tail_lp tailclip tailhref taillabel tailport tailtarget tailtooltip tailURL target TBbalance tooltip truecolor URL vertices viewport voro_margin weight width xdotversion xlabel xlp z"))  # fmt: skip
_KEYWORDS = ("node", "edge", "graph", "digraph", "subgraph", "strict")
_MOST = 8


def plain(source: str) -> str:
    """The source with strings, HTML labels and comments blanked, each character in its place.

    A string is blanked with ``"`` at both ends kept; an unclosed one keeps only its first.
    """
    out: list[str] = []
    at = 0
    piece = re.compile(r'"(?:\\.|[^"\\])*"?|//[^\n]*|/\*.*?(?:\*/|\Z)|^#[^\n]*', re.DOTALL | re.MULTILINE)  # fmt: skip
    while at < len(source):
        if source[at] == "<" and re.search(r"[=\s\[,]\s*$", source[max(0, at - 20) : at]):
            end = _html_end(source, at)
            out.append(_blank(source[at:end]))
            at = end
            continue
        found = piece.match(source, at)
        if found is None:
            out.append(source[at])
            at += 1
            continue
        text = found[0]
        kept = f'"{_blank(text[1:-1])}"' if text[0] == '"' and len(text) > 1 and text[-1] == '"' else _blank(text)  # fmt: skip
        out.append('"' + _blank(text[1:]) if kept == _blank(text) and text[0] == '"' else kept)
        at = found.end()
    return "".join(out)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _html_end(source: str, at: int) -> int:
    depth = 0
    for place in range(at, len(source)):
        depth += {"<": 1, ">": -1}.get(source[place], 0)
        if depth == 0:
            return place + 1
    return len(source)


def findings(complaints: str, source: str) -> list[dict[str, Any]]:
    """Errors first, then warnings, each of them once."""
    found: list[dict[str, Any]] = []
    lines = complaints.splitlines()
    for number, line in enumerate(lines):
        if _IGNORED.search(line) or _CONTEXT.match(line) or not line.startswith(("Error", "Warning")):  # fmt: skip
            continue
        one = _finding(line, lines[number + 1 : number + 3], source)
        if one not in found:
            found.append(one)
    found += [one for one in misspelt(source) if one not in found]
    return sorted(found, key=lambda one: one.get("severity") == "warning")[:_MOST]


def _finding(line: str, following: list[str], source: str) -> dict[str, Any]:
    if _QUOTE.match(line):
        start = _turned(plain(source)) or _line_of(source, max(plain(source).rfind('"'), 0))
        return common.find("a string is not closed", line=start, hint='add the closing "')
    syntax = _SYNTAX.match(line)
    if syntax:
        return _syntax(int(syntax[1]), syntax[2] or "", source)
    message = re.sub(r"^(?:Error|Warning): (?:\S+: )?", "", line).strip()
    severity = "warning" if line.startswith("Warning") else None
    owner = next((match[1] for text in following if (match := _OWNER.match(text))), None)
    if owner:
        context = next((text.strip(" .") for text in following if text.startswith("...")), "")
        about = f": {context}" if context else ""
        line_number = _where(source, context) if context and _where(source, context) else _where(source, owner)  # fmt: skip
        return common.find(f"{message.split(' in line')[0]} in the label of {owner}{about}", line=line_number, severity=severity, hint="labels in < > are HTML: close every tag, and write & as &amp;")  # fmt: skip
    word = next((match[1] for pattern in _NAMED if (match := pattern.search(line))), None)
    close = difflib.get_close_matches(word, _VALUES, n=1, cutoff=0.7) if word else []
    hint = f"did you mean {close[0]}?" if close and close[0] != word else None
    if "bad label format" in line:
        hint = "in a record's label every { needs its }, and < > | are written \\< \\> \\|"
    return common.find(message, line=_where(source, word) if word else None, severity=severity, hint=hint)  # fmt: skip


def _syntax(line: int, near: str, source: str) -> dict[str, Any]:
    bare = plain(source)
    text = bare.split("\n")[line - 1] if line <= bare.count("\n") + 1 else ""
    message = f"syntax error near '{near}'" if near else "syntax error"
    turned = _turned(bare)
    if turned and turned < line:
        return common.find(message, line=turned, hint='a string is not closed: add the closing "')
    opened = _unclosed(bare, line, near)
    if opened:
        bracket, place = opened
        return common.find(f"{bracket} is never closed", line=place, hint=f"add {'}' if bracket == '{' else ']'}")  # fmt: skip
    column = text.find(near) + 1 if near and text.count(near) == 1 else None
    return common.find(message, line=line, column=column, hint=_hint(near, text, bare))


def _turned(bare: str) -> int | None:
    """The first line from which a string goes on into the next.

    One quote that is missing turns all that follows inside out: there it happened.
    """
    for string in re.finditer(r'"[^"]*"', bare):
        if "\n" in string[0]:
            return _line_of(bare, string.start())
    return None


def _unclosed(bare: str, line: int, near: str) -> tuple[str, int] | None:
    """The bracket that stands open where the parser gave up, and its line."""
    lines = bare.split("\n")
    end = sum(len(text) + 1 for text in lines[: line - 1])
    upto = len(bare) if not near else end + max(lines[line - 1].find(near), 0)
    stack: list[tuple[str, int]] = []
    for place, letter in enumerate(bare[:upto]):
        if letter in "{[":
            stack.append((letter, _line_of(bare, place)))
        elif letter in "}]" and stack:
            stack.pop()
    if stack and stack[-1][0] == "[" and near in ("->", "--", "{", "}", "[", ";"):
        return stack[-1]
    if stack and not near:
        group = re.search(r"->?\s*\{[^{}\n]*$", bare, re.MULTILINE)  # { on an edge ends in its line
        return ("{", _line_of(bare, group.start())) if group else stack[-1]
    return None


def _hint(near: str, text: str, bare: str) -> str | None:
    directed = re.search(r"\bdigraph\b", bare) is not None
    if near == "->" and not directed:
        return "in a graph edges are --; write digraph for arrows"
    if near == "--" and directed:
        return "in a digraph edges are ->"
    if near in ("-", ">") or (near and re.search(rf"\w-{re.escape(near)}", text)):
        return "an edge is -> (digraph) or -- (graph); names with a hyphen need double quotes"
    keyword = next((word for word in _KEYWORDS if re.search(rf"(?:->|--)\s*{word}\b|\b{word}\s*(?:->|--)", text)), None)  # fmt: skip
    if keyword:
        return f'{keyword} is a keyword: as a name it is written "{keyword}"'
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


def misspelt(source: str) -> list[dict[str, Any]]:
    """Attributes that Graphviz does not know, and would say nothing of."""
    bare = plain(source)
    found: list[dict[str, Any]] = []
    for match in re.finditer(r"(?<![\w\"])([A-Za-z_]\w*)\s*=", bare):
        name = match[1]
        close = [] if name in ATTRIBUTES else difflib.get_close_matches(name, ATTRIBUTES, n=1, cutoff=0.75)  # fmt: skip
        if close:
            found.append(common.find(f"Graphviz knows no attribute '{name}'", line=_line_of(source, match.start(1)), column=match.start(1) - source.rfind("\n", 0, match.start(1)), severity="warning", hint=f"did you mean {close[0]}?"))  # fmt: skip
    return found


def _where(source: str, word: str) -> int | None:
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", source) or re.search(re.escape(word), source)  # fmt: skip
    return _line_of(source, found.start()) if found else None


def _line_of(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
