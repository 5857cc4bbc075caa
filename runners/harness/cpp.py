# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox.
"""Compiles program.cpp, runs it, and takes the pictures that it wrote. Executed inside the sandbox."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import common
import cpp_errors
import pages
import svg_picture

del sys.path[0]

_LIBRARIES = (
    (re.compile(r'#\s*include\s*[<"](cairo/)?cairo'), "cairo"),
    (re.compile(r'#\s*include\s*[<"](plplot/)?(plstream|plplot)'), "plplot-c++"),
)
_GNUPLOT = re.compile(r'#\s*include\s*[<"]gnuplot-iostream')
_GNUPLOT_FLAGS = ("-lboost_iostreams", "-lboost_system", "-lboost_filesystem", "-lutil")
_OPTIONS = (
    "-std=c++17", "-O1", "-g1", "-D_GLIBCXX_ASSERTIONS", "-ftabstop=1", "-fdiagnostics-parseable-fixits",
    "-fno-diagnostics-show-caret", "-fdiagnostics-color=never", "-fmax-errors=8", "-ftemplate-depth=200",
    "-fconstexpr-ops-limit=10000000",
)  # fmt: skip
_COMPILE_SECONDS = 20
_LAST_WORDS = 8192
_RASTER = (".ppm", ".pgm", ".pbm", ".pnm", ".bmp", ".jpg", ".jpeg", ".gif")
_PICTURES = (".png", ".svg", ".pdf", ".eps", *_RASTER)
_NO_PICTURE = 'write one into the current folder, for example with std::ofstream out("picture.svg")'


def libraries(source: str) -> list[str]:
    """Flags for the libraries that the program includes."""
    names = [name for pattern, name in _LIBRARIES if pattern.search(source)]
    flags = pages.tool("pkg-config", "--cflags", "--libs", *names).stdout.split() if names else []
    return [*flags, *(_GNUPLOT_FLAGS if _GNUPLOT.search(source) else ())]


def compiled(source: str) -> list[dict[str, object]]:
    """Make ``program``, or end as failed; what the compiler warns of."""
    argv = ["g++", *_OPTIONS, "-o", "program", "program.cpp", os.path.join(HERE, "cpp_crash.cpp"), *libraries(source), "-lm"]  # fmt: skip
    try:
        said = pages.tool(*argv, timeout=_COMPILE_SECONDS)
    except subprocess.TimeoutExpired:
        common.fail(common.find(f"the compiler was stopped after {_COMPILE_SECONDS} seconds", hint="use simpler templates, and compute when the program runs"))  # fmt: skip
        return []
    if said.returncode != 0:
        # Lines of other files are not shown: an include may name any of them.
        own = "\n".join(line for line in said.stderr.splitlines() if line.startswith(("program.cpp", "/usr/bin/ld")))  # fmt: skip
        sys.stderr.write(own[:20_000] + "\n")
        common.fail(*(cpp_errors.of_compiler(said.stderr, source) or [common.find("the program cannot be compiled")]))  # fmt: skip
    return cpp_errors.of_compiler(said.stderr, source)


def ran() -> tuple[int, str]:
    """Run the program; its exit status, and the end of what it said on stderr."""
    program = subprocess.Popen(["./program"], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert program.stderr is not None
    last = b""
    while chunk := os.read(program.stderr.fileno(), 65536):
        sys.stderr.buffer.write(chunk)
        sys.stderr.buffer.flush()
        last = (last + chunk)[-_LAST_WORDS:]
    return program.wait(), last.decode("utf-8", errors="replace")


def written(there: set[Path]) -> list[Path]:
    """The files that were not there before, in the order in which they were written."""
    # A program may put its pictures into a folder that it makes; "out" is ours.
    found = {path for pattern in ("*", "*/*") for path in Path().glob(pattern)} - there
    made = [path for path in found if path.is_file() and not path.is_symlink() and path.parts[0] != "out"]  # fmt: skip
    return sorted(made, key=lambda path: (path.stat().st_mtime_ns, path.name))


def main() -> None:
    """Compile, run, and draw what was written."""
    source = Path("program.cpp").read_text(encoding="utf-8-sig", errors="replace")
    warned = compiled(source)
    there = {path for pattern in ("*", "*/*") for path in Path().glob(pattern)}
    status, last_words = ran()
    if status < 0:
        common.fail(cpp_errors.of_crash(-status, last_words, len(source.splitlines())), *warned)
    if status > 0:
        words = [line.strip() for line in last_words.splitlines() if line.strip()]
        told = f": {words[-1][:200]}" if words else ""
        common.fail(common.find(f"the program ended with status {status}{told}", hint="main returns 0 where all went well"), *warned)  # fmt: skip
    common.report(warned)
    made = written(there)
    taken(made)
    if not any(path.suffix == ".png" for path in common.OUT.iterdir()):
        others = ", ".join(path.name for path in made[:5])
        message = f"the program wrote no picture, only {others}" if others else "the program wrote no picture"  # fmt: skip
        common.report([common.find(message, hint=_NO_PICTURE), *warned])


def taken(made: list[Path]) -> None:
    """Turn the files that were written into pictures, in the order in which they were written."""
    format = common.wanted_format()
    pictures = [path for path in made if path.suffix.lower() in _PICTURES]
    number, words = 1, []
    for path in pictures:
        twins = [other for other in pictures if other.with_suffix("") == path.with_suffix("")]
        if path != best(twins, format) or number > pages.MOST_PAGES:
            continue
        stem = common.OUT / f"{number:02}"
        suffix = path.suffix.lower()
        if path.stat().st_size == 0:
            common.fail(common.find(f"{path.name} is empty", hint="write into it and close it before the program ends"))  # fmt: skip
        if suffix == ".png":
            stem.with_suffix(".png").write_bytes(path.read_bytes())
        elif suffix in _RASTER:
            raster(path, stem)
        elif suffix == ".svg":
            try:
                words += svg_picture.keep(path.read_text(encoding="utf-8", errors="replace"), stem)
            except ValueError as error:
                common.fail(common.find(f"{path.name} is no picture: {error}"))
        else:
            pdf = path if suffix == ".pdf" else as_pdf(path)
            number += pages.draw(pdf, format, number) - 1
            words += pages.words(pdf)
        number += 1
    common.texts(words)


def best(twins: list[Path], format: str) -> Path:
    """Of files that are one picture in several formats: the wanted one, or what draws best."""
    order = (f".{format}", ".svg", ".pdf", ".png")
    return min(twins, key=lambda path: order.index(path.suffix.lower()) if path.suffix.lower() in order else len(order))  # fmt: skip


def raster(path: Path, stem: Path) -> None:
    """A picture of pixels as png."""
    from PIL import Image

    try:
        with Image.open(path, formats=("PPM", "BMP", "JPEG", "GIF")) as opened:
            opened.convert("RGB").save(stem.with_suffix(".png"))
    except Image.DecompressionBombError:
        common.fail(common.find(f"{path.name} is too large"))
    except (OSError, ValueError, SyntaxError):
        hint = "write the header P3 or P6, width, height and 255 first, then every pixel" if path.suffix in (".ppm", ".pgm", ".pbm") else None  # fmt: skip
        common.fail(common.find(f"{path.name} is no picture", hint=hint))


def as_pdf(path: Path) -> Path:
    """An Encapsulated PostScript file as PDF."""
    pdf = Path(f".{path.stem}.pdf")
    try:
        made = pages.tool("gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-dEPSCrop", "-sDEVICE=pdfwrite", f"-sOutputFile={pdf}", str(path))  # fmt: skip
    except FileNotFoundError:
        common.fail(common.find(f"{path.name} cannot be shown: Ghostscript is not here", hint="write .svg or .pdf"))  # fmt: skip
        return path
    if made.returncode != 0 or not pdf.is_file():
        common.fail(common.find(f"{path.name} is no picture"))
    return pdf


main()
