"""TypeScript: its types are taken away by esbuild, and what is left is a JavaScript program."""

from runners.base import Language
from runners.languages import browser, findings
from runners.languages.interpreter import steps

GUIDE = f"""\
Write one TypeScript program for a browser, without HTML. The page has <div id="chart"> (800 by 500 \
pixels) and <canvas id="canvas"> (800 by 500). import * as d3 from "d3" and the like bring \
{browser.LIBRARIES}, which are also the globals d3, echarts, Chart, Plotly, THREE, vegaEmbed. Types are \
not checked. There is no network; read data files by their bare name. What the page shows at the end \
is the picture. A program that uses node: modules is run by node and must write an svg or png file."""

EXAMPLE = """\
import * as d3 from "d3";

interface Sale { fruit: string; sold: number; }
const sales: Sale[] = [
  { fruit: "apples", sold: 3 },
  { fruit: "pears", sold: 5 },
  { fruit: "plums", sold: 2 },
];
const x = d3.scaleBand(sales.map((s: Sale) => s.fruit), [40, 460]).padding(0.3);
const y = d3.scaleLinear([0, 5], [220, 50]);

const svg = d3.select("#chart").append("svg").attr("width", 480).attr("height", 260);
svg.append("text").attr("x", 40).attr("y", 28).attr("font-size", 20).text("Fruit sold");
svg.selectAll("rect").data(sales).join("rect").attr("fill", "#4c78a8")
  .attr("x", (s: Sale) => x(s.fruit) as number).attr("width", x.bandwidth())
  .attr("y", (s: Sale) => y(s.sold)).attr("height", (s: Sale) => 220 - y(s.sold));
svg.append("g").attr("transform", "translate(0,220)").call(d3.axisBottom(x));
svg.append("g").attr("transform", "translate(40,0)").call(d3.axisLeft(y).ticks(5));
"""

LANGUAGE = Language(
    name="typescript",
    title="TypeScript",
    aliases=("ts",),
    suffix=".ts",
    other_suffixes=(".mts",),
    lexer="typescript",
    guide=GUIDE,
    toolchain=browser.PROGRAM,
    file_name="program.ts",
    steps=steps("typescript_program.py"),
    diagnose=findings.read,
    example=EXAMPLE,
)
