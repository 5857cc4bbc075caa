"""LaTeX as people and models write it: pictures, pages, mistakes, and what it may not do."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from runners import languages
from runners.base import DataFile, Limits, PictureFormat, Program, Run, Severity, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need

QUICK = Limits(wall_seconds=3)
DOCUMENT = "\\documentclass[border=4pt]{standalone}\n\\usepackage{PACKAGE}MORE\n\\begin{document}\nBODY\n\\end{document}\n"


@pytest.fixture(autouse=True)
def installed() -> None:
    need("pdflatex")
    need("pdftocairo")


def document(body: str, more: str = "", package: str = "tikz") -> str:
    """A document with its body from line 4 on."""
    return DOCUMENT.replace("PACKAGE", package).replace("MORE", more).replace("BODY", body)


def tikz(body: str, more: str = "") -> str:
    """A TikZ picture with its body from line 5 on."""
    return document(f"\\begin{{tikzpicture}}\n{body}\n\\end{{tikzpicture}}", more)


def axis(body: str, options: str = "") -> str:
    """A plot with its body from line 5 on."""
    return document(
        f"\\begin{{tikzpicture}}\\begin{{axis}}{options}\n{body}\n\\end{{axis}}\\end{{tikzpicture}}",
        package="pgfplots",
    )


def article(body: str, more: str = "") -> str:
    """An article with its body from line 4 on."""
    return f"\\documentclass{{article}}\n\\usepackage{{amsmath}}{more}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"


async def run(
    runner: SandboxedRunner,
    source: str,
    folder: Path,
    format: PictureFormat = "png",
    limits: Limits | None = None,
) -> Run:
    return await runner.run(Program(source, "latex"), folder, format, limits)


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
async def test_the_example_is_drawn_in_every_format(runner: SandboxedRunner, tmp_path: Path, form: PictureFormat) -> None:  # fmt: skip
    drawn = await run(runner, languages.find("latex").example, tmp_path, form)
    assert drawn.verdict is Verdict.RENDERED, drawn.diagnostics
    (picture,) = drawn.pictures
    assert picture.format == form and set(drawn.texts) == {"x", "y"}
    assert picture.path.with_suffix(".png").exists()


async def test_a_bare_picture_is_wrapped_and_keeps_its_lines(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    bare = "\\begin{tikzpicture}\n\\draw[fill=orange] (0,0) circle (1);\n\\node at (0,0) {sun};\n\\end{tikzpicture}\n"
    drawn = await run(runner, bare, tmp_path)
    assert drawn.verdict is Verdict.RENDERED and drawn.texts == ("sun",)
    with Image.open(drawn.pictures[0].path) as picture:
        assert picture.convert("RGB").getpixel((picture.width // 4, picture.height // 2)) == (255, 128, 0)  # fmt: skip
    wrong = await run(runner, bare.replace("\\node", "\\nodd"), tmp_path)
    assert wrong.diagnostics[0].line == 3 and wrong.diagnostics[0].hint == "did you mean \\node?"


@pytest.mark.parametrize("bare", [
    "\\tikz \\draw (0,0) -- (1,1) node[right] {word};",
    "\\begin{tikzpicture}\\begin{axis}[title=word]\n\\addplot {x^2};\n\\end{axis}\\end{tikzpicture}",
    "\\begin{circuitikz}\n\\draw (0,0) to[R, l=word] (3,0) to[C] (3,-2) -- (0,-2) -- (0,0);\n\\end{circuitikz}",
    "\\begin{tikzcd}\nA \\arrow[r, \"word\"] & B\n\\end{tikzcd}",
    "\\[ \\text{word} \\int_0^1 x\\,dx \\]",
    "\\begin{align}\nx &= 1 & \\text{word}\\\\ y &= 2\n\\end{align}",
    "$\\text{word}^2$",
    "\\usepackage{xcolor}\n\\usetikzlibrary{calc}\n\\tikzset{\n  big/.style={draw,\n  red}\n}\n\\begin{tikzpicture}\n\\node[big] {word};\n\\end{tikzpicture}",
    "% only a table\n\\begin{tabular}{ll}\n\\toprule\nword & b \\\\\n\\end{tabular}",
    "\\begin{document}\n\\tikz \\node {word};\n\\end{document}",
    "\\usetikzlibrary{calendar}\n\\sffamily\n\\tikz \\calendar [dates=2024-02-01 to 2024-02-29,week list];\n\\tikz \\node {word};",
    "\\begin{tikzpicture}\\begin{smithchart}[title=word]\n\\addplot coordinates {(0.5,0.2) (1,0.8)};\n\\end{smithchart}\\end{tikzpicture}",
    "\\begin{tikzpicture}\\begin{ternaryaxis}[title=word]\n\\addplot3 coordinates {(0.2,0.3,0.5)};\n\\end{ternaryaxis}\\end{tikzpicture}",
    "\\begin{tikzpicture}\\begin{axis}[title=word]\n\\addplot[patch,patch type=bilinear] coordinates {(0,0) (1,0) (1,1) (0,1)};\n\\end{axis}\\end{tikzpicture}",
    "\\begin{tikzpicture}\\begin{axis}[title=word,date coordinates in=x]\n\\addplot coordinates {(2024-01-01,1) (2024-02-01,2)};\n\\end{axis}\\end{tikzpicture}",
])  # fmt: skip
async def test_what_is_no_document_becomes_one(runner: SandboxedRunner, tmp_path: Path, bare: str) -> None:  # fmt: skip
    drawn = await run(runner, bare, tmp_path)
    assert drawn.verdict is Verdict.RENDERED, drawn.diagnostics
    assert any("word" in text for text in drawn.texts)


async def test_an_article_is_cut_to_what_it_shows_and_pages_are_pictures(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    source = article("One\n\\newpage\nTwo\n\\newpage\\null")
    drawn = await run(runner, source, tmp_path, "pdf")
    assert drawn.verdict is Verdict.RENDERED and drawn.texts == ("One", "Two")
    assert len(drawn.pictures) == 2  # neither the empty page nor the pages' numbers
    assert all(picture.width < 60 and picture.height < 40 for picture in drawn.pictures)


async def test_references_are_resolved_by_a_second_run(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    drawn = await run(runner, article("\\section{S}\\label{s} See \\ref{s} and \\ref{none}."), tmp_path)  # fmt: skip
    assert drawn.verdict is Verdict.RENDERED and "See 1 and ??." in drawn.texts
    (warning,) = drawn.diagnostics
    assert warning.severity is Severity.WARNING and warning.line == 4 and "none" in warning.message


async def test_a_curve_that_gnuplot_would_reckon_is_told(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    curves = "\\draw (0,0) -- (4,0) node {words};\n\\draw[domain=0:4] plot[id=x] function{x*x};\n\\draw plot[id=sine_of_x] function{sin(x)};"
    drawn = await runner.run(Program(tikz(curves), "latex"), tmp_path)
    (warning,) = drawn.diagnostics
    assert warning.severity is Severity.WARNING and warning.line == 6, warning
    assert "gnuplot" in warning.message and "plot (\\x,{sin(\\x r)})" in str(warning.hint)
    alone = await runner.run(Program(tikz(curves.split("\n")[1]), "latex"), tmp_path / "alone")
    assert any("gnuplot" in one.message for one in alone.diagnostics), alone


async def test_a_picture_without_extent_is_told_to_be_empty(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    source = "\\documentclass{standalone}\n\\usepackage{tikz}\n\\begin{document}\n\\begin{tikzpicture}\n\\end{tikzpicture}\n\\end{document}\n"
    run = await runner.run(Program(source, "latex"), tmp_path)
    assert run.verdict is Verdict.FAILED
    assert [one.message for one in run.diagnostics] == ["the picture is empty: nothing is drawn in it"]  # fmt: skip


async def test_more_pages_than_are_kept_are_told(runner: SandboxedRunner, tmp_path: Path) -> None:
    page = "\\begin{tikzpicture}\\fill (0,0) circle (1);\\end{tikzpicture}\n"
    pages = document(page * 22).replace("[border=4pt]", "[border=4pt,tikz]")
    drawn = await runner.run(Program(pages, "latex"), tmp_path)
    assert len(drawn.pictures) == 20
    assert drawn.diagnostics[0].message == "22 pictures were drawn; the first 20 are kept"
    assert drawn.diagnostics[0].severity is Severity.WARNING


async def test_each_picture_of_a_standalone_is_a_page_and_none_is_too_large(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    source = "\\documentclass[tikz]{standalone}\n\\begin{document}\n\\tikz \\draw (0,0) circle (1);\n\\tikz \\draw (0,0) rectangle (400,1);\n\\end{document}\n"
    drawn = await run(runner, source, tmp_path)
    assert drawn.verdict is Verdict.RENDERED and len(drawn.pictures) == 2
    assert drawn.pictures[1].width <= 4001


async def test_an_engine_is_chosen_by_what_the_program_asks_for(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    need("lualatex")
    drawn = await run(runner, document("\\directlua{tex.print(6*7)}"), tmp_path)
    assert drawn.verdict is Verdict.RENDERED and drawn.texts == ("42",)


async def test_contours_that_lua_finds_are_drawn(runner: SandboxedRunner, tmp_path: Path) -> None:
    need("lualatex")
    drawn = await run(runner, axis("\\addplot3[contour lua] {x*y};", "[view={0}{90}]"), tmp_path)
    assert drawn.verdict is Verdict.RENDERED, drawn.diagnostics


async def test_fonts_of_the_system_are_set_and_what_they_lack_is_told(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    need("xelatex")
    source = document("Größe α 𗀀", "\\setmainfont{Latin Modern Roman}", "fontspec")
    drawn = await run(runner, source, tmp_path)
    assert drawn.verdict is Verdict.RENDERED and any("Größe" in text for text in drawn.texts)
    assert any("𗀀" in one.message for one in drawn.diagnostics)


async def test_data_are_read_by_name(runner: SandboxedRunner, tmp_path: Path) -> None:
    (tmp_path / "sales.csv").write_text("x,y\n1,3\n2,5\n3,4\n")
    data = (DataFile("sales.csv", tmp_path / "sales.csv"),)
    source = axis("\\addplot table[col sep=comma,x=x,y=y] {sales.csv};")
    drawn = await runner.run(Program(source, "latex", data), tmp_path / "out")
    assert drawn.verdict is Verdict.RENDERED, drawn.diagnostics
    wrong = await runner.run(Program(source.replace("sales.csv", "sale.csv"), "latex", data), tmp_path / "out")  # fmt: skip
    assert wrong.diagnostics[0].hint == "the files here are sales.csv"


MISTAKES: list[tuple[str, int, str]] = [
    (document("\\begin{tikzpicture}\\begin{smithchart}\n\\end{smithchart}\\end{tikzpicture}", package="pgfplots"), 4, "\\usepgfplotslibrary{smithchart}"),
    (axis("\\addplot[boxplot] table[row sep=\\\\,y index=0] {1\\\\ 2\\\\ 3\\\\};"), 5, "\\usepgfplotslibrary{statistics}"),
    (tikz("\\draw (0,0) -- (1,1)\n\\draw (1,0) -- (0,1);"), 6, "semicolon"),
    (tikz("\\drw (0,0) -- (1,1);"), 5, "\\draw?"),
    (tikz("\\draw (0,0) -- (1,1);\n\\fil (0,0) circle (1);"), 6, "\\fill?"),
    (tikz("\\node at (0,0) {a_b};"), 5, "$"),
    (tikz("\\node at (0,0) {\\frac{1}{2}};"), 5, "$"),
    (tikz("\\draw[colr=red] (0,0) -- (1,1);"), 5, "did you mean color?"),
    (tikz("\\draw[color=redd] (0,0) -- (1,1);"), 5, "did you mean red?"),
    (tikz("\\node[shape=diamond] at (0,0) {x};"), 5, "shapes.geometric"),
    (tikz("\\node (start) at (0,0) {x};\n\\draw (strat) -- (1,1);"), 6, "did you mean start?"),
    (tikz("\\node[right=of a] {x};"), 5, "positioning"),
    (tikz("\\node (a) {x};\n\\node[right=2cm of a] {y};"), 6, "positioning"),
    (tikz("\\draw[-{Latex}] (0,0) -- (1,1);"), 5, "arrows.meta"),
    (tikz("\\draw ($(0,0)!0.5!(1,1)$) circle (1);"), 5, "calc"),
    (tikz("\\draw[decorate, decoration={brace}] (0,0) -- (1,1);"), 5, "decorations.pathreplacing"),
    (tikz("\\foreach \\x in {1,2} \\draw (\\x,0) -- (\\y,1);"), 5, "\\y"),
    (tikz("\\foreach \\x in {1,...,3 {\n\\draw (\\x,0) circle (1);\n}"), 5, "brace"),
    (tikz("\\node at (0,0) {\\textbf{x};"), 5, "brace"),
    (tikz("\\node {x ≤ α};"), 5, "$\\leq$"),
    (tikz("\\draw (0,0) -- (1,1;"), 5, "bracket"),
    (tikz("x", "\\usetikzlibrary{arows}"), 2, "library"),
    (document("\\begin{tikzpicure}\n\\end{tikzpicure}"), 4, "tikzpicture?"),
    (document("\\begin{align}\nx &= 1\n\\end{align}"), 4, "\\usepackage{amsmath}"),
    (document("\\begin{axis}\n\\end{axis}"), 4, "\\usepackage{pgfplots}"),
    (document("$\\mathbb{R}$"), 4, "\\usepackage{amssymb}"),
    (document("\\[ x = 1 \\]"), 4, "varwidth"),
    (document("\\begin{figure}\n\\tikz \\draw (0,0) -- (1,1);\n\\caption{x}\n\\end{figure}"), 4, "leave out figure"),
    (document("\\begin{tabular}{ll}\na & b & c & d \\\\\n\\end{tabular}"), 5, "columns"),
    (document("\\begin{tikzpicture}\n\\begin{scope}\n\\draw (0,0) -- (1,1);\n\\end{tikzpicture}"), 5, "scope"),
    (document("\\begin{tikzpicture}\n\\draw (0,0) -- (1,1);\n\n\n\\end{picture}"), 8, "\\end{tikzpicture}"),
    (document("$x^2^3$"), 4, "superscript"),
    (document("$\\alpa$"), 4, "\\alpha?"),
    (document("$\\left( x $"), 4, "\\right"),
    (document("a & b"), 4, "\\&"),
    (document("x").replace("\\end{document}", ""), 5, "\\end{document} is missing"),
    (document("x", package="nosuchpackage"), 2, "nosuchpackage"),
    (document("x", package="pgfplot"), 2, "did you mean pgfplots?"),
    (document("\\begin{minted}{python}\nx\n\\end{minted}", package="minted"), 2, "listings"),
    (document("\\includegraphics{nowhere}", package="graphicx"), 4, "no data file"),
    (document("x").replace("standalone", "standalne"), 1, "did you mean standalone?"),
    (axis("\\addplot {x^2}"), 6, "semicolon"),
    (axis("\\addplot {x^2};", "[xlabl=x]"), 4, "did you mean xlabel?"),
    (axis("\\addplot {sqr(x)};"), 5, "did you mean sqrt?"),
    (axis("\\addplot table {nowhere.dat};"), 5, "nowhere.dat"),
    (axis("\\addplot coordinates {(a,1) (c,2)};", "[symbolic x coords={a,b}]"), 5, "symbolic"),
    (axis("\\addplot gnuplot {sin(x)};"), 5, "gnuplot"),
    (article("\\begin{equation}\nx = 1\n\ny = 2\n\\end{equation}"), 6, "empty line"),
    (article("\\begin{itemize}\nhello\n\\end{itemize}"), 5, "\\item"),
    (article("\\begin{tabular}{lcr}\na & \\multicolumn{2}{e} \\\\\n\\end{tabular}"), 5, "three arguments"),
    (article("\\newcommand{\\R}{r}\n\\newcommand{\\R}{s}"), 5, "\\renewcommand"),
    (article("x").replace("article", "beamer").replace("x\n", "\\begin{frame}\n\\begin{itemize}\n\\item a\n\\end{frame}\n"), 5, "\\end{itemize}"),
    (axis("\\addplot coordinates {\n(a,1)\n(c,2)\n(b,1)\n(a,2)\n};", "[symbolic x coords={a,b}]"), 7, "symbolic"),
    (axis("\\addplot3[\n%\n%\n  surf, shader=interpolated,\n%\n%\n] {x};"), 8, "interp"),
    (axis("\\addplot {x};", "[\n%\n%\n  grid=mayor,\n%\n%\n]"), 7, "did you mean major?"),
    (axis("\\addplot table[x=a,\n%\n y=c] {\na b\n1 2\n2 3\n};"), 7, "'c'"),
    (axis("\\addplot coordinates {(1,2)\n%\n(2 3)};\n%\n"), 7, "a comma stands between"),
    (axis("\\addplot3[surf,\n%\n%\n colormap name=virdis] {x};"), 8, "did you mean viridis?"),
    (tikz("\\fill[color=#33AA66] (0,0) circle (1);"), 5, "{HTML}{33AA66}"),
    (tikz("x", "\n\\definecolor{mine}{HTML}{#33AA66}"), 3, "{HTML}{33AA66}"),
    (tikz("\\fill[rgb(255,0,0)] (0,0) circle (1);"), 5, "\\definecolor"),
    ("\\documentclass{standalone}\n\\usepackage{tikz}\n\n\\begin{tikzpicture}\n\n\n\\draw (0,0) -- (1,1);\n\\end{tikzpicture}\n\\end{document}\n", 4, "write \\begin{document}"),
    (tikz("\\draw (0,0) -- (1,1);\n\\foreach \\i in 1,2,3 {\\draw (\\i,0) -- (\\i,1);}"), 6, "in {1,2"),
    (article("A \\textbf{bold word.\n\nNext."), 4, "brace"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "line", "words"), MISTAKES)
async def test_a_mistake_is_told_where_a_person_would_look(runner: SandboxedRunner, tmp_path: Path, source: str, line: int, words: str) -> None:  # fmt: skip
    wrong = await run(runner, source, tmp_path)
    assert wrong.verdict is Verdict.FAILED
    first = wrong.diagnostics[0]
    assert first.line is not None and abs(first.line - line) <= 1, first
    assert words in f"{first.message} {first.hint}", first
    assert "/usr/" not in first.message and "/viscoder" not in first.message, first


async def test_a_package_that_debian_has_elsewhere_is_named(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    ran = await run(runner, document("x", package="xskak"), tmp_path)
    if ran.verdict is Verdict.RENDERED:
        pytest.skip("texlive-games is installed")
    assert ran.diagnostics[0].line == 2
    assert ran.diagnostics[0].hint == "it comes with apt install texlive-games"


UNSEEN: list[tuple[str, int, str]] = [
    (axis("\\addplot {exp(-(x)};"), 5, "a ) is missing"),
    (axis("\\addplot[domain=0:2*pi] {cos(x)};"), 5, "cos(deg(x))"),
    (tikz("\\draw[domain=0:6.28] plot (\\x, {2*sin(\\x)});"), 5, "sin(\\x r)"),
    (tikz("\\draw (0,0) -- (1,1);\ndraw (0,1) -- (1,0);"), 6, "begin each command with"),
    (axis("\\addplot {x};", "[\n  ylabel=$y$\n  title=Sold,\n]"), 5, "end the line with a comma"),
    (axis("\\addplot[mark=circle] coordinates {(1,2) (2,3)};"), 5, "mark=*"),
]  # fmt: skip
RIGHT = [
    axis("\\addplot[domain=0:2*pi, mark=none] {sin(deg(x))};\n\\addplot+[domain=0:360, mark=square*, samples=5] {sin(x)/100};\n\\addplot[mark=*] coordinates {(1,2) (2,3)};", "[\n  xlabel=$x$,\n  xtick={0,1,\n    2},\n  title=A\n]"),
    axis("\\addplot[domain=-pi:pi] {x^2};\n\\addplot[domain=-pi:pi, trig format plots=rad] {cos(x)};"),
    tikz("\\draw[domain=0:6.28] plot (\\x, {sin(\\x r)}) ;\n\\draw[domain=0:3.14] plot ({cos(\\x r)}, {sin(180*\\x/3.14)});\n\\def\\all{1,2}\n\\foreach \\i in \\all {\\node at (\\i,0) {\\i};};\n\\foreach \\i [count=\\n] in {a,b} \\node at (\\n,1) {\\i};"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "line", "words"), UNSEEN)
async def test_what_tex_draws_wrongly_without_a_word_is_a_warning(runner: SandboxedRunner, tmp_path: Path, source: str, line: int, words: str) -> None:  # fmt: skip
    drawn = await run(runner, source, tmp_path)
    assert drawn.verdict is Verdict.RENDERED, drawn.diagnostics
    first = drawn.diagnostics[0]
    assert first.severity is Severity.WARNING and first.line == line, first
    assert words in f"{first.message} {first.hint}", first


@pytest.mark.parametrize("source", RIGHT)
async def test_what_is_right_is_drawn_without_a_word(runner: SandboxedRunner, tmp_path: Path, source: str) -> None:  # fmt: skip
    drawn = await run(runner, source, tmp_path)
    assert drawn.verdict is Verdict.RENDERED and not drawn.diagnostics, drawn.diagnostics
