"""C++: plain programs that write a picture, or draw with cairo, PLplot or gnuplot-iostream."""

from __future__ import annotations

import sys
from types import MappingProxyType

from runners.base import Language, PictureFormat, Step, Toolchain
from runners.languages import findings
from runners.languages.interpreter import ENVIRONMENT, HARNESS, readable

GUIDE = """\
Write one complete C++17 program that writes a picture file into the current folder: .svg, .png (by \
cairo), .pdf (by cairo) or .ppm. Only the standard library, <cairo/cairo.h>, <plplot/plstream.h> and "gnuplot-iostream.h" may be included. \
No window, no input; data files are read by their bare name."""

EXAMPLE = """\
#include <fstream>
#include <string>
#include <vector>

int main() {
    std::vector<std::pair<std::string, int>> fruit = {{"apples", 3}, {"pears", 5}, {"plums", 9}};
    std::ofstream svg("fruit.svg");
    svg << "<svg xmlns='http://www.w3.org/2000/svg' width='640' height='400' font-family='sans-serif'>";
    svg << "<rect width='640' height='400' fill='white'/>";
    for (std::size_t i = 0; i < fruit.size(); ++i) {
        int height = fruit[i].second * 35;
        svg << "<rect x='" << 60 + i * 190 << "' y='" << 360 - height << "' width='140' height='" << height
            << "' fill='#4c78a8'/>";
        svg << "<text x='" << 130 + i * 190 << "' y='385' text-anchor='middle'>" << fruit[i].first << "</text>";
    }
    svg << "</svg>";
}
"""


def steps(_format: PictureFormat) -> tuple[Step, ...]:
    """A script of ours compiles it, runs it and takes what it wrote."""
    argv = (sys.executable, "-I", "-B", str(HARNESS / "cpp.py"))
    return (Step(argv, MappingProxyType({**ENVIRONMENT, "TMPDIR": "/tmp"}), readable()),)


LANGUAGE = Language(
    name="cpp",
    title="C++",
    aliases=("c++", "cxx"),
    suffix=".cpp",
    other_suffixes=(".cc", ".cxx"),
    lexer="cpp",
    guide=GUIDE,
    toolchain=Toolchain(
        programs=("g++", "pdftocairo"),
        packages=(
            "g++",
            "libcairo2-dev",
            "libplplot-dev",
            "plplot-driver-cairo",
            "libgnuplot-iostream-dev",
            "libboost-iostreams-dev",
            "libboost-filesystem-dev",
            "gnuplot-nox",
            "pkg-config",
            "poppler-utils",
        ),
        image="cpp",
    ),
    file_name="program.cpp",
    steps=steps,
    diagnose=findings.read,
    example=EXAMPLE,
)
