"""Mends that need no model: small mistakes that models make again and again.

Each is a function from a source to a mended source; it returns the source as it is where its
mistake is not seen. `REPAIRS` says which languages each belongs to and what it tells people.
A repair never touches a program without its mistake.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from viscoder_tui.agent.as_asked import Given, names_as_asked, numbers_as_asked
from viscoder_tui.agent.events import Repair

Mend = Callable[[str, Given], str]
"""From a source and what was given with the request to a mended source."""


@dataclass(frozen=True, slots=True)
class Known:
    """A repair: what it is called, whose mistake it mends, what it says."""

    name: str
    languages: tuple[str, ...]
    message: str
    mend: Mend


def repaired(
    source: str, language: str, data: Sequence[str] = (), asked: str = ""
) -> tuple[str, tuple[Repair, ...]]:
    """`source` with every known mistake mended, and what was done.

    Args:
        source: the program.
        language: its name.
        data: names of the data files it may read.
        asked: the request, whose names and numbers the program should hold.
    """
    given = Given(tuple(data), asked)
    done: list[Repair] = []
    for known in REPAIRS:
        if known.languages and language not in known.languages:
            continue
        mended = known.mend(source, given)
        if mended != source:
            done.append(Repair(known.name, known.message))
            source = mended
    return source, tuple(done)


def remove_byte_order_mark(source: str, _given: Given) -> str:
    """A mark of the encoding, or Windows line ends, before or in the text."""
    return source.removeprefix("\ufeff").replace("\r\n", "\n")


def straighten_quotes(source: str, _given: Given) -> str:
    """Typographic quotes where the program needs plain ones."""
    if not re.search("[\u201c\u201d\u2018\u2019]", source) or _parses(source):
        return source
    straight = source.translate(str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''"))
    return straight if _parses(straight) else source


def _parses(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError):
        return False
    return True


def drop_shell_lines(source: str, _given: Given) -> str:
    """Notebook lines such as ``!pip install`` and ``%matplotlib inline``."""
    if _parses(source):
        return source
    return re.sub(r"(?m)^[ \t]*(?:[!%]\w.*|pip3? install .*)\n?", "", source)


def import_usual_names(source: str, _given: Given) -> str:
    """``plt``, ``np``, ``pd`` and ``sns`` used but never imported."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return source
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}  # fmt: skip
    bound = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            bound |= {(name.asname or name.name).split(".")[0] for name in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
    lines = [f"import {module} as {alias}" for alias, module in _USUAL if alias in used - bound]
    return "\n".join([*lines, source]) if lines else source


_USUAL = (("plt", "matplotlib.pyplot"), ("np", "numpy"), ("pd", "pandas"), ("sns", "seaborn"))


def read_data_by_name(source: str, given: Given) -> str:
    """A path to a data file, or a made-up name where there is exactly one file."""
    data = given.data
    if not data:
        return source

    def by_name(match: re.Match[str]) -> str:
        quote, path = match[1], match[2]
        if path in data or "vega.github.io" in path:
            return match[0]
        name = PurePosixPath(path.replace("\\", "/")).name
        if name in data:
            return f"{quote}{name}{quote}"
        alone = len(data) == 1 and PurePosixPath(name).suffix == PurePosixPath(data[0]).suffix
        return f"{quote}{data[0]}{quote}" if alone else match[0]

    return re.sub(r"""(["'])([^"'\n]*\.(?:csv|tsv|json))\1""", by_name, source)


def strict_json(source: str, _given: Given) -> str:
    """Comments, trailing commas, single quotes or Python words in JSON."""
    if _is_json(source):
        return source
    plain = _outside_strings(source, _drop_comments)
    plain = re.sub(r",(\s*[}\]])", r"\1", plain)
    if _is_json(plain):
        return plain
    plain = _outside_strings(plain, _json_words)
    if _is_json(plain):
        return plain
    try:
        value = ast.literal_eval(source.strip())
        return json.dumps(value, ensure_ascii=False, indent=2)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return source


def _is_json(source: str) -> bool:
    try:
        json.loads(source)
    except (json.JSONDecodeError, RecursionError):
        return False
    return True


def _outside_strings(source: str, change: Callable[[str], str]) -> str:
    parts = re.split(r'("(?:[^"\\\n]|\\.)*")', source)
    return "".join(part if index % 2 else change(part) for index, part in enumerate(parts))


def _drop_comments(text: str) -> str:
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)


def _json_words(text: str) -> str:
    for python, plain in (("True", "true"), ("False", "false"), ("None", "null")):
        text = re.sub(rf"\b{python}\b", plain, text)
    return text


def close_json(source: str, _given: Given) -> str:
    """Brackets left open at the end of JSON."""
    if _is_json(source):
        return source
    stack: list[str] = []
    for part in re.sub(r'"(?:[^"\\\n]|\\.)*"', "", source):
        if part in "{[":
            stack.append("}" if part == "{" else "]")
        elif part in "}]" and (not stack or stack.pop() != part):
            return source
    closed = source.rstrip().rstrip(",") + "".join(reversed(stack))
    return closed if stack and _is_json(closed) else source


