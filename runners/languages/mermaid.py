"""Mermaid, drawn by mermaid.js itself inside mermaidx: no browser, true messages."""

from runners.base import Language, Toolchain
from runners.languages import findings
from runners.languages.interpreter import steps

GUIDE = """\
Write one Mermaid diagram (mermaid.js 11): flowchart, sequenceDiagram, stateDiagram-v2, \
classDiagram, erDiagram, gantt, pie, timeline, mindmap, xychart-beta, … Put labels that hold \
punctuation in double quotes, as in A["Start (now)"]. One statement a line; no HTML, no links."""

EXAMPLE = """\
flowchart LR
    A["Idea"] --> B["Program"]
    B --> C["Picture"]
"""

LANGUAGE = Language(
    name="mermaid",
    title="Mermaid",
    aliases=("mmd",),
    suffix=".mmd",
    other_suffixes=(".mermaid",),
    lexer="mermaid",
    guide=GUIDE,
    toolchain=Toolchain(modules=("mermaidx",), install="pip install mermaidx", image="python"),
    file_name="diagram.mmd",
    steps=steps("mermaid.py"),
    diagnose=findings.read,
    example=EXAMPLE,
    words=(
        "flowchart", "flow chart", "sequence diagram", "state diagram", "state machine", "gantt",
        "mindmap", "mind map", "class diagram", "er diagram", "entity relationship", "timeline",
        "flow diagram", "workflow",
    ),
)  # fmt: skip
