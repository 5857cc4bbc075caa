# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""The JavaScript libraries that are here, and which of them an address asks for.

Programs name libraries by the addresses of content delivery networks. Nothing is fetched: such an
address is answered with the copy on this machine, in the version that it names where that version
is another library under the same name (d3 before 6, Chart.js before 3), else in ours.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

FOLDER = Path(sys.prefix) / "share" / "viscoder" / "web"
PACKAGES = FOLDER / "node_modules"
_MODULES = FOLDER / "modules"

SCRIPTS = {
    "d3": "dist/d3.min.js",
    "d3-sankey": "dist/d3-sankey.min.js",
    "echarts": "dist/echarts.min.js",
    "chart.js": "dist/chart.umd.js",
    "plotly.js-dist-min": "plotly.min.js",
    "three": "build/three.min.js",
    "vega": "build/vega.min.js",
    "vega-lite": "build/vega-lite.min.js",
    "vega-embed": "build/vega-embed.min.js",
    "topojson-client": "dist/topojson-client.min.js",
    "chartjs-plugin-datalabels": "dist/chartjs-plugin-datalabels.min.js",
    "chartjs-adapter-date-fns": "dist/chartjs-adapter-date-fns.bundle.min.js",
    "chartjs-plugin-annotation": "dist/chartjs-plugin-annotation.min.js",
    "chartjs-adapter-moment": "dist/chartjs-adapter-moment.min.js",
    "chartjs-adapter-luxon": "dist/chartjs-adapter-luxon.umd.min.js",
    "moment": "min/moment.min.js",
    "luxon": "build/global/luxon.min.js",
    "d3-cloud": "build/d3.layout.cloud.js",
    "d3-hexbin": "build/d3-hexbin.min.js",
    "d3-geo-projection": "dist/d3-geo-projection.min.js",
    "echarts-gl": "dist/echarts-gl.min.js",
    "echarts-wordcloud": "dist/echarts-wordcloud.min.js",
    "jquery": "dist/jquery.min.js",
}
"""Each library's file for a <script>."""

NEEDS = {
    "d3-sankey": ("d3",),
    "vega-lite": ("vega",),
    "vega-embed": ("vega", "vega-lite"),
    "chartjs-plugin-datalabels": ("chart.js",),
    "chartjs-adapter-date-fns": ("chart.js",),
    "chartjs-plugin-annotation": ("chart.js",),
    "chartjs-adapter-moment": ("chart.js", "moment"),
    "chartjs-adapter-luxon": ("chart.js", "luxon"),
    "d3-cloud": ("d3",),
    "d3-hexbin": ("d3",),
    "d3-geo-projection": ("d3",),
    "echarts-gl": ("echarts",),
    "echarts-wordcloud": ("echarts",),
}
"""What must be there before a library."""

GLOBALS = {
    "d3": "d3",
    "echarts": "echarts",
    "Chart": "chart.js",
    "Plotly": "plotly.js-dist-min",
    "THREE": "three",
    "vega": "vega",
    "vegaLite": "vega-lite",
    "vegaEmbed": "vega-embed",
    "topojson": "topojson-client",
    "ChartDataLabels": "chartjs-plugin-datalabels",
}
"""The names by which programs know them."""

_OLDER = {
    ("d3", 3): ("d3-v3", "d3.min.js"),
    ("d3", 4): ("d3-v4", "build/d3.min.js"),
    ("d3", 5): ("d3-v5", "dist/d3.min.js"),
    ("chart.js", 2): ("chart.js-v2", "dist/Chart.bundle.min.js"),
}
"""Versions for which programs are written otherwise, as scripts: the package and its file."""

_MAPS = ("world-atlas", "us-atlas")
"""Packages of data alone."""

_USED = {
    "d3-sankey": r"sankey",
    "d3-cloud": r"\bd3\.layout\.cloud\b",
    "d3-hexbin": r"\bd3\.hexbin\b",
    "d3-geo-projection": r"\bd3\.geo(?:Robinson|Mollweide|Winkel3|Eckert\d|Aitoff|Hammer|Interrupted\w+|Sinusoidal|Homolosine|Bonne|Wagner\d?|VanDerGrinten\d?|Miller)\b",
    "echarts-gl": r"\b(?:grid3D|globe)\s*:|type\s*:\s*['\"](?:bar3D|scatter3D|surface|line3D|lines3D|map3D|scatterGL|graphGL)['\"]",
    "chartjs-plugin-annotation": r"\bannotation\s*:\s*\{",
    "echarts-wordcloud": r"type\s*:\s*['\"]wordCloud['\"]",
}  # fmt: skip
"""Extras of a library that stands in a program, by what they add to it."""

