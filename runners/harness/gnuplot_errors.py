# pyright: basic
# Runs inside the sandbox.
"""What gnuplot complains of, as findings at the line where a person would look."""

from __future__ import annotations

import re
from typing import Any

import common
import gnuplot_mistakes

_MESSAGE = re.compile(r"^\"program\.gp\",? line (\d+): (.*)$")
_OURS = ("program.gp", "look.gp", "plots.pdf")
_UNDEFINED = re.compile(r"undefined (?:function|variable): (\w+)")
_NO_FILE = re.compile(r'(?:Cannot find or open|Skipping unreadable|can\'t read) file "([^"]*)"')
COMMANDS = common.words("array bind break call cd clear continue do else evaluate exit fit for help history if import load pause plot print printerr pwd raise refresh replot reread reset save set show splot stats system test undefine unset update while")  # fmt: skip
OPTIONS = common.words("angles arrow autoscale bind bmargin border boxwidth boxdepth cbdata cbdtics cblabel cbmtics cbrange cbtics clabel clip cntrlabel cntrparam colorbox colorsequence contour dashtype datafile decimalsign dgrid3d dummy encoding errorbars fit fontpath format function grid hidden3d isosamples isosurface jitter key label linetype link lmargin loadpath locale logscale macros mapping margins micro minussign monochrome mouse mttics multiplot mx2tics mxtics my2tics mytics mztics nonlinear object offsets origin output palette parametric paxis pixmap pm3d polar print psdir raxis rgbmax rlabel rmargin rrange rtics samples size spiderplot style surface table terminal tics ticscale ticslevel timefmt timestamp title tmargin trange ttics urange view vrange vxrange walls x2data x2dtics x2label x2mtics x2range x2tics x2zeroaxis xdata xdtics xlabel xmtics xrange xtics xyplane xzeroaxis y2data y2dtics y2label y2mtics y2range y2tics y2zeroaxis ydata ydtics ylabel ymtics yrange ytics yzeroaxis zdata zdtics zero zeroaxis zlabel zmtics zrange ztics zzeroaxis")  # fmt: skip
STYLES = common.words("arrows boxerrorbars boxes boxplot boxxyerror candlesticks circles dots ellipses errorbars errorlines filledcurves fillsteps financebars fsteps histeps histograms image impulses isosurface labels lines linespoints mask parallelaxes pm3d points polygons rgbalpha rgbimage sectors spiderplot steps surface table vectors xerrorbars xerrorlines xyerrorbars xyerrorlines yerrorbars yerrorlines zerrorfill")  # fmt: skip
PLOT_WORDS = common.words("using with title notitle index every smooth axes linecolor linewidth linestyle linetype pointtype pointsize palette fillstyle fillcolor dashtype matrix nonuniform binary skip rgb solid pattern empty noborder border front back")  # fmt: skip
FUNCTIONS = common.words("abs acos acosh airy arg asin asinh atan atan2 atanh besj0 besj1 besy0 besy1 ceil column columnhead cos cosh erf erfc exp floor gamma gprintf ibeta igamma imag int invnorm inverf lambertw lgamma log log10 norm rand real sgn sin sinh sprintf sqrt strcol strftime stringcolumn strlen strptime strstrt substr sum tan tanh timecolumn trim valid voigt word words xticlabels ytics xtic ytic")  # fmt: skip
_NO_DATA = "no data file was given: write the data into the script, $data << EOD … EOD"
_MOST = 6


def findings(complaints: str, source: str) -> list[dict[str, Any]]:
    """Errors first, then warnings; a missing file before the plot that it leaves empty."""
    lines = complaints.splitlines()
    found: list[dict[str, Any]] = []
    missing = False
    for number, line in enumerate(lines):
        match = _MESSAGE.match(line)
        if match is None:
            continue
        text = match[2].strip()
        file = _NO_FILE.search(text)
        if file:
            missing = True
            at = int(match[1]) or _line_with(source, file[1]) or 1
            found.append(common.find(f'there is no file "{file[1]}"', line=_line_with(source, file[1]) or at, hint=common.data_files(_OURS) or _NO_DATA))  # fmt: skip
        elif not (missing and text.startswith(("No data", "all points", "x range", "y range"))):
            shown = _caret(lines, number)
            found.append(_finding(int(match[1]), text, shown, source))
    found.sort(key=lambda one: one.get("severity") == "warning")
    return found[:_MOST]


def _caret(lines: list[str], number: int) -> tuple[str, int] | None:
    """The statement that gnuplot shows above a message, and the place that it points to."""
    for above in range(number - 1, max(-1, number - 8), -1):
        if lines[above].strip() == "^" and above > 0:
            return lines[above - 1], lines[above].index("^")
    return None


