"""Languages that are drawn by Chromium, or by node, with the JavaScript libraries of `runners.web`."""

from __future__ import annotations

from runners.base import Toolchain
from runners.web import ESBUILD

LIBRARIES = "d3 7, ECharts 5, Chart.js 4, Plotly 3, three.js r159, Vega 5, Vega-Lite 5 and Vega-Embed 6"  # fmt: skip

PAGE = Toolchain(
    programs=("chromium", str(ESBUILD)),
    packages=("chromium", "nodejs", "npm"),
    parts=("web",),
    image="web",
)
PROGRAM = Toolchain(modules=("resvg_py",), programs=("chromium", "node", str(ESBUILD)), packages=("chromium", "nodejs", "npm"), parts=("web",), image="web")  # fmt: skip
