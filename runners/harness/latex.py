# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox.
"""Typesets program.tex and draws its pages. Executed inside the sandbox."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import pages
import tex_log

del sys.path[0]

_LUA = re.compile(
    r"\\(directlua|luaexec|usepackage(\[[^]]*\])?\{[^}]*\b(luacode|luatexja|luacolor)\b)"
)
_UNICODE = re.compile(r"\\(setmainfont|setsansfont|setmonofont|newfontfamily|fontspec|usepackage(\[[^]]*\])?\{[^}]*\b(fontspec|unicode-math|polyglossia|xeCJK|mathspec)\b)")  # fmt: skip
_CLASS = re.compile(r"^[^%\n]*\\document(class|style)", re.MULTILINE)
_BODY = re.compile(r"^[^%\n]*\\begin\s*\{document\}", re.MULTILINE)
_PREAMBLE = re.compile(r"^[^%\n]*\\(usepackage|usetikzlibrary|usepgfplotslibrary|pgfplotsset|tikzset|definecolor|newcommand|def)\b")  # fmt: skip
_WRAPPER = (
    r"\documentclass[border=4pt]{standalone}\usepackage{amsmath,amssymb}\usepackage{tikz}"
    r"\usetikzlibrary{arrows.meta,calc,positioning,shapes.geometric,decorations.pathmorphing,backgrounds,fit,matrix,patterns}"
    r"\usepackage{pgfplots}\pgfplotsset{compat=newest}"
)
_AGAIN = re.compile(r"Rerun to get|Label\(s\) may have changed|No file program\.(toc|lof|lot)|There were undefined references")  # fmt: skip
_MARGIN = 6
"""Points around what an article page shows."""


def engine(source: str) -> str:
    """The TeX that the program is written for."""
    if _LUA.search(source):
        return "lualatex"
    return "xelatex" if _UNICODE.search(source) and _has("xelatex") else "lualatex" if _UNICODE.search(source) else "pdflatex"  # fmt: skip


def _has(program: str) -> bool:
    return Path(f"/usr/bin/{program}").exists()


def wrapped(source: str) -> str:
    """A bare picture becomes a document; its lines keep their numbers."""
    if _CLASS.search(source):
        return source
    if _BODY.search(source):
        return _WRAPPER + source
    lines = source.split("\n")
    body = 0
    while body < len(lines) and (not lines[body].strip() or lines[body].lstrip().startswith("%") or _PREAMBLE.search(lines[body])):  # fmt: skip
        body += 1
    if body == len(lines):
        body = 0
    if lines[body:]:
        lines[body] = r"\begin{document}" + lines[body]
    return _WRAPPER + "\n".join(lines) + "\n\\end{document}\n"


def main() -> None:
    """Typeset, once more where the log asks for it, and draw."""
    source = Path("program.tex").read_text(encoding="utf-8-sig", errors="replace")
    Path("program.tex").write_text(wrapped(source), encoding="utf-8")
    tex = engine(source)
    if not _has(tex):
        common.fail(common.find(f"the program needs {tex}, which is not installed", hint="apt install texlive-luatex"))  # fmt: skip
    argv = [tex, "-interaction=nonstopmode", "-halt-on-error", "-file-line-error", "-no-shell-escape", "program.tex"]  # fmt: skip
    said = pages.tool(*argv)
    if said.returncode == 0 and _AGAIN.search(said.stdout):
        said = pages.tool(*argv)
    log = Path("program.log")
    text = log.read_text(encoding="utf-8", errors="replace") if log.is_file() else said.stdout
    found = tex_log.findings(text, source)
    sys.stdout.write(said.stdout[-20_000:])
    if said.returncode != 0:
        common.fail(*(found or [common.find(f"{tex} ended with status {said.returncode}")]))
    pdf = Path("program.pdf")
    if not pdf.is_file():
        common.fail(common.find("the document has no page", hint="put the picture between \\begin{document} and \\end{document}"))  # fmt: skip
    if not re.search(r"\\documentclass(\[[^]]*\])?\{(standalone|beamer|tikzposter)\}", wrapped(source)):  # fmt: skip
        pdf = cropped(pdf)
    pages.draw(pdf, common.wanted_format())
    common.texts(pages.words(pdf))
    common.report(found)


def cropped(pdf: Path) -> Path:
    """The document with each page cut to what it shows."""
    boxes = re.findall(r"%%HiResBoundingBox: ([\d. -]+)", pages.tool("gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-sDEVICE=bbox", str(pdf)).stderr)  # fmt: skip
    if not boxes:
        return pdf
    sides = [[float(side) for side in box.split()] for box in boxes]
    if any(box[2] - box[0] < 1 or box[3] - box[1] < 1 for box in sides):
        return pdf
    ships = [
        f"\\pdfximage page {number} {{program.pdf}}\\setbox0\\hbox{{\\kern{_MARGIN - box[0]:.2f}bp\\lower{box[1] - _MARGIN:.2f}bp\\hbox{{\\pdfrefximage\\pdflastximage}}}}"
        f"\\pdfpagewidth={box[2] - box[0] + 2 * _MARGIN:.2f}bp\\pdfpageheight={box[3] - box[1] + 2 * _MARGIN:.2f}bp"
        "\\wd0\\pdfpagewidth\\ht0\\pdfpageheight\\dp0 0pt\\shipout\\box0 "
        for number, box in enumerate(sides, 1)
    ]
    Path("cropped.tex").write_text("\\pdfhorigin0pt\\pdfvorigin0pt\\pdfminorversion7 " + "\n".join(ships) + "\\end\n")  # fmt: skip
    made = pages.tool("pdftex", "-interaction=nonstopmode", "-no-shell-escape", "cropped.tex")
    out = Path("cropped.pdf")
    return out if made.returncode == 0 and out.is_file() else pdf


main()
