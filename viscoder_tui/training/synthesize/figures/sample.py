"""Conversations about figures: music, diagrams, shapes; with corrections of failed ones."""

from __future__ import annotations

import random
from dataclasses import replace

from backends.base import Message
from viscoder_tui.agent import compact
from viscoder_tui.training.sample import Expected, Sample
from viscoder_tui.training.synthesize import words
from viscoder_tui.training.synthesize.figures import lilypond, mermaid, svg
from viscoder_tui.training.synthesize.figures.edits import edit
from viscoder_tui.training.synthesize.figures.faults import fault
from viscoder_tui.training.synthesize.figures.score import Score, program

LANGUAGES = ("lilypond", "mermaid", "svg")
_WEIGHTS = (38, 36, 26)


def sample(rng: random.Random) -> Sample:
    """A conversation about a figure."""
    language = rng.choices(LANGUAGES, _WEIGHTS)[0]
    if language == "lilypond":
        return _score(rng)
    if language == "mermaid":
        text, diagram = mermaid.draw(rng)
        return _plain(rng, "mermaid", text, diagram.source, diagram.expected)
    text, drawing = svg.draw(rng)
    return _plain(rng, "svg", text, svg.program(drawing), drawing.expected)


def _plain(rng: random.Random, language: str, text: str, source: str, expected: Expected) -> Sample:
    asked = Message("user", compact.request(language, text))
    given = Message("assistant", compact.answer(language, source))
    if rng.random() < 0.12:
        failed = fault(rng, language, text, source, expected)
        if failed is not None:
            wrong = Message("assistant", compact.answer(language, failed[0]))
            messages = (asked, wrong, Message("user", failed[1]), given)
            return Sample(language, messages, expected, "correction")
    if language != "lilypond" and rng.random() < 0.1:
        changed = edit(rng, language, source, expected)
        if changed is not None:
            wish, after, wanted = changed
            messages = (
                asked,
                given,
                Message("user", compact.request(language, wish)),
                Message("assistant", compact.answer(language, after)),
            )
            return Sample(language, messages, wanted, "edit")
    return Sample(language, (asked, given), expected, "plain")


def _score(rng: random.Random) -> Sample:
    text, score, expected = lilypond.draw(rng)
    source = program(score)
    first = _plain(rng, "lilypond", text, source, expected)
    if first.origin != "plain" or rng.random() > 0.1:
        return first
    change, edited = _score_edit(rng, score)
    messages = (
        *first.messages,
        Message("user", compact.request("lilypond", change)),
        Message("assistant", compact.answer("lilypond", program(edited))),
    )
    return Sample("lilypond", messages, replace(expected, title=edited.title), "edit")


def _score_edit(rng: random.Random, score: Score) -> tuple[str, Score]:
    style = rng.random()
    if style < 0.4:
        title = words.phrase(rng, 1, 4)
        form = rng.choice(("title it {}", "call it {}", "add the title {}", 'the title should be "{}"', "change the title to {}"))  # fmt: skip
        return form.format(title), replace(score, title=title)
    if style < 0.7:
        tempo = str(rng.choice((60, 72, 80, 90, 100, 110, 120, 132, 144, 160)))
        form = rng.choice(("tempo {}", "at {} bpm", "set the tempo to {}", "make it {} bpm"))
        return form.format(tempo), replace(score, tempo=tempo)
    time = rng.choice(("3/4", "2/4", "6/8", "4/4"))
    form = rng.choice(("in {}", "change the time signature to {}", "make it {}", "in {} time"))
    return form.format(time), replace(score, time=time)
