# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox.
"""Compiles program.cpp, runs it, and takes the pictures that it wrote. Executed inside the sandbox."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import pages

del sys.path[0]

_LIBRARIES = (
    (re.compile(r'#\s*include\s*[<"](cairo/)?cairo'), "cairo"),
    (re.compile(r'#\s*include\s*[<"](plplot/)?(plstream|plplot)'), "plplot-c++"),
)
_ERROR = re.compile(r"^program\.cpp:(\d+):(\d+): (fatal error|error|warning): (.*)$", re.MULTILINE)
_UNDEFINED = re.compile(r"program\.cpp:(\d+): undefined reference to [`']([^']+)'")
_HINT = re.compile(r"did you mean ['\u2018]([^'\u2019]+)['\u2019]")
_HINTS = (
    (re.compile(r"expected ['\u2018][;)}\]]['\u2019]"), "add what is missing at the end of the line before, or here"),
    (re.compile(r"expected .* before"), "look for a missing semicolon or bracket here or in the line before"),
    (re.compile(r"was not declared|has not been declared"), "declare it first, or include the header that does"),
    (re.compile(r"No such file or directory"), "only the standard library, cairo and PLplot are here"),
    (re.compile(r"is not a member of"), "check its name, or include the header that brings it"),
)  # fmt: skip
_COMPILE_SECONDS = 20
_BEFORE = {"program.cpp", "format", "style"}


def packages(source: str) -> list[str]:
    """Flags for the libraries that the program includes."""
    names = [name for pattern, name in _LIBRARIES if pattern.search(source)]
    if not names:
        return []
    return pages.tool("pkg-config", "--cflags", "--libs", *names).stdout.split()


def findings(said: str) -> list[dict[str, object]]:
    """What the compiler says of the program itself, the first error of each line."""
    found: list[dict[str, object]] = []
    lines: set[int] = set()
    for line, column, kind, message in _ERROR.findall(said):
        if kind == "warning" or int(line) in lines:
            continue
        lines.add(int(line))
        near = _HINT.search(message)
        hint = f"did you mean {near[1]}?" if near else next((hint for pattern, hint in _HINTS if pattern.search(message)), None)  # fmt: skip
        found.append(common.find(message, line=int(line), column=int(column), hint=hint))
    for line, name in _UNDEFINED.findall(said):
        found.append(common.find(f"{name} is declared but nowhere defined", line=int(line), hint="define it, or take its use away"))  # fmt: skip
    if not found and "undefined reference to `main'" in said:
        found.append(common.find("there is no main function", line=1, hint="add int main() { … }"))
    return found[:6]


def compiled(source: str) -> None:
    """Make ``program``, or end as failed."""
    argv = ["g++", "-std=c++17", "-O1", "-g1", "-fno-diagnostics-show-caret", "-fdiagnostics-color=never", "-fmax-errors=8", "-ftemplate-depth=200", "-o", "program", "program.cpp", *packages(source), "-lm"]  # fmt: skip
    try:
        said = pages.tool(*argv, timeout=_COMPILE_SECONDS)
    except subprocess.TimeoutExpired:
        common.fail(common.find(f"the compiler was stopped after {_COMPILE_SECONDS} seconds", hint="use simpler templates"))  # fmt: skip
        return
    if said.returncode != 0:
        # Lines of other files are not shown: an include may name any of them.
        own = "\n".join(line for line in said.stderr.splitlines() if line.startswith(("program.cpp", "/usr/bin/ld")))  # fmt: skip
        sys.stderr.write(own + "\n")
        common.fail(*(findings(said.stderr) or [common.find("the program cannot be compiled")]))


def main() -> None:
    """Compile, run, and draw what was written."""
    source = Path("program.cpp").read_text(encoding="utf-8-sig", errors="replace")
    there = _BEFORE | {path.name for path in Path().iterdir()}
    compiled(source)
    ran = subprocess.run(["./program"], stdin=subprocess.DEVNULL, check=False)
    if ran.returncode < 0:
        name = signal.Signals(-ran.returncode).name
        hint = {"SIGSEGV": "an index or a pointer goes outside of what there is", "SIGFPE": "an integer is divided by zero", "SIGABRT": "an exception was not caught, or an assertion failed"}.get(name)  # fmt: skip
        common.fail(common.find(f"the program crashed with {name}", hint=hint))
    if ran.returncode > 0:
        common.fail(common.find(f"the program ended with status {ran.returncode}"))
    made = [path for path in Path().iterdir() if path.is_file() and not path.is_symlink() and path.name not in there]  # fmt: skip
    made.sort(key=lambda path: (path.stat().st_mtime_ns, path.name))
    taken(made)


def taken(made: list[Path]) -> None:
    """Turn the files that were written into pictures, in the order in which they were written."""
    format = common.wanted_format()
    number, words = 1, []
    for path in made:
        stem = common.OUT / f"{number:02}"
        suffix = path.suffix.lower()
        if suffix == ".png":
            stem.with_suffix(".png").write_bytes(path.read_bytes())
        elif suffix in (".ppm", ".pgm", ".pbm", ".bmp"):
            from PIL import Image

            try:
                with Image.open(path, formats=("PPM", "BMP")) as opened:
                    opened.convert("RGB").save(stem.with_suffix(".png"))
            except (OSError, ValueError, SyntaxError):
                common.fail(common.find(f"{path.name} is no picture", hint="write the header P3 or P6, width, height and 255 first"))  # fmt: skip
        elif suffix == ".svg":
            import resvg_py

            svg = path.read_text(encoding="utf-8", errors="replace")
            try:
                png = bytes(resvg_py.svg_to_bytes(svg_string=svg))
            except ValueError as error:
                common.fail(common.find(f"{path.name} is no picture: {error}"))
                return
            stem.with_suffix(".png").write_bytes(png)
            if format == "svg":
                stem.with_suffix(".svg").write_text(svg, encoding="utf-8")
            elif format == "pdf":
                import vl_convert

                stem.with_suffix(".pdf").write_bytes(vl_convert.svg_to_pdf(svg))
            words += common.texts_of_svg(svg)
        elif suffix == ".pdf":
            number += pages.draw(path, format, number) - 1
            words += pages.words(path)
        else:
            continue
        number += 1
    common.texts(words)


main()
