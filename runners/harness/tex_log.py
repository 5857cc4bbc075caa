# pyright: basic
"""What a TeX log says is wrong: the line where a person would look, and what would mend it."""

from __future__ import annotations

import difflib
import re
from typing import Any

_ERROR = re.compile(r"^(?:\./)?program\.tex:(\d+): (.*)$", re.MULTILINE)
_MISSING = re.compile(
    r"^! (?:LaTeX Error|Package \w+ Error): (File `[^']+' not found)", re.MULTILINE
)
_AT = re.compile(r"^l\.(\d+) ?(.*)$", re.MULTILINE)
_FATAL = re.compile(r"^! (.*)$", re.MULTILINE)
_PACKAGES = {
    "tikz": "texlive-pictures", "pgfplots": "texlive-pictures", "circuitikz": "texlive-pictures",
    "siunitx": "texlive-science", "algorithm2e": "texlive-science", "chemfig": "texlive-science",
    "musixtex": "texlive-music", "skak": "texlive-games", "chessboard": "texlive-games",
}  # fmt: skip
_COMMANDS = (
    "begin", "end", "draw", "node", "fill", "filldraw", "path", "foreach", "coordinate", "addplot", "addlegendentry",
    "legend", "clip", "shade", "frac", "sqrt", "sum", "int", "alpha", "beta", "gamma", "textbf", "textit", "caption",
    "section", "subsection", "item", "hline", "centering", "includegraphics", "usepackage", "usetikzlibrary",
    "newcommand", "definecolor", "pgfplotsset", "tikzset", "title", "maketitle", "textcolor", "color", "left", "right",
    "matrix", "graph", "pic", "usepgfplotslibrary", "pgfmathsetmacro", "pgfmathparse", "documentclass", "Large", "small",
)  # fmt: skip
_HINTS = (
    (re.compile(r"addplotimpl"), "end each \\addplot with a semicolon"),
    (re.compile(r"Missing \$ inserted"), "put mathematics between $ signs; write _ and ^ in text as \\_ and \\^{}"),
    (re.compile(r"Runaway argument|File ended while scanning|Paragraph ended before"), "a closing brace is missing"),
    (re.compile(r"Too many \}'s|Extra \}"), "a closing brace too many"),
    (re.compile(r"Missing \\begin\{document\}"), "text stands before \\begin{document}, or a command of the preamble is misspelt"),
    (re.compile(r"Giving up on this path|Did you forget a semicolon"), "end each TikZ command with a semicolon"),
    (re.compile(r"Misplaced alignment tab"), "write & in text as \\&"),
    (re.compile(r"Double (sub|super)script"), "group with braces: x_{1_2}"),
    (re.compile(r"ended by \\end"), "environments end in the order in which they began"),
    (re.compile(r"Dimension too large"), "a coordinate is too large: scale the data"),
)  # fmt: skip


def findings(log: str, source: str) -> list[dict[str, Any]]:
    """The errors of the log, the first one first.

    Args:
        log: of TeX, with ``-file-line-error``.
        source: the user's program.
    """
    found: list[dict[str, Any]] = []
    missing = _MISSING.search(log)
    if missing:
        found.append({"message": missing[1], "line": None})
        message, hint, column, line = _told(missing[1], "", None, source)
        found[0] = {"message": message, "line": line, "column": column, "hint": hint}
    for match in _ERROR.finditer(log):
        line, message = int(match[1]), match[2]
        rest = log[match.end() : match.end() + 2000]
        if "==> Fatal error" in message or message.startswith("Emergency stop"):
            continue
        message, hint, column, line = _told(message, rest, line, source)
        found.append({"message": message, "line": line, "column": column, "hint": hint})
    if not found:
        fatal = _FATAL.search(log)
        if fatal:
            message, hint, column, line = _told(fatal[1], log[max(0, fatal.start() - 600) : fatal.end() + 2000], None, source)  # fmt: skip
            found.append({"message": message, "line": line, "column": column, "hint": hint})
    return [{name: value for name, value in one.items() if value is not None} for one in found[:4]]


