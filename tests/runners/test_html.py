"""HTML pages: libraries by their usual addresses, right pictures, told mistakes, no way out."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PIL import Image

from runners import languages
from runners.base import DataFile, PictureFormat, PlotStyle, Program, Run, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need
from tests.runners.together import SALES, together

DARK = PlotStyle(("#ff0000", "#00ff00"), "#101820", "#f0f0f0", "#777777", "#333333", "serif")


@pytest.fixture(autouse=True)
def chromium() -> None:
    need("chromium")


def with_data(source: str, folder: Path, style: PlotStyle | None = None) -> Program:
    table = folder / "elsewhere.csv"
    table.write_text(SALES)
    return Program(source, "html", (DataFile("data.csv", table),), style)


def page(body: str, *scripts: str) -> str:
    """A page whose body begins on line 3."""
    tags = "".join(f'<script src="{one}"></script>' for one in scripts)
    return f"<!DOCTYPE html>\n<html><head>{tags}</head><body>\n{body}\n</body></html>\n"


async def draw(runner: SandboxedRunner, folder: Path, source: str, format: PictureFormat = "png") -> Run:  # fmt: skip
    return await runner.run(with_data(source, folder), folder / "run", format)


D3 = '<svg width="300" height="100"></svg><script>d3.select("svg").append("text").attr("y", 50).text("words")</script>'
ECHARTS = '<div id="c" style="width:400px;height:300px"></div><script>echarts.init(document.getElementById("c")).setOption({title: {text: "words"}, xAxis: {data: ["a", "b"]}, yAxis: {}, series: [{type: "bar", data: [1, 2]}]})</script>'
CHART = '<div style="width:400px"><canvas id="c"></canvas></div><script>new Chart(document.getElementById("c"), {type: "bar", data: {labels: ["a", "words"], datasets: [{label: "s", data: [1, 2]}]}})</script>'
PLOTLY = '<div id="c"></div><script>Plotly.newPlot("c", [{x: ["a", "b"], y: [1, 2], type: "bar"}], {title: {text: "words"}, width: 400, height: 300})</script>'
VEGA = '<div id="c"></div><script>vegaEmbed("#c", {title: "words", data: {url: "data.csv"}, mark: "bar", encoding: {x: {field: "day"}, y: {field: "sold", type: "quantitative"}}})</script>'
THREE_SCENE = """\
const scene = new THREE.Scene(), camera = new THREE.PerspectiveCamera(50, 2, 0.1, 100);
camera.position.z = 4;
const renderer = new THREE.WebGLRenderer();
renderer.setSize(400, 200);
document.body.append(renderer.domElement);
const box = new THREE.Mesh(new THREE.BoxGeometry(1, 1, 1), new THREE.MeshNormalMaterial());
scene.add(box);
new CONTROLS(camera, renderer.domElement);
(function frame() { box.rotation.y += 0.01; renderer.render(scene, camera); requestAnimationFrame(frame); })();"""
THREE = "<h1>words</h1><script>" + THREE_SCENE.replace("CONTROLS", "THREE.OrbitControls") + "</script>"  # fmt: skip
MODULES = (
    '<h1>words</h1><script type="importmap">{"imports": {"three": "https://unpkg.com/three@0.160.0/build/three.module.js", "three/addons/": "https://unpkg.com/three@0.160.0/examples/jsm/"}}</script>\n'
    '<script type="module">import * as THREE from "three";\nimport { OrbitControls } from "three/addons/controls/OrbitControls.js";\n'
    + THREE_SCENE.replace("CONTROLS", "OrbitControls")
    + "</script>"
)


LIBRARIES: list[tuple[str, list[str]]] = [
    (D3, ["https://d3js.org/d3.v7.min.js"]),
    (ECHARTS, ["https://cdn.jsdelivr.net/npm/echarts@5.4.3/dist/echarts.min.js"]),
    (CHART, ["https://cdn.jsdelivr.net/npm/chart.js"]),
    (CHART, ["//cdnjs.cloudflare.com/ajax/libs/Chart.js/3.9.1/chart.min.js"]),
    (PLOTLY, ["https://cdn.plot.ly/plotly-2.27.0.min.js"]),
    (VEGA, ["https://cdn.jsdelivr.net/npm/vega@5", "https://cdn.jsdelivr.net/npm/vega-lite@5.16.3", "https://unpkg.com/vega-embed@6/build/vega-embed.min.js"]),
    (THREE, ["https://cdnjs.cloudflare.com/ajax/libs/three.js/r128/three.min.js", "https://cdn.jsdelivr.net/npm/three@0.128.0/examples/js/controls/OrbitControls.js"]),
    (MODULES, []),
    ('<svg></svg><script type="module">import * as d3 from "https://cdn.jsdelivr.net/npm/d3@7/+esm";d3.select("svg").append("text").attr("y", 50).text("words")</script>', []),
]  # fmt: skip


@pytest.fixture(scope="module")
def library_runs(tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    sources = [page(body, *scripts) for body, scripts in LIBRARIES]
    return together(sources, "html", tmp_path_factory.mktemp("libraries"))


@pytest.mark.parametrize("number", range(len(LIBRARIES)))
def test_each_library_draws_through_its_usual_address(library_runs: list[Run], number: int) -> None:
    run = library_runs[number]
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert run.diagnostics == ()
    assert "words" in run.texts
    assert len(run.pictures) == 1


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
async def test_the_example_is_drawn_in_every_format(
    runner: SandboxedRunner, tmp_path: Path, form: PictureFormat
) -> None:
    run = await draw(runner, tmp_path, languages.find("html").example, form)
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert "Fruit sold" in run.texts
    (picture,) = run.pictures
    assert picture.format == form
    assert picture.path.with_suffix(".png").exists()
    if form == "svg":
        assert ".bar" in picture.path.read_text()
        again = await runner.run(Program(picture.path.read_text(), "svg"), tmp_path / "again")
        assert "apples" in again.texts
    else:
        ratio = picture.width / picture.height
        assert 1.5 < ratio < 2.2  # it is cut to its content


async def test_a_page_of_words_is_no_svg(runner: SandboxedRunner, tmp_path: Path) -> None:
    run = await draw(runner, tmp_path, page("<h1>Hello</h1><svg></svg>"), "svg")
    assert run.verdict is Verdict.FAILED
    assert "cannot be stored as svg" in run.diagnostics[0].message


async def test_data_files_are_read_by_their_bare_name(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    body = (
        "<p id=a></p><p id=b></p><script>\n"
        'fetch("data.csv").then(r => r.text()).then(t => a.textContent = t.split("\\n")[2]);\n'
        'const x = new XMLHttpRequest(); x.open("GET", "./data.csv"); x.onload = () => b.textContent = x.status; x.send();\n'
        "</script>"
    )
    run = await draw(runner, tmp_path, page(body))
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert {"Tue,5", "200"} <= set(run.texts)


async def test_what_comes_late_is_waited_for(runner: SandboxedRunner, tmp_path: Path) -> None:
    body = "<p id=a>soon</p><script>setTimeout(() => a.textContent = 'at last', 4000)</script>"
    run = await draw(runner, tmp_path, page(body))
    assert run.texts == ("at last",)
    assert run.seconds < 15


SETTLES = """\
<svg width="400" height="300"></svg><p id="state">moving</p><script>
const nodes = d3.range(12).map(() => ({x: 200, y: 150}));
const dots = d3.select("svg").selectAll("circle").data(nodes).join("circle").attr("r", 6);
d3.forceSimulation(nodes).force("apart", d3.forceManyBody()).force("middle", d3.forceCenter(200, 150))
  .on("tick", () => dots.attr("cx", d => d.x).attr("cy", d => d.y))
  .on("end", () => { document.getElementById("state").textContent = "settled"; });
