"""Typst: typeset drawings, tables and diagrams."""

from __future__ import annotations

from runners.base import Language, Toolchain
from runners.languages import findings
from runners.languages.interpreter import steps

GUIDE = """\
Write one complete Typst document. Without a page of its own it is cut to what it shows. Draw with \
#rect, #circle, #line, #polygon, #curve, #place, #grid, #table and $ math $, or with cetz: \
#import "@preview/cetz:0.4.2" and #cetz.canvas({ import cetz.draw: * … }). Code begins with #; no other \
packages. A data file is read by its name: #let rows = csv("sales.csv")."""

EXAMPLE = """\
#let sold = (apples: 3, pears: 5, plums: 9)
#set text(font: "DejaVu Sans Mono", size: 10pt)
= Fruit sold
#v(6pt)
#grid(
  columns: sold.len(),
  column-gutter: 12pt,
  row-gutter: 6pt,
  align: bottom + center,
  ..sold.values().map(n => rect(width: 2cm, height: n * 5mm, fill: rgb("#4c78a8"))[#text(white)[#n]]),
  ..sold.keys(),
)
"""

LANGUAGE = Language(
    name="typst",
    title="Typst",
    aliases=("typ", "cetz"),
    suffix=".typ",
    lexer="typst",
    guide=GUIDE,
    toolchain=Toolchain(
        modules=("typst",),
        programs=("pdftocairo",),
        packages=("poppler-utils",),
        parts=("typst",),
        image="diagrams",
    ),
    file_name="document.typ",
    steps=steps("typst_document.py"),
    diagnose=findings.read,
    example=EXAMPLE,
)
