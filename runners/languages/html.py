"""HTML: one page, drawn by Chromium without a network."""

from runners.base import Language
from runners.languages import browser, findings
from runners.languages.interpreter import steps

GUIDE = f"""\
Write one complete HTML page with its CSS and scripts inside. There is no network, but the usual CDN \
addresses (cdn.jsdelivr.net, unpkg.com, cdnjs.cloudflare.com, d3js.org, cdn.plot.ly) of \
{browser.LIBRARIES} work; nothing else can be loaded. Give charts a size in pixels. Read data files \
by their bare name, as in d3.csv("sales.csv"). The window is 1000 pixels wide; the picture is what the \
page shows after its animations, cut to its content."""

EXAMPLE = """\
<!DOCTYPE html>
<html>
<head>
  <meta charset="utf-8">
  <script src="https://cdn.jsdelivr.net/npm/d3@7"></script>
  <style>.bar { fill: #4c78a8; }</style>
</head>
<body>
<svg width="480" height="260"></svg>
<script>
  const fruit = [["apples", 3], ["pears", 5], ["plums", 2]];
  const x = d3.scaleBand(fruit.map(d => d[0]), [40, 460]).padding(0.3);
  const y = d3.scaleLinear([0, 5], [220, 50]);
  const svg = d3.select("svg");
  svg.append("text").attr("x", 40).attr("y", 28).attr("font-size", 20).text("Fruit sold");
  svg.selectAll("rect").data(fruit).join("rect").attr("class", "bar")
    .attr("x", d => x(d[0])).attr("width", x.bandwidth())
    .attr("y", d => y(d[1])).attr("height", d => 220 - y(d[1]));
  svg.append("g").attr("transform", "translate(0,220)").call(d3.axisBottom(x));
  svg.append("g").attr("transform", "translate(40,0)").call(d3.axisLeft(y).ticks(5));
</script>
</body>
</html>
"""

LANGUAGE = Language(
    name="html",
    title="HTML",
    aliases=("htm", "html5"),
    suffix=".html",
    other_suffixes=(".htm",),
    lexer="html",
    guide=GUIDE,
    toolchain=browser.PAGE,
    file_name="page.html",
    steps=steps("html_page.py"),
    diagnose=findings.read,
    example=EXAMPLE,
    words=("web page", "webpage", "website"),
)
