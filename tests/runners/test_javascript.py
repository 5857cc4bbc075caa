"""JavaScript programs: in a page with the libraries at hand, or in node."""

from __future__ import annotations

from pathlib import Path

import pytest

from runners import languages
from runners.base import DataFile, PictureFormat, Program, Run, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need
from tests.runners.together import SALES, together


@pytest.fixture(autouse=True)
def tools() -> None:
    need("chromium")
    need("node")


async def draw(runner: SandboxedRunner, folder: Path, source: str, format: PictureFormat = "png") -> Run:  # fmt: skip
    table = folder / "elsewhere.csv"
    table.write_text(SALES)
    program = Program(source, "javascript", (DataFile("data.csv", table),))
    return await runner.run(program, folder / "run", format)


SVG = 'd3.select("#chart").append("svg").append("text").attr("y", 50).text("words");'
CHART = 'new Chart(document.getElementById("canvas"), {type: "line", data: {labels: ["words", "b"], datasets: [{label: "s", data: [1, 2]}]}});'
THREE = """\
const scene = new THREE.Scene(), camera = new THREE.PerspectiveCamera(50, 1.6, 0.1, 100);
camera.position.z = 4;
const renderer = new THREE.WebGLRenderer({canvas: document.querySelector("#canvas")});
renderer.setSize(800, 500);
scene.add(new THREE.Mesh(new THREE.SphereGeometry(1), new THREE.MeshNormalMaterial()));
renderer.setAnimationLoop(() => renderer.render(scene, camera));
document.body.append("words");"""
PROGRAMS = [
    SVG,
    f'import * as d3 from "d3";\n{SVG}',
    'import { select } from "d3-selection";\nselect("body").append("p").text("words");',
    'const rows = await d3.csv("data.csv");\nd3.select("body").append("p").text("words");\nif (rows.length !== 2) throw new Error("rows");',
    'echarts.init(document.getElementById("chart")).setOption({title: {text: "words"}, xAxis: {data: ["a"]}, yAxis: {}, series: [{type: "bar", data: [1]}]});',
    'import * as echarts from "echarts/core";\nimport { BarChart } from "echarts/charts";\nimport { CanvasRenderer } from "echarts/renderers";\necharts.use([BarChart, CanvasRenderer]);\necharts.init(document.getElementById("chart")).setOption({title: {text: "words"}, xAxis: {data: ["a"]}, yAxis: {}, series: [{type: "bar", data: [1]}]});',
    CHART,
    f'import {{ Chart, registerables }} from "chart.js";\nChart.register(...registerables);\n{CHART}',
    'Plotly.newPlot("chart", [{x: ["words"], y: [2], type: "bar"}]);',
    'vegaEmbed("#chart", {title: "words", data: {url: "data.csv"}, mark: "bar", encoding: {x: {field: "day"}, y: {field: "sold", type: "quantitative"}}});',
    'import embed from "vega-embed";\nawait embed("#chart", {title: "words", data: {url: "data.csv"}, mark: "bar", encoding: {x: {field: "day"}, y: {field: "sold", type: "quantitative"}}});',
    THREE,
    f'import * as THREE from "three";\nimport {{ OrbitControls }} from "three/addons/controls/OrbitControls.js";\n{THREE}',
    'const context = document.getElementById("canvas").getContext("2d");\ncontext.font = "40px sans-serif";\ncontext.fillText("words", 20, 60);',
    "const fs = require('fs');\nfs.writeFileSync('chart.svg', '<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 30\"><text y=\"20\">words</text></svg>');",
    "import { readFileSync, writeFileSync } from 'node:fs';\nimport { scaleLinear } from 'd3';\nconst day = readFileSync('data.csv', 'utf8').split('\\n')[1].split(',')[0];\nwriteFileSync('chart.svg', `<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 30\"><title>${day}</title><text y=\"20\" x=\"${scaleLinear([0, 1], [0, 10])(1)}\">words</text></svg>`);",
]  # fmt: skip


