"""VisPlotBench's way of executing programs: each a cell of one notebook, which nbconvert runs.

The cells do what the benchmark's public code does for each language (VisCoder2, arXiv:2510.23642):
the tool as a process from within the cell, Python in the kernel itself, and five seconds of waiting
for a page. Mermaid is left out, since its tool brings a browser of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from runners.base import Program
from runners.languages.lilypond import executable

_PACKAGES = ("nbconvert", "ipykernel", "matplotlib", "pandas", "vl-convert-python", "cairosvg")
_FILES = {"lilypond": "in.ly", "svg": "in.svg", "latex": "in.tex", "asymptote": "in.asy", "html": "in.html", "vegalite": "in.json"}  # fmt: skip


class Harness:
    """A notebook server's environment, made anew and removed; use it as a context manager."""

    LANGUAGES: ClassVar = ("python", *_FILES)

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="viscoder-harness-")
        self._place = Path(self._folder.name)

    def __enter__(self) -> Self:
        uv = str(Path(sys.executable).with_name("uv"))
        environment = self._place / "env"
        subprocess.run([uv, "venv", "--quiet", str(environment)], check=True)
        subprocess.run([uv, "pip", "install", "--quiet", "--python", str(environment / "bin/python"), *_PACKAGES], check=True)  # fmt: skip
        return self

    def __exit__(self, _type: type[BaseException] | None, _value: BaseException | None, _trace: TracebackType | None) -> None:  # fmt: skip
        self._folder.cleanup()

    def seconds(self, programs: Sequence[Program]) -> float:
        """How long the notebook takes for all of them; a cell that fails is an error here."""
        cells = [_cell(number, program) for number, program in enumerate(programs)]
        notebook = self._place / "tasks.ipynb"
        notebook.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))  # fmt: skip
        command = [str(self._place / "env/bin/python"), "-m", "nbconvert", "--to", "notebook", "--execute", "--output", "done.ipynb", "--ExecutePreprocessor.timeout=60", str(notebook)]  # fmt: skip
        began = time.perf_counter()
        done = subprocess.run(command, cwd=self._place, capture_output=True, text=True, check=False)
        taken = time.perf_counter() - began
        if done.returncode != 0:
            raise SystemExit(f"the harness failed: {done.stderr[-2000:]}")
        return taken


def _cell(number: int, program: Program) -> dict[str, object]:
    source = _code(number, program)
    return {"cell_type": "code", "execution_count": None, "id": f"task-{number}", "metadata": {}, "outputs": [], "source": source}  # fmt: skip


def _code(number: int, program: Program) -> str:
    picture = f"picture-{number}.png"
    if program.language == "python":
        return f"import matplotlib\nmatplotlib.use('agg')\n{program.source.replace('plt.show()', f'plt.savefig({picture!r})')}"  # fmt: skip
    file = _FILES[program.language]
    begin = f"import subprocess, pathlib\npathlib.Path({file!r}).write_text({program.source!r})\n"
    run = "subprocess.run({}, check=True, capture_output=True)\n"
    match program.language:
        case "vegalite":
            return f"import vl_convert, pathlib\npathlib.Path({picture!r}).write_bytes(vl_convert.vegalite_to_png({program.source!r}))\n"  # fmt: skip
        case "svg":
            return f"{begin}import cairosvg\ncairosvg.svg2png(url={file!r}, write_to={picture!r})\n"
        case "lilypond":
            return begin + run.format([executable(), "--png", "-dno-point-and-click", "-o", picture[:-4], file])  # fmt: skip
        case "latex":
            return begin + run.format(["lualatex", "-interaction=nonstopmode", file]) + run.format(["pdftocairo", "-png", "-singlefile", "-r", "150", "in.pdf", picture[:-4]])  # fmt: skip
        case "asymptote":
            return begin + run.format(["asy", "-f", "png", "-render", "0", "-o", picture, file])
        case _:
            page = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", f"--screenshot={picture}"]  # fmt: skip
            wait = "import time\ntime.sleep(5)\n"
            return f"{begin}{run.format([*page, file])}{wait}"
