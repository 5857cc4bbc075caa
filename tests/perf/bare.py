"""Each language's own tool, called for a file as somebody would who has no viscoder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from runners.languages.lilypond import executable

_PYTHON = "import atexit, runpy, sys; from matplotlib import pyplot as p; atexit.register(lambda: [p.figure(n).savefig(f'shown-{n:02}.png') for n in p.get_fignums()]); del sys.argv[0]; runpy.run_path(sys.argv[0], run_name='__main__')"  # fmt: skip
"""The program, and what would then stand in its windows."""
_VEGALITE = "import sys, vl_convert; open('out.png', 'wb').write(vl_convert.vegalite_to_png(open(sys.argv[1]).read(), allowed_base_urls=[]))"  # fmt: skip
_MERMAID = "import sys, mermaidx; open('out.svg', 'w').write(mermaidx.render(open(sys.argv[1]).read()).svg())"  # fmt: skip
_SVG = "import sys, resvg_py; resvg_py.svg_to_bytes(svg_string=open(sys.argv[1]).read())"
_TYPST = "import sys, typst; typst.compile(sys.argv[1], output='out.pdf')"
BARE: dict[str, Callable[[str], Sequence[str]]] = {
    "python": lambda file: (sys.executable, "-c", _PYTHON, file),
    "vegalite": lambda file: (sys.executable, "-c", _VEGALITE, file),
    "mermaid": lambda file: (sys.executable, "-c", _MERMAID, file),
    "svg": lambda file: (sys.executable, "-c", _SVG, file),
    "r": lambda file: ("Rscript", "--vanilla", file),
    "latex": lambda file: ("pdflatex", "-interaction=nonstopmode", "-halt-on-error", file),
    "asymptote": lambda file: ("asy", "-f", "pdf", "-noView", "-render=0", file),
    "lilypond": lambda file: (executable(), "--png", file),
    "graphviz": lambda file: ("dot", "-Tpng", "-o", "out.png", file),
    "gnuplot": lambda file: ("gnuplot", "-e", "set terminal pngcairo; set output 'out.png'", file),
    "typst": lambda file: (sys.executable, "-c", _TYPST, file),
    "abc": lambda file: ("abcm2ps", "-g", "-O", "out", file),
    "plantuml": lambda file: ("plantuml", "-failfast", file),
    "octave": lambda file: ("octave-cli", "--norc", "--quiet", file),
}  # fmt: skip
"""How each language's own tool is called for a file."""
_PICTURES = (".png", ".svg", ".pdf", ".eps", ".ps")
_SHOWS = ("svg", "octave")
"""Their tools leave no picture behind; that they end well must do."""
_WRONG = re.compile(r"^! |\berror\b|Error: |Exception: ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What became of a program.

    Attributes:
        well: whether the tool ended well and left a picture.
        said: its first complaint, or the last line it said.
    """

    well: bool
    said: str


def draw(language: str, program: Path, data: Sequence[Path], seconds: float, keep: Path | None) -> Drawn:  # fmt: skip
    """Give a program to its tool, in a folder of its own.

    Args:
        language: its name.
        program: the file.
        data: what lies beside it.
        seconds: after which the tool is stopped.
        keep: the folder for the pictures; None to forget them.
    """
    with tempfile.TemporaryDirectory(prefix="viscoder-bare-") as name:
        given = {path.name for path in (program, *data)}
        for path in (program, *data):
            shutil.copy(path, name)
        # As on a machine without a screen, without what a user has set.
        environment = {"PATH": os.environ["PATH"], "HOME": name, "MPLBACKEND": "agg", "LANG": "C.UTF-8"}  # fmt: skip
        try:
            done = subprocess.run(BARE[language](program.name), cwd=name, capture_output=True, text=True, errors="replace", env=environment, timeout=seconds, stdin=subprocess.DEVNULL, check=False)  # fmt: skip
        except subprocess.TimeoutExpired:
            return Drawn(False, f"stopped after {seconds:g} s")
        pictures = [path for path in sorted(Path(name).iterdir()) if path.suffix in _PICTURES and path.name not in given and path.stat().st_size]  # fmt: skip
        if keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
            for path in pictures:
                shutil.copy(path, keep)
    well = done.returncode == 0 and (bool(pictures) or language in _SHOWS)
    return Drawn(well, _reason(done.stderr) or _reason(done.stdout))


def _reason(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return next((line for line in lines if _WRONG.search(line)), lines[-1] if lines else "")[:160]
