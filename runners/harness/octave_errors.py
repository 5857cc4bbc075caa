# pyright: basic
# Runs inside the sandbox.
"""What Octave complains of, as findings at the line where a person would look."""

from __future__ import annotations

import re
from typing import Any

import brackets
import common
import octave_mistakes

_UNDEFINED = re.compile(r"'([^']+)' undefined")
_PARSE = re.compile(r"parse error near line (\d+) of file (\S+)\n\n\s*(.*?)(?:\n|$)(?:\n?>>> (.*)\n(\s*)\^)?", re.DOTALL)  # fmt: skip
_FILE = re.compile(r"(?:unable to open file|could not open file|unable to find file|invalid stream)[^']*'?([^'\n]*)'?")  # fmt: skip
_FUNCTIONS = common.words("abs acos all any area asin atan atan2 axes axis bar barh boxplot ceil cell cell2mat clf close colorbar colormap columns compass contour contour3 contourf cos cosh csvread cumsum cumprod cylinder datestr deg2rad det diag diff disp display dlmread dot ellipsoid end erf errorbar exp eye ezplot factorial feather fft figure fill find fix floor fplot fprintf gca gcf grid hist histc hold hsv ifft imagesc imread imshow integral interp1 inv isempty isfield isnan jet length legend line linspace log log10 loglog log2 logspace magic max mean median mesh meshgrid meshz min mod nan norm num2str numel numfields ones pareto patch pcolor peaks pie pie3 plot plot3 plotyy polar polyfit polyval primes print printf prod quad quiver quiver3 rad2deg rand randi randn randperm rectangle regexp rem repmat reshape ribbon rose rot90 round rows scatter scatter3 semilogx semilogy set sign sin sinh size slice sort sphere spline sprintf sqrt stairs std stem stem3 strcat strjoin strrep strsplit struct subplot sum surf surface surfc surfl tan tanh text textread title transpose trapz treeplot triplot trisurf unique upper var viridis voronoi waterfall xlabel xlim xticks xticklabels ylabel ylim yticks yticklabels zeros zlabel zlim")  # fmt: skip
_HINTS = (
    (re.compile(r"nonconformant|dimensions mismatch|lengths must match|size mismatch"), "the sizes differ; .* and ./ work item by item"),
    (re.compile(r"out of bound|subscripts must be"), "the first item has the index 1"),
    (re.compile(r"package \S+ is not installed"), "no packages are here: leave pkg load out"),
    (re.compile(r"not implemented for 'cell'"), "a cell is taken out with braces: x{1}"),
    (re.compile(r"unknown \w+ property"), "see the property's name: color, linewidth, fontsize, facecolor, …"),
    (re.compile(r"structure has no member|invalid use of a N_-D"), "the names of a structure are given by fieldnames(x)"),
    (re.compile(r"command matched by '(\w+)'"), "end each block with its own end: endif, endfor, endwhile, or plain end"),
    (re.compile(r"max_recursion_depth"), "a function calls itself without an end"),
    (re.compile(r"called with too many inputs|Invalid call"), "count the arguments"),
)  # fmt: skip
_SKIPPED = re.compile(r"[%#][^\n]*|\"(?:\\.|[^\"\\\n])*\"|(?<![\w\])}'.])'(?:''|[^'\n])*'")
_OPENS = re.compile(r"^\s*(if|for|while|function|switch|do|try|unwind_protect|parfor)\b(?!.*\bend\w*\s*;?\s*$)")  # fmt: skip
_ENDS = re.compile(r"^\s*(end\w*|until\b.*|)\s*;?\s*$")


def finding(error: dict[str, Any], source: str) -> dict[str, Any]:
    """The finding of a caught error.

    Args:
        error: its message, identifier and stack, innermost frame first.
        source: the program.
    """
    message = str(error.get("message", "")).strip()
    parse = _PARSE.search(message)
    if parse:
        return _parsed(parse, source)
    rows = source.split("\n")
    own = set(re.findall(r"^\s*function\b[^=\n]*?(?:=\s*)?(\w+)\s*(?:\(|$)", source, re.MULTILINE))
    stack = error.get("stack") or []
    frames = [stack] if isinstance(stack, dict) else list(stack)
    line = column = None
    for frame in frames:
        if frame.get("name") in ("program", *own) or str(frame.get("file", "")).endswith("program.m"):  # fmt: skip
            number = int(frame.get("line") or -1)
            if 0 < number <= len(rows):
                line, column = number, int(frame.get("column") or -1)
                break
    named = re.match(r"(\w+): ", message)
    if line is None and named:  # functions that are built in leave no frame
        calls = re.search(rf"\b{named[1]}\b", source)
        line = source.count("\n", 0, calls.start()) + 1 if calls else None
    undefined = _UNDEFINED.search(message)
    if undefined and line:
        at = re.search(rf"(?<!\w){re.escape(undefined[1])}(?!\w)", rows[line - 1])
        column = at.start() + 1 if at else column
    message = re.sub(r" near line \d+, column \d+", "", message).removeprefix("__plt2vv__: ")
    return common.find(message or "Octave ended with an error", line=line, column=column if column and column > 0 else None, hint=_hint(message, source))  # fmt: skip


