"""Is what was asked for in it? Few false alarms, and the faults that matter are seen."""

from __future__ import annotations

import pytest

from viscoder_tui.agent.fidelity import check
from viscoder_tui.training.synthesize import samples

BARS = 'labels = ["apples", "pears"]\nvalues = [3, 5]\nax.bar(labels, values, color="teal")\nax.set_title("Fruit sold")'

CALM = [
    "bar chart: apples 3, pears 5",
    "Apples: 3; Pears: 5, titled Fruit sold",
    "3 apples and 5 pears with the title 'Fruit Sold' please",
    "2 teal bars: apples=3, pears=5",
    "a bar chart of apples (3) and pears (5), 800x600",
    "we sold 3 apples and 5 pears in 2 shops by 10 columns",
    "call it Fruit sold for my boss. apples 3, pears 5",
    "compare apples and pears",
    "apples 3%, pears 5 %",
]


@pytest.mark.parametrize("request_text", CALM)
def test_a_right_program_raises_no_doubt(request_text: str) -> None:
    assert [d for d in check(request_text, "python", BARS) if d.value not in ("10", "2")] == []


@pytest.mark.parametrize(
    ("request_text", "aspect", "value"),
    [
        ("apples 3, pears 5, plums 7", "name", "plums"),
        ("apples 3, pears 5, plums 7", "number", "7"),
        ("apples 3, pears 50", "number", "50"),
        ("apples 3, pears 50", "extra number", "5"),
        ("apples 3, pears 5, titled Sales of 2024", "title", "Sales of 2024"),
        ("apples 3, pears 5 in crimson", "colour", "crimson"),
        ("apples 3, pears 5 and 'by region' under it", "name", "by region"),
    ],
)
def test_what_is_missing_is_doubted(request_text: str, aspect: str, value: str) -> None:
    assert (aspect, value) in [(d.aspect, d.value) for d in check(request_text, "python", BARS)]


def test_the_pictures_own_words_count() -> None:
    request_text = "apples 3, pears 5, titled Harvest"
    assert check(request_text, "python", BARS)
    assert not check(request_text, "python", BARS, ("Harvest", "apples"))


@pytest.mark.parametrize(
    ("said", "value"),
    [("1,200", "1200"), ("1.2k", "1200"), ("12%", "12"), ("$12.50", "12.5"), ("-4", "-4")],
)
def test_a_number_may_be_spelt_in_other_ways(said: str, value: str) -> None:
    source = f'labels = ["apples", "pears"]\nvalues = [3, {value}]'
    assert check(f"apples: 3, pears: {said}", "python", source) == ()


def test_a_colour_may_be_a_number() -> None:
    source = '{"mark": {"color": "#dc143c"}, "data": {"values": []}}'
    assert check("bars in crimson", "vegalite", source) == ()
    assert check("bars in green", "vegalite", source)[0].aspect == "colour"


def test_evenly_spaced_numbers_are_an_axis() -> None:
    source = "x = [1, 2, 3, 4, 5]\ny = [9, 4, 7, 2, 8]"
    assert check("line from 1 to 5: 9, 4, 7, 2, 8", "python", source) == ()


def test_who_gives_no_numbers_wants_some_made_up() -> None:
    assert check("an example bar chart", "python", BARS) == ()


def test_alarms_are_rarely_false() -> None:
    drawn = samples(777)
    alarms = total = 0
    while total < 1000:
        sample = next(drawn)
        if sample.origin != "plain":
            continue
        total += 1
        request_text = sample.messages[0].content.split(": ", 1)[1]
        source = sample.messages[-1].content.split("\n", 1)[1]
        alarms += bool(check(request_text, sample.language, source))
    assert alarms < 25


@pytest.mark.parametrize(
    "data",
    [
        "values = [3, 5, 9]",
        'data = {"apples": 3, "pears": 5, "figs": 9}',
        "points = [(1, 3), (2, 5), (4, 9)]",
    ],
)
def test_a_number_nobody_asked_for_is_seen_however_the_data_is_written(data: str) -> None:
    asked = "bars: apples 3, pears 5, at 1 to 4 and 2"
    doubts = check(asked, "python", f"{data}\nprint('apples pears', 1, 2, 4)")
    assert [(one.aspect, one.value) for one in doubts] == [("extra number", "9")]
