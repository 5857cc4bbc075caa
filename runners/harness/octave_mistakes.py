# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What in an Octave program is another language's, or of a MATLAB that has more than Octave."""

from __future__ import annotations

import re

_TEXT = re.compile(r"\"(?:\\.|\"\"|[^\"\\])*\"|(?<![\w\])}'.])'(?:''|[^'])*'|[%#].*")
_MIXED = (
    (r"^\s*for\s*\(?\s*\w+\s+in\b", "a loop is written for k = 1:4"),
    (r"^\s*for\s*\(\s*\w+(?:\s+\w+)?\s*=[^;:]*;", "a loop is written for k = 1:4"),
    (r"^\s*foreach\b", "a loop is written for k = 1:4"),
    (r"^\s*(?:elif|elsif)\b|^\s*else\s+if\b.*:\s*$", "write elseif"),
    (r"^\s*(?:for|while|if|else|elseif|def|class)\b.*:\s*$", "no colon stands at the end of the line: a block ends with end"),
    (r"^\s*def\s+\w+", "a function is written function y = f(x) … end"),
    (r"^\s*(?:import|from)\s+\w+", "there is nothing to import: plot, bar and the others are there"),
    (r"^\s*(?:var|let|const|int|double|float|string|auto)\s+\w+\s*=", "a variable has no type before it: x = 1;"),
    (r"^\s*library\s*\(", "there is nothing to load: plot, bar and the others are there"),
    (r"^\s*//|;\s*//|\s//\s", "a comment begins with %"),
    (r"^\s*/\*", "a comment begins with %, or stands between %{ and %}"),
    (r"\blambda\b", "a function in place is written @(x) x.^2"),
    (r"<-", "a value is given with =: x = 1;"),
    (r":=", "a value is given with =: x = 1;"),
    (r"=>", "the value follows the name behind a comma: \"color\", \"red\""),
    (r"\bf[\"']", "text and numbers are joined by sprintf(\"n = %d\", n)"),
    (r"\[\s*[\w.]+(?:\([^()]*\))?\s+for\s+\w+\s+in\b", "a list of results is made by arrayfun(@(x) x.^2, values)"),
    (r"\b(?:and|or|not)\b\s+\w", "and, or and not are written &&, || and !"),
    (r"\w\s*\?\s*[^:]+:", "there is no ? : here: use if … else … end, or merge(test, a, b)"),
    (r"\)\s*\{\s*$|^\s*\}\s*(?:else\b.*)?$", "a block has no braces: it ends with end"),
)  # fmt: skip
"""A pattern of a line without its texts and comments, and what to write instead."""
_ELSEWHERE = {
    "histogram": "Octave's is hist(values, bins)", "histogram2": "Octave's is hist3, or imagesc of the counts", "heatmap": "Octave draws it by imagesc(m); colorbar",
    "sgtitle": "Octave has no title over all: give each subplot its title", "suptitle": "Octave has no title over all: give each subplot its title",
    "xline": "draw it: line([x x], ylim)", "yline": "draw it: line(xlim, [y y])", "axhline": "draw it: line(xlim, [y y])", "axvline": "draw it: line([x x], ylim)",
    "tiledlayout": "use subplot(rows, columns, number)", "nexttile": "use subplot(rows, columns, number)", "subplots": "use subplot(rows, columns, number)",
    "exportgraphics": "leave it out: each open figure becomes a picture", "saveas": "leave it out: each open figure becomes a picture", "savefig": "leave it out: each open figure becomes a picture", "show": "leave it out: each open figure becomes a picture",
    "readtable": "read numbers by csvread(\"file.csv\", 1, 0)", "readmatrix": "read numbers by csvread(\"file.csv\", 1, 0)", "readcell": "read text by textscan", "table": "Octave has no tables: use vectors, a cell or a struct",
    "parula": "Octave's is viridis", "turbo": "Octave's is jet", "categorical": "Octave has none: use a cell of texts, {\"a\", \"b\"}", "string": "numbers become text by num2str(x)", "str": "numbers become text by num2str(x)", "strings": "use a cell of texts",
    "boxchart": "Octave has none: draw the boxes by rectangle and line", "swarmchart": "Octave has none: use scatter", "bubblechart": "use scatter(x, y, sizes)", "piechart": "Octave's is pie(values, labels)", "donutchart": "Octave's is pie(values, labels)",
    "fsurf": "use ezsurf, or surf over meshgrid", "fmesh": "use ezmesh, or mesh over meshgrid", "fcontour": "use ezcontour, or contour over meshgrid", "fimplicit": "use ezplot, or contour(x, y, z, [0 0])", "fplot3": "use plot3",
    "datetime": "use datenum, and datetick for the axis", "len": "it is numel(x), or length(x)", "range": "a range is written 0:n-1", "arange": "a range is written 0:0.1:1", "True": "write true", "False": "write false", "None": "write []", "null": "write []", "NULL": "write []", "nil": "write []",
    "np": "there is no numpy here: functions stand alone, sin(x)", "plt": "there is no matplotlib here: functions stand alone, plot(x, y)", "math": "functions stand alone: sin(x)", "Math": "functions stand alone: sin(x)", "power": "write x.^2",
    "contains": "use any(strfind(text, part))", "append": "join by [a, b], or x(end + 1) = value", "colors": "a colour is a text such as \"r\", or [0.2 0.4 0.8]", "console": "print by printf or disp", "echo": "print by printf or disp", "paste": "join by [a, b], or sprintf",
    "ggplot": "this is R's: use plot, bar, scatter", "barplot": "Octave's is bar(values)", "lineplot": "Octave's is plot(x, y)", "scatterplot": "Octave's is scatter(x, y)", "bar_label": "write them by text(x, y, label)", "xtick": "use set(gca, \"xtick\", 1:5)", "xticklabel": "use set(gca, \"xticklabel\", {\"a\", \"b\"})", "zip": "loop over for k = 1:numel(x)", "enumerate": "loop over for k = 1:numel(x)",
}  # fmt: skip
"""Names that Octave does not have, and what does their work; of one that it has nothing is said."""