def _parsed(parse: re.Match[str], source: str) -> dict[str, Any]:
    line = int(parse[1])
    message = parse[3].strip() or "syntax error"
    hint = next((hint for pattern, hint in _HINTS if pattern.search(message)), None)
    open_string = octave_mistakes.open_string(source)
    if open_string and open_string[0] <= line:
        return common.find("a string is not closed", line=open_string[0], column=open_string[1], hint=f"add the closing quote: {open_string[2]}")  # fmt: skip
    mixed = octave_mistakes.mixed_up(source, line)
    if mixed:
        return common.find(message, line=mixed[0], column=mixed[1], hint=mixed[2])
    bracket = brackets.unmatched(source, _SKIPPED)
    if bracket:
        at, column = brackets.place(source, bracket.offset)
        return common.find(brackets.said_of(bracket), line=at, column=column, hint=_of_bracket(bracket))  # fmt: skip
    block = _open_block(source) if line > source.rstrip("\n").count("\n") else None
    if block:
        return common.find(f"{block[0]} has no end", line=block[1], hint="add an end behind the last line that belongs to it")  # fmt: skip
    column = len(parse[5]) - len(">>> ") + 1 if parse[4] and parse[5] else None
    return common.find(message, line=min(line, source.count("\n") + 1), column=column if column and column > 0 else None, hint=hint or "check brackets, commas and quotes on this line and the one above")  # fmt: skip


def _of_bracket(bracket: brackets.Bracket) -> str:
    if not bracket.opens:
        return f"leave out this {bracket.sign}"
    return f"add its {')]}'['([{'.index(bracket.sign)]}; a statement that goes on in the next line ends with ..."


def _open_block(source: str) -> tuple[str, int] | None:
    stack: list[tuple[str, int]] = []
    for number, row in enumerate(source.split("\n"), 1):
        opens = _OPENS.match(row)
        if opens:
            stack.append((opens[1], number))
        elif row.strip() and _ENDS.match(row) and stack:
            stack.pop()
    return stack[-1] if stack else None


def _hint(message: str, source: str) -> str | None:
    undefined = _UNDEFINED.search(message)
    if undefined:
        elsewhere = octave_mistakes.named_elsewhere(undefined[1])
        if elsewhere:
            return elsewhere
        own = re.findall(r"\b([A-Za-z]\w*)\s*(?:\([^)\n]*\))?\s*=(?!=)", source)
        own += re.findall(r"^\s*function\b[^=\n]*?(?:=\s*)?(\w+)\s*\(", source, re.MULTILINE)
        return common.meant(undefined[1], (*own, *_FUNCTIONS)) or f"define {undefined[1]} before it is used"  # fmt: skip
    if _FILE.search(message):
        return common.data_files(("look.m", "program.m", "error.json")) or "no data file was given"
    return next((hint for pattern, hint in _HINTS if pattern.search(message)), None)


def of_output(stderr: str, source: str, status: int) -> dict[str, Any]:
    """The finding of a run that ended without an error that could be caught."""
    message = re.search(r"^error: (.*)", stderr, re.MULTILINE)
    return finding({"message": message[1] if message else f"Octave ended with status {status}"}, source)  # fmt: skip


def warnings(stderr: str, source: str) -> list[dict[str, Any]]:
    """What Octave warned of, without the lines that say from where."""
    found = re.findall(r"^warning: (?!called from)(.*)$", stderr, re.MULTILINE)
    kept = [text for text in dict.fromkeys(found) if not re.search(r"ft_manager|text_renderer|gnuplot|toolkit", text)]  # fmt: skip
    return [common.find(text[:300], severity="warning") for text in kept[:3]]