def _finding(line: int, text: str, shown: tuple[str, int] | None, source: str) -> dict[str, Any]:
    severity = "warning" if text.startswith("warning:") else None
    message = text.removeprefix("warning:").strip()
    rows = source.split("\n")
    if "missing block terminator" in text:
        return common.find("{ is never closed", line=_open_brace(source), hint="add }")
    column = None
    word = ""
    if shown:
        # A statement over several lines is told with the number of its last: find the part.
        statement, place = shown
        before = re.findall(r"\S+", statement[:place])
        at_place = re.match(r"\s*([\w$.]+)", statement[place:])
        word = at_place[1] if at_place else (before[-1] if before else "")
        line, column = _placed(rows, line, statement, place)
    undefined = _UNDEFINED.search(text)
    if undefined:
        word = undefined[1]
        near = [number for number in range(min(line, len(rows)), 0, -1) if re.search(rf"\b{re.escape(word)}\b", rows[number - 1])]  # fmt: skip
        line = near[0] if near else line
        at = re.search(rf"\b{re.escape(word)}\b", rows[line - 1]) if 0 < line <= len(rows) else None
        column = at.start() + 1 if at else column
    line = min(max(line, 1), len(rows))
    statement, place = shown or (rows[line - 1], 0)
    hint = gnuplot_mistakes.hint(text, statement, place, rows[line - 1], FUNCTIONS)
    return common.find(message, line=line, column=column, severity=severity, hint=hint or _hint(text, word, shown, source))  # fmt: skip


def _placed(rows: list[str], line: int, statement: str, place: int) -> tuple[int, int | None]:
    """Line and column of a place in a statement, which gnuplot shows with its lines joined."""
    last = min(line, len(rows))
    whole = [number for number in range(last, 0, -1) if statement.strip() and statement.strip() in rows[number - 1]]  # fmt: skip
    if whole:  # data that stand behind a plot count as lines
        return whole[0], rows[whole[0] - 1].find(statement.strip()) + place - len(statement) + len(statement.lstrip()) + 1  # fmt: skip
    first = last
    while first > 1 and rows[first - 2].endswith("\\"):
        first -= 1
    rest = place
    for number in range(first, last + 1):
        row = rows[number - 1].removesuffix("\\")
        body = row.rstrip() if number == last else row
        offset = body.find(statement[:12].strip()) if number == first and statement.strip() else 0
        length = len(body) - max(offset, 0)
        if rest <= length or number == last:
            column = rest + max(offset, 0) + 1
            return number, column if column <= len(rows[number - 1]) + 1 else None
        rest -= length
    return last, None


def _hint(text: str, word: str, shown: tuple[str, int] | None, source: str) -> str | None:
    statement = shown[0].strip() if shown else ""
    if _UNDEFINED.search(text):
        own = re.findall(r"^\s*(\w+)\s*(?:\([\w\s,]*\))?\s*=", source, re.MULTILINE)
        return common.meant(word, (*own, *FUNCTIONS)) or f"define {word} before it is used"
    if "invalid command" in text:
        return common.meant(statement.split()[0] if statement else word, COMMANDS) or "a statement begins with a command: set, plot, splot, …"  # fmt: skip
    if "unrecognized option" in text:
        return common.meant(word, OPTIONS)
    if "unrecognized plot type" in text:
        before = shown[0][: shown[1]].rstrip(" ,").split() if shown else []
        style = before[-1] if before else word
        return common.meant(style, STYLES) or "plot types are lines, points, linespoints, boxes, histograms, …"  # fmt: skip
    if "unexpected or unrecognized token" in text:
        return common.meant(text.rsplit(":", 1)[-1].strip(), (*PLOT_WORDS, *STYLES))
    if "expecting string for title" in text:
        return "titles stand in quotes"
    if "')' expected" in text or "unfinished range" in text:
        return "a bracket is not closed"
    if "No data" in text or "no valid points" in text or "range is invalid" in text:
        return 'check the columns after using, and the separator: CSV needs set datafile separator ","'  # fmt: skip
    if "invalid expression" in text and re.search(r"=\s*\[", statement):
        return "an array is written: array x[2] = [1, 2]"
    return None


def _line_with(source: str, text: str) -> int | None:
    place = source.find(text)
    return source.count("\n", 0, place) + 1 if place >= 0 else None


def _open_brace(source: str) -> int:
    open_at: list[int] = []
    for number, row in enumerate(source.split("\n"), 1):
        bare = re.sub(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*', "", row)
        for letter in bare:
            if letter == "{":
                open_at.append(number)
            elif letter == "}" and open_at:
                open_at.pop()
    return open_at[-1] if open_at else 1