def _told(message: str, rest: str, line: int | None, source: str) -> tuple[str, str | None, int | None, int | None]:  # fmt: skip
    """Message, hint, column and line."""
    message = " ".join(message.split()).removeprefix("LaTeX Error: ").strip()
    # A long message goes on in the next lines, up to an empty one or the help.
    more = rest.lstrip("\n").split("\n\n")[0].split("\nl.")[0]
    if message.endswith((",", "'", "in")) or message.startswith("Package "):
        message = " ".join(f"{message} {' '.join(more.split())}".split())[:300]
    at = _AT.search(rest)
    column = None
    if at and line is None:
        line = int(at[1])
    if "Undefined control sequence" in message and at:
        name = re.findall(r"\\([A-Za-z@]+|.)", at[2])
        if name:
            message = f"undefined control sequence \\{name[-1]}"
            if name[-1] in ("begin", "end"):
                return f"\\{name[-1]} stands where it cannot", "a closing brace is missing before it", None, line  # fmt: skip
            near = difflib.get_close_matches(name[-1], _COMMANDS, n=1, cutoff=0.7)
            lines = source.split("\n")
            if line and line <= len(lines):
                place = lines[line - 1].find("\\" + name[-1])
                column = place + 1 if place >= 0 else None
            return message, f"did you mean \\{near[0]}?" if near else None, column, line
    missing = re.search(r"File `([^']+?)(\.sty|\.cls|\.tex)?' not found", message)
    if missing:
        package = _PACKAGES.get(missing[1])
        brings = f"it comes with apt install {package}" if package else "do without it: only packages of TeX Live's latex-extra, pictures and science are here"  # fmt: skip
        if missing[2] not in (".sty", ".cls"):
            brings = "only the data files that were given can be read, by their names"
        return f"there is no {missing[1]}{missing[2] or ''}", brings, None, _line_of(missing[1], source) or line  # fmt: skip
    if re.search(r"Extra \}|forgotten|ended by|Too many", message):
        open_one = _unclosed(source)
        if open_one:
            return f"{open_one[0]} begins here and is not ended", f"add \\end{{{open_one[0]}}}", None, open_one[1]  # fmt: skip
    environment = re.search(r"Environment (\S+) undefined", message)
    if environment:
        near = difflib.get_close_matches(environment[1], _ENVIRONMENTS, n=1, cutoff=0.6)
        return message, f"did you mean {near[0]}?" if near else None, None, line
    unclosed = re.search(r"\\begin\{(\w+\*?)\} on input line (\d+) ended by", message)
    if unclosed and unclosed[1] != "document":
        return f"{unclosed[1]} begins here and is ended by another \\end", f"add \\end{{{unclosed[1]}}}", None, int(unclosed[2])  # fmt: skip
    key = re.search(r"I do not know the key '([^']+)'", message)
    if key:
        name = key[1].rsplit("/", 1)[-1]
        place = _line_of(name, source, near=line)
        return f"there is no key or shape '{name}'", "check its spelling, or load its TikZ library", None, place or line  # fmt: skip
    if line is None:
        line = _runaway(rest, source)
    hint = next(
        (hint for pattern, hint in _HINTS if pattern.search(f"{message} {rest[:300]}")), None
    )
    return message, hint, None, line


_ENVIRONMENTS = ("tikzpicture", "axis", "scope", "document", "tabular", "figure", "itemize", "enumerate", "align", "equation", "center", "semilogyaxis", "loglogaxis", "semilogxaxis", "polaraxis", "matrix", "cases", "array", "frame", "minipage", "groupplot")  # fmt: skip


def _unclosed(source: str) -> tuple[str, int] | None:
    """The environment that another one's end cuts off, and its line."""
    stack: list[tuple[str, int]] = []
    for number, line in enumerate(source.split("\n"), 1):
        for kind, name in re.findall(
            r"\\(begin|end)\s*\{(\w+\*?)\}", re.sub(r"(?<!\\)%.*", "", line)
        ):
            if kind == "begin":
                stack.append((name, number))
            elif stack and stack[-1][0] == name:
                stack.pop()
            elif stack and any(name == one for one, _ in stack):
                return stack[-1]
    return None


def _runaway(rest: str, source: str) -> int | None:
    """The line in which an argument began that never ended."""
    said = re.search(r"Runaway (?:argument|text|definition)\?\s*\n\s*(.+)", rest)
    return (
        None if said is None else _line_of(" ".join(said[1].split()[:1]).strip("{}")[:20], source)
    )


def _line_of(word: str, source: str, near: int | None = None) -> int | None:
    """The line in which a word stands, the last one up to `near`."""
    places = [number for number, line in enumerate(source.split("\n"), 1) if word in line]
    before = [number for number in places if near is None or number <= near]
    return (before or places or [None])[-1 if near is not None else 0]
