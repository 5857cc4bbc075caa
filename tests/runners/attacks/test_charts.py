"""Charts and diagrams from descriptions: what they name, they do not get."""

from __future__ import annotations

import json

import pytest

from runners.base import Limits, Verdict
from tests.runners.attacks.attack import QUICK, Attack, Outcome

FAILED, DRAWN, EMPTY, LATE, FULL = (
    Verdict.FAILED,
    Verdict.RENDERED,
    Verdict.NO_PICTURE,
    Verdict.TIMED_OUT,
    Verdict.OUT_OF_MEMORY,
)
Verdicts = Verdict | tuple[Verdict, ...]


SOON = Limits(wall_seconds=6)
BOMB = Limits(wall_seconds=20, memory_bytes=700 << 20)


def vega(name: str, data: object, verdict: Verdicts = FAILED, limits: Limits = QUICK, mark: object = "bar") -> Attack:  # fmt: skip
    """A chart of some data."""
    spec = {
        "data": data,
        "mark": mark,
        "encoding": {
            "x": {"field": "a", "type": "nominal"},
            "y": {"field": "b", "type": "quantitative"},
        },
    }
    return Attack(name, json.dumps(spec, ensure_ascii=False), verdict, "vegalite", limits=limits)


def of(language: str, name: str, source: str, verdict: Verdicts = FAILED, rings: str = "", limits: Limits = QUICK, form: str = "") -> Attack:  # fmt: skip
    """A diagram of another language."""
    return Attack(name, source, verdict, language, limits=limits, rings=rings, form="svg" if form == "svg" else "png")  # fmt: skip


ROWS = {"values": [{"a": "x", "b": 1}, {"a": "y", "b": 2}]}

