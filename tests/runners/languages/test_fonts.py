"""Words in any script: where a font of the machine has a letter, no box stands in its place."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from runners.base import Program, Run, Severity, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import needed

TIKZ = "\\documentclass[border=4pt]{standalone}\n\\usepackage{tikz}\n\\begin{document}\n\\tikz \\node[draw] (WORD) {WORD};\n\\end{document}\n"
PROGRAMS = {
    "python": 'import matplotlib.pyplot as plt\nplt.bar(["WORD", "b"], [1, 2])\nplt.tight_layout()\nplt.show()',
    "mermaid": "flowchart LR\n  a[WORD] --> b",
    "latex": TIKZ,
    "asymptote": 'size(100);\ndraw(unitcircle);\nlabel("WORD", (0, 0));',
    "svg": '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60"><rect width="200" height="60" fill="#fff"/><text x="9" y="40">WORD</text></svg>',
}
CAIRO = """\
#include <cairo/cairo.h>
int main() {
    cairo_surface_t* sheet = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 300, 60);
    cairo_t* pen = cairo_create(sheet);
    cairo_set_source_rgb(pen, 1, 1, 1);
    cairo_paint(pen);
    cairo_set_source_rgb(pen, 0, 0, 0);
    cairo_select_font_face(pen, "Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
    cairo_set_font_size(pen, 24);
    cairo_text_extents_t size;
    cairo_text_extents(pen, "sold WORD", &size);
    cairo_move_to(pen, 290 - size.width, 40);
    cairo_show_text(pen, "sold WORD");
    cairo_surface_write_to_png(sheet, "picture.png");
}
"""
PROGRAMS["cpp"] = CAIRO
TANGUT = "\U00017000"
"""Of a script that hardly a machine has a font for."""


def fonts_having(letter: str) -> str:
    if shutil.which("fc-list") is None:
        return ""
    return subprocess.run(["fc-list", f":charset={ord(letter):x}"], capture_output=True, text=True, check=True).stdout  # fmt: skip


async def drawn(runner: SandboxedRunner, language: str, word: str, folder: Path) -> tuple[Run, Image.Image]:  # fmt: skip
    run = await runner.run(Program(PROGRAMS[language].replace("WORD", word), language), folder)
    assert run.verdict is Verdict.RENDERED, run
    return run, Image.open(run.pictures[0].path).convert("RGB")


@pytest.mark.parametrize("language", PROGRAMS)
async def test_letters_that_a_font_has_are_no_boxes(runner: SandboxedRunner, tmp_path: Path, language: str) -> None:  # fmt: skip
    for letter, package in (("売", "fonts-wqy-microhei"), ("🍎", "fonts-symbola")):
        needed(bool(fonts_having(letter)), package)
    # Boxes of two letters would look the same, and these are as wide as each other.
    run, first = await drawn(runner, language, "売🍎", tmp_path / "first")
    _, second = await drawn(runner, language, "壱🍏", tmp_path / "second")
    assert first.size == second.size
    assert ImageChops.difference(first, second).getbbox() is not None
    assert not run.diagnostics


@pytest.mark.parametrize("tex", ["xelatex", "lualatex"])
@pytest.mark.parametrize("language", ["latex", "asymptote"])
async def test_a_tex_that_the_program_asks_for_has_them_too(runner: SandboxedRunner, tmp_path: Path, tex: str, language: str) -> None:  # fmt: skip
    needed(bool(fonts_having("売")), "fonts-wqy-microhei")
    asked = {"latex": f"% !TeX program = {tex}\n", "asymptote": f'settings.tex = "{tex}";\n'}
    drawn: list[Image.Image] = []
    for word in ("売上", "壱万"):
        source = asked[language] + PROGRAMS[language].replace("(WORD)", "").replace("WORD", word)
        run = await runner.run(Program(source, language), tmp_path / word)
        assert run.verdict is Verdict.RENDERED and not run.diagnostics, run
        drawn.append(Image.open(run.pictures[0].path).convert("RGB"))
    assert drawn[0].size == drawn[1].size
    assert ImageChops.difference(*drawn).getbbox() is not None


async def test_a_font_that_the_program_names_but_the_machine_lacks_is_no_reason_for_boxes(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    needed(bool(fonts_having("売")), "fonts-wqy-microhei")
    named = 'import matplotlib.pyplot as plt\nplt.rcParams["font.sans-serif"] = ["SimHei"]\nplt.title("売上")\nplt.plot([1, 2])'
    run = await runner.run(Program(named, "python"), tmp_path)
    assert run.verdict is Verdict.RENDERED and not run.diagnostics, run


@pytest.mark.parametrize("language", ["python", "svg", "cpp"])
async def test_a_letter_that_no_font_has_is_named(runner: SandboxedRunner, tmp_path: Path, language: str) -> None:  # fmt: skip
    needed(shutil.which("fc-list") is not None, "fontconfig")
    if fonts_having(TANGUT):
        pytest.skip("this machine has a font for everything")
    run, _ = await drawn(runner, language, TANGUT, tmp_path)
    (said,) = run.diagnostics
    assert said.severity is Severity.WARNING
    assert TANGUT in said.message and "fonts-noto-cjk" in (said.hint or "")


async def test_what_latex_says_of_such_a_program_stands_at_its_own_line(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    needed(bool(fonts_having("売")), "fonts-wqy-microhei")
    wrong = TIKZ.replace("WORD", "売").replace("\\end{document}", "\\undefined\n\\end{document}")
    run = await runner.run(Program(wrong, "latex"), tmp_path)
    assert run.verdict is Verdict.FAILED
    assert run.diagnostics[0].line == 5 and "\\undefined" in run.diagnostics[0].message
