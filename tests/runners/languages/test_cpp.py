"""C++ as people and models write it: pictures in files, the compiler's word, and what it may not do."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from runners.base import DataFile, Limits, Program, Run, Severity, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need


@pytest.fixture(autouse=True)
def installed() -> None:
    need("g++")


async def run(runner: SandboxedRunner, source: str, folder: Path, limits: Limits | None = None) -> Run:  # fmt: skip
    return await runner.run(Program(source, "cpp"), folder, limits=limits)


PPM = '#include <fstream>\nint main() {\n    std::ofstream out("a.ppm");\n    out << "P3\\n2 2\\n255\\n255 0 0 0 255 0 0 0 255 9 9 9\\n";\n}\n'
CAIRO = '#include <cairo/cairo.h>\n#include <cairo/cairo-pdf.h>\nint main() {\n    cairo_surface_t* s = cairo_pdf_surface_create("a.pdf", 200, 100);\n    cairo_t* c = cairo_create(s);\n    cairo_rectangle(c, 20, 20, 60, 60);\n    cairo_fill(c);\n    cairo_destroy(c);\n    cairo_surface_destroy(s);\n}\n'


async def test_what_is_written_becomes_a_picture(runner: SandboxedRunner, tmp_path: Path) -> None:
    drawn = await run(runner, PPM, tmp_path)
    assert drawn.verdict is Verdict.RENDERED, (drawn.diagnostics, drawn.stderr)
    assert (drawn.pictures[0].width, drawn.pictures[0].height) == (2, 2)


async def test_cairo_draws(runner: SandboxedRunner, tmp_path: Path) -> None:
    drawn = await run(runner, CAIRO, tmp_path)
    assert drawn.verdict is Verdict.RENDERED, (drawn.diagnostics, drawn.stderr)


async def test_nothing_written_is_no_picture(runner: SandboxedRunner, tmp_path: Path) -> None:
    ran = await run(runner, "int sold() {}\nint main() {}\n", tmp_path)
    assert ran.verdict is Verdict.NO_PICTURE
    assert [one.severity.value for one in ran.diagnostics][:2] == ["error", "warning"]
    assert ran.diagnostics[0].message == "the program wrote no picture"


async def test_data_are_read_by_name(runner: SandboxedRunner, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("3\n5\n")
    source = "#include <fstream>\nint main() {\n  std::ifstream in(\"a.csv\"); int a = 0, b = 0; in >> a >> b;\n  std::ofstream(\"a.svg\") << \"<svg xmlns='http://www.w3.org/2000/svg' width='90' height='60'><text x='5' y='30'>\" << a + b << \"</text></svg>\";\n}\n"
    program = Program(source, "cpp", (DataFile("a.csv", tmp_path / "a.csv"),))
    drawn = await runner.run(program, tmp_path / "out")
    assert drawn.texts == ("8",)


def inside(line: str) -> str:
    """A program with `line` as its sixth."""
    return f"#include <fstream>\n#include <string>\n#include <vector>\n#include <cmath>\nint main() {{\n    {line}\n    return 0;\n}}\n"


MISTAKES: list[tuple[str, int, str]] = [
    (inside("int x = 1"), 6, ""),
    (inside("int x = y;"), 6, "y"),
    (inside("std::strng s;"), 6, "string?"),
    (inside("int x = \"text\";"), 6, "invalid conversion"),
    (inside("std::vector<int> v; v.push(1);"), 6, "push"),
    (inside("std::cout << 1;"), 6, "cout"),
    (inside("int x = std::sqroot(4);"), 6, "sqroot"),
    (inside("for (int i = 0; i < 3; ++i { }"), 6, ""),
    (inside("if (true) {"), 9, ""),
    (inside("int v[2] = {1, 2, 3};"), 6, "too many initializers"),
    (inside("const int x = 1; x = 2;"), 6, "read-only"),
    (inside("return \"x\";"), 6, "invalid conversion"),
    (inside("foo(1);"), 6, "foo"),
    (inside("std::string s = 'ab' + 1.5f + \"x\";"), 6, ""),
    (inside("int x; int x;"), 6, "redeclaration"),
    (inside("std::vector<int> v = 5;"), 6, "conversion"),
    (inside("auto x;"), 6, "auto"),
    (inside("double d = std::pow(2);"), 6, "pow"),
    (inside("int x = 08;"), 6, "octal"),
    (inside("std::ofstream out(1, 2, 3);"), 6, "no matching function"),
    (inside("switch (1) { case 1: case 1: ; }"), 6, "duplicate case"),
    (inside("break;"), 6, "break"),
    ("#include <nosuch.h>\nint main() {}\n", 1, "nosuch.h"),
    (inside('std::string s = "<svg width="400">";'), 6, "quotes within a text"),
    (inside('std::string s = "<rect fill="red"/>";'), 6, "quotes within a text"),
    ("#include <fstrem>\nint main() {}\n", 1, "fstrem"),
    ("void draw();\nint main() {\n    draw();\n}\n", 3, "nowhere defined"),
    ("int mian() { return 0; }\n", 1, "main"),
    ("struct A { int x; }\nint main() {}\n", 1, ""),
]  # fmt: skip


@pytest.mark.parametrize(("source", "line", "words"), MISTAKES)
async def test_a_mistake_is_told_where_a_person_would_look(runner: SandboxedRunner, tmp_path: Path, source: str, line: int, words: str) -> None:  # fmt: skip
    wrong = await run(runner, source, tmp_path)
    assert wrong.verdict is Verdict.FAILED, wrong
    first = wrong.diagnostics[0]
    assert first.line is not None and abs(first.line - line) <= 1, first
    assert words in f"{first.message} {first.hint}", first


CRASHES: list[tuple[str, int, str]] = [
    ("int main() {\n    int* p = nullptr;\n    *p = 1;\n}\n", 3, "SIGSEGV"),
    ("#include <vector>\nint sum(const std::vector<int>& v) {\n    return v[7];\n}\nint main() {\n    return sum({1, 2});\n}\n", 3, "outside of its vector"),
    ("#include <vector>\nint main() {\n    std::vector<int> v;\n    return v.at(3);\n}\n", 4, "out_of_range"),
    ("int turn(int n) { return n == -1 ? 0 : turn(n + 1) + turn(n + 2); }\nint main() { return turn(1); }\n", 1, "calls itself"),
    ("#include <cassert>\nint main() {\n    int sold = 3;\n    assert(sold > 5);\n}\n", 4, "assertion failed: sold > 5"),
    ("#include <stdexcept>\nint main() {\n    throw std::runtime_error(\"no sales\");\n}\n", 3, "no sales"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "line", "words"), CRASHES)
async def test_a_crash_is_told_at_its_line(runner: SandboxedRunner, tmp_path: Path, source: str, line: int, words: str) -> None:  # fmt: skip
    ran = await run(runner, source, tmp_path)
    first = ran.diagnostics[0]
    assert ran.verdict is Verdict.FAILED and first.line == line, ran
    assert words in f"{first.message} {first.hint}", first


async def test_a_program_that_gives_up_is_told_by_its_own_words(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    source = '#include <iostream>\nint main() { std::cerr << "no sales in May\\n"; return 3; }\n'
    told = (await run(runner, source, tmp_path)).diagnostics[0].message
    assert told == "the program ended with status 3: no sales in May"


def saved(*files: str) -> str:
    """A program that draws one black square on white with cairo into each of `files`, 200 by 100 points."""
    lines = ["#include <cairo/cairo.h>", "#include <cairo/cairo-svg.h>", "#include <cairo/cairo-pdf.h>", "#include <cairo/cairo-ps.h>", "#include <sys/stat.h>"]  # fmt: skip
    lines += ["void draw(cairo_surface_t* s, const char* png) { cairo_t* c = cairo_create(s); cairo_set_source_rgb(c, 1, 1, 1); cairo_paint(c); cairo_set_source_rgb(c, 0, 0, 0); cairo_rectangle(c, 20, 20, 60, 60); cairo_fill(c); cairo_destroy(c); if (png) cairo_surface_write_to_png(s, png); cairo_surface_finish(s); cairo_surface_destroy(s); }"]  # fmt: skip
    lines += ['int main() { mkdir("plots", 0755);']
    for name in files:
        kind = name.rsplit(".", 1)[1]
        if kind == "png":
            lines += [f'draw(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 200, 100), "{name}");']
        elif kind == "eps":
            lines += [f'{{ cairo_surface_t* s = cairo_ps_surface_create("{name}", 200, 100); cairo_ps_surface_set_eps(s, 1); draw(s, nullptr); }}']  # fmt: skip
        else:
            lines += [f'draw(cairo_{kind}_surface_create("{name}", 200, 100), nullptr);']
    return "\n".join([*lines, "}"])


@pytest.mark.parametrize(("files", "pictures"), [
    (["a.svg"], 1),
    (["a.eps"], 1),
    (["plots/a.png"], 1),
    (["first.png", "second.svg"], 2),
    (["a.png", "a.svg", "a.pdf"], 1),
])  # fmt: skip
async def test_each_picture_is_taken_once_wherever_it_is_saved(runner: SandboxedRunner, tmp_path: Path, files: list[str], pictures: int) -> None:  # fmt: skip
    drawn = await run(runner, saved(*files), tmp_path)
    assert drawn.verdict is Verdict.RENDERED, (drawn.diagnostics, drawn.stderr)
    assert len(drawn.pictures) == pictures
    for picture in drawn.pictures:
        assert 1.9 < picture.width / picture.height < 2.1
        with Image.open(picture.path) as opened:
            shown = opened.convert("RGBA")
            assert shown.getpixel((shown.width // 4, shown.height // 2)) == (0, 0, 0, 255)


async def test_of_twins_the_wanted_one_is_taken(runner: SandboxedRunner, tmp_path: Path) -> None:
    drawn = await runner.run(Program(saved("a.png", "a.svg", "a.pdf"), "cpp"), tmp_path, "pdf")
    assert [picture.format for picture in drawn.pictures] == ["pdf"]


async def test_an_empty_file_is_told_by_its_name(runner: SandboxedRunner, tmp_path: Path) -> None:
    source = '#include <fstream>\nint main() { std::ofstream out("a.svg"); }\n'
    ran = await run(runner, source, tmp_path)
    assert ran.verdict is Verdict.FAILED and ran.diagnostics[0].message == "a.svg is empty"


async def test_a_text_is_no_picture_and_is_named(runner: SandboxedRunner, tmp_path: Path) -> None:
    source = '#include <fstream>\nint main() { std::ofstream("sales.txt") << 5; }\n'
    ran = await run(runner, source, tmp_path)
    assert ran.verdict is Verdict.NO_PICTURE
    assert "only sales.txt" in ran.diagnostics[0].message


async def test_a_warning_is_told_and_the_picture_is_drawn(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    source = PPM.replace("int main() {", "int sold() {}\nint main() {")
    drawn = await run(runner, source, tmp_path)
    assert drawn.verdict is Verdict.RENDERED
    assert [(one.severity, one.line) for one in drawn.diagnostics] == [(Severity.WARNING, 2)]


def drawn_by_cairo(body: str, helper: str = "") -> str:
    """A program of cairo with `body` from its fifth line on, whose canvas is called c."""
    return f'#include <cairo/cairo.h>\n#include <cairo/cairo-svg.h>\n{helper}\nint main() {{ cairo_surface_t* s = cairo_svg_surface_create("a.svg", 90, 90); cairo_t* c = cairo_create(s);\n{body}\ncairo_destroy(c); cairo_surface_destroy(s);\n}}\n'  # fmt: skip


@pytest.mark.parametrize(("body", "line"), [
    ("cairo_move_to(c, 1, 1);\ncairo_line_to(c, 60, 60);", 6),
    ("cairo_rectangle(c, 1, 1, 50, 50); cairo_fill(c);\ncairo_arc(c, 40, 40, 9, 0, 6);\ncairo_set_line_width(c, 3);", 6),
])  # fmt: skip
async def test_a_path_that_is_never_painted_is_told(runner: SandboxedRunner, tmp_path: Path, body: str, line: int) -> None:  # fmt: skip
    told = [one for one in (await run(runner, drawn_by_cairo(body), tmp_path)).diagnostics if "never painted" in one.message]  # fmt: skip
    assert [(one.severity, one.line) for one in told] == [(Severity.WARNING, line)]


@pytest.mark.parametrize(("body", "helper"), [
    ("for (int i = 0; i < 3; i++) {\nif (i) cairo_stroke(c);\ncairo_move_to(c, 1, i); cairo_line_to(c, 60, i);\n}\ncairo_stroke(c);", ""),
    ("cairo_rectangle(c, 1, 1, 50, 50); ink(c);", "void ink(cairo_t* c) { cairo_stroke(c); }"),
    ("cairo_arc(c, 40, 40, 9, 0, 6); cairo_clip(c); cairo_paint(c);", ""),
])  # fmt: skip
async def test_a_path_that_is_painted_is_drawn_without_a_word(runner: SandboxedRunner, tmp_path: Path, body: str, helper: str) -> None:  # fmt: skip
    drawn = await run(runner, drawn_by_cairo(body, helper), tmp_path)
    assert drawn.verdict is Verdict.RENDERED and not drawn.diagnostics, drawn
