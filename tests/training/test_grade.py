"""Grading: a right program is right however it is laid out, and each kind of fault is seen."""

from __future__ import annotations

import itertools

import pytest

from runners import languages
from viscoder_tui.agent.answer import extract
from viscoder_tui.training.evaluation.evaluate import generated
from viscoder_tui.training.evaluation.grade import wanted_of, wrongs
from viscoder_tui.training.evaluation.requests import FREE, Wanted, free
from viscoder_tui.training.synthesize import samples

BARS = Wanted(("bar",), ("3", "5", "4"), ("apples", "pears", "figs"), "Fruit", ("green",))
DICT = 'import matplotlib.pyplot as plt\ndata = {"apples": 3, "pears": 5, "figs": 4}\nlabels, values = list(data), list(data.values())\nfig, ax = plt.subplots()\nax.bar(labels, values, color="green")\nax.set_title("Fruit")\nplt.show()'
LISTS = 'labels = ["apples", "pears", "figs"]\nvalues = [3, 5, 4]\nplt.bar(labels, values, color="green")\nplt.title("Fruit")'

FAULTS = [
    (DICT.replace('"pears": 5', '"pears": 50'), "lacks 5"),
    (DICT.replace('"pears": 5, "figs": 4', '"pears": 4, "figs": 5'), "pears is not 5"),
    (DICT.replace("pears", "pars"), "no pears"),
    (DICT.replace("Fruit", "Fruits sold")[: DICT.index("Fruit")], "no title Fruit"),
    (DICT.replace("green", "blue"), "no green"),
    (DICT.replace("ax.bar(", "ax.barh("), "kind horizontal bar for bar"),
    (DICT.replace('"figs": 4', '"figs": 4, "kiwis": 9'), "has 9 too"),
    ("this is no Python", "kind ? for bar"),
]


@pytest.mark.parametrize("source", [DICT, LISTS])
def test_a_right_program_is_wholly_right(source: str) -> None:
    assert wrongs(BARS, "python", source) == []


@pytest.mark.parametrize(("source", "fault"), FAULTS)
def test_a_fault_is_seen(source: str, fault: str) -> None:
    assert fault in wrongs(BARS, "python", source)


def test_years_may_be_labels_or_numbers() -> None:
    wanted = Wanted(("multi-line",), ("2023", "2024", "5", "7", "6", "4"), ("iOS", "Android"))
    lines = (
        "import matplotlib.pyplot as plt\nyears = {}\n"
        'series = {{"iOS": [5, 7], "Android": [6, 4]}}\nfig, ax = plt.subplots()\n'
        "for name, values in series.items():\n    ax.plot(years, values, label=name)\nplt.show()"
    )
    assert wrongs(wanted, "python", lines.format("[2023, 2024]")) == []
    assert wrongs(wanted, "python", lines.format('["2023", "2024"]')) == []
    assert wrongs(wanted, "python", lines.format('["2023", "2025"]')) == ["lacks 2024"]


def test_arrows_are_compared_by_what_they_join() -> None:
    wanted = Wanted(("flowchart",), links=(("Lint", "Build"), ("Build", "Test")))
    plain = "flowchart TD\n    A[Lint] --> B[Build]\n    B --> C[Test]"
    apart = 'flowchart LR\n    x["lint"]\n    y["build"]\n    z["test"]\n    x --> y --> z'
    assert wrongs(wanted, "mermaid", plain) == wrongs(wanted, "mermaid", apart) == []
    assert wrongs(wanted, "mermaid", plain.replace("B --> C", "A --> C")) != []


def test_notes_lengths_and_marks_are_compared() -> None:
    wanted = Wanted(("score",), notes=("c", "d", "e"), lengths=("4", "4", "2"), marks=(("time", "3/4"),))  # fmt: skip
    score = '\\version "2.24.0"\n\\score { \\new Staff { \\clef treble \\time 3/4 \\relative f\' { c4 d e2 } } }'
    assert wrongs(wanted, "lilypond", score) == []
    assert wrongs(wanted, "lilypond", score.replace("e2", "e4")) == ["lengths 4 4 4"]
    assert wrongs(wanted, "lilypond", score.replace("d e2", "e d2")) == ["notes c e d"]
    assert wrongs(wanted, "lilypond", score.replace("3/4", "4/4")) == ["time 4/4 for 3/4"]


def test_shapes_are_counted_without_the_paper() -> None:
    wanted = Wanted(("shapes",), shapes=(("circle", 2), ("rect", 1)), colours=("red",))
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="white"/><rect width="2" height="2" fill="red"/><circle r="1"/><circle r="2"/></svg>'
    assert wrongs(wanted, "svg", drawing) == []
    assert wrongs(wanted, "svg", drawing.replace('<circle r="1"/>', "")) == ["1 circle for 2"]


def test_generated_right_answers_are_wholly_right() -> None:
    for sample in itertools.islice(samples(61), 1500):
        if sample.origin not in ("plain", "data"):
            continue
        source = extract(sample.messages[1].content, languages.find(sample.language)).source
        wanted = wanted_of(sample.expected, sample.language, source)
        found = wrongs(wanted, sample.language, source, has_data=bool(sample.data))
        assert found == [], (sample.messages[0].content, source)
        assert wanted.kinds != ("",), source


def test_the_free_requests_are_many_and_say_what_they_want() -> None:
    held_out, development = free("held_out"), free("development")
    assert set(FREE) == {"held_out", "development"}
    assert len(held_out) >= 150
    assert not {one.text for one in held_out} & {one.text for one in development}
    for language in ("python", "vegalite", "mermaid", "lilypond", "svg"):
        assert sum(one.language == language for one in held_out) >= 20
    for one in (*held_out, *development):
        languages.find(one.language)
        assert one.text.strip()
        assert one.wanted.kinds


def test_fresh_requests_are_not_those_of_training() -> None:
    fresh = {one.text for one in generated("python", 40)}
    seen = {sample.messages[0].content.removeprefix("python: ") for sample in itertools.islice(samples(0), 3000)}  # fmt: skip
    assert len(fresh & seen) <= 1