def only_the_svg(source: str, _given: Given) -> str:
    """Text before ``<svg`` or behind ``</svg>``."""
    start = re.search(r"<svg[\s>]", source)
    if not start:
        return source
    head = source[: start.start()]
    if re.fullmatch(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*", head, re.DOTALL):
        head_kept = head
    else:
        head_kept = ""
    end = source.rfind("</svg>")
    tail = source[end + len("</svg>") :] if end >= 0 else ""
    rest = source[start.start() : len(source) - len(tail)] if tail.strip() else source[start.start() :]  # fmt: skip
    return head_kept + rest


def add_svg_namespace(source: str, _given: Given) -> str:
    """No ``xmlns`` on the root element."""
    start = re.search(r"<svg\b[^>]*>", source)
    if not start or "xmlns=" in start[0]:
        return source
    return source.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)


def close_svg(source: str, _given: Given) -> str:
    """Elements left open at the end."""
    if "<svg" not in source:
        return source
    stack: list[str] = []
    for match in re.finditer(r"<(/?)([A-Za-z][\w:.-]*)((?:\"[^\"]*\"|'[^']*'|[^>\"'])*)>", source):
        closing, name, rest = match[1], match[2], match[3]
        if closing:
            if not stack or stack.pop() != name:
                return source
        elif not rest.rstrip().endswith("/"):
            stack.append(name)
    if not stack:
        return source
    return source.rstrip() + "\n" + "".join(f"</{name}>" for name in reversed(stack)) + "\n"


def escape_ampersands(source: str, _given: Given) -> str:
    """``&`` in text where XML wants ``&amp;``."""
    return re.sub(r"&(?!(?:[A-Za-z]\w*|#\d+|#x[0-9A-Fa-f]+);)", "&amp;", source)


def plain_arrows(source: str, _given: Given) -> str:
    """Typographic arrows between the nodes of a diagram."""
    return re.sub(r"(?m)^(\s*[\w\])}\"]+[^\"\n]*?)\s*[→⟶⇒]\s*", r"\1 --> ", source)


def quote_labels(source: str, _given: Given) -> str:
    """Labels of a flowchart that hold punctuation and no quotes."""
    if not re.match(r"(?:\s*%%[^\n]*\n)*\s*(?:flowchart|graph)\b", source):
        return source
    return re.sub(
        r'(?<=[\w])\[(?![\["(/\\])([^"\[\]\n]*[():{}#;/][^"\[\]\n]*)\]',
        lambda match: f'["{match[1]}"]',
        source,
    )


def add_lilypond_version(source: str, _given: Given) -> str:
    """No ``\\version``."""
    if "\\version" in source or not source.strip():
        return source
    return '\\version "2.24.0"\n' + source


def close_lilypond_braces(source: str, _given: Given) -> str:
    """Braces left open at the end."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"|%[^\n]*', "", source)
    lacking = bare.count("{") - bare.count("}")
    if lacking <= 0 or bare.count("<<") != bare.count(">>"):
        return source
    return source.rstrip() + "\n" + "}\n" * lacking


REPAIRS: tuple[Known, ...] = (
    Known("remove_byte_order_mark", (), "took out a byte order mark or Windows line ends", remove_byte_order_mark),
    Known("straighten_quotes", ("python",), "made typographic quotes plain", straighten_quotes),
    Known("drop_shell_lines", ("python",), "dropped notebook commands", drop_shell_lines),
    Known("import_usual_names", ("python",), "added a missing import", import_usual_names),
    Known("read_data_by_name", ("python", "vegalite"), "read the data file by its bare name", read_data_by_name),
    Known("strict_json", ("vegalite",), "made the JSON strict", strict_json),
    Known("close_json", ("vegalite",), "closed the brackets left open", close_json),
    Known("only_the_svg", ("svg",), "took out what stood around the svg", only_the_svg),
    Known("escape_ampersands", ("svg",), "escaped an ampersand", escape_ampersands),
    Known("add_svg_namespace", ("svg",), "added the svg namespace", add_svg_namespace),
    Known("close_svg", ("svg",), "closed the elements left open", close_svg),
    Known("plain_arrows", ("mermaid",), "made typographic arrows plain", plain_arrows),
    Known("quote_labels", ("mermaid",), "put labels with punctuation in quotes", quote_labels),
    Known("add_lilypond_version", ("lilypond",), "added the version line", add_lilypond_version),
    Known("close_lilypond_braces", ("lilypond",), "closed the braces left open", close_lilypond_braces),
    Known("names_as_asked", (), "spelt names as the request does", names_as_asked),
    Known("numbers_as_asked", ("python", "vegalite", "mermaid"), "gave names the numbers they have in the request", numbers_as_asked),
)  # fmt: skip
