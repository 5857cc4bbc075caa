# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false, reportCallIssue=false
# Runs inside the sandbox against libraries without types.
"""What Python says went wrong, as a finding at the program's own line with what would mend it."""

from __future__ import annotations

import ast
import builtins
import difflib
import importlib.util
import inspect
import pkgutil
import re
import sys
import traceback
import types
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import common
import python_places

_LONGEST = 20_000
"""Letters of a message that are read for what it says of an argument."""
_INSTALLED = ("matplotlib", "seaborn", "numpy", "pandas", "altair")
_BROUGHT = ("plotly", "bokeh", "plotnine", "wordcloud", "networkx", "polars", "scipy", "statsmodels", "squarify", "matplotlib_venn")  # fmt: skip
"""By ``viscoder setup python``."""
_USUAL = {"plt": "import matplotlib.pyplot as plt", "np": "import numpy as np", "pd": "import pandas as pd", "sns": "import seaborn as sns", "mpl": "import matplotlib as mpl", "mpatches": "import matplotlib.patches as mpatches", "mdates": "import matplotlib.dates as mdates", "ticker": "from matplotlib import ticker", "datetime": "from datetime import datetime", "timedelta": "from datetime import timedelta", "defaultdict": "from collections import defaultdict", "Counter": "from collections import Counter", "Path": "from pathlib import Path"}  # fmt: skip
_OTHER_LANGUAGES = {"true": "True", "false": "False", "null": "None", "undefined": "None", "nil": "None", "NULL": "None", "TRUE": "True", "FALSE": "False"}  # fmt: skip
_GRAMMAR_HINTS = (
    (re.compile("[“”‘’„«»]"), "write straight quotes: ' or \""),
    (re.compile("[−–—]"), "write the minus of the keyboard: -"),
    (re.compile(r"invalid (character|non-printable)"), "outside of texts only ASCII signs and letters can stand"),
)  # fmt: skip
_FORMATS = (
    (re.compile(r"incomplete format|unsupported format character"), "a percent sign in a format is written twice: '%1.1f%%'"),
    (re.compile(r"Unknown format code '[dxXbo]'"), "the number has a fraction: write '.1f' in place of 'd'"),
    (re.compile(r"Unknown format code '[feg%]'"), "this is a text, not a number: turn it into one with float(…)"),
    (re.compile(r"'Axes' object is not (?:subscriptable|iterable)|Axes.* cannot be unpacked"), "plt.subplots() without rows and columns gives one Axes alone: leave the index out"),
    (re.compile(r"Unrecognized marker style"), "a marker is one sign: 'o' circle, 's' square, '^' triangle, 'D' diamond, '*' star, 'x' cross"),
    (re.compile(r"Parameters? \{?'\w+'.*not understood"), "the library knows no such argument: check its spelling"),
    (re.compile(r"'module' object is not callable"), "what is called is a module: call a function of it"),
)  # fmt: skip
_NO_NETWORK = (
    "there is no network: read a data file by its name, or write the data into the program"
)


def finding_of(error: BaseException, source: str, file: str) -> dict[str, object]:
    """What went wrong, at the program's own last line, with a hint where there is one.

    Args:
        error: what was raised.
        source: the program.
        file: the name under which it was compiled.
    """
    if isinstance(error, SyntaxError) and error.filename == file:
        said = str(error.msg)
        hint = next((hint for signs, hint in _GRAMMAR_HINTS if signs.search(said)), None)
        return common.find(said, line=error.lineno, column=error.offset, hint=hint)
    message = message_of(error)
    summaries = traceback.extract_tb(error.__traceback__)
    own = [one for one in summaries if one.filename == file]
    if not own:
        return common.find(message, line=line_that_holds(message, source), hint=hint_for(error, Seen(error, file, None, source)))  # fmt: skip
    last = own[-1]
    line, column = last.lineno, last.colno + 1 if last.colno is not None else None
    said = str(error)[:_LONGEST]
    place = python_places.argument_meant(said, source, last.lineno or 0, last.end_lineno or last.lineno or 0)  # fmt: skip
    if place and ((last.end_lineno or 0) > (last.lineno or 0) or place.line < (last.lineno or 0)):
        line, column = place.line, place.column
    hint = hint_for(error, Seen(error, file, last, source))
    return common.find(message, line=line, column=column, hint=hint or _for_argument(said, place))  # fmt: skip