</script>"""


async def test_a_layout_is_seen_once_it_has_settled(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    run = await draw(runner, tmp_path, page(SETTLES, "https://d3js.org/d3.v7.min.js"))
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert "settled" in run.texts


SLOW_FRAMES = """\
<p id="n"></p><canvas id="c" width="2000" height="2000"></canvas><script>
const pen = c.getContext("2d"), start = performance.now();
let count = 0;
pen.globalAlpha = 0.05;
(function frame() {
  count++;
  for (let i = 0; i < 60; i++) { pen.beginPath(); pen.arc(1000, 1000, 10 * i + count, 0, 7); pen.fill(); }
  if (performance.now() - start < 1000) requestAnimationFrame(frame);
  else document.getElementById("n").textContent = count < 100 ? "a second" : `${count} frames`;
})();
</script>"""


async def test_an_animation_takes_its_time_though_its_frames_take_longer(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    """Chromium's clock stands still while one frame after the other is drawn."""
    run = await draw(runner, tmp_path, page(SLOW_FRAMES))
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert "a second" in run.texts


RADAR = '<h1>Skills</h1><canvas id="c"></canvas><p>below</p><script>new Chart(c, {type: "radar", data: {labels: ["a", "b", "c"], datasets: [{label: "s", data: [1, 2, 3], backgroundColor: "#f00"}]}})</script>'


