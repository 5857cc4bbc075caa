"""Programs in D2 that are almost right: each mistake is told where a person would look."""

from __future__ import annotations

from pathlib import Path

import pytest

from runners.d2 import RENDERER
from tests.conftest import need, needed
from tests.runners.mistakes import Mistake, wrongly_doubted, wrongly_told


@pytest.fixture(autouse=True)
def installed() -> None:
    need("node")
    needed(RENDERER.exists(), "python -m runners.d2")


MISTAKES: list[Mistake] = [
    ("a -> b\nb: {shape: cirle}\n", 2, "did you mean circle?"),
    ("db: {shape: database}\n", 1, "did you mean cylinder?"),
    ("a -> b\na.style.fil: red\n", 2, "did you mean fill?"),
    ("a: {\n  style: {\n    background: red\n  }\n}\n", 3, "did you mean fill?"),
    ("a: {fill: red}\n", 1, "write style.fill"),
    ("a: {style.fill: #ff0000}\n", 1, '"#ff0000"'),
    ("a.style.fill: ff0000\n", 1, 'did you mean "#ff0000"?'),
    ("a.style.stroke: redd\n", 1, "did you mean red?"),
    ("a -> b: x {\n  style: dashed\n}\n", 2, "style.stroke-dash"),
    ("a.style.opacity: 50%\n", 1, "between 0.0 and 1.0"),
    ("a -> b\nc ->\n", 2, "a shape on both sides"),
    ("-> b\n", 1, "a shape on both sides"),
    ("a => b\n", 1, "arrows are ->"),
    ("a ->-> b\n", 1, "arrows are ->"),
    ("a -> b\nc → d\n", 2, "arrows are ->"),
    ("a: {\n  b: {\n    c\n  }\nd -> e\n", 1, "add the closing }"),
    ("a: {\n  b: {\n    c\n}\nd -> e\n", 2, "add the closing }"),
    ("a -> b\n}\n", 2, "leave this } out"),
    ('a -> b: "x\nc -> d\n', 1, 'add the closing "'),
    ("a: |md\n  # words\nb -> c\n", 1, "end the block with |"),
    ("a: |md\n  one | two\n|\n", 2, "||md"),
    ('a: {label: "x" shape: circle}\n', 1, "separated by ;"),
    ("A[Text] --> B\n", 1, "a label follows a colon"),
    ("direction: LR\na -> b\n", 1, "did you mean right?"),
    ("a -> b\nc: {near: bb}\nbbox\n", 2, "did you mean bbox?"),
    ("a.near: top-middle\n", 1, "did you mean top-center?"),
    ("a: {label.near: left-middle}\n", 1, "did you mean center-left?"),
    ('a: {\n  b: "x}\n', 2, 'closing "'),
    ("vars: {\n  colour: red\n}\na.style.fill: ${color}\n", 4, "did you mean colour?"),
    ("a: costs $5\n", 1, "single quotes"),
    ("a: @other\n", 1, "there is no other D2 file here"),
    ("a -> b\n(a -> c)[0].style.stroke: red\n", 2, "written before it"),
    ("label -> b\n", 1, "a word of D2's own"),
    ("vars: {d2-config: {theme: 3}}\na\n", 1, "did you mean theme-id?"),
    ("vars: {\n  d2-config: {theme-id: 999}\n}\na\n", 2, "the themes are 0, 1"),
    ("vars: {\n  d2-config: {\n    layout-engine: tala\n  }\n}\na\n", 3, "dagre or elk"),
    ("a: {shape: image}\n", 1, "another shape"),
    ("@startuml\na -> b\n@enduml\n", 1, "this is PlantUML"),
    ("a: {shape: sequence_diagram}\na.b.c -> d\n", 1, "stand inside its { }"),
    ("a -> b: {target-arrowhead.shape: diamnd}\n", 1, "did you mean diamond?"),
    ("a: {shap: circle}\n", 1, "did you mean shape?"),
    ("a: {color: red}\n", 1, "did you mean style.fill?"),
    ("classes: {warm: {style.fill: red}}\na.class: wram\n", 2, "did you mean warm?"),
    ("a -> b: {\n  source-arrowhead: {shape: cf-many}\n}\n", 2, "write <->"),
]  # fmt: skip


def test_a_mistake_is_told_where_a_person_would_look(tmp_path: Path) -> None:
    wrong = wrongly_told(MISTAKES, "d2", tmp_path)
    assert not wrong, "\n".join(wrong)


RIGHT = [
    "a <-> b: {source-arrowhead.shape: box; target-arrowhead: {shape: cf-one}}\nb -> c: {source-arrowhead: 1}\n",
    "links: Links\nhome: {\n  icons: Icons\n  labels: Labels\n}\n",
    "a: {shape: rectangle}\nclasses: {x: {style.fill: red}}\na.class: x\n",
    "shop: {\n  styles: {red; blue}\n  colors: 3 of them\n}\n",
    "vars: {color: red}\na.style.fill: ${color}\n",
    "Mon - Fri -> Sat: it's a weekend\n",
    'x: "a => b"\n"a → b" -> x\n',
]


def test_what_is_right_is_not_complained_of(tmp_path: Path) -> None:
    wrong = wrongly_doubted(RIGHT, "d2", tmp_path)
    assert not wrong, "\n".join(wrong)
