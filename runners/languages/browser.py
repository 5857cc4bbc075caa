"""Languages that are drawn by Chromium, or by node, with the JavaScript libraries of `runners.web`."""

from __future__ import annotations

from runners.base import Toolchain
from runners.web import ESBUILD

LIBRARIES = "d3 7, ECharts 5, Chart.js 4, Plotly 3, three.js r159, Vega 5, Vega-Lite 5 and Vega-Embed 6"  # fmt: skip

_CHROMIUM = "chromium-headless-shell|chromium"
_PACKAGES = ("chromium-headless-shell", "nodejs", "npm")

PAGE = Toolchain(
    programs=(_CHROMIUM, str(ESBUILD)),
    packages=_PACKAGES,
    parts=("web",),
    image="web",
)
PROGRAM = Toolchain(
    modules=("resvg_py",),
    programs=(_CHROMIUM, "node", str(ESBUILD)),
    packages=_PACKAGES,
    parts=("web",),
    image="web",
)
