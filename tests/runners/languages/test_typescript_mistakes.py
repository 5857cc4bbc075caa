"""TypeScript as models almost get it right; places are those of the TypeScript."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import need
from tests.runners.mistakes import Mistake, wrongly_doubted, wrongly_told

TYPES = "interface Row {\n  day: string;\n  sold: number;\n}\n"
D3 = 'import * as d3 from "d3";\n'

MISTAKES: list[Mistake] = [
    ("const data: number[] = [1, 2, 3;\n", 1, "]"),
    (TYPES + "function draw(rows: Row[]): void {\n  if (rows.length) {\n    rows.pop();\n}\ndraw([]);\n", 6, "never closed"),
    (D3 + "d3.select('#chart').append('svg')\n  .attr('x', (d: number, i: number) => i * 20\n  .attr('y', 5);\n", 3, "never closed"),
    ("const title: string = 'Fruit;\n", 1, "quote"),
    ("const n: number = 1;\nfunction name(n: number) -> string {\n  return String(n);\n}\n", 2, "write : in place of ->"),
    ("const o: object = {\n  a: 1\n  b: 2,\n};\n", 2, "comma"),
    ("const fruit: string[] = ['apples' 'pears'];\n", 1, "comma"),
    ("const x: number = 1;\nx = 2;\n", 2, "let"),
    ("interfce Row {\n  day: string;\n}\n", 1, "did you mean interface?"),
    ("function f(): void {\n  const rows = await g();\n}\n", 2, "async"),
    ("type Kind = 'a' | ;\n", 1, "Unexpected"),
    ("const n: number = 3;\nconst n: number = 4;\n", 2, "already been declared"),
    ("class A {\n  constructor(private x: number) {\n    this.x = x;\n  }\n\nnew A(1);\n", 1, "never closed"),
    ("interface Row {\n  day string;\n  sold: number;\n}\n", 2, "write day: string"),
    ("type Row = { day: string; sold? number };\n", 1, "write sold?: number"),
    ("let value: Array<number = [];\n", 1, ">"),
    (D3 + "const y = d3.scaleLinar();\n", 2, "did you mean scaleLinear?"),
    (TYPES + D3 + "const svg = d3.select('#chart').appendd('svg');\n", 6, "did you mean append?"),
    (TYPES + "const width: number = 3;\nconsole.log(widht);\n", 6, "did you mean width?"),
    (TYPES + "const rows: Row[] = [];\nconsole.log(rows[0].day);\n", 6, "rows[0] is undefined"),
    (TYPES + "const rows: Row[] = [];\nconsole.log(rows[0]!.day);\n", 6, "rows[0]"),
    ("const el = document.getElementById('plot') as HTMLElement;\nel.innerHTML = 'x';\n", 2, "#chart"),
    (D3 + "const rows = await d3.csv('sales.csv');\n", 2, "the files here are data.csv"),
    ("import L from 'leaflet';\n\nL.map('chart');\n", 1, "the libraries here are"),
    ("import { scaleLinar } from 'd3';\n\nconsole.log(scaleLinar());\n", 1, "did you mean scaleLinear?"),
    ("import * as echarts from 'echarts';\nconst c: any = echarts.init(document.getElementById('chart')!);\nc.setOption({ xAxis: { data: ['a'] }, yAxis: {},\n  series: [{ type: 'barr', data: [1] }] });\n", 4, "did you mean bar?"),
    ("enum Kind { A, B }\nconst k: Kind = Kid.A;\n", 2, "did you mean Kind?"),
    ("import * as fs from 'node:fs';\nconst t: string = fs.readFileSync('sales.csv', 'utf8');\n", 2, "the files here are data.csv"),
    ("for (int i = 0; i < 3; i++) {\n  console.log(i);\n}\n", 1, "write let"),
    ("let body: string = `<rect/>;\nbody += `<circle r=\"9\"/>`;\n", 1, "add the closing `"),
]  # fmt: skip

TEXT = (
    D3
    + "const svg = d3.select('#chart').append('svg');\nsvg.append('text').attr('y', 20).text('words');\n"
)
ROWS = "const rows: Row[] = [{ day: 'Mon', sold: 3 }, { day: 'Tue', sold: 5 }];\n"
NODE = 'import * as fs from \'fs\';\nconst save = (body: string): void => fs.writeFileSync(\'a.svg\', `<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><text y="20">words</text>${body}</svg>`);\n'

SILENT: list[Mistake] = [
    (TYPES + TEXT + ROWS + "svg.selectAll('circle').data(rows).join('circle')\n  .attr('r', (d: Row) => d.slod);\n", 10, "did you mean sold?"),
    (TEXT + "const margin = { top: 9, left: 40 };\nconst wide: number = 90 - margin.lefft;\nsvg.append('circle').attr('r', wide);\n", 5, "did you mean left?"),
    (TEXT + "enum Tone { Warm = 'red', Cold = 'blue' }\nsvg.append('circle').attr('r', 9).attr('fill', Tone.Hot);\n", 5, "Tone has Warm, Cold"),
    (TEXT + "function high(values: number[]): number {\n  return Math.max(values);\n}\nsvg.append('circle').attr('r', high([1, 2]));\n", 5, "write Math.max(...values)"),
    (TEXT + "const dot = (x: number, r: number): void => {\n  svg.append('circle').attr('cx', x).attr('r', r);\n};\ndot(9);\n", 7, "r is undefined"),
    (TYPES + NODE + ROWS + "save(rows.map((d: Row): string => `<circle r=\"${d.sold}\"/>`).join(''));\nsave('<circle r=\"${rows.length}\"/>');\n", 9, "write `"),
    (NODE + "const scale = (v: number, by: number): number => v * by;\nsave(`<circle cx=\"9\" cy=\"9\" r=\"${scale(3)}\"/>`);\n", 4, "by is undefined"),
    ("const canvas = document.getElementById('canvas') as HTMLCanvasElement;\nconst pen = canvas.getContext('2d') as any;\npen.linewidth = 3;\npen.strokeRect(9, 9, 50, 50);\n", 3, "did you mean lineWidth?"),
]  # fmt: skip

RIGHT: list[str] = [
    TYPES + TEXT + ROWS + "type Shape = { kind: 'dot'; r?: number };\nfunction dot(x: number, r?: number, fill = 'red', ...rest: number[]): void {\n  svg.append('circle').attr('cx', x).attr('r', r ?? 3).attr('fill', fill);\n}\ndot(3);\nconst shape: Shape = { kind: 'dot' };\ndot(5, shape.r);\nconst total: number = rows.reduce((a: number, d: Row): number => { return a + d.sold; }, 0);\nconst byDay = new Map<string, Row>(rows.map((d: Row): [string, Row] => [d.day, d]));\ndot(byDay.get('Mon')!.sold, total);\n",
    TEXT + "enum Kind { A, B = 4 }\nnamespace Kind { export const C = 5; }\nabstract class Base { constructor(protected readonly wide: number) {} abstract area(): number; }\nclass Square extends Base { area(): number { return this.wide ** 2; } }\nconst s: Base = new Square(Kind.B + Kind.A + 3);\nsvg.append('circle').attr('r', s.area());\n",
]  # fmt: skip


def test_what_draws_nothing_without_a_word_is_told(tmp_path: Path) -> None:
    need("chromium")
    need("node")
    wrong = wrongly_told(SILENT, "typescript", tmp_path)
    assert not wrong, "\n".join(wrong)


def test_of_a_right_program_nothing_is_told(tmp_path: Path) -> None:
    need("chromium")
    need("node")
    wrong = wrongly_doubted(RIGHT, "typescript", tmp_path)
    assert not wrong, "\n".join(wrong)


def test_a_mistake_is_told_where_a_person_would_look(tmp_path: Path) -> None:
    need("chromium")
    need("node")
    wrong = wrongly_told(MISTAKES, "typescript", tmp_path)
    assert not wrong, "\n".join(wrong)
