"""Pages as they stand in books and galleries: for older libraries, with extras and maps beside them."""

from __future__ import annotations

import pytest

from runners.base import Run, Verdict
from tests.conftest import need
from tests.runners.together import together


@pytest.fixture(autouse=True, scope="module")
def chromium() -> None:
    need("chromium")


D3 = "https://d3js.org/"
CDN = "https://cdn.jsdelivr.net/npm/"
CDNJS = "https://cdnjs.cloudflare.com/ajax/libs/"

D3_3 = """\
<svg width="300" height="100"></svg><script>
const y = d3.scale.linear().domain([0, 5]).range([0, 90]);
d3.csv("data.csv", function (rows) {
  d3.select("svg").selectAll("text").data(rows).enter().append("text")
    .attr({x: function (d, i) { return 20 + 60 * i; }, y: function (d) { return y(d.sold); }})
    .text(function (d) { return "sold on " + d.day; });
});</script>"""
D3_4 = """\
<svg width="300" height="100"></svg><script>
d3.csv("data.csv", function (error, rows) {
  if (error) throw error;
  const days = d3.nest().key(function (d) { return d.day; }).map(rows).keys();
  d3.select("svg").append("text").attr("y", 50).text("sold on " + days[0])
    .attr("fill", d3.interpolateViridis(0.5)).on("click", function () { d3.event.preventDefault(); });
});</script>"""
RADIAL = """\
<svg width="300" height="200"></svg><script>
d3.csv("data.csv", function (error, rows) {
  const y = d3.scaleRadial().domain([0, 5]).range([20, 90]);
  const arc = d3.arc().innerRadius(20).outerRadius(function (d) { return y(d.sold); })
    .startAngle(function (d, i) { return i; }).endAngle(function (d, i) { return i + 0.9; });
  const g = d3.select("svg").append("g").attr("transform", "translate(100,100)");
  g.selectAll("path").data(rows).enter().append("path").attr("d", arc);
  g.append("text").text("sold on " + rows[0].day);
});</script>"""
D3_5 = """\
<svg width="300" height="100"></svg><script>
d3.csv("data.csv").then(function (rows) {
  const days = d3.nest().key(function (d) { return d.day; }).entries(rows);
  d3.select("svg").append("text").attr("y", 50).text("sold on " + days[0].key)
    .attr("fill", d3.schemeTableau10[0]);
});</script>"""
CHART_2 = """\
<div style="width:500px"><canvas id="c"></canvas></div><script>
new Chart(document.getElementById("c").getContext("2d"), {type: "horizontalBar",
  data: {labels: ["sold on Mon", "Tue"], datasets: [{label: "sold", data: [3, 5]}]},
  options: {scales: {xAxes: [{ticks: {beginAtZero: true}}]}}});</script>"""
WORLD = """\
<svg width="400" height="220"></svg><script>
d3.json("https://cdn.jsdelivr.net/npm/world-atlas@2/countries-110m.json").then(function (world) {
  const path = d3.geoPath(d3.geoRobinson().fitSize([400, 200], {type: "Sphere"}));
  const countries = topojson.feature(world, world.objects.countries).features;
  d3.select("svg").selectAll("path").data(countries).join("path").attr("d", path).attr("fill", "teal");
  d3.select("svg").append("text").attr("y", 215).text("sold on " + countries.length + " coasts");
});</script>"""
CLOUD = """\
<svg width="400" height="200"></svg><script>
d3.layout.cloud().size([400, 200]).words([{text: "sold on", size: 40}, {text: "Mon", size: 20}])
  .rotate(0).fontSize(d => d.size).on("end", words => d3.select("svg").append("g")
  .attr("transform", "translate(200,100)").selectAll("text").data(words).join("text")
  .attr("text-anchor", "middle").style("font-size", d => d.size + "px")
  .attr("transform", d => `translate(${d.x},${d.y})`).text(d => d.text)).start();</script>"""
ANNOTATED = """\
<div style="width:500px"><canvas id="c"></canvas></div><script>
new Chart(document.getElementById("c"), {type: "line",
  data: {labels: ["sold on Mon", "Tue"], datasets: [{data: [3, 5]}]},
  options: {plugins: {annotation: {annotations: {line: {type: "line", yMin: 4, yMax: 4,
    label: {display: true, content: "aim"}}}}}}});</script>"""
PLOTLY_2 = """\
<div id="c" style="width:500px;height:300px"></div><script>
Plotly.newPlot("c", [{y: [3, 5], type: "bar"}], {title: "sold on Mon", xaxis: {title: "day"}});</script>"""
JQUERY = (
    '<div id="words"></div><script>$(function () { $("#words").text("sold on Monday"); });</script>'
)

STORIES: list[tuple[str, list[str]]] = [
    (D3_3, [CDNJS + "d3/3.5.17/d3.min.js"]),
    (D3_3, [D3 + "d3.v3.min.js"]),
    (D3_4, [D3 + "d3.v4.js", D3 + "d3-scale-chromatic.v1.min.js"]),
    (
        RADIAL,
        [
            D3 + "d3.v4.js",
            "https://cdn.jsdelivr.net/gh/holtzy/D3-graph-gallery@master/LIB/d3-scale-radial.js",
        ],
    ),
    (D3_5, [CDN + "d3@5.16.0/dist/d3.min.js"]),
    (CHART_2, [CDNJS + "Chart.js/2.9.4/Chart.min.js"]),
    (WORLD, [D3 + "d3.v7.min.js", D3 + "d3-geo-projection.v4.min.js", CDN + "topojson-client@3"]),
    (CLOUD, [D3 + "d3.v7.min.js", CDNJS + "d3-cloud/1.2.5/d3.layout.cloud.min.js"]),
    (CLOUD.replace(".rotate(0)", ""), [D3 + "d3.v7.min.js", CDN + "d3-cloud@1"]),
    (ANNOTATED, [CDN + "chart.js@4", CDN + "chartjs-plugin-annotation@3"]),
    (PLOTLY_2, ["https://cdn.plot.ly/plotly-2.27.0.min.js"]),
    (JQUERY, ["https://code.jquery.com/jquery-3.6.0.min.js"]),
]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    pages = [
        "<!DOCTYPE html>\n<html><head>"
        + "".join(f'<script src="{one}"></script>' for one in scripts)
        + f"</head><body>\n{body}\n</body></html>\n"
        for body, scripts in STORIES
    ]
    return together(pages, "html", tmp_path_factory.mktemp("older"))


@pytest.mark.parametrize("number", range(len(STORIES)))
def test_a_page_gets_the_library_that_it_was_written_for(runs: list[Run], number: int) -> None:
    run = runs[number]
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert run.diagnostics == ()
    assert any("sold on" in text for text in run.texts)