async def test_a_large_canvas_is_in_the_picture(runner: SandboxedRunner, tmp_path: Path) -> None:
    """Chromium keeps it several times in the sandbox's /tmp, and not in every frame; beside other
    work none of fifteen pictures had it before."""
    program = Program(page(RADAR, "https://cdn.jsdelivr.net/npm/chart.js"), "html")
    for pair in range(3):
        runs = await asyncio.gather(*(runner.run(program, tmp_path / f"{pair}-{one}") for one in range(2)))  # fmt: skip
        for run in runs:
            assert run.verdict is Verdict.RENDERED, run.diagnostics
            with Image.open(run.pictures[0].path) as picture:
                colours = {colour: count for count, colour in picture.convert("RGB").getcolors(1 << 24) or ()}  # fmt: skip
            assert colours.get((255, 0, 0), 0) > 100_000


LONG_TRANSITION = """\
<p id="state">moving</p><svg width="400" height="50"><rect width="10" height="40" fill="#08f"/></svg><script>
d3.select("rect").transition().duration(10000).attr("width", 390).on("end", () => d3.select("#state").text("arrived"));
</script>"""


async def test_a_transition_of_ten_seconds_is_at_its_end(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    run = await draw(runner, tmp_path, page(LONG_TRANSITION, "https://d3js.org/d3.v7.min.js"))
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert "arrived" in run.texts


REVEALED = """\
<style>div { height: 600px; opacity: 0; transition: opacity 0.8s } .seen { opacity: 1 }</style>
<div style="background: #ff0000"></div><div style="background: #0000ff"></div><script>
const observer = new IntersectionObserver((all) => all.forEach((one) => {
  if (one.isIntersecting) one.target.classList.add("seen");
}));
document.querySelectorAll("div").forEach((one) => observer.observe(one));
</script>"""


async def test_what_appears_when_it_is_scrolled_to_is_in_the_picture(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    run = await draw(runner, tmp_path, page(REVEALED))
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    with Image.open(run.pictures[0].path) as picture:
        seen = {picture.convert("RGB").getpixel((1000, at)) for at in (600, 1800)}
    assert seen == {(255, 0, 0), (0, 0, 255)}


WRONG_ALL_ALONG = """\
<p>words</p><svg width="400" height="400"></svg><script>
d3.select("svg").selectAll("rect").data(d3.range(100)).join("rect").attr("height", 4).attr("y", (d) => 4 * d).attr("width", 5)
  .transition().duration(4000).attr("width", (d) => d.missing * 2);
</script>"""


async def test_a_wrong_number_in_a_transition_is_told_once(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    """Chromium tells each of thousands, and that took longer than a run may."""
    run = await draw(runner, tmp_path, page(WRONG_ALL_ALONG, "https://d3js.org/d3.v7.min.js"))
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert ["is no number" in one.message for one in run.diagnostics] == [True]


async def test_a_frame_that_was_called_off_does_not_come(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    body = (
        '<p id="a">kept</p><script>\n'
        'const id = requestAnimationFrame(() => { a.textContent = "came"; });\n'
        "cancelAnimationFrame(id);\n"
        "</script>"
    )
    run = await draw(runner, tmp_path, page(body))
    assert "kept" in run.texts


LONG_NAMES = """\
<div id="c" style="width:500px;height:240px"></div><p id="state"></p><script>
const chart = echarts.init(document.getElementById("c"));
chart.setOption({xAxis: {}, yAxis: {type: "category", data: ["apples from the old orchard", "pears"]},
  series: [{type: "bar", data: [3, 5]}]});
chart.on("finished", () => {
const text = chart.getZr().storage.getDisplayList().find(one => one.style.text?.startsWith("apples"));
document.getElementById("state").textContent =
  text.getBoundingRect().x + text.getComputedTransform()[4] >= 0 ? "whole" : "cut";
});
</script>"""


async def test_long_names_beside_bars_are_whole(runner: SandboxedRunner, tmp_path: Path) -> None:
    address = "https://cdn.jsdelivr.net/npm/echarts@5"
    run = await draw(runner, tmp_path, page(LONG_NAMES, address))
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert "whole" in run.texts


async def test_a_page_that_shows_nothing_is_blank(runner: SandboxedRunner, tmp_path: Path) -> None:
    run = await draw(runner, tmp_path, page("<div style='width:300px;height:200px'></div><script>console.log('said')</script>"))  # fmt: skip
    assert run.verdict is Verdict.BLANK
    assert run.stdout == "said\n"


async def test_a_plot_style_dresses_what_the_page_leaves_open(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    from PIL import Image

    source = page(ECHARTS, "https://cdn.jsdelivr.net/npm/echarts")
    run = await runner.run(with_data(source, tmp_path, DARK), tmp_path / "run")
    image = Image.open(run.pictures[0].path).convert("RGB")
    colours = {colour for _, colour in image.getcolors(1_000_000) or []}
    assert image.getpixel((1, 1)) == (0x10, 0x18, 0x20)
    assert (255, 0, 0) in colours
    own = page("<style>body { background: #ffffff }</style>" + ECHARTS, "https://cdn.jsdelivr.net/npm/echarts")  # fmt: skip
    run = await runner.run(with_data(own, tmp_path, DARK), tmp_path / "own")
    assert Image.open(run.pictures[0].path).convert("RGB").getpixel((1, 1)) == (255, 255, 255)


async def test_a_long_page_is_one_bounded_picture(runner: SandboxedRunner, tmp_path: Path) -> None:
    body = "<script>for (let n = 0; n < 3000; n++) document.body.append(Object.assign(document.createElement('p'), {textContent: n}))</script>"
    run = await draw(runner, tmp_path, page(body))
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert run.pictures[0].width * run.pictures[0].height < 20_000_000


D3_HERE = "https://cdn.jsdelivr.net/npm/d3@7"
MISTAKES = [
    (page("<script>\nlet x = ;\n</script>"), 4, "Unexpected token"),
    (page("<script>\nd3.select('body')\n</script>"), 4, "cdn.jsdelivr.net/npm/d3"),
    (page("<script>\nconst s = d3.scaleLiner();\n</script>", D3_HERE), 4, "scaleLinear"),
    (page("<div id=chart></div><script>\ndocument.getElementById('chrt').innerHTML = 'x';\n</script>"), 4, "#chart"),
    (page("<script>\nd3.csv('sale.csv').then(draw)\nfunction draw() {}\n</script>", D3_HERE), 4, "data.csv"),
    (page("<img src='logo.png'>"), 3, "logo.png"),
    (page("<p>hi</p>", "https://cdn.jsdelivr.net/npm/leaflet@1.9"), 2, "the libraries here are d3"),
    (page("<p>hi</p>", "https://unpkg.com/echart@5"), 2, "did you mean echarts"),
    (page("<script>\nfetch('https://api.example.org/x.json').then(r => r.json())\n</script>"), 4, "no network"),
    (page("<script>\nPromise.reject(new Error('went wrong'))\n</script>"), 4, "went wrong"),
    (page("<p>hi</p><script>\ntry { null.x } catch (error) { console.error(error) }\n</script>"), 4, "reading 'x'"),
    (page("<canvas id=c></canvas><script>\nnew Chart(document.getElementById('c'), {type: 'barr', data: {datasets: [{data: [1]}]}})\n</script>", "https://cdn.jsdelivr.net/npm/chart.js"), 4, "bubble"),
    (page('<script>\nimport * as d3 from "d3";\n</script>'), 4, 'type="module"'),
    (page("<script>\nlocation.reload()\n</script>"), None, "again and again"),
]  # fmt: skip


@pytest.fixture(scope="module")
def mistake_runs(tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    return together([one[0] for one in MISTAKES], "html", tmp_path_factory.mktemp("mistakes"))


@pytest.mark.parametrize("number", range(len(MISTAKES)))
def test_a_mistake_is_told_with_its_line(mistake_runs: list[Run], number: int) -> None:
    run, (_, line, words) = mistake_runs[number], MISTAKES[number]
    assert run.verdict is Verdict.FAILED
    first = run.diagnostics[0]
    assert first.line == line, run.diagnostics
    assert words in f"{first.message} {first.hint}", run.diagnostics
    assert "viscoder.localhost" not in str(run.diagnostics)


async def test_columns_are_those_of_the_users_line(runner: SandboxedRunner, tmp_path: Path) -> None:
    run = await draw(runner, tmp_path, "<!DOCTYPE html><p>ä</p><script>  missing()</script>")
    assert (run.diagnostics[0].line, run.diagnostics[0].column) == (1, 34)


async def test_fonts_of_the_network_are_only_a_warning(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    body = '<link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=Inter"><h1>Hello</h1>'
    run = await draw(runner, tmp_path, page(body))
    assert run.verdict is Verdict.RENDERED
    assert "fonts.googleapis.com" in run.diagnostics[0].message


async def test_a_spare_draws_the_same_sooner(warm_runner: SandboxedRunner, tmp_path: Path) -> None:
    source = page(D3, D3_HERE)
    cold = await draw(warm_runner, tmp_path / "..", source)
    warm_runner.warm_up("html")
    await asyncio.sleep(1.5)
    warm = await draw(warm_runner, tmp_path, source)
    assert warm.verdict is cold.verdict is Verdict.RENDERED
    assert warm.texts == cold.texts
    assert warm.pictures[0].width == cold.pictures[0].width
