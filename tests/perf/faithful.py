"""``python -m tests.perf.faithful LANGUAGE FOLDER``: is drawn here what the bare tool draws?

For programs that nobody here wrote: galleries, documented examples. Each program of the folder is
given to the language's own tool, in a copy of its folder's files, and to the runner; the two
verdicts are compared, program by program. Printed is each difference with what was said, then the
count. Exit status 1 where less than 99 % of what the tool draws is drawn here.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from runners import languages
from runners.base import DataFile, Language, Limits, Program, Run, Verdict
from runners.languages.lilypond import executable
from runners.runner import SandboxedRunner
from runners.sandbox import sandbox

_GOAL = 0.99
_SECONDS = 60
_LARGEST_DATA = 4_000_000

_VEGALITE = "import sys, vl_convert; open('out.png', 'wb').write(vl_convert.vegalite_to_png(open(sys.argv[1]).read(), allowed_base_urls=[]))"  # fmt: skip
_MERMAID = "import sys, mermaidx; open('out.svg', 'w').write(mermaidx.render(open(sys.argv[1]).read()))"  # fmt: skip
_SVG = "import sys, resvg_py; resvg_py.svg_to_bytes(svg_string=open(sys.argv[1]).read())"
BARE: dict[str, Callable[[str], Sequence[str]]] = {
    "python": lambda file: (sys.executable, file),
    "vegalite": lambda file: (sys.executable, "-c", _VEGALITE, file),
    "mermaid": lambda file: (sys.executable, "-c", _MERMAID, file),
    "svg": lambda file: (sys.executable, "-c", _SVG, file),
    "r": lambda file: ("Rscript", "--vanilla", file),
    "latex": lambda file: ("pdflatex", "-interaction=nonstopmode", "-halt-on-error", file),
    "asymptote": lambda file: ("asy", "-f", "pdf", "-noView", "-render=0", file),
    "lilypond": lambda file: (executable(), "--png", file),
    "graphviz": lambda file: ("dot", "-Tpng", "-o", "out.png", file),
    "gnuplot": lambda file: ("gnuplot", "-e", "set terminal pngcairo; set output 'out.png'", file),
    "typst": lambda file: (sys.executable, "-c", "import sys, typst; typst.compile(sys.argv[1], output='out.pdf')", file),
    "abc": lambda file: ("abcm2ps", "-g", "-O", "out", file),
    "plantuml": lambda file: ("plantuml", "-failfast", file),
    "octave": lambda file: ("octave-cli", "--norc", "--quiet", file),
}  # fmt: skip
"""How each language's own tool is called for a file."""


_PICTURES = (".png", ".svg", ".pdf", ".eps", ".ps")
_SHOWS = ("python", "svg", "octave")
"""Their tools leave no picture behind; that they end well must do."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A program's two verdicts.

    Attributes:
        name: of its file.
        bare: whether the tool ended well.
        here: what the runner said.
        said: by the tool, where it failed.
    """

    name: str
    bare: bool
    here: Run
    said: str

    @property
    def differs(self) -> bool:
        """Whether one of the two draws what the other does not."""
        return self.bare != (self.here.verdict is Verdict.RENDERED)

    def line(self) -> str:
        """The difference, with its reason."""
        first = self.here.diagnostics[0] if self.here.diagnostics else None
        reason = f"line {first.line}: {first.message}" if first else self.here.stderr.strip()[-160:]
        return f"{self.name}: {'drawn' if self.bare else f'failed ({self.said})'} by the tool, {self.here.verdict} here: {reason[:200]}"  # fmt: skip


def bare(language: Language, program: Path, data: Sequence[Path]) -> tuple[bool, str]:
    """Whether the tool draws a program, and the end of what it said."""
    with tempfile.TemporaryDirectory(prefix="viscoder-bare-") as name:
        given = {path.name for path in (program, *data)}
        for path in (program, *data):
            shutil.copy(path, name)
        # As on a machine without a screen, without what a user has set.
        environment = {"PATH": os.environ["PATH"], "HOME": name, "MPLBACKEND": "agg", "LANG": "C.UTF-8"}  # fmt: skip
        try:
            done = subprocess.run(BARE[language.name](program.name), cwd=name, capture_output=True, text=True, errors="replace", env=environment, timeout=_SECONDS, stdin=subprocess.DEVNULL, check=False)  # fmt: skip
        except subprocess.TimeoutExpired:
            return False, f"stopped after {_SECONDS} s"
        drew = language.name in _SHOWS or any(path.suffix in _PICTURES and path.stat().st_size for path in Path(name).iterdir() if path.name not in given)  # fmt: skip
    lines = (done.stderr or done.stdout).strip().splitlines()
    return done.returncode == 0 and drew, lines[-1][:160] if lines else ""


async def compared(language: Language, programs: Sequence[Path]) -> list[Compared]:
    """Both verdicts of each program, two programs at a time."""
    runner = SandboxedRunner(sandbox("bubblewrap"))
    gate = asyncio.Semaphore(2)
    folders = {program.parent for program in programs}
    beside = [path for folder in folders for path in folder.iterdir() if path.is_file() and path.stat().st_size < _LARGEST_DATA]  # fmt: skip

    async def one(program: Path, folder: Path) -> Compared:
        suffixes = (language.suffix, *language.other_suffixes)
        source = await asyncio.to_thread(program.read_text, "utf-8", "replace")
        data = [path for path in beside if path.suffix not in suffixes and path.name in source]
        async with gate:
            drawn, said = await asyncio.to_thread(bare, language, program, data)
            files = tuple(DataFile(path.name, path) for path in data)
            run = await runner.run(Program(source, language.name, files), folder, limits=Limits(wall_seconds=_SECONDS, cpu_seconds=_SECONDS))  # fmt: skip
        return Compared(program.name, drawn, run, said)

    with tempfile.TemporaryDirectory(prefix="viscoder-faithful-") as name:
        found = await asyncio.gather(*(one(program, Path(name) / str(number)) for number, program in enumerate(programs)))  # fmt: skip
    await runner.close()
    return found


def main() -> int:
    """Compare and print; see the module."""
    parser = argparse.ArgumentParser(prog="python -m tests.perf.faithful")
    parser.add_argument("language", choices=sorted(BARE))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=0, help="so many programs, spread over all of them")  # fmt: skip
    parser.add_argument("--suffix", help="of the programs, if it is not the language's own")
    given = parser.parse_args()
    language = languages.find(given.language)
    suffixes = (given.suffix,) if given.suffix else (language.suffix, *language.other_suffixes)
    programs = sorted(path for path in given.folder.rglob("*") if path.name.endswith(suffixes))
    if given.most:
        programs = programs[:: max(1, -(-len(programs) // given.most))]
    found = asyncio.run(compared(language, programs))
    for one in found:
        if one.differs:
            sys.stdout.write(f"{one.line()}\n")
    drawn = [one for one in found if one.bare]
    both = [one for one in drawn if one.here.verdict is Verdict.RENDERED]
    more = sum(one.differs and not one.bare for one in found)
    share = len(both) / len(drawn) if drawn else 1.0
    sys.stdout.write(f"{language.name}: {len(found)} programs, {len(drawn)} drawn by the tool, {len(both)} of them here ({share:.1%}), {more} only here\n")  # fmt: skip
    return 0 if share >= _GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
