"""LaTeX: TikZ, pgfplots, tables and formulas, typeset by TeX Live."""

from __future__ import annotations

import sys
from pathlib import Path
from types import MappingProxyType

from runners.base import Language, PictureFormat, Step, Toolchain
from runners.languages import findings
from runners.languages.interpreter import ENVIRONMENT, HARNESS, readable

GUIDE = """\
Write one complete document: \\documentclass[border=4pt]{standalone}, \\usepackage{tikz} or pgfplots \
(\\pgfplotsset{compat=newest}), then the picture between \\begin{document} and \\end{document}. Load the \
TikZ libraries that you use. Words with formulas between them need the option varwidth. No files are \
read but the data files by name; no shell escape."""

EXAMPLE = r"""\documentclass[border=4pt]{standalone}
\usepackage{tikz}
\begin{document}
\begin{tikzpicture}
  \draw[->] (0,0) -- (4,0) node[right] {$x$};
  \draw[->] (0,0) -- (0,3) node[above] {$y$};
  \draw[thick, blue, domain=0:3.6, samples=60] plot (\x, {1.5 + sin(100*\x)});
\end{tikzpicture}
\end{document}
"""

TEX_ENVIRONMENT = MappingProxyType(
    {
        **ENVIRONMENT,
        # Nothing outside of the workspace and TeX's own trees is read or written: kpathsea's manual.
        "openin_any": "p",
        "openout_any": "p",
        "shell_escape": "f",
        "TEXMFVAR": "/tmp/texmf-var",
        "max_print_line": "2000",
        "error_line": "254",
        "half_error_line": "238",
    }
)
_TREES = tuple(
    Path(place)
    for place in ("/etc/texmf", "/var/lib/texmf", "/etc/ghostscript", "/var/lib/ghostscript")
)


def tex_readable() -> tuple[Path, ...]:
    """What TeX needs beside the system's folders: where Debian keeps its formats and maps."""
    return (*readable(), *(place for place in _TREES if place.exists()))


def steps(_format: PictureFormat) -> tuple[Step, ...]:
    """A script of ours chooses the engine, runs it and draws the pages."""
    argv = (sys.executable, "-I", "-B", str(HARNESS / "latex.py"))
    return (Step(argv, TEX_ENVIRONMENT, tex_readable()),)


LANGUAGE = Language(
    name="latex",
    title="LaTeX",
    aliases=("tex", "tikz", "pgfplots"),
    suffix=".tex",
    lexer="latex",
    guide=GUIDE,
    toolchain=Toolchain(
        programs=("pdflatex", "pdftocairo", "gs"),
        packages=(
            "texlive-latex-extra",
            "texlive-pictures",
            "texlive-luatex",
            "texlive-xetex",
            "texlive-science",
            "texlive-fonts-recommended",
            "lmodern",
            "poppler-utils",
            "ghostscript",
        ),
        parts=("tex",),
        image="latex",
    ),
    file_name="program.tex",
    steps=steps,
    diagnose=findings.read,
    example=EXAMPLE,
    words=("commutative diagram", "circuit diagram"),
)
