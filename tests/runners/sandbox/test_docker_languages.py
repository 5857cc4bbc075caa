"""The languages draw in containers what they draw in bubblewrap, whatever is installed here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image

from runners import languages
from runners.base import DataFile, Language, PictureFormat, Program, Toolchain, Verdict
from runners.images import families
from runners.runner import SandboxedRunner
from runners.sandbox import sandbox
from tests.conftest import Built
from tests.runners.languages.test_look import BLUE, count
from tests.runners.languages.test_python_pages import BOKEH, EXPRESS, OTHERS, PLOTNINE
from tests.runners.together import SALES, together

READS = {
    "python": "import pandas as pd, matplotlib.pyplot as plt\ndata = pd.read_csv('data.csv')\nplt.bar(data['day'], data['sold'])\nplt.show()",
    "vegalite": '{"data": {"url": "data.csv"}, "mark": "bar", "encoding": {"x": {"field": "day", "type": "nominal"}, "y": {"field": "sold", "type": "quantitative"}}}',
    "javascript": "const rows = await d3.csv('data.csv');\nd3.select('#chart').append('svg').append('text').attr('y', 40).text(rows[1].day);",
    "latex": "\\documentclass[border=4pt]{standalone}\n\\usepackage{pgfplots}\n\\usepackage{pgfplotstable}\n\\begin{document}\n\\pgfplotstabletypeset[col sep=comma, string type]{data.csv}\n\\end{document}",
    "asymptote": 'size(4cm);\nfile f = input("data.csv");\nstring line = f;\nlabel(line, (0,0));\ndraw(circle((0,0), 2));',
    "r": "data <- read.csv('data.csv')\nbarplot(data$sold, names.arg = data$day)",
    "cpp": '#include <fstream>\n#include <string>\nint main() {\n  std::ifstream data("data.csv");\n  std::string line;\n  std::getline(data, line);\n  std::ofstream svg("x.svg");\n  svg << "<svg xmlns=\'http://www.w3.org/2000/svg\' width=\'200\' height=\'60\'><text y=\'40\'>" << line << "</text></svg>";\n}',
}  # fmt: skip

MISTAKES = [
    ("python", "import matplotlib.pyplot as plt\nplt.barr([1], [2])\n", 2, "barr"),
    ("lilypond", '\\version "2.24.0"\n{ c\'4 xx4 }\n', 2, "note name"),
    ("vegalite", '{"mark": "bar",\n}', 1, "comma"),
    ("typescript", "const a: number = 1;\nnothing.here();\n", 2, "nothing"),
    ("latex", "\\documentclass{standalone}\n\\begin{document}\n\\nosuch\n\\end{document}\n", 3, "nosuch"),
    ("asymptote", "size(4cm);\ndraw(circl((0,0), 1));\n", 2, "circl"),
    ("r", "x <- 1\nplot(nothing)\n", 2, "nothing"),
    ("cpp", "int main() {\n    nothing();\n}\n", 2, "nothing"),
    ("octave", "x = 1;\nplot(nothing);\n", 2, "nothing"),
    ("d2", "a -> b\nb: {shape: cirle}\n", 2, "cirle"),
]  # fmt: skip


async def drawn(runner: SandboxedRunner, name: str, folder: Path) -> None:
    program = Program(languages.find(name).example, name)
    for format in get_args(PictureFormat):
        run = await runner.run(program, folder / format, format)
        assert run.verdict is Verdict.RENDERED, run
        assert run.pictures[0].format == format


@pytest.mark.parametrize("name", [one.name for one in languages.all_languages()])
async def test_the_example_is_drawn_in_every_format(
    built: Built, tmp_path: Path, name: str
) -> None:
    built(languages.find(name).toolchain.image)
    await drawn(SandboxedRunner(sandbox("docker"), standby=False), name, tmp_path)


@pytest.mark.parametrize("name", list(READS))
async def test_a_data_file_is_read(built: Built, tmp_path: Path, name: str) -> None:
    built(languages.find(name).toolchain.image)
    table = tmp_path / "elsewhere.csv"
    table.write_text(SALES)
    runner = SandboxedRunner(sandbox("docker"), standby=False)
    run = await runner.run(Program(READS[name], name, (DataFile("data.csv", table),)), tmp_path)
    assert run.verdict is Verdict.RENDERED, run


@pytest.mark.parametrize(("name", "source", "line", "word"), MISTAKES)
async def test_a_mistake_is_told_at_its_line(
    built: Built, tmp_path: Path, name: str, source: str, line: int, word: str
) -> None:
    built(languages.find(name).toolchain.image)
    runner = SandboxedRunner(sandbox("docker"), standby=False)
    run = await runner.run(Program(source, name), tmp_path)
    assert run.verdict is Verdict.FAILED
    assert (run.diagnostics[0].line, word in run.diagnostics[0].message) == (line, True), run


def test_the_libraries_of_python_are_in_its_image(built: Built, tmp_path: Path) -> None:
    built("python")
    sources = (EXPRESS + "figure.show()", BOKEH + "show(plot)", PLOTNINE + "plot", *OTHERS)
    for source, run in zip(sources, together(sources, "python", tmp_path, "docker"), strict=True):
        assert run.verdict is Verdict.RENDERED and not run.diagnostics, (source, run)
        image = Image.open(run.pictures[0].path).convert("RGB")
        assert count(image, BLUE) > 0.03 * image.width * image.height, source


async def test_what_this_machine_has_does_not_matter(
    contained: SandboxedRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    await drawn(contained, "lilypond", tmp_path)


def test_every_image_has_languages_and_every_language_an_image_that_is_there() -> None:
    assert {one.toolchain.image for one in languages.all_languages()} == set(families())


async def test_a_language_that_a_third_party_brings_without_an_image_says_so(
    engine: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sketches(_name: str) -> Language:
        return replace(svg, title="Sketches", toolchain=Toolchain())

    svg = languages.find("svg")
    monkeypatch.setattr(languages, "find", sketches)
    run = await SandboxedRunner(sandbox("docker")).run(Program("", "sketches"), tmp_path)
    assert run.verdict is Verdict.UNAVAILABLE
    assert "there is none with Sketches" in run.diagnostics[0].message