@pytest.fixture(scope="module")
def program_runs(tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    return together(PROGRAMS, "javascript", tmp_path_factory.mktemp("programs"))


@pytest.mark.parametrize("number", range(len(PROGRAMS)))
def test_each_library_is_at_hand(program_runs: list[Run], number: int) -> None:
    run = program_runs[number]
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert run.diagnostics == ()
    assert "words" in run.texts
    assert len(run.pictures) == 1


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
async def test_the_example_is_drawn_in_every_format(
    runner: SandboxedRunner, tmp_path: Path, form: PictureFormat
) -> None:
    run = await draw(runner, tmp_path, languages.find("javascript").example, form)
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert "pears" in run.texts
    assert run.pictures[0].format == form
    assert run.pictures[0].path.with_suffix(".png").exists()


async def test_several_files_of_node_are_several_pictures(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    source = (
        "const fs = require('fs');\n"
        "const svg = (text) => `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 30'><text y='20'>${text}</text></svg>`;\n"
        "fs.writeFileSync('a.svg', svg('one'));\nfs.writeFileSync('b.svg', svg('two'));\nconsole.log('done');"
    )
    run = await draw(runner, tmp_path, source, "pdf")
    assert [picture.path.name for picture in run.pictures] == ["picture-1.pdf", "picture-2.pdf"]
    assert run.texts == ("one", "two")
    assert run.stdout == "done\n"


MISTAKES = [
    ("const x = ;", 1, "Unexpected token ';'"),
    ("const a = 1;\nconst a = 2;", 2, "already been declared"),
    ("function f() {\n  return 1;\n", 1, "never closed"),
    ("const svg = d3.select('#chart');\nsvg.append('svg');\nlet n = dta.length;\nlet data = [];", 3, "did you mean data"),
    ("d3.select('#chart').append('svg').atr('x', 1);", 1, "did you mean attr"),
    ("echarts.init(document.getElementById('main'));", 1, "#chart, #canvas"),
    ("new Chart(document.getElementById('canvas'), {type: 'bars', data: {datasets: [{data: [1]}]}});", 1, "bubble"),
    ("Plotly.newPlot('plot', [{y: [1]}]);", 1, "#chart"),
    ("const mesh = new THREE.BoxGeometri(1, 1, 1);", 1, "BoxGeometry"),
    ("const rows = await d3.csv('sales.csv');", 1, "data.csv"),
    ("async function main() {\n  const rows = await d3.csv('data.csv');\n  rows[9].day;\n}\nmain();", 3, "reading 'day'"),
    ("import { scaleLiner } from 'd3';", 1, "scaleLinear"),
    ("await vegaEmbed('#chart', {data: {values: [{a: 1}]}, mark: 'bar', encoding: {x: {field: 'a', type: 'quantitativ'}}, width: undefinedName});", 1, "undefinedName is not defined"),
    ("await vegaEmbed('#vis', {data: {values: [{a: 1}]}, mark: 'bar'});", 1, "does not exist"),
    ("await vegaEmbed('#chart', {data: {values: [{a: 1}]}, mark: 'baar'});", 1, "the marks are"),
    ("throw 'plain words';", 1, "plain words"),
    ("const fs = require('fs');\nfs.readFileSync('sales.csv');", 2, "the files here are data.csv"),
    ("const { JSDOM } = require('jsdom');", 1, "the packages here are d3"),
    ("const fs = require('fs');\nfs.writeFilSync('a.svg', '');", 2, "did you mean writeFileSync"),
    ("const fs = require('fs');\ndocument.body.append('x');", 2, "node has no page"),
    ("import fs from 'node:fs';\nconst rows = JSON.parse(fs.readFileSync('data.csv', 'utf8'));", 2, "JSON"),
]  # fmt: skip


@pytest.fixture(scope="module")
def mistake_runs(tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    return together([one[0] for one in MISTAKES], "javascript", tmp_path_factory.mktemp("mistakes"))


@pytest.mark.parametrize("number", range(len(MISTAKES)))
def test_a_mistake_is_told_with_its_line(mistake_runs: list[Run], number: int) -> None:
    run, (_, line, words) = mistake_runs[number], MISTAKES[number]
    assert run.verdict is Verdict.FAILED, run
    first = run.diagnostics[0]
    assert first.line == line, run.diagnostics
    assert words in f"{first.message} {first.hint}", run.diagnostics
    assert "viscoder" not in str(run.diagnostics)


async def test_a_program_for_node_has_no_browser_come_up(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    source = """\
const fs = require("fs");
const names = fs.readdirSync("/proc").filter((one) => /^\\d+$/.test(one)).map((one) => fs.readFileSync(`/proc/${one}/comm`, "utf8").trim());
fs.writeFileSync("a.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="50"><text y="30">${names.join(" ")}</text></svg>`);"""
    run = await draw(runner, tmp_path, source)
    assert run.verdict is Verdict.RENDERED, run
    assert "node" in run.texts[0] and "chrom" not in run.texts[0]


async def test_a_program_that_draws_nothing_says_so(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    run = await draw(runner, tmp_path, "console.log('hello', [1, 2])")
    assert run.verdict is Verdict.BLANK
    assert run.stdout.startswith("hello")
    run = await draw(runner, tmp_path, "console.log(require('os').EOL)")
    assert run.verdict is Verdict.NO_PICTURE
