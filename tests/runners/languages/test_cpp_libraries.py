"""C++ with PLplot and gnuplot-iostream: drawn without a window, whatever the program asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from runners.base import Program, Run, Severity, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need, needed


@pytest.fixture(autouse=True)
def installed() -> None:
    for program in ("g++", "gnuplot"):
        need(program)
    for header in ("plplot/plplot.h", "gnuplot-iostream.h", "boost/iostreams/stream.hpp"):
        needed(Path("/usr/include", header).exists(), header)


async def run(runner: SandboxedRunner, source: str, folder: Path) -> Run:
    return await runner.run(Program(source, "cpp"), folder)


def stream(device: str) -> str:
    """A sine of PLplot's classes, drawn to a device."""
    return f"""#include <plplot/plstream.h>
#include <cmath>
int main(int argc, char** argv) {{
    PLFLT x[101], y[101];
    for (int i = 0; i < 101; i++) {{ x[i] = i / 10.0; y[i] = std::sin(x[i]); }}
    plstream pls;
    pls.parseopts(&argc, argv, PL_PARSE_FULL);
    {device}
    pls.init();
    pls.env(0, 10, -1.2, 1.2, 0, 0);
    pls.lab("time", "value", "Sine wave");
    pls.line(101, x, y);
}}
"""


@pytest.mark.parametrize("device", [
    'pls.sdev("pngcairo"); pls.sfnam("sine.png");',
    'pls.sdev("svg"); pls.sfnam("sine.svg");',
    'pls.sdev("psc"); pls.sfnam("sine.ps");',
    'pls.sdev("pngcairo");',
    'pls.sdev("xwin");',
    'pls.sdev("qtwidget");',
    "",
])  # fmt: skip
async def test_plplot_draws_to_files_alone(runner: SandboxedRunner, tmp_path: Path, device: str) -> None:  # fmt: skip
    drawn = await run(runner, stream(device), tmp_path)
    assert drawn.verdict is Verdict.RENDERED, (drawn.diagnostics, drawn.stderr)
    assert len(drawn.pictures) == 1 and drawn.pictures[0].width > 400
    assert not drawn.diagnostics
    if device in ("", 'pls.sdev("xwin");'):
        assert "Sine wave" in drawn.texts


async def test_plplots_functions_draw_every_page(runner: SandboxedRunner, tmp_path: Path) -> None:
    source = """#include <plplot.h>
int main() {
    plstar(1, 1);
    for (int page = 1; page <= 2; page++) {
        plenv(0, 5, 0, 10, 0, 0);
        pllab("month", "sold", page == 1 ? "Äpfel" : "Pears");
    }
    plend();
}
"""
    drawn = await run(runner, source, tmp_path)
    assert drawn.verdict is Verdict.RENDERED, (drawn.diagnostics, drawn.stderr)
    assert len(drawn.pictures) == 2
    assert "Äpfel" in drawn.texts and "Pears" in drawn.texts


def piped(setup: str) -> str:
    """Points sent to gnuplot."""
    return f"""#include <utility>
#include <vector>
#include "gnuplot-iostream.h"
int main() {{
    Gnuplot gp;
    std::vector<std::pair<double, double>> points{{{{1, 3}}, {{2, 5}}, {{3, 4}}}};
    {setup}
    gp << "set title 'Sold'\\n";
    gp << "plot '-' with linespoints title 'pears'\\n";
    gp.send1d(points);
}}
"""


@pytest.mark.parametrize("setup", [
    r"""gp << "set terminal pngcairo size 800,600\nset output 'sold.png'\n";""",
    r"""gp << "set term qt 0 persist\n";""",
    "",
])  # fmt: skip
async def test_gnuplot_draws_to_files_alone(runner: SandboxedRunner, tmp_path: Path, setup: str) -> None:  # fmt: skip
    drawn = await run(runner, piped(setup), tmp_path)
    assert drawn.verdict is Verdict.RENDERED, (drawn.diagnostics, drawn.stderr)
    assert len(drawn.pictures) == 1
    assert "Sold" in drawn.texts or "pngcairo" in setup


@pytest.mark.parametrize(("source", "line", "words"), [
    (stream('pls.sdev("svg");').replace("pls.init", "pls.plinit"), 9, "have no pl before their names"),
    (stream("").replace("pls.line", "pls.lines"), 12, "did you mean line?"),
    ("#include <plplot.h>\nint main() {\n    plinit();\n    plenv(0, 1, 0, 1);\n}\n", 4, "too few arguments"),
    ("#include <plplot.h>\n#include <vector>\nint main() {\n    std::vector<double> x{1, 2};\n    plinit();\n    plline(2, x, x);\n}\n", 6, ".data()"),
])  # fmt: skip
async def test_what_is_almost_right_is_told_where_it_stands(runner: SandboxedRunner, tmp_path: Path, source: str, line: int, words: str) -> None:  # fmt: skip
    ran = await run(runner, source, tmp_path)
    assert ran.verdict is Verdict.FAILED
    first = ran.diagnostics[0]
    assert (first.severity, first.line) == (Severity.ERROR, line), ran.diagnostics
    assert words in f"{first.message} {first.hint}"
    assert "c_pl" not in first.message
