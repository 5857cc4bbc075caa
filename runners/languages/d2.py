"""D2: diagrams of boxes and arrows, sequences, tables and classes, drawn by its own renderer in node."""

from __future__ import annotations

from runners.base import Language, Toolchain
from runners.d2 import RENDERER
from runners.languages import findings
from runners.languages.interpreter import steps

GUIDE = """\
Write one complete D2 diagram, one statement a line: a: Label {shape: cylinder} declares a shape, a -> b: label \
connects two (->, <-, <-> or --), box: Title { … } holds others, called box.inner from outside. Styles: \
a.style.fill: "#ffcc00" (in quotes, for # begins a comment), a -> b: {style.stroke-dash: 4}. direction: right at \
the top lays it out from left to right; vars: {d2-config: {layout-engine: elk}} takes the other layout. shape: \
sequence_diagram, sql_table or class make diagrams of their kinds; note: |md … | holds Markdown. No icons or \
files from elsewhere."""

EXAMPLE = """\
direction: right
user: Visitor {shape: person}
shop: Web shop {
  cart: Cart
  pay: Payment
  cart -> pay: total
}
db: Orders {shape: cylinder}
user -> shop.cart: buys
shop.pay -> db: stores
"""

LANGUAGE = Language(
    name="d2",
    title="D2",
    aliases=("d2lang", "terrastruct"),
    suffix=".d2",
    lexer="d2",
    guide=GUIDE,
    toolchain=Toolchain(
        modules=("resvg_py",),
        programs=("node", str(RENDERER)),
        packages=("nodejs", "npm"),
        parts=("d2",),
        image="web",
    ),
    file_name="diagram.d2",
    steps=steps("d2_diagram.py"),
    diagnose=findings.read,
    example=EXAMPLE,
    words=("architecture diagram", "network diagram", "system diagram"),
)