AVAILABLE = "d3 7, ECharts 5, Chart.js 4, Plotly 3, three.js r159, Vega 5, Vega-Lite 5, Vega-Embed 6, topojson-client, d3-sankey, d3-cloud, d3-hexbin, d3-geo-projection, echarts-gl, jquery, moment, luxon, and the maps of world-atlas and us-atlas"  # fmt: skip

_CHARTS = "ECharts, Chart.js, Plotly or Vega-Lite draws such a chart"
_INSTEAD = {
    r"mermaid": "Mermaid is a language of its own here: --lang mermaid; in a page, draw the diagram with d3",
    r"leaflet|mapbox-gl|maplibre-gl|openlayers|ol|cesium": "tiles of maps need the network: draw the map with d3.geoPath and world-atlas or us-atlas",
    r"p5|processing|paper|fabric|konva|two|pixi": 'draw on a <canvas> with its getContext("2d"), in space with three.js',
    r"highcharts|highstock|highmaps|anychart|apexcharts|amcharts\d?|zingchart|canvasjs|fusioncharts|frappe-charts|chartist|uplot|c3|billboard|nvd3": _CHARTS,
    r"gstatic\.com/charts|google\.com/jsapi": _CHARTS,
    r"cytoscape|vis-network|vis|sigma|gojs|jointjs": "draw a network with d3.forceSimulation or the graph of ECharts",
}  # fmt: skip
"""Libraries that are not here, by what their addresses hold, and what draws the like."""

_OTHER_NAMES = {
    "chart": "chart.js", "chartjs": "chart.js", "d3js": "d3", "plotly": "plotly.js-dist-min",
    "plotly.js": "plotly.js-dist-min", "plotly.js-dist": "plotly.js-dist-min",
    "plotly.js-basic-dist": "plotly.js-dist-min", "plotly.js-basic-dist-min": "plotly.js-dist-min",
    "plotly.js-cartesian-dist-min": "plotly.js-dist-min", "three.js": "three", "threejs": "three",
    "topojson": "topojson-client", "apache-echarts": "echarts", "d3.layout.cloud": "d3-cloud",
}  # fmt: skip
_BY_PACKAGE = re.compile(
    r"^(?:(?:cdn|fastly|gcore|testingcf)\.jsdelivr\.net/npm|(?:www\.)?unpkg\.com|esm\.sh|esm\.run|"
    r"cdn\.skypack\.dev|ga\.jspm\.io/npm:|jspm\.dev/npm:|cdn\.bootcdn\.net/ajax/libs|"
    r"cdn\.bootcss\.com|cdn\.staticfile\.(?:org|net)|lib\.baomitu\.com|registry\.npmmirror\.com|"
    r"cdnjs\.cloudflare\.com/ajax/libs|ajax\.googleapis\.com/ajax/libs)/?"
    r"((?:@[\w.-]+/)?[\w.-]+)(?:@([^/]*))?(?:/(.*))?$"
)
_BY_FILE = re.compile(
    r"^(?:(?:www\.)?d3js\.org/(?P<d3>d3(?:-[\w-]+)?)(?:\.v(?P<version>\d+)[\d.]*)?(?:\.min)?\.js|"
    r"(?:www\.)?d3js\.org/(?P<map>world|us)-(?P<scale>\d+m)\.v\d\.json|"
    r"code\.jquery\.com/(?P<jquery>jquery)-.*|.*/(?P<cloud>d3\.layout\.cloud)(?:\.min)?\.js|"
    r".*/(?P<radial>d3-scale-radial)(?:\.v\d+)?(?:\.min)?\.js|"
    r"cdn\.plot\.ly/(?P<plotly>plotly)-.*|(?:www\.)?(?P<three>three)js\.org/(?:build/)?(?P<file>.*))$"
)
_MODULE_HOSTS = ("esm.sh/", "esm.run/", "cdn.skypack.dev/", "ga.jspm.io/", "jspm.dev/")
_ECHARTS_PART = re.compile(r"(?:lib/|dist/)?(charts|components|renderers|features)(?:\.js|/.*)?$")


@cache
def _parts_of_d3() -> frozenset[str]:
    """The packages that d3 is made of, and one that it took in: they are in it."""
    described = json.loads((PACKAGES / "d3" / "package.json").read_text(encoding="utf-8"))
    return frozenset({*described.get("dependencies", {}), "d3-scale-radial"})


def package(name: str) -> str | None:
    """The package that is meant by a name, if it is here."""
    name = name.lower()
    name = _OTHER_NAMES.get(name, name)
    if name in _parts_of_d3():
        return "d3"
    return name if name in SCRIPTS else None