ATTACKS = (
    vega("a file by its address", {"url": "file://«secret»"}),
    vega("a file by its path", {"url": "«session»/texts.json"}),
    vega("up and out", {"url": "../../etc/passwd", "format": {"type": "csv"}}),
    vega("a server of the user", {"url": "http://127.0.0.1:«tcp»/x.json"}),
    vega("data in an address", {"url": "data:text/csv,a,b%0Ax,1"}, (FAILED, DRAWN)),
    vega("a picture of the user", ROWS, (DRAWN, FAILED), mark={"type": "image", "url": "file://«session»/01.png", "width": 50, "height": 50}),
    vega("a picture from a server", ROWS, (DRAWN, FAILED), mark={"type": "image", "url": "http://127.0.0.1:«tcp»/x.png", "width": 50, "height": 50}),
    vega("a link that runs", ROWS, (DRAWN, FAILED), mark={"type": "bar", "href": "javascript:alert(1)"}),
    vega("numbers without end", {"sequence": {"start": 0, "stop": 1e12, "as": "b"}}, (FULL, LATE, FAILED, Verdict.BLANK), BOMB),
    of("vegalite", "data in a transform", json.dumps({"data": ROWS, "transform": [{"lookup": "a", "from": {"data": {"url": "/etc/passwd"}, "key": "a", "fields": ["b"]}}], "mark": "bar"})),
    of("vegalite", "a function that is none", json.dumps({"data": ROWS, "transform": [{"calculate": "constructor.constructor('return process')()", "as": "b"}], "mark": "bar", "encoding": {"y": {"field": "b", "type": "quantitative"}}}), (FAILED, DRAWN)),
    of("vegalite", "braces without ground", "[" * 100_000),
    of("vegalite", "a chart of a million by a million", json.dumps({"data": ROWS, "width": 1e6, "height": 1e6, "mark": "bar", "encoding": {"x": {"field": "a"}}}), (FAILED, FULL), limits=BOMB),
    of("mermaid", "a click that runs", 'flowchart LR\n    A["seen"] --> B\n    click A "javascript:alert(1)"\n    click B call alert()\n', (DRAWN, FAILED), form="svg"),
    of("mermaid", "a page in a label", 'flowchart LR\n    A["<img src=file://«session»/01.png onerror=alert(1)><script>alert(1)</script><iframe src=http://127.0.0.1:«tcp»/>"] --> B\n', (DRAWN, FAILED), form="svg"),
    of("mermaid", "loose settings", '%%{init: {"securityLevel": "loose", "htmlLabels": true, "themeCSS": "@import url(http://127.0.0.1:«tcp»/x.css)"}}%%\nflowchart LR\n    A["seen"] --> B\n    click A href "javascript:alert(1)"\n', (DRAWN, FAILED), form="svg"),
    of("mermaid", "a huge graph", "flowchart LR\n" + "\n".join(f"    n{n} --> n{n * 7 % 5000}" for n in range(5000)), (FAILED, LATE, FULL, DRAWN), limits=SOON),
    of("mermaid", "a graph in itself", "flowchart LR\n" + "subgraph s\n" * 2000 + "a --> b\n" + "end\n" * 2000, (FAILED, LATE, FULL, DRAWN), limits=SOON),
    of("mermaid", "a pattern that matches slowly", "sequenceDiagram\n    A->>B: " + "(" * 50_000 + "\n", (FAILED, LATE, DRAWN), limits=SOON),
    of("graphviz", "a picture in a node", 'digraph { a [image="«session»/01.png", shape=none, label=""]; a -> b }', (DRAWN, FAILED)),
    of("graphviz", "the users names in a node", 'digraph { a [image="/etc/passwd"]; b [shapefile="/etc/passwd"]; a -> b }', (DRAWN, FAILED)),
    of("graphviz", "a picture in a table", "digraph { a [label=<<table><tr><td><img src='«session»/01.png'/></td></tr></table>>]; a -> b }", (DRAWN, FAILED)),
    of("graphviz", "a style from a server", 'digraph { stylesheet="http://127.0.0.1:«tcp»/x.css"; a [URL="javascript:alert(1)"]; a -> b }', (DRAWN, FAILED), form="svg"),
    of("graphviz", "a huge graph of Graphviz", "digraph { " + " ".join(f"n{n} -> n{n * 7919 % 6000};" for n in range(20_000)) + " }", (LATE, FULL, FAILED, DRAWN), limits=SOON),
    of("graphviz", "a graph without measure", 'digraph { size="100000,100000!"; dpi=10000; a -> b }', (DRAWN, FAILED, FULL)),
    of("gnuplot", "the shell of gnuplot", "print system('cat /etc/passwd «secret»')\n!touch «outside»/x\nplot x", (FAILED, DRAWN), rings="secret"),
    of("gnuplot", "a pipe of gnuplot", "plot '< cat «secret»; touch «outside»/x' using 1:2", rings="written"),
    of("gnuplot", "a file of gnuplot", "load '«secret»'"),
    of("gnuplot", "gnuplot that writes", "set print '«outside»/x'\nprint 'x'\nset print\nplot x", (FAILED, DRAWN), rings="written"),
    of("gnuplot", "a picture of gnuplot elsewhere", "set output '/usr/share/«escaped»'\nplot x", (FAILED, DRAWN)),
    of("gnuplot", "gnuplot without end", "while (1) { x = 1 }", LATE, limits=SOON),
    of("plantuml", "the users names in a diagram", "@startuml\n!include /etc/passwd\na -> b\n@enduml", (FAILED, DRAWN)),
    of("plantuml", "a diagram from a server", "@startuml\n!includeurl http://127.0.0.1:«tcp»/x\na -> b\n@enduml", (FAILED, DRAWN)),
    of("plantuml", "a picture of the user in a diagram", "@startuml\na -> b : <img:«session»/01.png> %load_json(\"«session»/texts.json\") %getenv(\"«variable»\")\n@enduml", (FAILED, DRAWN)),
    of("plantuml", "a diagram without end", "@startuml\n!while 1\n!$x = 1\n!endwhile\na -> b\n@enduml", (LATE, FAILED, FULL), limits=Limits(wall_seconds=12)),
    of("d2", "the users names in a box", "a: @/etc/passwd\nb: @../../../etc/passwd\n...@/etc/passwd\n"),
    of("d2", "a picture of the user in a box", 'a: {icon: "file://«session»/01.png"}\nb: {shape: image; icon: "«session»/01.png"}\n', DRAWN),
    of("d2", "an icon from a server", "a: {icon: http://127.0.0.1:«tcp»/x.png}\n", DRAWN, form="svg"),
    of("d2", "a page in a box", 'a: {link: "javascript:alert(1)"}\nb: |md\n  <script>alert(1)</script><img src="http://127.0.0.1:«tcp»/x.png"/>\n|\n', (DRAWN, FAILED), form="svg"),
    of("d2", "a huge diagram of D2", "\n".join(f"n{n} -> n{n * 7919 % 3000}" for n in range(6000)), (LATE, FULL, FAILED, DRAWN), limits=SOON),
    of("d2", "a file of the user as its own", "...@x\n", FAILED),
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_nothing_gets_out(outcomes: dict[str, Outcome], attack: Attack) -> None:
    outcomes[attack.name].assert_held()