def _for_argument(said: str, place: python_places.Place | None) -> str | None:
    """What would mend an argument whose message brings its own proposal."""
    listed = re.search(
        r"has no parameter named '(\w+)'.*?names are:\s*(.*?)(?:\s*See the help|$)", said, re.DOTALL
    )
    if listed:
        return common.meant(listed[1], listed[2].split())
    meant = re.search(r"[Ii]nvalid property .*?'(\w+)'.*?Did you mean \"(\w+)\"", said, re.DOTALL)
    if meant:
        word = place.word if place and meant[1] in place.word else meant[1]
        return f"did you mean {word.replace(meant[1], meant[2])}?"
    return next((hint for pattern, hint in _FORMATS if pattern.search(said)), None)


def message_of(error: BaseException) -> str:
    """The error's own words, without paths of libraries."""
    said = str(error)
    fatal = re.search(r"Parse(?:Fatal)?Exception: (.*?)(?:, found|  \(at char|$)", said)
    if fatal:  # of matplotlib's formulas, after the formula and a mark under it
        return fatal[1].strip()
    said = re.sub(r" \(/[^)]*\)$", "", said)
    said, *_ = re.split(r"\n\s*(?:Valid properties|Did you mean)", said)  # Plotly's go on for pages
    said = said.rstrip()
    if isinstance(error, (KeyError, MemoryError)) or not said:
        return f"{type(error).__name__}: {said or type(error).__name__}"
    return said


def line_that_holds(message: str, source: str) -> int | None:
    """The line of the source that has what a message names: a command of TeX, or a quoted word.

    Formulas and fonts are looked at when the figure is drawn, behind the program's last line.
    """
    for word in re.findall(r"\\\w+|(?<=')[^']{3,}(?=')", message):
        for number, line in enumerate(source.splitlines(), 1):
            if word in line:
                return number
    return None


class Seen:
    """An error's frames and the statement of the program that it came through.

    Args:
        error: what was raised.
        file: the program's name.
        place: its own last frame.
        source: the program.
    """

    def __init__(self, error: BaseException, file: str, place: traceback.FrameSummary | None, source: str) -> None:  # fmt: skip
        self.frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
        self.source = source
        own = [number for number, frame in enumerate(self.frames) if frame.f_code.co_filename == file]  # fmt: skip
        self.own = [self.frames[number] for number in own]
        self.inside = self.frames[own[-1] + 1 :] if own else []
        lines = source.splitlines()
        first = (place.lineno or 1) - 1 if place else 0
        end = (place.end_lineno or first + 1) if place else 0
        self.statement = "\n".join(lines[first:end])
        self.piece = ""
        if place and place.colno is not None and place.end_colno is not None and end == first + 1:
            self.piece = self.statement.encode()[place.colno : place.end_colno].decode(errors="ignore")  # fmt: skip

    def names(self) -> set[str]:
        """What the program can name where it failed."""
        return {name for frame in self.own for name in (*frame.f_locals, *frame.f_globals)}

    def values(self) -> list[object]:
        """What the frames hold, the program's own first, each frame's last first."""
        frames = [*reversed(self.own), *self.inside]
        return [value for frame in frames for value in reversed(list(frame.f_locals.values()))]

    def words(self) -> list[str]:
        """The texts in the statement."""
        return [one or other for one, other in re.findall(r"\"([^\"\n]+)\"|'([^'\n]+)'", self.statement)]  # fmt: skip


def hint_for(error: BaseException, seen: Seen) -> str | None:
    """What would mend it: a near name, the file's columns, the files there are."""
    said = str(error)
    match error:
        case ModuleNotFoundError():
            return _module(error.name or "")
        case ImportError() if "cannot import name" in said:
            return _imported(said, error.name or "")
        case FileNotFoundError():
            return _files()
        case EOFError() if "input(" in seen.statement:
            return "nobody is there to answer input(): write the value into the program"
        case NameError() if error.name:
            return _name(error.name, seen)
        case AttributeError() if error.name and "has no attribute" in said:
            return _attribute(error.name, error.obj, seen)
        case KeyError() if error.args:
            return _key(error.args[0], seen)
        case TypeError() | AttributeError():
            return _argument(said, seen)
        case OSError() if re.search(r"name resolution|[Nn]etwork|getaddrinfo|Name or service", said):  # fmt: skip
            return _NO_NETWORK
        case ValueError() if unknown := re.search(r"[Ii]nvalid (?:keyword )?arguments?(?:\(s\))?:? '?(\w+)", said):  # fmt: skip
            return near(unknown[1], {*_parameters("", seen), *_listed(seen)})
        case ValueError() | OSError():
            return _value(said, seen)
        case _:
            return None


