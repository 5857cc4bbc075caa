"""TypeScript programs: the places that are told are those of the TypeScript, not of what it became."""

from __future__ import annotations

from pathlib import Path

import pytest

from runners import languages
from runners.base import PictureFormat, Program, Run, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need
from tests.runners.together import together


@pytest.fixture(autouse=True)
def tools() -> None:
    need("chromium")
    need("node")


HEAD = (
    "interface Row {\n  day: string;\n  sold: number;\n}\nenum Kind { A, B }\ntype Rows = Row[];\n"
)
"""Six lines, four of which leave nothing."""

PROGRAMS = [
    HEAD + 'import * as d3 from "d3";\nconst rows: Rows = (await d3.csv("data.csv")) as unknown as Rows;\nd3.select("#chart").append("svg").append("text").attr("y", 40).text(rows[1]!.day);',
    HEAD + 'declare const d3: any;\nd3.select("body").append("p").text("Tue" as string);',
    'import * as echarts from "echarts";\nconst c: echarts.ECharts = echarts.init(document.getElementById("chart") as HTMLDivElement);\nconst option: echarts.EChartsOption = { title: { text: "Tue" }, xAxis: { data: ["a"] }, yAxis: {}, series: [{ type: "bar", data: [1] }] };\nc.setOption(option);',
    'import { Chart, ChartConfiguration, registerables } from "chart.js";\nChart.register(...registerables);\nconst c: ChartConfiguration = { type: "bar", data: { labels: ["Tue"], datasets: [{ label: "s", data: [1] }] } };\nnew Chart(document.getElementById("canvas") as HTMLCanvasElement, c);',
    'import * as THREE from "three";\nclass View { constructor(private readonly camera: THREE.Camera, public scene = new THREE.Scene()) {}\n  draw(r: THREE.WebGLRenderer): void { r.render(this.scene, this.camera); } }\nconst r = new THREE.WebGLRenderer({ canvas: document.querySelector<HTMLCanvasElement>("#canvas")! });\nr.setClearColor(0x336699);\nnew View(new THREE.PerspectiveCamera()).draw(r);\ndocument.body.append("Tue");',
    'interface Made<T extends object> {\n  readonly day: string\n  at?: (\n    row: T,\n  ) => void;\n  new (day: string): T;\n  kind:\n    | "a"\n    | "b";\n  [key: string]: unknown;\n  // sold number\n}\ntype Keys = { [K in keyof Made<object>]: K };\ndocument.body.append("Tue");',
    'import * as fs from "node:fs";\nconst day: string = fs.readFileSync("data.csv", "utf8").split("\\n")[2]!.split(",")[0]!;\nfs.writeFileSync("a.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><text y="20">${day}</text></svg>`);',
]  # fmt: skip


@pytest.fixture(scope="module")
def program_runs(tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    return together(PROGRAMS, "typescript", tmp_path_factory.mktemp("programs"))


@pytest.mark.parametrize("number", range(len(PROGRAMS)))
def test_typed_programs_draw(program_runs: list[Run], number: int) -> None:
    run = program_runs[number]
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert run.diagnostics == ()
    assert "Tue" in run.texts


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
async def test_the_example_is_drawn_in_every_format(
    runner: SandboxedRunner, tmp_path: Path, form: PictureFormat
) -> None:
    program = Program(languages.find("typescript").example, "typescript")
    run = await runner.run(program, tmp_path, form)
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert "plums" in run.texts
    assert run.pictures[0].format == form


MISTAKES = [
    ("const x: number = ;", 1, 19, 'Unexpected ";"'),
    ("enum Kind {\n  A B\n}", 2, 4, "Expected"),
    ("function f(a: number {\n}", 1, 11, "never closed"),
    ("const a = 1;\nconst a = 2;", 2, 7, "already been declared"),
    ("function f() {\n  const x = await g();\n}", 2, 13, "async"),
    ("const rows = [1, 2;\n", 1, 14, "never closed"),
    ("class A {\n  constructor(private x: number) {\n}\n", 2, 34, "never closed"),
    (HEAD + "const s: string = 'ö'; const y: = 2;", 7, 33, "Unexpected"),
    ('const n = 1;\nconst s = "abc;\n', 2, 11, "Unterminated string"),
    (HEAD + 'import * as d3 from "d3";\nconst x: any = d3.scaleLiner();', 8, 19, "scaleLinear"),
    (HEAD + "const rows: Row[] = [];\nconst first = rows[0] as Row;\n\nconsole.log(first.day);", 10, 19, "reading 'day'"),
    (HEAD + "const el = document.getElementById('plot') as HTMLElement;\nel.innerHTML = 'x';", 8, 4, "#chart"),
    (HEAD + "setTimeout((): void => {\n  throw new Error('later');\n}, 10);", 8, 9, "later"),
    (HEAD + "const rows = await fetch('sales.json').then((r: Response) => r.json());", 7, None, "data.csv"),
    (HEAD + "import * as fs from 'fs';\nconst t: string = fs.readFileSync('sales.csv', 'utf8');", 8, 22, "the files here are data.csv"),
    ("import L from 'leaflet';\nL.map('chart');", 1, 15, "the libraries here are d3"),
]  # fmt: skip


@pytest.fixture(scope="module")
def mistake_runs(tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    return together([one[0] for one in MISTAKES], "typescript", tmp_path_factory.mktemp("mistakes"))


@pytest.mark.parametrize("number", range(len(MISTAKES)))
def test_a_mistake_is_told_with_its_place(mistake_runs: list[Run], number: int) -> None:
    run, (_, line, column, words) = mistake_runs[number], MISTAKES[number]
    assert run.verdict is Verdict.FAILED, run
    first = run.diagnostics[0]
    assert words in f"{first.message} {first.hint}", run.diagnostics
    assert (first.line, first.column) == (line, column), run.diagnostics


async def test_types_are_not_checked(runner: SandboxedRunner, tmp_path: Path) -> None:
    source = "const n: number = 'words';\ndocument.body.append(n);"
    run = await runner.run(Program(source, "typescript"), tmp_path)
    assert run.verdict is Verdict.RENDERED
    assert run.texts == ("words",)