def mixed_up(source: str, line: int) -> tuple[int, int, str] | None:
    """Line, column and hint of what another language would write so.

    Args:
        source: the program.
        line: the one that Octave names; it may tell a block's end for its beginning.
    """
    rows = [bare(row) for row in source.split("\n")]
    near = [line, line - 1, line - 2]
    others = [number for number in range(1, len(rows) + 1) if number not in near]
    for number in (*near, *others):
        row = rows[number - 1] if 0 < number <= len(rows) else ""
        for pattern, hint in _MIXED if number in near[:2] else _MIXED[:9]:
            found = re.search(pattern, row)
            if found:
                return number, found.start() + 1 + len(found[0]) - len(found[0].lstrip()), hint
    return None


def no_branches(source: str) -> list[tuple[int, str]]:
    """Lines that look like a branch of an if, and their words: Octave passes them over with the branch above."""
    rows = [bare(row) for row in source.split("\n")]
    found = [
        (number, re.match(r"\s*(elif|elsif|elsf)\s+\S", row)) for number, row in enumerate(rows, 1)
    ]
    return [(number, one[1]) for number, one in found if one]


def named_elsewhere(name: str) -> str | None:
    """The hint at a name that Octave does not have."""
    return _ELSEWHERE.get(name)


def bare(row: str) -> str:
    """A line with its texts and comments blanked out."""
    return _TEXT.sub(lambda found: " " * len(found[0]) if found[0][0] in "%#" else '"' + "_" * (len(found[0]) - 2) + '"', row)  # fmt: skip


def open_string(source: str) -> tuple[int, int, str] | None:
    """Line, column and quote of the first text that its line leaves open; a transpose opens none."""
    inside = False
    for number, row in enumerate(source.split("\n"), 1):
        if re.match(r"\s*[%#][{}]\s*$", row):
            inside = "{" in row
        if inside:
            continue
        rest = bare(row)
        for found in re.finditer(r"[\"']", re.sub(r'"_*"', lambda text: " " * len(text[0]), rest)):
            # Behind a name, a bracket or another transpose, a quote turns a matrix around.
            if found[0] == '"' or not re.search(r"[\w\])}'.]$", rest[: found.start()]):
                return number, found.start() + 1, found[0]
    return None
