# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox.
"""Draws program.asy with Asymptote. Executed inside the sandbox."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import asy_errors
import asy_mistakes
import common
import pages
import tex_letters

del sys.path[0]

_SET = re.compile(r"\bsettings\.(?:outformat|render|prc|prerender|embed|interactiveView|batchView|multipleView|toolbar|keep|safe)\s*=[^;\n]*;")  # fmt: skip
_SET_ALONE = re.compile(r"^[ \t]*(?:outformat|render|prc|prerender)\s*=[^;\n]*;", re.MULTILINE)
_ENGINE = re.compile(r"\bsettings\.tex\s*=\s*\"(\w+)\"\s*;")
_FONTS = re.compile(r"fontspec|\\set\w*font|xeCJK|luatexja")
_FORGET = r"\expandafter\let\csname\csname curr@fontshape\endcsname/\csname f@size\endcsname\endcsname\undefined"
"""The font that the class has loaded already, before there were others to fall back to."""
_LABELS = r"""texpreamble("\makeatletter\def\@missingfileerror#1#2{\@latex@error{File `#1.#2' not found}\@ehd\gdef\@missingfile@area{}\gdef\@missingfile@base{null}\gdef\@missingfile@ext{tex}}\AtBeginDocument{\let\input\@iinput}\makeatother");"""
"""LaTeX would ask Asymptote for another file's name, and wait."""
_MARGIN = 4
"""Points around a picture; Asymptote cuts to the very line."""


def neutral(source: str) -> str:
    """The program without its settings of output: there is no window here, and no OpenGL.

    Every line and column stays where it is.
    """

    def blank(match: re.Match[str]) -> str:
        return " " * len(match[0])

    source = _SET.sub(blank, source)
    if re.search(r"^\s*import\s+settings\b", source, re.MULTILINE):
        source = _SET_ALONE.sub(blank, source)
    return _ENGINE.sub(lambda match: match[0] if _known(match[1]) else blank(match), source)


def _known(engine: str) -> bool:
    return engine in ("xelatex", "lualatex") and Path(f"/usr/bin/{engine}").exists()


def _run(source: str) -> tuple[int, str, str]:
    asked = _ENGINE.search(source)
    if asked and not _FONTS.search(source):  # it says nothing of the letters it leaves out
        return _drawn(_LABELS + _letters(source, asked[1]), source)
    said = _drawn(_LABELS, source)
    more = _letters(source, "xelatex") if tex_letters.left_out(f"{said[1]}\n{said[2]}") else ""
    return _drawn(_LABELS + more, source, "xelatex") if more and _known("xelatex") else said


def _letters(source: str, tex: str) -> str:
    """What has unusual letters set in a font that has them."""
    quoted = tex_letters.brought(source, tex).replace('"', '\\"')
    return f'texpreamble("{quoted}{_FORGET if tex == "lualatex" else ""}");' if quoted else ""


def _drawn(labels: str, source: str, tex: str = "pdflatex") -> tuple[int, str, str]:
    Path("program.asy").write_text(labels + source, encoding="utf-8")
    # Pictures in space are drawn as vectors: render=0.
    said = pages.tool("asy", "-f", "pdf", "-noView", "-safe", "-noglobalread", "-noglobalwrite", "-render=0", "-noprc", "-tex", tex, "-o", "picture", "program.asy")  # fmt: skip
    stderr = re.sub(r"^(program\.asy: 1\.)(\d+)(?=:)", lambda at: f"{at[1]}{max(int(at[2]) - len(labels), 1)}", said.stderr, flags=re.MULTILINE)  # fmt: skip
    return said.returncode, said.stdout, stderr.replace(labels, "")


def main() -> None:
    """Draw, and take what was shipped out, in that order."""
    source = Path("program.asy").read_text(encoding="utf-8-sig", errors="replace")
    given = set(Path().iterdir())
    program = neutral(source)
    status, stdout, stderr = _run(program)
    if status != 0 or asy_errors.ERROR.search(stderr):
        found = asy_errors.findings(f"{stderr}\n{stdout}", source)
        if found and "line" not in found[0]:
            # The error is in one of Asymptote's own files: ask which statement led there.
            line = asy_errors.reached(_run(asy_errors.marked(program))[1])
            if line:
                found[0]["line"] = line
        sys.stdout.write(stdout[-4_000:])
        common.fail(*found)
    sys.stdout.write(stdout)
    made = [path for path in Path().glob("*.pdf") if path not in given and not path.stem.endswith("_")]  # fmt: skip
    made.sort(key=lambda path: path.stat().st_mtime_ns)
    number = 1
    words: list[str] = []
    for pdf in made[: common.MOST_PICTURES]:
        sizes = [(0.0, 0.0, right - left, top - bottom) for left, bottom, right, top in pages.sizes(pdf)]  # fmt: skip
        number += pages.draw(pages.cut(pdf, sizes, _MARGIN), common.wanted_format(), number)
        words += pages.words(pdf)
    common.texts(words)
    unseen = asy_mistakes.unseen_pictures(asy_errors.bare(source))
    if number == 1:
        common.report(unseen or [common.find("nothing was drawn", hint="draw, fill or label something, and give it a size: size(8cm);")])  # fmt: skip
        return
    common.report([*({**one, "severity": "warning"} for one in unseen), *common.beyond(len(made))])


common.run(main)
