"""D2 as people and models write it: diagrams, boards, blocks of text, looks, and mistakes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from runners import languages
from runners.base import DataFile, PictureFormat, PlotStyle, Program, Run, Severity, Verdict
from runners.d2 import RENDERER
from runners.harness import look
from runners.runner import SandboxedRunner
from tests.conftest import need, needed

DARK = PlotStyle(("#e0a030", "#50b0e0"), "#101820", "#e8e8f0", "#8890a0", "#283040")


@pytest.fixture(autouse=True)
def installed() -> None:
    need("node")
    needed(RENDERER.exists(), "python -m runners.d2")


async def run(runner: SandboxedRunner, source: str, folder: Path, format: PictureFormat = "png", style: PlotStyle | None = None) -> Run:  # fmt: skip
    return await runner.run(Program(source, "d2", style=style), folder, format)


def colours(picture: Path) -> dict[tuple[int, ...], int]:
    with Image.open(picture.with_suffix(".png")) as opened:
        found = opened.convert("RGB").getcolors(1 << 22) or []
    return {colour: count for count, colour in found if isinstance(colour, tuple)}


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
async def test_the_example_is_drawn_in_every_format(runner: SandboxedRunner, tmp_path: Path, form: PictureFormat) -> None:  # fmt: skip
    drawn = await run(runner, languages.find("d2").example, tmp_path, form)
    assert drawn.verdict is Verdict.RENDERED, (drawn.diagnostics, drawn.stderr)
    (picture,) = drawn.pictures
    assert picture.format == form and {"Web shop", "Orders", "stores"} <= set(drawn.texts)
    assert not drawn.diagnostics and (255, 255, 255) in colours(picture.path)
    if form == "pdf":
        assert b"font-bold" in picture.path.read_bytes()  # D2's own letters


async def test_one_that_is_started_ahead_draws_the_program_alone(warm_runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    warm_runner.warm_up("d2")
    drawn = await run(warm_runner, "Order -> Customer: of\n", tmp_path)
    assert drawn.verdict is Verdict.RENDERED, (drawn.diagnostics, drawn.stderr)
    assert set(drawn.texts) == {"Order", "Customer", "of"}


@pytest.mark.parametrize("engine", ["dagre", "elk"])
async def test_a_program_says_who_lays_it_out(runner: SandboxedRunner, tmp_path: Path, engine: str) -> None:  # fmt: skip
    source = f"vars: {{d2-config: {{layout-engine: {engine}}}}}\na -> b -> c; b -> d: {{style.animated: true}}\n"  # fmt: skip
    drawn = await run(runner, source, tmp_path)
    assert drawn.verdict is Verdict.RENDERED, (drawn.diagnostics, drawn.stderr)


async def test_each_board_is_a_picture(runner: SandboxedRunner, tmp_path: Path) -> None:
    source = "a -> b\nlayers: {\n  one: {c; layers: {deep: {d}}}\n}\nscenarios: {s: {e}}\nsteps: {1: {f}; 2: {g}}\n"  # fmt: skip
    drawn = await run(runner, source, tmp_path)
    assert len(drawn.pictures) == 6 and {"a", "b", "c", "d", "e", "f", "g"} == set(drawn.texts)


async def test_a_board_that_only_holds_others_is_no_picture(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    drawn = await run(runner, "layers: {one: {a}; two: {b}}\n", tmp_path)
    assert len(drawn.pictures) == 2 and not drawn.diagnostics


async def test_markdown_formulas_and_code_are_drawn(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    source = 'text: |md\n  # Orders\n  - **first** point\n  - `second`\n|\nf: |latex\n  \\frac{a}{b}\n|\ncode: |py\n  print("x")\n|\n'  # fmt: skip
    drawn = await run(runner, source, tmp_path)
    assert drawn.verdict is Verdict.RENDERED and not drawn.diagnostics
    assert {"Orders", "first point", "second"} <= set(drawn.texts)
    assert len([text for text in drawn.texts if "print" in text]) == 1  # not for dark paper too
    without = await run(runner, source.replace("# Orders", "# "), tmp_path / "without")
    ink = (0x33, 0x33, 0x33)
    assert colours(drawn.pictures[0].path)[ink] > colours(without.pictures[0].path)[ink] + 500


async def test_an_svg_is_d2s_own(runner: SandboxedRunner, tmp_path: Path) -> None:
    drawn = await run(runner, "a: |md\n  **bold**\n|\n", tmp_path, "svg")
    svg = drawn.pictures[0].path.read_text()
    assert "foreignObject" in svg and "@font-face" in svg


async def test_a_sketch_has_letters_as_by_hand(runner: SandboxedRunner, tmp_path: Path) -> None:
    plain = await run(runner, "a: Words\n", tmp_path)
    sketch = await run(runner, "vars: {d2-config: {sketch: true}}\na: Words\n", tmp_path / "sketch")
    assert sketch.verdict is Verdict.RENDERED, sketch.diagnostics
    assert sketch.pictures[0].path.read_bytes() != plain.pictures[0].path.read_bytes()


async def test_a_diagram_takes_the_colours_of_the_style(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    drawn = await run(runner, "a -> b\n", tmp_path, style=DARK)
    assert {(0x10, 0x18, 0x20), (0xE0, 0xA0, 0x30), (0x88, 0x90, 0xA0)} <= set(colours(drawn.pictures[0].path))  # fmt: skip
    calm = await run(runner, "a -> b\n", tmp_path / "calm", "svg")
    assert look.COLOURS[0] in calm.pictures[0].path.read_text()


async def test_a_diagram_that_sets_colours_or_a_theme_keeps_them(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    own = await run(runner, "a: {style.fill: gold; style.stroke: navy}\n", tmp_path, style=DARK)
    seen = colours(own.pictures[0].path)
    assert seen[255, 215, 0] > 1_000 and (0, 0, 0x80) in seen
    assert (0x22, 0x22, 0x22) in seen  # words that are read on it
    theme = await run(runner, "vars: {d2-config: {theme-id: 0}}\na -> b\n", tmp_path / "0", style=DARK)  # fmt: skip
    assert {(255, 255, 255), (0x0D, 0x32, 0xB2)} <= set(colours(theme.pictures[0].path))


async def test_no_line_goes_through_a_title(runner: SandboxedRunner, tmp_path: Path) -> None:
    async def places(more: str = "") -> list[float]:
        source = f"box: Title {{\n  inner: A wide inner box\n  {more}\n}}\na -> box.inner\n"
        drawn = await run(runner, source, tmp_path, "svg")
        svg = drawn.pictures[0].path.read_text()
        return [float(x) for word in ("Title", "a") for x in re.findall(rf'<text x="([\d.]+)"[^>]*>{word}<', svg)]  # fmt: skip

    title, line = await places()
    assert title < line - 40
    title, line = await places("label.near: outside-top-center")
    assert abs(title - line) < 2


async def test_a_tall_diagram_is_not_made_huge(runner: SandboxedRunner, tmp_path: Path) -> None:
    drawn = await run(runner, " -> ".join(f"n{number}" for number in range(12)), tmp_path)
    assert drawn.pictures[0].height < 8_000


async def test_icons_come_from_data_files_alone(runner: SandboxedRunner, tmp_path: Path) -> None:
    Image.new("RGB", (8, 8), (255, 0, 255)).save(tmp_path / "logo.png")
    source = "a: {icon: ./logo.png}\nb: {\n  shape: image\n  icon: https://icons.example/x.svg\n}\n"
    data = (DataFile("logo.png", tmp_path / "logo.png"),)
    drawn = await runner.run(Program(source, "d2", data=data), tmp_path / "out", "svg")
    assert drawn.verdict is Verdict.RENDERED
    (one,) = drawn.diagnostics
    assert one.severity is Severity.WARNING and (one.line, one.column) == (4, 9)
    assert "there is no network" in one.message and "logo.png" in str(one.hint)
    assert (255, 0, 255) in colours(drawn.pictures[0].path)
    assert "https://icons" not in drawn.pictures[0].path.read_text()


async def test_a_program_imports_the_files_beside_it(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    (tmp_path / "parts.d2").write_text("wheel -> axle\n")
    data = (DataFile("parts.d2", tmp_path / "parts.d2"),)
    drawn = await runner.run(Program("car: @parts\n", "d2", data=data), tmp_path / "out")
    assert {"car", "wheel", "axle"} == set(drawn.texts), drawn.diagnostics


@pytest.mark.parametrize("source", ["", "\n\n", "# a remark\n", "vars: {x: 1}\n"])
async def test_an_empty_program_is_told(runner: SandboxedRunner, tmp_path: Path, source: str) -> None:  # fmt: skip
    ran = await run(runner, source, tmp_path)
    assert ran.verdict is Verdict.FAILED
    assert re.search("is empty|draws nothing", ran.diagnostics[0].message)
    assert "a -> b" in str(ran.diagnostics[0].hint)


async def test_columns_are_counted_in_characters(runner: SandboxedRunner, tmp_path: Path) -> None:
    ran = await run(runner, "ä: 😀\n😀ä: {shape: cirle}\n", tmp_path)
    assert (ran.diagnostics[0].line, ran.diagnostics[0].column) == (2, 13)