class Asked(NamedTuple):
    """What an address asks for: a package, a file in it, whether as a module, and which version."""

    name: str
    file: str
    module: bool
    version: int | None


def asked_for(url: str) -> Asked | None:
    """What a library's address asks for; None for other addresses."""
    parts = urlsplit(url)
    place = unquote(f"{(parts.hostname or '').lower()}{parts.path}")
    found = _BY_PACKAGE.match(place)
    if found:
        name, file = found[1], found[3] or ""
        version = found[2] or (file if "/libs/" in place else "")  # …/libs/d3/7.9.0/d3.min.js
    else:
        found = _BY_FILE.match(place)
        if not found:
            return None
        named = [
            found[one]
            for one in ("d3", "jquery", "cloud", "radial", "plotly", "three")
            if found[one]
        ]
        name = named[0] if named else f"{found['map']}-atlas"
        file = found["file"] or (f"{found['scale']}.json" if found["map"] else "")
        version = found["version"] or ("1" if found["map"] else "")
    module = place.startswith(_MODULE_HOSTS) or "module" in parts.query or bool(
        re.search(r"\+esm$|\.mjs$|\.esm(\.min)?\.js$|\.module(\.min)?\.js$|/?(esm|es|src)/", file)
    )  # fmt: skip
    major = re.match(r"[\^~]?v?(\d+)", version)
    return Asked(name, file, module, int(major[1]) if major else None)


def answer(url: str) -> tuple[str, bytes] | None:
    """The type and the content of what a library's address names, if it is here."""
    asked = asked_for(url)
    if asked is None:
        return None
    if asked.name in _MAPS:
        return _map(asked)
    name = package(asked.name)
    if name is None:
        return None
    _, file, module, version = asked
    if file.endswith(".css"):
        return _file(name, file)
    if name == "three":
        return three(file, module)
    if name == "echarts" and (part := _ECHARTS_PART.search(file)) and module:
        return _script(_MODULES / f"echarts-{part[1]}.js")
    if module:
        return _script(_MODULES / f"{name}.js")
    if name == "d3" and asked.name.lower() in _parts_of_d3():
        return _part_of_d3(version)
    return _older(name, version) or own(name)


def _older(name: str, version: int | None) -> tuple[str, bytes] | None:
    """The script of an older version, where programs for it are written otherwise."""
    older = _OLDER.get((name, version or 0))
    if older is None:
        return None
    folder, file = older
    found = _script(PACKAGES / folder / file)
    present = name if name == "d3" else folder
    return (found[0], found[1] + _dressed(present)) if found else None


def _part_of_d3(version: int | None) -> tuple[str, bytes] | None:
    """A part of d3: all of it, which adds what the d3 that is there already does not have."""
    found = (_older("d3", 5) if version == 1 else None) or own("d3")
    if found is None:
        return None
    before = b"globalThis.d3BeforePart = globalThis.d3; globalThis.d3 = undefined;\n"
    after = b"""
;(() => {
  const before = globalThis.d3BeforePart, added = globalThis.d3;
  delete globalThis.d3BeforePart;
  if (!before) return;
  for (const name of Object.keys(added)) {
    if (!(name in before)) Object.defineProperty(before, name, Object.getOwnPropertyDescriptor(added, name));
  }
  globalThis.d3 = before;
})();"""
    return found[0], before + found[1] + after


def _map(asked: Asked) -> tuple[str, bytes] | None:
    """A map of the world or of the states, under its names of today and of before."""
    file = asked.file
    scale = re.search(r"(?:^|/)(\d+m)\.json$", file)
    if scale and asked.name == "world-atlas":
        file = f"countries-{scale[1]}.json"
    elif scale:  # the first edition was projected already
        file = "counties-albers-10m.json" if asked.version == 1 else "counties-10m.json"
    return _file(asked.name, file) if file.endswith(".json") else None


def three(file: str, module: bool) -> tuple[str, bytes] | None:
    """A file of three.js; extras that used to be scripts are made from today's modules."""
    extra = re.search(r"(?:examples/)?(?:jsm|addons)/(.+)$", file)
    if extra:
        name = extra[1].removesuffix("/+esm")
        return _file("three", "examples/jsm/" + (name if name.endswith(".js") else name + ".js"))
    extra = re.search(r"examples/js/(.+)$", file)
    if extra:
        found = _file("three", "examples/jsm/" + extra[1])
        return (found[0], _as_script(found[1].decode()).encode()) if found else None
    if module:
        return _script(PACKAGES / "three" / "build" / "three.module.js")
    return own("three")


