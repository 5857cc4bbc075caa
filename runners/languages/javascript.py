"""JavaScript: drawn in a page by Chromium, or run by node where it writes its pictures itself."""

from runners.base import Language
from runners.languages import browser, findings
from runners.languages.interpreter import steps

GUIDE = f"""\
Write one JavaScript program for a browser, without HTML. The page has <div id="chart"> (800 by 500 \
pixels) and <canvas id="canvas"> (800 by 500), and these are loaded: {browser.LIBRARIES}, as the globals \
d3, echarts, Chart, Plotly, THREE, vega, vegaLite, vegaEmbed; import from "d3" and the like works too. \
There is no network; read data files by their bare name, as in await d3.csv("sales.csv"). What the page \
shows at the end is the picture. A program that uses require or node: modules is run by node and must \
write an svg or png file."""

EXAMPLE = """\
const fruit = [["apples", 3], ["pears", 5], ["plums", 2]];
const x = d3.scaleBand(fruit.map(d => d[0]), [40, 460]).padding(0.3);
const y = d3.scaleLinear([0, 5], [220, 50]);

const svg = d3.select("#chart").append("svg").attr("width", 480).attr("height", 260);
svg.append("text").attr("x", 40).attr("y", 28).attr("font-size", 20).text("Fruit sold");
svg.selectAll("rect").data(fruit).join("rect").attr("fill", "#4c78a8")
  .attr("x", d => x(d[0])).attr("width", x.bandwidth())
  .attr("y", d => y(d[1])).attr("height", d => 220 - y(d[1]));
svg.append("g").attr("transform", "translate(0,220)").call(d3.axisBottom(x));
svg.append("g").attr("transform", "translate(40,0)").call(d3.axisLeft(y).ticks(5));
"""

LANGUAGE = Language(
    name="javascript",
    title="JavaScript",
    aliases=("js", "d3", "d3.js", "echarts", "chart.js", "chartjs", "plotly.js", "three.js", "threejs"),
    suffix=".js",
    other_suffixes=(".mjs", ".cjs"),
    lexer="javascript",
    guide=GUIDE,
    toolchain=browser.PROGRAM,
    file_name="program.js",
    steps=steps("javascript_program.py"),
    diagnose=findings.read,
    example=EXAMPLE,
)  # fmt: skip
