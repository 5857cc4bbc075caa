"""Languages that are drawn by Chromium, or by node, with the JavaScript libraries of `runners.web`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from runners.base import PictureFormat, Step, Toolchain
from runners.languages import interpreter
from runners.web import ESBUILD

LIBRARIES = "d3 7, ECharts 5, Chart.js 4, Plotly 3, three.js r159, Vega 5, Vega-Lite 5 and Vega-Embed 6"  # fmt: skip

PAGE = Toolchain(
    programs=("chromium", str(ESBUILD)),
    packages=("chromium", "nodejs", "npm"),
    parts=("web",),
    image="web",
)
PROGRAM = Toolchain(modules=("resvg_py",), programs=("chromium", "node", str(ESBUILD)), packages=("chromium", "nodejs", "npm"), parts=("web",), image="web")  # fmt: skip

_FONT_CACHE = Path("/var/cache/fontconfig")
"""Without it Chromium reads every font of the machine anew at each start."""


def steps(script: str) -> Callable[[PictureFormat], tuple[Step, ...]]:
    """The one step of a language whose script in ``runners/harness`` is `script`."""
    plain = interpreter.steps(script)
    readable = (_FONT_CACHE,) if _FONT_CACHE.is_dir() else ()

    def for_format(format: PictureFormat) -> tuple[Step, ...]:
        return tuple(replace(step, readable=(*step.readable, *readable)) for step in plain(format))

    return for_format
