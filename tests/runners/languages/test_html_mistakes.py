"""HTML pages as models almost get them right: scripts, libraries, and the elements they look for."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import need
from tests.runners.mistakes import Mistake, wrongly_doubted, wrongly_told

D3 = "https://cdn.jsdelivr.net/npm/d3@7"
CHART = "https://cdn.jsdelivr.net/npm/chart.js"
ECHARTS = "https://cdn.jsdelivr.net/npm/echarts@5"


def page(body: str, *scripts: str) -> str:
    """A page whose body begins on line 3."""
    tags = "".join(f'<script src="{one}"></script>' for one in scripts)
    return f"<!DOCTYPE html>\n<html><head>{tags}</head><body>\n{body}\n</body></html>\n"


def script(code: str, *scripts: str) -> str:
    """A page with an element and a program that begins on line 5."""
    return page(f'<div id="chart" style="width:400px;height:300px"></div>\n<script>\n{code}\n</script>', *scripts)  # fmt: skip


MISTAKES: list[Mistake] = [
    (script("const data = [1, 2, 3;"), 5, "add its ]"),
    (script("function draw() {\n  if (true) {\n    draw;\n}\ndraw();"), 6, "never closed"),
    (script("const title = 'Fruit;"), 5, "quote"),
    (script("const o = {\n  a: 1\n  b: 2\n};"), 6, "comma"),
    (script("const x = 1;\nx = 2;"), 6, "let"),
    (script("const n: number = 3;"), 5, "TypeScript"),
    (script("d3.select('#chart').append('svg');"), 5, "load it first"),
    (script("const y = d3.scaleLinar();", D3), 5, "did you mean scaleLinear?"),
    (script("d3.select('#chrt').append('svg').append('g');", D3), 5, "#chart"),
    (script("const width = 3;\nconsole.log(widht);"), 6, "did you mean width?"),
    (script("document.getElementByID('chart');"), 5, "did you mean getElementById?"),
    (script("document.getElementById('plot').innerHTML = 'x';"), 5, "#chart"),
    (script("$('#chart').html('x');"), 5, "document.querySelector"),
    (script("const chart = echarts.init(document.getElementById('chart'));\nchart.setOption({\n  xAxis: { data: ['a'] }, yAxis: {},\n  series: [{ type: 'barr', data: [1] }]\n});", ECHARTS), 8, "did you mean bar?"),
    (script("const chart = echarts.init(document.getElementById('main'));", ECHARTS), 5, "#chart"),
    (page("<canvas id='c'></canvas>\n<script>\nnew Chart(document.getElementById('c'), {\n  type: 'colum',\n  data: { datasets: [{ data: [1] }] }\n});\n</script>", CHART), 6, "bar"),
    (page("<canvas id='c'></canvas>\n<script>\nnew Chart(document.getElementById('canvas'), { type: 'bar', data: { datasets: [] } });\n</script>", CHART), 5, "#c"),
    (script("const rows = [];\nconsole.log(rows[0].day);"), 6, "rows[0] is undefined"),
    (script("d3.csv('sales.csv').then(rows => rows);", D3), 5, "the files here are data.csv"),
    (script("const rows = d3.csv('data.csv');\nrows.forEach(row => row);", D3), 6, "await"),
    (script("d3.json('data.csv').then(rows => rows);", D3), 5, "JSON"),
    (script("throw new Error('no data');"), 5, "no data"),
    (page("<img src='logo.png'>"), 3, "logo.png"),
    (page("<p>hi</p>", "https://cdn.jsdelivr.net/npm/leaflet@1.9"), 2, "the libraries here are"),
    (page("<p>hi</p>", "https://cdn.jsdelivr.net/npm/leaflet@1.9"), 2, "d3.geoPath"),
    (page("<p>hi</p>", "https://cdn.jsdelivr.net/npm/mermaid@10/dist/mermaid.min.js"), 2, "--lang mermaid"),
    (page('<script type="module">\nimport mermaid from "https://cdn.jsdelivr.net/npm/mermaid@10/dist/mermaid.esm.min.mjs";\n</script>'), 4, "--lang mermaid"),
    (page("<p>hi</p>", "https://cdnjs.cloudflare.com/ajax/libs/p5.js/1.4.0/p5.min.js"), 2, 'getContext("2d")'),
    (page("<p>hi</p>", "https://code.highcharts.com/highcharts.js"), 2, "ECharts, Chart.js, Plotly or Vega-Lite draws"),
    (page("<p>hi</p>", "https://cdn.anychart.com/releases/8.11.0/js/anychart-bundle.min.js"), 2, "ECharts, Chart.js, Plotly or Vega-Lite draws"),
    (page("<p>hi</p>", "https://cdn.jsdelivr.net/npm/apexcharts"), 2, "ECharts, Chart.js, Plotly or Vega-Lite draws"),
    (page("<p>hi</p>", "https://www.gstatic.com/charts/loader.js"), 2, "ECharts, Chart.js, Plotly or Vega-Lite draws"),
    (page("<p>hi</p>", "https://cdn.jsdelivr.net/npm/echart@5"), 2, "did you mean echarts"),
    (page('<script>\nimport * as d3 from "d3";\n</script>'), 4, 'type="module"'),
]  # fmt: skip

PLOTLY = "https://cdn.plot.ly/plotly-2.27.0.min.js"
DATA = "data: { labels: ['a', 'b'], datasets: [{ data: [1, 2] }] }"


def canvas(code: str, *scripts: str) -> str:
    """A page with a canvas and a program that begins on line 5."""
    return page(
        f"<canvas id='c' width='300' height='200'></canvas>\n<script>\n{code}\n</script>", *scripts
    )


def styled(rules: str, body: str = '<div class="a">words</div>') -> str:
    """A page whose rules begin on line 3."""
    return f"<!DOCTYPE html>\n<html><head><style>\n{rules}\n</style></head>\n<body>{body}</body></html>\n"


SHAPES = "const svg = d3.select('#chart').append('svg');\nsvg.append('text').attr('y', 20).text('words');\n"

SILENT: list[Mistake] = [
    (page("<p>words</p>\n<script>\nconsole.log(1);"), 4, "add </script>"),
    (page("<p>words</p>\n<script src='https://cdn.jsdelivr.net/npm/d3@7'>\n<script>\nd3.select('p').text('x');\n</script>"), 4, "write </script>"),
    (styled(".a { color: teal; }").replace("</style>", ""), 2, "add </style>"),
    (page("<!-- a chart\n<p>words</p>"), 3, "add -->"),
    (page('<p class="a>words</p>\n<p class="b">more</p>'), 3, 'add the closing "'),
    (page("<p>words</p>\n<p style=color:red'>more</p>"), 4, "opening quote"),
    (page("<p>words</p>\n<div class='a'\n<p>more</p></div>"), 4, "add >"),
    (styled(".a {\n  height: 20px;\n  width: 90;\n}"), 5, "write width: 90px"),
    (styled(".a { padding: 4 8px; }"), 3, "write padding: 4px 8px"),
    (styled(".a { width: 90 px; }"), 3, "write width: 90px"),
    (styled(".a {\n  bakground: teal;\n}"), 4, "did you mean background?"),
    (styled(".a {\n  color: red\n  width: 90px;\n}"), 4, "a ; is missing"),
    (styled(".a { background-color: stelblue; }"), 3, "did you mean steelblue?"),
    (styled(".a { text-align: middle; }"), 3, "write center"),
    (page("<p>words</p>\n<div style='heigth: 40px'>more</div>"), 4, "did you mean height?"),
    (page("<p>words</p>\n<div clas='a'>more</div>"), 4, "did you mean class?"),
    (page("<svg width='90' height='90'>\n<text y='20'>words</text>\n<rect widht='40' height='20'/></svg>"), 5, "did you mean width?"),
    (page("<svg width='90' height='90'>\n<text y='20'>words</text>\n<circle x='40' y='20' r='5'/></svg>"), 5, "write cx and cy"),
    (page("<svg width='90' height='90'>\n<text y='20'>words</text>\n<rect width='40' height='20'>\n<circle cx='40' cy='20' r='5'/></svg>"), 5, "inside <rect>"),
    (page("<p>words</p>\n<rect width='40' height='20'/>"), 4, "inside an <svg>"),
    (page("<svg width='90' height='90'>\n<text y='20'>words</text>\n<rectangle width='40' height='20'/></svg>"), 5, "did you mean rect?"),
    (script("document.body.append('words');\nconst svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');\nsvg.append(document.createElement('rect'));\ndocument.body.append(svg);"), 7, "createElementNS"),
    (script(SHAPES + "svg.append('rect').attr('height', 9).attr('wdith', 9);", D3), 7, "did you mean width?"),
    (script(SHAPES + "svg.append('line').attr('x2', 9).attr('strokeWidth', 3).attr('stroke', 'red');", D3), 7, "did you mean stroke-width?"),
    (script(SHAPES + "svg.append('circle').attr('r', 9).append('text').attr('y', 9).text('more');", D3), 7, "inside <circle>"),
    (script(SHAPES + "svg.append('elipse').attr('rx', 9);", D3), 7, "did you mean ellipse?"),
    (script("d3.select('#chart').append('p').text('words').style('width', 40);", D3), 5, "write width: 40px"),
    (script("d3.select('#chart').selectAll('p').data([4, 9]).join('p').text('words')\n  .style('height', d => d * 5);", D3), 6, "px"),
    (script("const p = document.querySelector('#chart');\np.textContent = 'words';\np.style.width = 300;"), 7, "write width: 300px"),
    (script(SHAPES + "svg.append('circle').attr('r', 9).attr('fill', 'stealblue');", D3), 7, "did you mean steelblue?"),
    (script(SHAPES + "svg.append('text').attr('y', 40).attr('text-anchor', 'center').text('more');", D3), 7, "write middle"),
    (canvas("const pen = document.getElementById('c').getContext('2D');"), 5, "did you mean 2d?"),
    (canvas("const pen = document.getElementById('c').getContext('2d');\npen.fillText('words', 9, 20);\npen.beginPath();\npen.moveTo(0, 0);\npen.lineTo(90, 90);"), 7, "add pen.stroke()"),
    (canvas("const pen = document.getElementById('c').getContext('2d');\npen.fillText('words', 9, 20);\npen.beginPath();\npen.arc(50, 50, 20, 0, 7);\npen.stroke;"), 9, "write pen.stroke()"),
    (canvas("const pen = document.getElementById('c').getContext('2d');\npen.strokestyle = 'red';\npen.strokeRect(9, 9, 50, 50);"), 6, "did you mean strokeStyle?"),
    (canvas("const pen = document.getElementById('c').getContext('2d');\npen.fillStyle = 'tomatoe';\npen.fillRect(9, 9, 50, 50);"), 6, "did you mean tomato?"),
    (canvas("const pen = document.getElementById('c').getContext('2d');\npen.textAlign = 'middle';\npen.fillText('words', 90, 20);"), 6, "write center"),
    (canvas("const pen = document.getElementById('c').getContext('2d');\npen.font = 'Arial 16px';\npen.fillText('words', 90, 20);"), 6, "its size first"),
    (page("<div id='main' style='width: 400px'></div>\n<script>\nconst chart = echarts.init(document.getElementById('main'));\nchart.setOption({ xAxis: {}, yAxis: {}, series: [{ type: 'line', data: [[1, 2]] }] });\n</script>", ECHARTS), 3, "height"),
    (script("const chart = echarts.init(document.getElementById('chart'));\nchart.setOption({\n  title: { text: 'words' },\n  Series: [{ type: 'pie', data: [3, 4] }]\n});", ECHARTS), 8, "did you mean series?"),
    (script("const chart = echarts.init(document.getElementById('chart'));\nchart.setOption({ xAxis: {}, yAxis: {},\n  series: [{ type: 'scatter', data: [[3, 4]], symbolSzie: 9 }]\n});", ECHARTS), 7, "did you mean symbolSize?"),
    (script("const chart = echarts.init(document.getElementById('chart'));\nchart.setOption({ yAxis: {},\n  xAxis: { type: 'categorical', data: ['a'] },\n  series: [{ type: 'bar', data: [3] }]\n});", ECHARTS), 7, "did you mean category?"),
    (canvas("new Chart('c', { type: 'bar',\n  data: { labels: ['a'], dataSets: [{ data: [1] }] } });", CHART), 6, "did you mean datasets?"),
    (canvas(f"new Chart('c', {{ type: 'bar', {DATA},\n  optoins: {{ animation: false }} }});", CHART), 6, "did you mean options?"),
    (canvas(f"new Chart('c', {{ type: 'bar', {DATA},\n  options: {{\n    legend: {{ display: false }} }} }});", CHART), 7, "plugins: { legend"),
    (canvas(f"new Chart('c', {{ type: 'bar', {DATA},\n  options: {{ scales: {{\n    xAxes: [{{ stacked: true }}] }} }} }});", CHART), 7, "scales: { x"),
    (canvas(f"new Chart('c', {{ type: 'bar', {DATA},\n  options: {{ scales: {{ y: {{\n    begginAtZero: true }} }} }} }});", CHART), 7, "did you mean beginAtZero?"),
    (canvas("new Chart('c', { type: 'line', data: { labels: ['a', 'b'], datasets: [\n  { data: [1, 2], bordercolor: 'red' }] } });", CHART), 6, "did you mean borderColor?"),
    (canvas(f"new Chart('c', {{ type: 'bar', {DATA},\n  options: {{ plugins: {{\n    title: {{ text: 'words' }} }} }} }});", CHART), 7, "display: true"),
    (script("Plotly.newPlot('chart', { y: [1, 3, 2], type: 'bar' });", PLOTLY), 5, "[trace]"),
    (script("Plotly.newPlot('chart', [{ y: [1, 3, 2], mode: 'markers',\n  marker: { colour: 'red' } }]);", PLOTLY), 6, "did you mean color?"),
    (script("Plotly.newPlot('chart', [{ y: [1, 3, 2] }], {\n  xaxis: { tittle: { text: 'day' } } });", PLOTLY), 6, "did you mean title?"),
    (script("Plotly.newPlot('chart', [{ y: [1, 3, 2],\n  mode: 'lines', textposition: 'middel' }], { hovermode: 'closer' });", PLOTLY), 6, "closer"),
]  # fmt: skip

RIGHT: list[str] = [
    styled(".a { width: 90px; margin: 0 auto; line-height: 1.5; opacity: .5; flex: 1; z-index: 3; --size: 4; zoom: 1; }\n@media (min-width: 10px) { .a { color: var(--ink, teal); } }\n@font-face { font-family: x; src: url(x.woff); }", "<div class='a'>words > more</div>").replace("src: url(x.woff);", ""),
    styled(".a { background: -webkit-linear-gradient(red, blue); background: linear-gradient(red, blue); *zoom: 1; }"),
    page("<p title='a > b, <i>' data-html=\"<b>x</b>\">words</p><!-- <script> -->\n<svg width='90' height='90'><rect width='9' height='9' data-wdith='3' name='x'><title>t</title></rect><style>rect { fill: red }</style><title/></svg>\n<textarea><div class=\"a></textarea>"),
    "<p>words\n<div style='width:50'>quirks</div><canvas id=c></canvas><script>document.getElementById('c').getContext('webgl2');</script>",
    script(SHAPES + "svg.append('circle').attr('r', 9).attr('cx', 9).attr('value', 4).attr('index', 3).attr('key', 'k').attr('weight', 3).append('title').text('t');\nsvg.append('foreignObject').append('xhtml:div').text('d');\nsvg.append('g').attr('name', 'g').style('font-size', '12px').style('opacity', 0.5).style('line-height', 2);", D3),
    canvas("const pen = document.getElementById('c').getContext('2d');\nfunction star() { pen.beginPath(); pen.moveTo(0, 0); pen.lineTo(90, 90); pen.lineTo(9, 80); pen.closePath(); }\nfunction dot() { pen.beginPath(); pen.arc(50, 50, 9, 0, 7); }\npen.font = 'italic 16px Arial'; pen.fillStyle = `hsl(${3 * 9} 50% 50%)`;\nstar(); pen.fill(); dot(); pen.stroke(); pen.label = 'mine';"),
    canvas("const off = document.createElement('canvas');\noff.getContext('2d').fillRect(0, 0, 99, 99);\ndocument.getElementById('c').getContext('2d').drawImage(off, 0, 0);"),
    script("const chart = echarts.init(document.getElementById('chart'));\nchart.setOption({ title: { text: 'a', left: 'center' }, tooltip: { trigger: 'axis', formatter: '{b}: ${c}' }, legend: { data: ['n'] }, grid: { containLabel: true }, xAxis: { type: 'category', data: ['a', 'b'], axisLabel: { rotate: 30, color: 'red' } }, yAxis: { type: 'value', name: 'n', max: 9 }, series: [{ name: 'n', type: 'bar', data: [{ value: 1, itemStyle: { color: 'red' } }, 2], label: { show: true, position: 'top' }, markLine: { data: [{ type: 'average', name: 'avg' }] }, emphasis: { focus: 'series' } }] });", ECHARTS),
    canvas("new Chart('c', { type: 'bar', data: { labels: ['a'], datasets: [{ label: 'n', data: [1], backgroundColor: ['red'], borderWidth: 1, barPercentage: .5, yAxisID: 'y1' }] }, options: { responsive: false, animation: false, indexAxis: 'x', plugins: { title: { display: true, text: 't' }, legend: { position: 'bottom', labels: { boxWidth: 9 } }, tooltip: { callbacks: { label: c => c.raw } } }, scales: { y1: { beginAtZero: true, position: 'right', title: { display: true, text: 'n' }, ticks: { callback: v => v + '%', stepSize: 1 }, grid: { drawOnChartArea: false } } } } });", CHART),
    script("Plotly.newPlot('chart', [{ x: ['a', 'b'], y: [1, 3], type: 'bar', marker: { color: ['red', 'teal'] }, text: ['x', 'y'], textposition: 'auto', hovertemplate: '%{y}' }], { title: { text: 't' }, bargap: .1, xaxis: { title: { text: 'n' }, tickangle: -45 }, yaxis: { range: [0, 4] }, margin: { t: 40 }, showlegend: false }, { responsive: true });", PLOTLY),
]  # fmt: skip


def test_a_mistake_is_told_where_a_person_would_look(tmp_path: Path) -> None:
    need("chromium")
    wrong = wrongly_told(MISTAKES, "html", tmp_path)
    assert not wrong, "\n".join(wrong)


def test_what_a_browser_passes_over_in_silence_is_told(tmp_path: Path) -> None:
    need("chromium")
    wrong = wrongly_told(SILENT, "html", tmp_path)
    assert not wrong, "\n".join(wrong)


def test_of_a_right_page_nothing_is_told(tmp_path: Path) -> None:
    need("chromium")
    wrong = wrongly_doubted(RIGHT, "html", tmp_path)
    assert not wrong, "\n".join(wrong)
