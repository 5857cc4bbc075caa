# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox.
"""Typesets program.tex and draws its pages. Executed inside the sandbox."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import pages
import tex_formats
import tex_letters
import tex_log

del sys.path[0]

_LUA = re.compile(r"\\(directlua|luaexec|usegdlibrary)\b|\bcontour lua\b|\\usetikzlibrary\s*\{[^}]*\bgraphdrawing\b|\\usepackage\s*(\[[^]]*\])?\s*\{[^}]*\b(luacode|luatexja|luacolor)\b")  # fmt: skip
_UNICODE = re.compile(r"\\(setmainfont|setsansfont|setmonofont|newfontfamily|fontspec|setmathfont|setdefaultlanguage)\b|\\usepackage\s*(\[[^]]*\])?\s*\{[^}]*\b(fontspec|unicode-math|polyglossia|xeCJK|mathspec)\b")  # fmt: skip
_ASKED = re.compile(r"^%\s*!\s*T[eE]X\s+(?:TS-)?program\s*=\s*(pdf|lua|xe)latex", re.MULTILINE)
_CLASS = re.compile(r"^[^%\n]*\\document(?:class|style)\s*(?:\[[^]]*\])?\s*\{\s*([\w-]+)", re.MULTILINE)  # fmt: skip
_BODY = re.compile(r"^[^%\n]*\\begin\s*\{document\}", re.MULTILINE)
_PACKAGE = re.compile(r"^[^%\n]*?\\(?:usepackage|RequirePackage)\s*(?:\[[^]]*\])?\s*\{[^}]*\}", re.MULTILINE)  # fmt: skip
_LIBRARY = re.compile(r"^[^%\n]*?\\use(?:tikz|pgf|pgfplots|gd)library\s*\{[^}]*\}", re.MULTILINE)
_DRAWS = re.compile(r"\\begin\s*\{|\\tikz\b")
_PARAGRAPHS = re.compile(r"\\\[|\\begin\{(align|alignat|equation|gather|multline|displaymath|eqnarray|itemize|enumerate|description|center|tabbing|theorem|proof|minipage|verbatim|lstlisting)\*?\}")  # fmt: skip
_LIBRARIES = r"\usetikzlibrary{angles,arrows.meta,automata,backgrounds,calc,chains,decorations.markings,decorations.pathmorphing,decorations.pathreplacing,fit,intersections,matrix,patterns,positioning,quotes,shadows,shapes.geometric,shapes.misc,shapes.symbols,trees}"
_WRAPPER = (
    (re.compile(r""), r"\usepackage{amsmath,amssymb}\usepackage{tikz}" + _LIBRARIES),
    (re.compile(r"axis\}|smithchart\}|\\addplot|\\pgfplots|groupplot"), r"\usepackage{pgfplots}\pgfplotsset{compat=newest}\usepgfplotslibrary{fillbetween,groupplots,polar,statistics}"),
    (re.compile(r"patch type"), r"\usepgfplotslibrary{patchplots}"),
    (re.compile(r"smithchart"), r"\usepgfplotslibrary{smithchart}"),
    (re.compile(r"ternaryaxis"), r"\usepgfplotslibrary{ternary}"),
    (re.compile(r"date coordinates"), r"\usepgfplotslibrary{dateplot}"),
    (re.compile(r"circuitikz"), r"\usepackage{circuitikz}"),
    (re.compile(r"tikzcd"), r"\usepackage{tikz-cd}"),
    (re.compile(r"\\begin\{forest\}"), r"\usepackage{forest}"),
    (re.compile(r"\\tdplot"), r"\usepackage{tikz-3dplot}"),
    (re.compile(r"\\chemfig"), r"\usepackage{chemfig}"),
    (re.compile(r"\\(top|mid|bottom)rule"), r"\usepackage{booktabs}"),
)  # fmt: skip
"""What a picture without a document needs, by what stands in it."""
_PICTURE_CLASS = re.compile(r"standalone|beamer|tikzposter|a0poster|memoize")
_NO_PAGE_NUMBERS = r"\AddToHook{begindocument}{\expandafter\let\csname ps@plain\expandafter\endcsname\csname ps@empty\endcsname\pagestyle{empty}}"
"""A picture has no page number; otherwise cutting a page to its content would keep all of it."""
_OUTLINES = r"\AddToHook{begindocument/before}{\edef\1{\rmdefault}\edef\2{cmr}\ifx\1\2\RequirePackage{lmodern}\fi}"
"""With T1 encoding, Computer Modern would be set in dots made on the spot."""
_AGAIN = re.compile(r"Rerun to get|Rerun LaTeX|Label\(s\) may have changed|No file program\.(toc|lof|lot)|There were undefined references")  # fmt: skip
_MARGIN = 6
"""Points around what an article page shows."""


def engine(source: str) -> str:
    """The TeX that the program is written for."""
    asked = _ASKED.search(source)
    if _LUA.search(source) or (asked and asked[1] == "lua"):
        return "lualatex"
    if _UNICODE.search(source) or (asked and asked[1] == "xe"):
        # LuaTeX would make its list of fonts again in every sandbox.
        return "xelatex" if _has("xelatex") else "lualatex"
    return "pdflatex"


def _has(program: str) -> bool:
    return Path(f"/usr/bin/{program}").exists()


def wrapped(source: str) -> str:
    """A bare picture becomes a document; all lines keep their numbers."""
    found = _CLASS.search(source)
    if found:
        before = ""
        if not _PICTURE_CLASS.search(found[1]) and "\\pagestyle" not in source:
            before += _NO_PAGE_NUMBERS
        if re.search(r"\[[^]]*T1[^]]*\]\s*\{fontenc\}", source):
            before += _OUTLINES
        return before + source
    options = "varwidth=30cm,border=4pt" if _PARAGRAPHS.search(source) else "border=4pt"
    before = rf"\documentclass[{options}]{{standalone}}"
    before += "".join(loads for pattern, loads in _WRAPPER if pattern.search(source))
    if _BODY.search(source):
        return before + source
    # Some libraries load packages, which no document can do that has begun.
    draws = _DRAWS.search(source)
    libraries = _LIBRARY.finditer(source, 0, draws.start() if draws else len(source))
    at = max((match.end() for match in (*_PACKAGE.finditer(source), *libraries)), default=0)
    return f"{before}{source[:at]}\\begin{{document}}{source[at:]}\n\\end{{document}}\n"


def typeset(tex: str, source: str, document: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """Run TeX on the document, and again where its log asks for it; what it said, and the log."""
    kept = tex_formats.instead(document) if tex == "pdflatex" else None
    Path("program.tex").write_text(kept[1] if kept else document, encoding="utf-8")
    format = [f"-fmt={kept[0]}"] if kept else []
    argv = [tex, *format, "-interaction=nonstopmode", "-halt-on-error", "-file-line-error", "-no-shell-escape", "program.tex"]  # fmt: skip
    said = pages.tool(*argv)
    if said.returncode == 0 and (_AGAIN.search(said.stdout) or "remember picture" in source):
        said = pages.tool(*argv)
    log = Path("program.log")
    text = log.read_text(encoding="utf-8", errors="replace") if log.is_file() else said.stdout
    return said, text


def main() -> None:
    """Typeset, once more where the log asks for it, and draw."""
    source = Path("program.tex").read_text(encoding="utf-8-sig", errors="replace")
    document = wrapped(source)
    tex = engine(source)
    if not _has(tex):
        common.fail(common.find(f"the program needs {tex}, which is not installed", hint="apt install texlive-luatex"))  # fmt: skip
    said, text = typeset(tex, source, document)
    unicode = "lualatex" if tex == "lualatex" else "xelatex"
    more = tex_letters.brought(source, unicode) if tex_letters.left_out(text) else ""
    if more and _has(unicode):
        tex = unicode
        said, text = typeset(tex, source, more + document)
    if said.returncode != 0:
        sys.stdout.write(said.stdout[-4_000:])
        found = tex_log.findings(text, source)
        common.fail(*(found or [common.find(f"{tex} ended with status {said.returncode}")]))
    pdf = Path("program.pdf")
    if not pdf.is_file():
        common.fail(common.find("the document has no page", hint="put the picture between \\begin{document} and \\end{document}"))  # fmt: skip
    kind = _CLASS.search(document)
    if kind and not _PICTURE_CLASS.search(kind[1]):
        pdf = pages.cut(pdf, pages.content(pdf), _MARGIN)
    if not pages.draw(pdf, common.wanted_format()):
        common.fail(common.find("the picture is empty: nothing is drawn in it"), *tex_log.warnings(text, source))  # fmt: skip
    common.texts(pages.words(pdf))
    common.report(tex_log.warnings(text, source))


common.run(main)
