# pyright: basic
# Runs inside the sandbox; resvg has no types.
"""Where a JavaScript program runs: in a page of ours, or in node if it asks for node's modules."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import js_slips
import js_text
import js_undefined
import page_slips
import script_errors
import svg_written
import weblibraries
import webpage
import written
from webfindings import Findings, Place, near

del sys.path[0]

_NODE_MODULES = "fs|path|os|url|util|http|https|process|child_process|stream|events|zlib|crypto|assert|buffer|fs/promises|canvas|jsdom|sharp|puppeteer"  # fmt: skip
_IS_FOR_NODE = re.compile(
    rf"(?<![\w.])require\s*\(\s*['\"`]|from\s*['\"](?:node:[\w/]+|{_NODE_MODULES})['\"]|"
    rf"import\s*\(?\s*['\"](?:node:[\w/]+|{_NODE_MODULES})['\"]|"
    r"(?<![\w.])process\.(?:argv|stdout|stderr|stdin|exit|cwd|env|on|nextTick)\b|(?<![\w.])module\.exports\b"
)
_IS_MODULE = re.compile(r"^\s*(?:import\s*[\w{*'\"]|export\s)|^(?:[^\s/*].*)?\bawait\b", re.MULTILINE)  # fmt: skip
_OF_NODE = {*common.words("length size name message stack cause index input groups indices lastIndex source flags env argv argv0 platform version versions stdout stderr stdin exitCode columns rows byteLength buffer default value done raw href origin host hostname pathname search hash protocol searchParams dirname filename main exports description")}  # fmt: skip
_FRAME = re.compile(r"\n\s+at [^\n]*")


def source_free_of_comments(source: str) -> str:
    """The source without its comments, roughly: enough to see what it asks for."""
    return re.sub(r"/\*.*?\*/|(?<![:'\"\w])//[^\n]*", "", source, flags=re.DOTALL)


def is_for_node(source: str) -> bool:
    """Whether a program asks for what only node has."""
    return bool(_IS_FOR_NODE.search(source_free_of_comments(source)))


def is_module(source: str) -> bool:
    """Whether a program can only be read as a module: it imports, exports or awaits."""
    return bool(_IS_MODULE.search(source_free_of_comments(source)))


def in_page(page: webpage.WebPage, source: str, code: str, place: Place | None = None) -> None:
    """Draw what `code`, made of the user's `source`, puts into a page."""
    scripts = "".join(f'<script src="/.viscoder/lib/{name}.js"></script>' for name in weblibraries.used_in(code))  # fmt: skip
    kind = ' type="module"' if is_module(code) else ""
    document = (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{webpage.head()}"
        "<style>body{margin:16px}#chart,.sheet{position:relative;width:800px;height:500px}</style>"
        "</head><body><div id='chart'></div>"
        "<div class='sheet'><canvas id='canvas' width='800' height='500'></canvas></div>"
        f"{scripts}<script{kind} src='program.js'></script></body></html>"
    )
    documents = {"page.html": document.encode(), "program.js": code.encode()}
    page.draw(documents, Findings(source, "program.js", place, is_typed=place is not None))


def in_node(source: str, code: str, place: Place | None = None) -> None:
    """Run `code` in node and take the picture files that it writes."""
    place = place or (lambda line, column: (line, column))
    module = is_module(code)
    program = Path("program.mjs" if module else "program.cjs")
    program.write_text(code, encoding="utf-8")
    links = Path("node_modules")
    if not links.exists():
        links.symlink_to(weblibraries.PACKAGES)
    before = written.there()
    ended = subprocess.run(
        [shutil.which("node") or "node", "--max-old-space-size=1024", str(program)],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
        encoding="utf-8",
        errors="replace",
    )
    said = ended.stderr[-200_000:].replace(f"file://{Path.cwd()}/", "").replace(f"{Path.cwd()}/", "")  # fmt: skip
    if ended.returncode != 0:
        sys.stderr.write(said)
        common.report([_node_finding(said, program.name, source, place, ended.returncode)])
        sys.exit(1)
    sys.stderr.write(said)
    made = written.files(before)
    drawings = [path for path in made if path.suffix.lower() == ".svg"]
    wrong = [one for one in (svg_written.broken(path, source) for path in drawings[:3]) if one]
    if wrong:
        common.fail(wrong[0])
    slips = _node_slips(source, is_typed=code is not source, drawings=drawings[:3])
    common.report([*slips[:3], *written.taken(made)])


def _node_slips(source: str, is_typed: bool, drawings: list[Path]) -> list[dict[str, Any]]:
    """What nobody complained of, the program's own slips before what they do to its drawings."""
    if len(source) > page_slips.MOST:
        return []
    found: list[dict[str, Any]] = []
    with contextlib.suppress(Exception):  # what only has more to say costs no picture
        text = js_text.read(source)
        found += js_slips.findings(text)
        found += js_undefined.findings(text, lambda names: page_slips.elsewhere(names, source) | {*names} & _OF_NODE, is_typed)  # fmt: skip
        for path in drawings:
            found += svg_written.findings(path, source)
    return found


def _node_finding(said: str, file: str, source: str, place: Place, status: int) -> dict[str, Any]:
    if "heap out of memory" in said or status in (-9, -6):
        return common.find("the program used too much memory: out of memory")
    found = re.search(r"^(?:Uncaught )?((?:\w*Error|\w*Exception)\b.*?)(?=\n\s+at |\n\n|\nNode\.js|\Z)", said, re.MULTILINE | re.DOTALL)  # fmt: skip
    thrown = re.search(r"^Uncaught:?\s*\n?(.+)|^\s*\^\n(.+)", said, re.MULTILINE)
    message = found[1] if found else (thrown[1] or thrown[2]) if thrown else f"the program ended with status {status}"  # fmt: skip
    message = re.sub(r" \[\w+\](?=:)", "", message.split("\nRequire stack")[0])
    at = re.search(rf"{re.escape(file)}:(\d+):(\d+)", said)
    first = re.search(rf"^{re.escape(file)}:(\d+)\n(?:.*\n)?(\s*)\^", said, re.MULTILINE)
    where: tuple[int | None, int | None] = (None, None)
    if first and (message.startswith("SyntaxError") or not at):
        where = place(int(first[1]), len(first[2]) + 1)
    elif at:
        where = place(int(at[1]), int(at[2]))
    return script_errors.improved(common.find(message, line=where[0], column=where[1], hint=_node_hint(message, source)), source)  # fmt: skip


def _node_hint(message: str, source: str) -> str | None:
    if re.search(r"Cannot find (module|package)", message):
        return f"the packages here are {', '.join(weblibraries.SCRIPTS)}, and node's own"
    if "ENOENT" in message:
        files = sorted(path.name for path in Path().iterdir() if path.is_file() and path.name not in ("format", "style") and not path.name.startswith("program"))  # fmt: skip
        return f"the files here are {', '.join(files)}" if files else "there is no data file here"
    if re.search(r"(document|window) is not defined", message):
        return "node has no page: leave out require and node: modules to run in a browser"
    found = re.search(r"(\S+) is not defined", message)
    if found:
        return near(found[1], set(re.findall(r"[A-Za-z_$][\w$]*", source)) - {found[1]})
    found = re.search(r"([\w$]+) is not a function", message)
    return near(found[1], ["writeFileSync", "readFileSync", "mkdirSync", "existsSync", "forEach", "map", "filter", "reduce", "push", "join", "toFixed", "padStart"]) if found else None  # fmt: skip
