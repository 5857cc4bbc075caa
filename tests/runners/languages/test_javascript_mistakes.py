"""JavaScript as models almost get it right: grammar, names, and the options of chart libraries."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import need
from tests.runners.mistakes import Mistake, wrongly_doubted, wrongly_told
from tests.runners.together import together

SVG = 'const svg = d3.select("#chart").append("svg").attr("width", 300).attr("height", 200);\n'
ROWS = "const rows = [{ day: 'Mon', sold: 3 }, { day: 'Tue', sold: 5 }];\n"
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
    (ROWS + "console.log(rows[0].slod.toFixed(1));\n", 2, "did you mean sold?"),
    ("d3.csv('data.csv', function (error, rows) {\n  if (error) throw error;\n  rows.map(row => row.sold);\n});\n", 1, ".then("),
    (SVG + "const y = d3.scale.linear();\n", 2, "d3.scaleLinear"),
    (SVG + "const arcs = d3.layout.pie()([1, 2]);\n", 2, "d3.pie"),
    ("const days = d3.nest().key(d => d.day);\n", 1, "d3.group"),
    ("let config;\nconfig.title = 'x';\n", 2, "config"),
    ("const f = 5;\nf();\n", 2, "f is not a function"),
    ("console.log(later);\nlet later = 1;\n", 1, "before initialization"),
    ("function turn(n) {\n  return turn(n + 1);\n}\nturn(0);\n", 2, "call stack"),
    ("throw new Error('no data');\n", 1, "no data"),
    ("const n = 1.5;\nconst list = new Array(-n);\n", 2, "length"),
    ("fetch('https://api.example.org/data.json').then(r => r.json());\n", 1, "no network"),
    ("const fs = require('fs');\nfs.writeFileSync('a.svg', svgText);\n", 2, "svgText is not defined"),
]  # fmt: skip

TEXT = SVG + "svg.append('text').attr('y', 20).text('words');\n"
NODE = 'const fs = require(\'fs\');\nconst save = body => fs.writeFileSync(\'a.svg\', `<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><text y="20">words</text>${body}</svg>`);\n'

SILENT: list[Mistake] = [
    (TEXT + "svg.append('circle').attr('r', 20 * Math.Pi);\n", 3, "write Math.PI"),
    (TEXT + "const high = [3, 9, 4];\nsvg.append('rect').attr('width', 9).attr('height', Math.max(high));\n", 4, "write Math.max(...high)"),
    (TEXT + ROWS + "const least = Math.min(rows.map(d => d.sold));\nsvg.append('rect').attr('y', least);\n", 4, "..."),
    (TEXT + "const x = d3.scaleLinear().domain([0, 9])\n  .range(0, 200);\nsvg.append('circle').attr('cx', x(3)).attr('r', 4);\n", 4, "write range([0, 200])"),
    (TEXT + ROWS + "const highs = rows.map(d => {\n  d.sold * 9;\n});\nsvg.selectAll('rect').data(highs).join('rect').attr('height', d => d);\n", 4, "write return"),
    (TEXT + ROWS + "const boxes = rows.map(d => { high: d.sold });\nsvg.selectAll('rect').data(boxes).join('rect').attr('height', d => d?.high);\n", 4, "({ … })"),
    (TEXT + ROWS + "svg.selectAll('circle').data(rows).join('circle').attr('r', 5)\n  .attr('cx', d => { d.sold * 20; });\n", 5, "write return"),
    (TEXT + "const wide = 40;\nsvg.append('g').attr('transform', 'translate(${wide * 2},0)').append('text').text('more');\n", 4, "write `"),
    (TEXT + ROWS + "const x = d3.scaleLinear([0, 9], [0, 90]);\nconst line = d3.line().x((d, i) => i * 20).y(d => x(d.sold));\nsvg.selectAll('.row')\n  .data(rows)\n  .join('path')\n  .attr('stroke', 'red').attr('d', line);\n", 7, "datum(rows)"),
    (TEXT + ROWS + "svg.selectAll('circle').data(rows).join('circle').attr('cx', 9)\n  .attr('r', d => d.slod);\n", 5, "did you mean sold?"),
    (TEXT + ROWS + "for (const row of rows) {\n  svg.append('circle').attr('r', row.amount * 2);\n}\n", 5, "they have day, sold"),
    (TEXT + ROWS + "rows.forEach(({ day, sould }) => svg.append('circle').attr('r', sould));\n", 4, "did you mean sold?"),
    (TEXT + "const margin = { top: 9, left: 40 };\nsvg.append('circle').attr('r', 9).attr('cx', 90 - margin.lfet);\n", 4, "did you mean left?"),
    (TEXT + "const colours = { red: '#f00', blue: '#00f' };\nsvg.append('circle').attr('r', 9).attr('fill', colours.green);\n", 4, "colours has red, blue"),
    (TEXT + "function dot(x, y, r) {\n  svg.append('circle').attr('cx', x).attr('cy', y).attr('r', r);\n}\ndot(9, 9);\n", 6, "r is undefined"),
    ("const canvas = document.createElement('canvas');\nconst pen = canvas.getContext('2d');\npen.fillRect(0, 0, 90, 90);\n", 1, "append(canvas)"),
    ("const svg = d3.create('svg').attr('width', 90);\nsvg.append('circle').attr('r', 9);\n", 1, "append(svg)"),
    (TEXT + "let n = 1;\nif (n = 3) {\n  svg.append('circle').attr('r', 9);\n}\n", 4, "write ==="),
    (TEXT + "const high = [3, 9];\nfor (let i = 0; i <= high.length; i++) {\n  svg.append('rect').attr('width', high[i] * 9);\n}\n", 4, "write <"),
    (TEXT + "d3.select('chart').append('p').text('more');\n", 3, "#chart"),
    (TEXT + "svg.append('g').attr('transform', 'translate(9,').append('text').text('more');\n", 3, "transform"),
    (TEXT + "svg.append('text').attr('y', 40).text('sold ' + new Map().get('Mon'));\n", None, "sold undefined"),
    (CHART + "chart.setOption({\n  legend: { data: ['Sold'] },\n  xAxis: { data: ['a'] }, yAxis: {},\n  series: [{ name: 'sold', type: 'bar', data: [1] }],\n});\n", 3, "the names are sold"),
    ("const scene = new THREE.Scene();\nconst camera = new THREE.PerspectiveCamera(50, 1, 1, 100);\ncamera.position.z = 9;\nconst box = new THREE.Mesh(new THREE.BoxGeometry(4, 4, 4), new THREE.MeshBasicMaterial({ color: 'red' }));\nbox.rotation.x = 1;\nscene.add(new THREE.AmbientLight());\nconst renderer = new THREE.WebGLRenderer();\nrenderer.setSize(90, 90);\ndocument.body.append(renderer.domElement);\nrenderer.render(scene, camera);\n", 4, "scene.add(box)"),
    ("new Chart(document.querySelector('#canvas'), {\n  type: 'bar',\n  data: {\n    labels: ['a', 'b'],\n    datasets: [{\n      label: 'sold',\n      values: [3, 5],\n    }],\n  },\n});\n", 7, "did you mean data?"),
    (TEXT + "svg.append('circle').attr('cx', 9)\n  .attr('radius', 9);\n", 4, "write r"),
    ("const double = x -> x * 2;\nconsole.log(double(2));\n", 1, "write =>"),
    ("for (int i = 0; i < 3; i++) {\n  console.log(i);\n}\n", 1, "write let"),
    ("const n = 3;\nif (n > 1 and n < 9) {\n  console.log(n);\n}\n", 2, "write &&"),
    (NODE + "const y = undefined;\nsave(`<rect x=\"9\" y=\"${y * 2}\" width=\"9\" height=\"9\"/>`);\n", 4, "NaN"),
    (NODE + "save(`<rect x=\"9\" hieght=\"9\" width=\"9\"/>`);\n", 3, "did you mean height?"),
    (NODE + "save('<g fill=\"red\">' +\n  '<rect width=\"9\" height=\"9\"/>');\n", 3, "add </g>"),
    (NODE + "let body = `<rect width=\"9\" height=\"9\"/>;\nbody += `<circle r=\"9\"/>`;\nsave(body);\n", 3, "add the closing `"),
    (NODE + "const rows = [3, 4];\nsave(rows.map((r, i) => {\n  `<circle r=\"${r}\"/>`;\n}).join(''));\n", 4, "write return"),
]  # fmt: skip

RIGHT: list[str] = [
    CHART + "chart.setOption({\n  graphic: {\n    type: 'circle', shape: { r: 60 }, left: 'center', top: 'center', style: { fill: '#4e79a7' },\n    keyframeAnimation: [{ duration: 900, keyframes: [{ percent: 1, scaleX: 1, scaleY: 1 }] }],\n  },\n});\n",
    TEXT + ROWS + "let n;\nfor (let i = 0; i <= rows.length; i++) {\n  n = i > 0 ? rows[i - 1].sold : 0;\n}\nif ((n = 3) > 2) svg.append('text').attr('y', 40).text('undefined or NaN');\nd3.select('.tooltip').remove();\nd3.select('aside').remove();\n",
    CHART + "chart.setOption({ legend: { data: ['a', { name: 'b' }] }, series: [{ type: 'pie', data: [{ name: 'a', value: 1 }, { name: 'b', value: 2 }] }] });\n",
    TEXT + ROWS + "rows.forEach(d => { d.high = d.sold * 2; });\nconst seen = {};\nrows.map(d => { seen[d.day] = 1; });\nsvg.selectAll('circle').data(rows).join('circle').attr('r', d => d.high ?? d.higher).attr('cx', Math.max(...rows.map(d => d.sold)));\nconst pick = Math.max(rows[0].sold, 3);\nrows.sort((a, b) => a.sold - b.sold);\n",
    TEXT + "const box = { width: 9, label: '' };\nfunction draw(o, more) { const w = o.width || o.wide; return more ? w : w * 2; }\nsvg.append('rect').attr('width', draw(box)).attr('height', 9);\nif (box.colour) svg.style('fill', box.colour);\nconst price = 'price ${5}', text = '${}';\nbox.title = 'x';\nsvg.append('text').attr('y', 50).text(box.title + price + text);\n",
    TEXT + "const tree = d3.hierarchy({ name: 'a', children: [{ name: 'b', value: 3 }] }).sum(d => d.value);\nd3.treemap().size([90, 90])(tree);\nsvg.selectAll('rect').data(tree.leaves()).join('rect').attr('x', d => d.x0).attr('width', d => d.x1 - d.x0).attr('height', d => d.y1 - d.y0).attr('fill', d => d.parent.data.name === 'a' ? 'red' : 'blue');\n",
    TEXT + "const nodes = [{ id: 'a' }, { id: 'b' }];\nconst links = [{ source: 'a', target: 'b' }];\nconst s = d3.forceSimulation(nodes).force('link', d3.forceLink(links).id(d => d.id)).force('c', d3.forceCenter(90, 90)).stop().tick(30);\nsvg.selectAll('circle').data(nodes).join('circle').attr('r', 5).attr('cx', d => d.x).attr('cy', d => d.y);\nsvg.selectAll('line').data(links).join('line').attr('x1', d => d.source.x).attr('y1', d => d.source.y).attr('stroke', 'red');\n",
    TEXT + "const sets = [{ name: 'a', values: [{ x: 1, y: 2 }, { x: 2, y: 5 }] }];\nconst line = d3.line().x(d => d.x * 20).y(d => d.y * 9);\nsvg.selectAll('.l').data(sets).join('path').attr('d', d => line(d.values)).attr('stroke', 'red');\nsvg.selectAll('.m').data(sets.map(d => d.values)).join('path').attr('d', line);\nconst pages = d3.range(0, 5), grid = d3.scaleBand().range([0, 9]);\n",
    "const rows = await d3.csv('data.csv', d3.autoType);\n" + SVG + "svg.selectAll('text').data(rows).join('text').attr('y', d => d.sold * 9).text(d => d.day);\nrows.columns.map(c => c);\nconst late = await Promise.all(rows.map(async d => { await d; }));\n",
    NODE + "class Dot {\n  constructor(r) { this.r = r; this.label = 'NaN is no number'; }\n  get wide() { return this.r * 2; }\n}\nconst dot = new Dot(5);\nsave(`<circle r=\"${dot.r}\" cx=\"${dot.wide}\" cy=\"9\"/><!-- ${dot.label} -->`);\n",
    "const scene = new THREE.Scene();\nconst camera = new THREE.PerspectiveCamera(50, 1, 1, 100);\ncamera.position.z = 9;\nconst renderer = new THREE.WebGLRenderer();\nrenderer.setSize(90, 90);\ndocument.body.append(renderer.domElement);\nscene.add(new THREE.Mesh(new THREE.BoxGeometry(4, 4, 4), new THREE.MeshBasicMaterial({ color: 'red' })));\nrenderer.render(scene, camera);\n",
]  # fmt: skip


def test_what_draws_nothing_without_a_word_is_told(tmp_path: Path) -> None:
    need("chromium")
    need("node")
    wrong = wrongly_told(SILENT, "javascript", tmp_path)
    assert not wrong, "\n".join(wrong)


def test_of_a_right_program_nothing_is_told(tmp_path: Path) -> None:
    need("chromium")
    need("node")
    wrong = wrongly_doubted(RIGHT, "javascript", tmp_path)
    assert not wrong, "\n".join(wrong)


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
