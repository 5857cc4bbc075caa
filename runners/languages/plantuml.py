"""PlantUML: UML and other diagrams, laid out by Graphviz."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from runners.base import Language, PictureFormat, Step, Toolchain
from runners.languages import findings, interpreter

GUIDE = """\
Write one complete PlantUML diagram from @startuml to @enduml: sequence, class, state, activity, use case, \
component or object diagram, or @startmindmap, @startgantt, @startwbs, @startsalt. Names with spaces stand \
in double quotes, with an alias: participant "Web shop" as shop. No !include, no !theme."""

EXAMPLE = """\
@startuml
actor Visitor
participant "Web shop" as shop
database Orders
Visitor -> shop: buy
shop -> Orders: store
Orders --> shop: number
shop --> Visitor: thanks
@enduml
"""


def steps(format: PictureFormat) -> tuple[Step, ...]:
    """A script of ours hands it to PlantUML, which is started ahead where there is time."""
    (step,) = interpreter.steps("plantuml.py")(format)
    settings = (path for path in Path("/etc").glob("java*") if path.is_dir())
    return (replace(step, readable=(*step.readable, *settings)),)


LANGUAGE = Language(
    name="plantuml",
    title="PlantUML",
    aliases=("puml", "uml"),
    ordinary=("uml",),  # most who ask for UML leave the language open
    suffix=".puml",
    other_suffixes=(".plantuml", ".pu"),
    lexer="plantuml",
    guide=GUIDE,
    toolchain=Toolchain(
        modules=("resvg_py",),
        programs=("plantuml", "java", "dot"),
        packages=("plantuml",),
        image="diagrams",
    ),
    file_name="diagram.puml",
    steps=steps,
    diagnose=findings.read,
    example=EXAMPLE,
    words=("use case diagram", "component diagram", "deployment diagram"),
)