def near(name: str, names: Iterable[object], cutoff: float = 0.6) -> str | None:
    """A hint at a name that is spelt much the same."""
    known = [one for one in names if isinstance(one, str) and (name.startswith("_") or not one.startswith("_"))]  # fmt: skip
    alike = next((one for one in known if one != name and one.casefold() == name.casefold()), None)
    if alike:
        return f"did you mean {alike}?"
    close = difflib.get_close_matches(name, known, n=1, cutoff=cutoff)
    return f"did you mean {close[0]}?" if close and close[0] != name else None


def _module(name: str) -> str:
    package, _, part = name.rpartition(".")
    if package in sys.modules:
        path = getattr(sys.modules[package], "__path__", ())
        return near(part, [one.name for one in pkgutil.iter_modules(path)]) or f"{package} has no {part}"  # fmt: skip
    here = [*_INSTALLED, *(one for one in _BROUGHT if importlib.util.find_spec(one))]
    meant = near(name, [*here, *sys.stdlib_module_names], 0.8)
    only = f"only {', '.join(here)} and the standard library are installed"
    return meant or (f"{only}; viscoder setup python brings {name}" if name in _BROUGHT else only)


def _imported(said: str, package: str) -> str | None:
    found = re.search(r"cannot import name '([^']+)'", said)
    module = sys.modules.get(package)
    if not found or module is None:
        return None
    path = getattr(module, "__path__", ())
    return near(found[1], [*dir(module), *(one.name for one in pkgutil.iter_modules(path))])


def _files() -> str:
    there = sorted(
        path.name
        for path in Path().iterdir()
        if path.suffix in (".csv", ".tsv", ".json", ".txt") and path.name != "findings.json"
    )
    return f"the files here are {', '.join(there)}" if there else "there is no data file here"


def _name(name: str, seen: Seen) -> str | None:
    if name in _OTHER_LANGUAGES:
        return f"did you mean {_OTHER_LANGUAGES[name]}?"
    if name in ("name", "_name_", "__main__", "main") and re.match(r"\s*if\b", seen.statement):
        return 'write if __name__ == "__main__":'
    if name in _USUAL:
        return f"it is not imported: write {_USUAL[name]}"
    if name in sys.stdlib_module_names or name in _INSTALLED:
        return f"it is not imported: write import {name}"
    return near(name, seen.names()) or near(name, dir(builtins), 0.75)


def _attribute(name: str, thing: object, seen: Seen) -> str | None:
    holder = re.search(rf"([A-Za-z_][\w.]*(?:\[[^\]]*\]|\([^()]*\))*)\s*\.\s*{re.escape(name)}\b", seen.statement)  # fmt: skip
    if thing is None:
        return f"{holder[1]} is None here" if holder else "what stands before the dot is None"
    first = thing.flat[0] if type(thing).__name__ == "ndarray" and thing.size else None
    if first is not None and hasattr(first, name):
        called, index = holder[1] if holder else "ax", ", ".join("0" * thing.ndim)
        return f"{called} is an array: take one of it, as in {called}[{index}], or go through {called}.flat"  # fmt: skip
    if isinstance(thing, (list, tuple)) and thing and hasattr(thing[0], name):
        called = holder[1] if holder else "it"
        return f"{called} is a {type(thing).__name__}: take one of it, as in {called}[0]"
    if hasattr(thing, f"set_{name}"):
        return f"did you mean set_{name}?"
    return near(name, [*vars(thing), *dir(thing)] if hasattr(thing, "__dict__") else dir(thing))


def _key(key: object, seen: Seen) -> str | None:
    for value in seen.values():
        if type(value).__name__ == "DataFrame":
            return _columns(key, value)
    name = str(key)
    for value in [*seen.values(), *(value for frame in seen.own for value in frame.f_globals.values())]:  # fmt: skip
        keys = list(value) if isinstance(value, dict) and not isinstance(value, types.ModuleType) else []  # fmt: skip
        if keys and "__builtins__" not in keys:
            meant = near(name, keys)
            if meant:
                return meant
    return None


def _columns(key: object, table: Any) -> str:
    names = [str(name) for name in list(table.columns)[:20]]
    meant = near(str(key), names)
    return f"{meant + ' ' if meant else ''}the columns are {', '.join(names)}"


