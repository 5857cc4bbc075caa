"""Which language a request is for that names none, or names one in passing."""

from __future__ import annotations

import shutil

import pytest

from runners.languages import find, guess
from tests.conftest import need


@pytest.mark.parametrize(("request_", "language"), [
    ("bar chart of sales", "python"),
    ("a dot plot of ages", "python"),
    ("the alphabet abc as bars", "python"),
    ("sheet music: one octave of C major", "lilypond"),
    ("a tune in ABC notation", "abc"),
    ("UML class diagram of a shop", "mermaid"),
    ("sequence diagram in PlantUML", "plantuml"),
    ("a surface in Octave", "octave"),
    ("the same in Graphviz", "graphviz"),
    ("cetz drawing of a circle", "typst"),
    ("a D2 diagram of a shop", "d2"),
    ("sequence diagram of a login in D2", "d2"),
    ("the same in JS", "javascript"),
    ("distances d1 and d2 as bars", "python"),
    ("a robot with R2-D2 on it", "python"),
])  # fmt: skip
def test_what_a_request_says_decides(request_: str, language: str) -> None:
    need("octave-cli")  # words alone choose only what works here
    assert guess(request_)[0].name == language


def test_words_alone_choose_no_language_that_does_not_work_here(monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    need("dot")
    assert guess("dependency graph of modules")[0].name == "graphviz"
    elsewhere = shutil.which

    def without_dot(name: str) -> str | None:
        return None if name == "dot" else elsewhere(name)

    monkeypatch.setattr(shutil, "which", without_dot)
    assert guess("dependency graph of modules")[0].name == "python"
    assert guess("dependency graph in graphviz")[0].name == "graphviz"


def test_an_ordinary_word_names_its_language_where_a_name_is_asked_for() -> None:
    assert find("dot").name == "graphviz"
    assert find("uml").name == "plantuml"
