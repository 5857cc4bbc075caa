"""Each repair mends its mistake, says so, and touches nothing else."""

from __future__ import annotations

import random

import pytest

from runners import languages
from viscoder_tui.agent.repairs import REPAIRS, repaired
from viscoder_tui.training.synthesize import samples

MISTAKES = [
    ("remove_byte_order_mark", "python", "\ufeffprint(1)\r\n", "print(1)\n"),
    ("straighten_quotes", "python", "print(\u201chello\u201d)", 'print("hello")'),
    ("drop_shell_lines", "python", "!pip install x\n%matplotlib inline\nprint(1)", "print(1)"),
    ("import_usual_names", "python", "plt.plot(np.arange(3))", "import matplotlib.pyplot as plt\nimport numpy as np\nplt.plot(np.arange(3))"),
    ("read_data_by_name", "python", "f('/home/me/sales.csv')", "f('sales.csv')"),
    ("read_data_by_name", "python", 'f("data.csv")', 'f("sales.csv")'),
    ("strict_json", "vegalite", '{"a": [1, 2,], // c\n}', '{"a": [1, 2] \n}'),
    ("strict_json", "vegalite", '{"a": True}', '{"a": true}'),
    ("strict_json", "vegalite", "{'a': None}", '{\n  "a": null\n}'),
    ("close_json", "vegalite", '{"a": [1, {"b": 2}', '{"a": [1, {"b": 2}]}'),
    ("only_the_svg", "svg", 'Here:\n<svg xmlns="x"></svg>\nBye', '<svg xmlns="x"></svg>'),
    ("escape_ampersands", "svg", '<svg xmlns="x"><text>a & b &amp; &#38;</text></svg>', '<svg xmlns="x"><text>a &amp; b &amp; &#38;</text></svg>'),
    ("add_svg_namespace", "svg", "<svg></svg>", '<svg xmlns="http://www.w3.org/2000/svg"></svg>'),
    ("close_svg", "svg", '<svg xmlns="x"><g><rect/>', '<svg xmlns="x"><g><rect/>\n</g></svg>\n'),
    ("plain_arrows", "mermaid", "flowchart TD\n    A → B", "flowchart TD\n    A --> B"),
    ("quote_labels", "mermaid", "flowchart TD\n    A[Start (now)] --> B", 'flowchart TD\n    A["Start (now)"] --> B'),
    ("add_lilypond_version", "lilypond", "{ c' }", "\\version \"2.24.0\"\n{ c' }"),
    ("close_lilypond_braces", "lilypond", '\\version "2.24.0"\n\\score { { c\'', '\\version "2.24.0"\n\\score { { c\'\n}\n}\n'),
]  # fmt: skip


@pytest.mark.parametrize(("name", "language", "wrong", "right"), MISTAKES)
def test_a_mistake_is_mended_and_told(name: str, language: str, wrong: str, right: str) -> None:
    source, repairs = repaired(wrong, language, ["sales.csv"])
    assert source == right
    assert [one.name for one in repairs] == [name]
    assert repaired(source, language, ["sales.csv"]) == (right, ())


SLIPS = [
    ("names_as_asked", "python", "apples 3, pears 5, plums 2", 'd = {"apples": 3, "pars": 5, "plums": 2}', 'd = {"apples": 3, "pears": 5, "plums": 2}'),
    ("names_as_asked", "svg", "bars: Nairobi 3, Lagos 5", '<svg xmlns="x"><text>Nbroadbi</text><text>Lagos</text></svg>', '<svg xmlns="x"><text>Nairobi</text><text>Lagos</text></svg>'),
    ("numbers_as_asked", "python", "Rust: 41, Go: 27, Zig: 6", 'd = {"Rust": 41, "Go": 72, "Zig": 6}', 'd = {"Rust": 41, "Go": 27, "Zig": 6}'),
    ("numbers_as_asked", "vegalite", "cats 7, dogs 1,200", '{"a": [{"label": "cats", "value": 7}, {"label": "dogs", "value": 120}]}', '{"a": [{"label": "cats", "value": 7}, {"label": "dogs", "value": 1200}]}'),
    ("numbers_as_asked", "mermaid", "pie: tea 12.5, coffee 8", 'pie\n    "tea" : 125\n    "coffee" : 8', 'pie\n    "tea" : 12.5\n    "coffee" : 8'),
]  # fmt: skip

KEPT = [
    ("python", "apples 3, pears 5", 'd = {"Äpfel": 3, "Birnen": 5}'),
    ("python", "apples 3, pears 5, titled Pear", 'd = {"apples": 3, "pears": 5}\ntitle = "Pear"'),
    ("python", "apples 3, pears 5 as shares", 'd = {"apples": 37.5, "pears": 62.5, "apples": 3, "pears": 5}'),
    ("python", "men 12%, women 14%", 'd = {"men": 0.12, "women": 0.14}'),
    ("python", "2022: 5, 2022: 7", 'd = {"2022": 6}'),
    ("python", "a bar chart", 'd = {"apples": 3}'),
]  # fmt: skip


@pytest.mark.parametrize(("name", "language", "asked", "wrong", "right"), SLIPS)
def test_a_slip_in_copying_is_put_right_by_the_request(
    name: str, language: str, asked: str, wrong: str, right: str
) -> None:
    source, repairs = repaired(wrong, language, asked=asked)
    assert source == right
    assert [one.name for one in repairs] == [name]


@pytest.mark.parametrize(("language", "asked", "source"), KEPT)
def test_what_may_be_meant_is_kept(language: str, asked: str, source: str) -> None:
    assert repaired(source, language, asked=asked) == (source, ())


def test_every_repair_has_a_mistake_here() -> None:
    assert {known.name for known in REPAIRS} == {name for name, *_ in (*MISTAKES, *SLIPS)}


def test_right_programs_are_left_alone() -> None:
    for language in languages.all_languages():
        assert repaired(language.example, language.name) == (language.example, ())
    drawn = samples(random.Random(4).randrange(1000))
    for _ in range(600):
        sample = next(drawn)
        source = sample.messages[-1].content.split("\n", 1)[1].removesuffix("```")
        names = [name for name, _ in sample.data]
        asked = ""
        if sample.origin == "plain":
            asked = sample.messages[0].content.split(": ", 1)[1]
        found = repaired(source, sample.language, names, asked)
        assert found == (source, ()), sample.messages[0]
