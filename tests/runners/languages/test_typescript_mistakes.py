"""TypeScript as models almost get it right; places are those of the TypeScript."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import need
from tests.runners.mistakes import Mistake, wrongly_told

TYPES = "interface Row {\n  day: string;\n  sold: number;\n}\n"
D3 = 'import * as d3 from "d3";\n'

MISTAKES: list[Mistake] = [
    ("const data: number[] = [1, 2, 3;\n", 1, "]"),
    (TYPES + "function draw(rows: Row[]): void {\n  if (rows.length) {\n    rows.pop();\n}\ndraw([]);\n", 6, "never closed"),
    (D3 + "d3.select('#chart').append('svg')\n  .attr('x', (d: number, i: number) => i * 20\n  .attr('y', 5);\n", 3, "never closed"),
    ("const title: string = 'Fruit;\n", 1, "quote"),
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
]  # fmt: skip


def test_a_mistake_is_told_where_a_person_would_look(tmp_path: Path) -> None:
    need("chromium")
    need("node")
    wrong = wrongly_told(MISTAKES, "typescript", tmp_path)
    assert not wrong, "\n".join(wrong)
