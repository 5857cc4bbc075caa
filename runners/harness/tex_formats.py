# pyright: basic
# Runs inside the sandbox; and beside it as a program that makes the formats, before any run.
"""Preambles of pictures that LaTeX need not read again: kept as formats, which it loads in one go.

``python tex_formats.py`` makes them of nothing but what stands here, so a program never meets what
another has left: where it begins with exactly such a preamble, these lines are taken out of it and the
format stands in. A format of another TeX, or of packages that have changed since, is not used.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(sys.prefix) / "share" / "viscoder" / "tex"
_MADE_OF = "made-of.json"
"""What the formats were made of: when these files were changed last, and their sizes."""
_FILES = ("pdflatex.fmt", "standalone.cls", "tikz.sty", "pgf.sty", "pgfcore.code.tex", "pgfplots.sty", "pgfplotscore.code.tex")  # fmt: skip
_PREAMBLES = {
    "tikz": r"\documentclass{standalone}\usepackage{tikz}",
    "plots": r"\documentclass{standalone}\usepackage{tikz}\usepackage{pgfplots}",
    "pages-tikz": r"\documentclass[tikz]{standalone}\usepackage{tikz}",
    "pages-plots": r"\documentclass[tikz]{standalone}\usepackage{tikz}\usepackage{pgfplots}",
}
"""By their names: ``pages`` is the class with the option that gives each picture a page."""
_BORDER = r"border=(?:[\w.]+|\{[\w. ]+\})"
_CLASS = re.compile(
    rf"((?:[ \t]*(?:%[^\n]*)?\n)*)\\documentclass(?:\[(tikz, ?)?({_BORDER})(, ?tikz)?\]|\[(tikz)\])?\{{standalone\}}[ \t]*\n"
)
_LOADS = re.compile(r"\\usepackage\{(tikz|pgfplots)\}[ \t]*\n")
_SECONDS = 60


def instead(document: str) -> tuple[Path, str] | None:
    """The format that a document's first lines are in, and the document without them.

    All other lines keep their numbers. None where there is no such format.
    """
    head = _CLASS.match(document)
    if head is None:
        return None
    packages: list[str] = []
    end = head.end()
    while found := _LOADS.match(document, end):
        packages.append(found[1])
        end = found.end()
    if not packages:
        return None
    kind = "plots" if "pgfplots" in packages else "tikz"
    name = f"pages-{kind}" if head[2] or head[4] or head[5] else kind
    path = FOLDER / f"{name}.fmt"
    if not path.is_file() or not _is_current():
        return None
    border = rf"\standaloneconfig{{{head[3]}}}" if head[3] else ""
    return path, head[1] + border + "\n" * (1 + len(packages)) + document[end:]


def _is_current() -> bool:
    try:
        told = json.loads((FOLDER / _MADE_OF).read_text(encoding="utf-8"))
        return all(_state(Path(path)) == state for path, state in told.items())
    except (OSError, ValueError):
        return False


def _state(path: Path) -> list[int]:
    found = path.stat()
    return [int(found.st_mtime), found.st_size]  # an image keeps whole seconds


def main() -> int:
    """Make the formats anew, unless they are current; the exit status."""
    if _is_current():
        return 0
    asked = ["kpsewhich", "-engine=pdftex", "-progname=pdflatex", *_FILES]
    found = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split()
    if len(found) < len(_FILES):
        sys.stderr.write(
            "TeX Live lacks TikZ, pgfplots or the class standalone: no format is made\n"
        )
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / _MADE_OF).unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as place:
        for name, preamble in _PREAMBLES.items():
            argv = ["pdftex", "-ini", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", f"-jobname={name}", "&pdflatex", preamble + r"\dump"]  # fmt: skip
            made = subprocess.run(argv, cwd=place, capture_output=True, timeout=_SECONDS, stdin=subprocess.DEVNULL, check=False)  # fmt: skip
            if made.returncode != 0:
                sys.stderr.write(
                    f"TeX cannot make the format {name}: see what it says to {preamble}\n"
                )
                return 1
        for name in _PREAMBLES:
            (FOLDER / f"{name}.fmt").write_bytes(Path(place, f"{name}.fmt").read_bytes())
    # Last, so that it also says that all are there.
    (FOLDER / _MADE_OF).write_text(json.dumps({path: _state(Path(path)) for path in found}), encoding="utf-8")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
