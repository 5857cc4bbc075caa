"""JavaScript as models almost get it right: grammar, names, and the options of chart libraries."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import need
from tests.runners.mistakes import Mistake, wrongly_told
from tests.runners.together import together

SVG = 'const svg = d3.select("#chart").append("svg").attr("width", 300).attr("height", 200);\n'
CHART = 'const chart = echarts.init(document.getElementById("chart"));\n'

GRAMMAR: list[Mistake] = [
    ("const data = [1, 2, 3;\nconsole.log(data);\n", 1, "]"),
    ("function draw() {\n  if (true) {\n    d3.select('#chart');\n}\n\ndraw();\n", 2, "never closed"),
    (SVG + "svg.selectAll('rect').data([1]).join('rect')\n  .attr('x', (d, i) => i * 20\n  .attr('y', 5);\n", 3, "never closed"),
    ("const title = 'Fruit;\nconsole.log(title);\n", 1, "quote"),
    ("const title = `Fruit ${1 + 1;\nconsole.log(title);\n", 1, "`"),
    ("const options = {\n  a: 1\n  b: 2,\n};\n", 2, "comma"),
    ("const fruit = ['apples' 'pears'];\n", 1, "comma"),
    ("const x = 1;\nx = 2;\n", 2, "let"),
    ("d3.select('#chart'));\n", 1, ")"),
    ("for (let i = 0, i < 3, i++) {\n  console.log(i);\n}\n", 1, ";"),
    ("function f() {\n  const rows = await d3.csv('data.csv');\n}\nf();\n", 2, "async"),
    ("const n: number = 3;\n", 1, "TypeScript"),
    ("def f(x):\n  return x\n", 1, ""),
    ("<script>\nconsole.log(1);\n</script>\n", 1, "without HTML"),
]  # fmt: skip

NAMES: list[Mistake] = [
    (SVG + "const width = 300;\nsvg.append('rect').attr('width', widht);\n", 3, "did you mean width?"),
    (SVG + "const y = d3.scaleLinar();\n", 2, "did you mean scaleLinear?"),
    (SVG + "svg.appendd('g');\n", 2, "did you mean append?"),
    (SVG + "svg.call(d3.axisButtom(d3.scaleLinear()));\n", 2, "did you mean axisBottom?"),
    ("console.lgo('x');\n", 1, "did you mean log?"),
    ("const rows = [1, 2];\nconst more = rows.pusch(3);\n", 2, "did you mean push?"),
    ("const canvas = document.getElementById('canvas');\nconst pen = canvas.getContext('2d');\npen.fillRectangle(0, 0, 9, 9);\n", 3, "did you mean fillRect?"),
    ("const pen = document.getElementById('myCanvas').getContext('2d');\n", 1, "#canvas"),
    (CHART + "chart.setOptions({});\n", 2, "did you mean setOption?"),
    ("$('#chart').append('x');\n", 1, "document.querySelector"),
    ("np.sin(1);\n", 1, "np is not defined"),
    ("const svg = d3.select('#chrt').append('svg');\nsvg.append('circle').attr('r', 5);\n", 1, "#chart"),
    ("import * as d4 from 'd4';\n", 1, "the libraries here are"),
    ("const scene = new THREE.Scene();\nconst light = new THREE.AmbiantLight(0xffffff);\n", 2, "did you mean AmbientLight?"),
]  # fmt: skip

OPTIONS: list[Mistake] = [
    (CHART + "chart.setOption({\n  xAxis: { data: ['a'] },\n  yAxis: {},\n  series: [{ type: 'barr', data: [1] }],\n});\n", 5, "did you mean bar?"),
    (CHART + "chart.setOption({\n  xAxis: { type: 'category', data: ['a'] },\n  series: [{ type: 'bar', data: [1] }],\n});\n", 2, "yAxis"),
    ("new Chart(document.getElementById('canvas'), {\n  type: 'barchart',\n  data: { labels: ['a'], datasets: [{ data: [1] }] },\n});\n", 2, "bar"),
    ("new Chart(document.getElementById('canvas'), {\n  type: 'bar',\n  datasets: [{ data: [1] }],\n});\n", 1, "data"),
    ("Plotly.newPlot('chart', [{ x: [1], y: [2], type: 'scater' }]);\n", 1, "did you mean scatter?"),
    ("Plotly.newPlot('plot', [{ x: [1], y: [2] }]);\n", 1, "#chart"),
    ("vegaEmbed('#chart', {\n  data: { values: [{ a: 1 }] },\n  mark: 'bars',\n  encoding: { x: { field: 'a' } },\n});\n", 3, "did you mean bar?"),
    (SVG + "svg.append('path').attr('d', 'M 0 0 L NaN 5');\n", 2, "NaN"),
    (SVG + "svg.append('circle').attr('r', undefined * 2);\n", 2, "NaN"),
    (SVG + "svg.append('rect').attr('width', -5).attr('height', 5);\n", 2, "negative"),
]  # fmt: skip

RUNNING: list[Mistake] = [
    ("const rows = [{ day: 'Mon' }];\nconsole.log(rows[1].day);\n", 2, "rows[1]"),
    ("const rows = await d3.csv('sales.csv');\n", 1, "the files here are data.csv"),
    ("const rows = await d3.json('data.csv');\n", 1, "JSON"),
    ("const rows = d3.csv('data.csv');\nrows.map(row => row.sold);\n", 2, "await"),
    ("d3.csv('data.csv').then(rows => {\n  rows[7].sold.toFixed(1);\n});\n", 2, "rows[7]"),
    ("let config;\nconfig.title = 'x';\n", 2, "config"),
    ("const f = 5;\nf();\n", 2, "f is not a function"),
    ("console.log(later);\nlet later = 1;\n", 1, "before initialization"),
    ("function turn(n) {\n  return turn(n + 1);\n}\nturn(0);\n", 2, "call stack"),
    ("throw new Error('no data');\n", 1, "no data"),
    ("const n = 1.5;\nconst list = new Array(-n);\n", 2, "length"),
    ("fetch('https://api.example.org/data.json').then(r => r.json());\n", 1, "no network"),
    ("const fs = require('fs');\nfs.writeFileSync('a.svg', svgText);\n", 2, "svgText is not defined"),
]  # fmt: skip


def test_a_mistake_is_told_where_a_person_would_look(tmp_path: Path) -> None:
    need("chromium")
    need("node")
    wrong = wrongly_told(GRAMMAR + NAMES + OPTIONS + RUNNING, "javascript", tmp_path)
    assert not wrong, "\n".join(wrong)


WRONG_NUMBERS: list[tuple[str, list[str]]] = [
    (SVG + "svg.append('path').attr('d', 'M 0 0 L NaN 5');\n", ["<path> attribute d: M 0 0 L NaN 5 is no number"]),
    (SVG + "svg.append('rect').attr('height', 5).attr('width', -5);\n", ["<rect> attribute width: -5 is negative"]),
    (SVG + "svg.node().innerHTML = '<rect width=\"-5\" height=\"NaN\"/>';\n", ["Error: <rect> attribute width", "Error: <rect> attribute height"]),
    (SVG + "svg.node().innerHTML = '<rect width=\"-0.0000103\" height=\"-1e-7\"/>';\n", []),
]  # fmt: skip


def test_a_wrong_number_is_told_once_and_one_that_is_only_rounded_never(tmp_path: Path) -> None:
    need("chromium")
    need("node")
    text = "svg.append('text').attr('y', 50).text('words');\n"
    runs = together([source + text for source, _ in WRONG_NUMBERS], "javascript", tmp_path)
    for run, (_, told) in zip(runs, WRONG_NUMBERS, strict=True):
        assert len(run.diagnostics) == len(told), run.diagnostics
        for one, words in zip(run.diagnostics, told, strict=True):
            assert one.message.startswith(words)