def _argument(said: str, seen: Seen) -> str | None:
    unknown = re.search(r"^(?:([\w.]+)\(\) )?got an unexpected keyword argument '(\w+)'", said)
    if unknown:
        return near(unknown[2], _parameters(unknown[1] or "", seen)) or _american(unknown[2])
    selfless = re.search(r"^\w[\w.]*\.(\w+)\(\) takes (\d+) positional arguments? but (\d+) (?:was|were) given", said)  # fmt: skip
    if selfless and re.search(rf"def {selfless[1]}\s*\((?!\s*(?:self|cls)\b)", seen.source):
        return f"a method takes self first: def {selfless[1]}(self, …)"
    if "can only concatenate str" in said and seen.piece:
        try:
            sum = ast.parse(seen.piece.strip(), mode="eval").body
        except SyntaxError:
            return "turn the number into a text with str(…)"
        return f"write str({ast.unparse(sum.right)})" if isinstance(sum, ast.BinOp) else None
    if "'NoneType' object" in said:
        return "a function without return gives None"
    return None


def _american(name: str) -> str | None:
    """The hint at an argument in the spelling of the libraries."""
    made = name.replace("colour", "color").replace("grey", "gray").replace("centre", "center")
    return f"did you mean {made}?" if made != name else None


def _named_in(statement: str, function: str, known: dict[str, object]) -> list[object]:
    """What a statement calls by a dotted name that ends in a function's."""
    found: list[object] = []
    for dotted in re.findall(rf"([A-Za-z_][\w.]*\.{re.escape(function)})\s*\(", statement):
        first, *rest = dotted.split(".")
        thing = known.get(first)
        for part in rest:
            thing = getattr(thing, part, None)
        found += [] if thing is None else [thing]
    return found


def _parameters(called: str, seen: Seen) -> set[str]:
    """The names of arguments of what was called, and of what that called in turn."""
    names: set[str] = set()
    for frame in seen.inside:
        code = frame.f_code
        names |= set(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])
    *owner, function = called.split(".")
    for frame in seen.frames[-3:]:
        known = {**frame.f_globals, **frame.f_locals}
        things = [one for one in known.values() if owner and owner[-1] in (getattr(one, "__name__", ""), type(one).__name__)]  # fmt: skip
        direct = _named_in(seen.statement, function, known) if function else []
        for thing in [getattr(one, function, None) for one in things] + [known.get(function), *direct]:  # fmt: skip
            try:
                names |= set(inspect.signature(thing).parameters)
            except (TypeError, ValueError):
                continue
    return names - {"self", "args", "kwargs"}


def _listed(seen: Seen) -> set[str]:
    """The names in the lists that a library held against an argument."""
    names: set[str] = set()
    for value in (value for frame in seen.inside for value in frame.f_locals.values()):
        if isinstance(value, (set, frozenset, list, tuple, types.MappingProxyType)) and len(value) < 400:  # fmt: skip
            names |= {one for one in value if isinstance(one, str) and one.isidentifier()}
    return names


def _value(said: str, seen: Seen) -> str | None:
    """A near name for a text that no library takes, out of the names that the message lists."""
    if "Did you mean" in said:
        return None
    missing = re.search(r"Could not interpret value `(\w+)`", said)
    if missing:
        table = next((one for one in seen.values() if type(one).__name__ == "DataFrame"), None)
        return _columns(missing[1], table) if table is not None else None
    listed = set(re.findall(r"'([\w -]+)'", said)) | set(re.findall(r"[\w-]+(?=,|$)", said))
    symbol = re.search(r"Unknown symbol: \\(\w+)", said)
    if symbol:
        from matplotlib import _mathtext_data

        return near(symbol[1], _mathtext_data.tex2uni)
    received = re.search(r"Received value: '([^']*)'", said)
    listed -= {received[1]} if received else set()
    known = [*listed, *_known_to_matplotlib(said)]
    for word in seen.words():
        if word in known and f"'{word}' is not" not in said:
            continue
        meant = near(word, [one for one in known if one != word], 0.75)
        if meant:
            return meant
    return None


def _known_to_matplotlib(said: str) -> list[str]:
    if "matplotlib" not in sys.modules:
        return []
    import matplotlib.colors
    import matplotlib.style

    if "style" in said and "available" in said:
        return list(matplotlib.style.available)
    if "palette" in said or "colormap" in said or "cmap" in said:
        return [*matplotlib.colormaps, "deep", "muted", "bright", "pastel", "dark", "colorblind", "husl", "hls"]  # fmt: skip
    if "color" in said or "RGBA" in said:
        return list(matplotlib.colors.get_named_colors_mapping())
    return []