def _as_script(module: str) -> str:
    """A module that imports three.js alone, as a script that adds to the global THREE."""
    body = re.sub(r"import\s*\{([^}]*)\}\s*from\s*['\"]three['\"];?", lambda found: f"const {{{found[1].replace(' as ', ': ')}}} = THREE;", module)  # fmt: skip
    body = re.sub(r"export\s*\{([^}]*)\};?", r"Object.assign(THREE, {\1});", body)
    return f"(() => {{{body}\n}})();"


def own(name: str) -> tuple[str, bytes] | None:
    """A library's script, which dresses itself in the look of this run."""
    found = _script(PACKAGES / name / SCRIPTS[name])
    if found is None:
        return None
    return found[0], found[1] + _dressed(name)


def _dressed(name: str) -> bytes:
    return f"\n;globalThis.__viscoder?.dress({json.dumps(name)});".encode()


def inside(path: str) -> tuple[str, bytes] | None:
    """What our own pages and modules ask for: ``lib/NAME.js``, ``modules/NAME.js``, ``three/…``."""
    kind, _, name = path.partition("/")
    if kind == "lib" and name.removesuffix(".js") in SCRIPTS:
        return own(name.removesuffix(".js"))
    if kind == "modules" and re.fullmatch(r"[\w.-]+", name):
        return _script(_MODULES / name)
    return three(name, True) if kind == "three" else None


def exports(name: str) -> list[str]:
    """What a module of a library exports."""
    known = package(name.removesuffix("/auto"))
    found = three("", True) if known == "three" else _script(_MODULES / f"{known}.js")
    text = found[1].decode() if found else ""
    listed = re.findall(r"export \{([^}]*)\}", text)
    return re.findall(r"export const ([\w$]+)", text) + re.findall(r"[\w$]+", " ".join(listed))


def import_map() -> dict[str, str]:
    """Bare names of modules and their addresses."""
    found = {name: f"/.viscoder/modules/{name}.js" for name in SCRIPTS if name != "three"}
    for other, name in _OTHER_NAMES.items():
        if name != "three":
            found[other] = found[name]
    found |= {f"{name}/auto": found[name] for name in ("chart.js",)}
    found |= dict.fromkeys(_parts_of_d3(), found["d3"])
    found |= {f"echarts/{part}": f"/.viscoder/modules/echarts-{part}.js" for part in ("charts", "components", "renderers", "features")}  # fmt: skip
    found |= {"echarts/core": found["echarts"], "plotly.js/dist/plotly": found["plotly"]}
    found["three"] = "/.viscoder/three/build/three.module.js"
    found["three/addons/"] = found["three/examples/jsm/"] = "/.viscoder/three/addons/"
    return found


def used_in(source: str) -> list[str]:
    """The libraries whose globals a program names, each after what it needs."""
    found: list[str] = []
    imported = {package(name) for name in re.findall(r"(?:from|import)\s*['\"]([\w.-]+)", source)}
    for word, name in GLOBALS.items():
        if name not in imported and re.search(rf"(?<![\w$'\"]){re.escape(word)}\b", source):
            found += [one for one in (*NEEDS.get(name, ()), name) if one not in found]
    for name, pattern in _USED.items():
        if NEEDS[name][0] in found and re.search(pattern, source):
            found.append(name)
    if "chart.js" in found and re.search(r"type\s*:\s*['\"]time", source):
        found.append("chartjs-adapter-date-fns")
    return found


def hint(url: str) -> str:
    """What to write in place of an address that is not here."""
    asked = asked_for(url)
    close = difflib.get_close_matches(asked.name.lower(), [*SCRIPTS, *_OTHER_NAMES], n=1) if asked else []  # fmt: skip
    instead = _instead(asked.name if asked else url) if asked or url.endswith((".js", ".mjs")) else None  # fmt: skip
    meant = f"{instead}; " if instead else f"did you mean {close[0]}? " if close else ""
    return f"{meant}there is no network; the libraries here are {AVAILABLE}"


def _instead(name: str) -> str | None:
    """What draws the like of a library that is not here."""
    for pattern, other in _INSTEAD.items():
        if re.search(rf"(?<![a-z\d-])(?:{pattern})(?![a-z\d])", name.lower()):
            return other
    return None


def _file(name: str, file: str) -> tuple[str, bytes] | None:
    root = (PACKAGES / name).resolve()
    path = Path(os.path.normpath(root / file))
    return _script(path) if path.is_relative_to(root) else None


def _script(path: Path) -> tuple[str, bytes] | None:
    kind = {".css": "text/css", ".json": "application/json"}.get(path.suffix, "text/javascript")
    try:
        return f"{kind}; charset=utf-8", path.read_bytes()
    except OSError:
        return None
