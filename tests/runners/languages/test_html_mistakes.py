"""HTML pages as models almost get them right: scripts, libraries, and the elements they look for."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import need
from tests.runners.mistakes import Mistake, wrongly_told

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


def test_a_mistake_is_told_where_a_person_would_look(tmp_path: Path) -> None:
    need("chromium")
    wrong = wrongly_told(MISTAKES, "html", tmp_path)
    assert not wrong, "\n".join(wrong)
