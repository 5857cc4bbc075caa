"""How people talk around what they want: politeness, distractions, titles, colours, typos."""

from __future__ import annotations

import random
from collections.abc import Sequence

from viscoder_tui.training.synthesize import words

_OPENERS = ("", "", "", "", "", "please ", "can you ", "could you ", "could you please ", "I need ", "I want ", "I'd like ", "give me ", "show me ", "make ", "make me ", "create ", "draw ", "draw me ", "plot ", "please draw ", "please make ", "generate ", "hey, ", "hi! please ", "let's see ", "we need ", "I would like to see ", "help me make ", "produce ", "render ", "visualize ", "visualise ", "quick ", "build ", "can I get ", "prepare ", "just ", "chart ")  # fmt: skip
_VERBS_NEEDED = ("can you ", "could you ", "could you please ", "hey, ", "hi! please ", "please ", "just ")  # fmt: skip
_VERBS = ("draw ", "make ", "plot ", "show ", "create ", "give me ", "show me ", "make me ", "generate ", "produce ")  # fmt: skip
_CLOSERS = ("", "", "", "", "", "", "", "", "", "", "", "", " please", ", thanks", ", thank you", ". Thanks!", ". Keep it simple", " for my boss", " for the meeting tomorrow", " for a presentation", ". It's for school", " for my report", ", nothing fancy", ". Make it look nice", ", clean and simple", " asap", ". It is for a poster", " for the newsletter", " for my slides", ". Make it readable", ". Use a nice style", " for my homework", " thx", " pls", ". It should be easy to read", ". I need it today", " for my daughter", " for the team", ".", ".", ".", ".", "!", "?", " :)", ", ok?", " thank you!", ". Please", ", if you can", ". Make it pretty")  # fmt: skip
_BEFORE = ("", "", "", "", "", "", "", "", "", "", "", "", "", "", "I'm writing a report. ", "For my class: ", "We had a meeting. ", "Quick question: ", "I have some numbers. ", "Here is my data. ", "I collected this last week. ", "For the newsletter, ", "My teacher asked for this. ", "Hello! ", "ok so ", "Here's what I have: ", "This is for a slide. ", "I'm new to this. ", "Today I counted things. ")  # fmt: skip

_NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj",
    "i": "uo", "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "r": "et",
    "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "y": "tu",
}  # fmt: skip


def opener(rng: random.Random, noun: str) -> str:
    """How a request begins, with the article where one is due: "please draw a bar chart"."""
    start = rng.choice(_OPENERS)
    if start in _VERBS_NEEDED:
        start += rng.choice(_VERBS)
    if not start:
        return noun if rng.random() < 0.8 else f"{article(noun)} {noun}"
    if rng.random() < 0.12:
        return start + noun
    return f"{start}{article(noun)} {noun}"


def article(noun: str) -> str:
    """The indefinite article of `noun`."""
    return "an" if noun[:1].lower() in "aeiou" else "a"


_ABOUT_BEFORE = (
    "For my {0} I need this. ", "For the {0} {1}: ", "for our {0} ", "This is for my {0} {1}. ", "We run a small {0} {1}. ",
    "I work at a {0}. ", "My {0} asked for it. ", "It's about the {0}. ", "I keep a log of the {0}. ", "So the {0} was {1}. ",
    "hi, quick one for the {0} ", "Our {0} had a {1} last week. ", "for {0} class: ", "At the {0} we talked about {1}. ",
    "I'm preparing a {0} {1}. ", "From my {0} notes. ", "Look at our {0}. ", "We did a {0} {1}: ", "For my {0} lesson, ",
    "ok this is about {0} and {1}. ", "Need it for the {0}. ", "In our {0} we counted. ", "My {1} wants to see the {0}. ",
)  # fmt: skip
_ABOUT_AFTER = (
    " for my {0} {1}", " for the {0} club", ". It's for the {0}", ", it's for my {0} {1}", ". I need it for the {0} on Monday",
    " for our {0}", ". The {0} will like it", " so that my {0} understands it", ". It goes into the {0} {1}", " for a {0} {1}",
    ". This is for {0} {1}", ", I have a {0} tomorrow", " to hang in the {0}", " for {0} class", ". My {0} is waiting",
)  # fmt: skip


def _about(rng: random.Random, forms: Sequence[str]) -> str:
    """One of `forms`, about things that have nothing to do with the picture."""
    return rng.choice(forms).format(words.plain_word(rng), words.plain_word(rng))


def before(rng: random.Random) -> str:
    """A sentence that has nothing to do with the picture, most often none."""
    if rng.random() < 0.07:
        return _about(rng, _ABOUT_BEFORE)
    return rng.choice(_BEFORE)


def closer(rng: random.Random) -> str:
    """How a request ends, most often with nothing."""
    if rng.random() < 0.06:
        return _about(rng, _ABOUT_AFTER)
    return rng.choice(_CLOSERS)


def plainly(rng: random.Random) -> str:
    """An adjective that changes nothing, most often none."""
    if rng.random() > 0.1:
        return ""
    return rng.choice(("simple ", "nice ", "small ", "basic ", "quick ", "clean ", "pretty ", "little ", "clear ", "beautiful ", "plain ", "good ", "neat "))  # fmt: skip


def title_first(rng: random.Random, title: str) -> str:
    """A title that stands before the request, most often nothing."""
    if rng.random() > 0.07:
        return ""
    quote = "'" if "'" not in title and rng.random() < 0.4 else '"'
    said = f"{quote}{title}{quote}"
    return rng.choice((f"Title: {said}. ", f"Title: {title}\n", f"{said}: ", f"{said}, ", f"title {said}: ", f"{said}\n", f"title: {title}. "))  # fmt: skip


def title_clause(rng: random.Random, title: str) -> str:
    """A clause that asks for a title."""
    quote = rng.choice(("'", '"', "", "", '"'))
    if "'" in title and quote == "'":
        quote = '"'
    said = f"{quote}{title}{quote}"
    return rng.choice(
        (
            f"titled {said}", f"titled {said}", f"with the title {said}", f"title {said}",
            f"title: {said}", f"called {said}", f"call it {said}", f"named {said}",
            f"with title {said}", f"the title is {said}", f"title it {said}",
            f"with the heading {said}", f"heading {said}", f"the title should be {said}",
            f"entitled {said}", f"put {said} on top", f"headline {said}", f"Title = {said}",
            f"give it the title {said}", f"under the title {said}", f"and the title {said}",
        )
    )  # fmt: skip


def colour_clause(rng: random.Random, colour: str, things: str) -> str:
    """A clause that asks for a colour of `things` ("bars", "line", "dots")."""
    return rng.choice(
        (
            f"in {colour}", f"in {colour}", f"in {colour}", f"{colour} {things}",
            f"with {colour} {things}", f"make the {things} {colour}", f"use {colour}",
            f"colour {colour}", f"color {colour}", f"color: {colour}", f"{things} in {colour}",
            f"the {things} should be {colour}", f"make it {colour}", f"in the colour {colour}",
            f"paint the {things} {colour}", f"I like {colour}", f"all {colour}", f"coloured {colour}",
        )
    )  # fmt: skip


def clauses(rng: random.Random, parts: Sequence[str]) -> str:
    """Optional clauses in any order, each set off as people do."""
    shuffled = [part for part in parts if part]
    rng.shuffle(shuffled)
    text = ""
    for part in shuffled:
        mark = rng.choice((", ", ", ", ", ", " ", ". ", "; ", " and ", "\n"))
        text += mark + (part[0].upper() + part[1:] if mark == ". " else part)
    return text


def with_typos(rng: random.Random, text: str, count: int) -> str:
    """`text` with `count` slips of the fingers inside its words."""
    letters = list(text)
    places = [index for index, letter in enumerate(letters) if letter.lower() in _NEIGHBOURS]
    for place in rng.sample(places, min(count, len(places))):
        slip = rng.random()
        letter = letters[place]
        if slip < 0.3:
            letters[place] = ""
        elif slip < 0.55:
            letters[place] = letter * 2
        elif slip < 0.8 and place + 1 < len(letters) and letters[place + 1].isalpha():
            letters[place], letters[place + 1] = letters[place + 1], letter
        else:
            letters[place] = rng.choice(_NEIGHBOURS[letter.lower()])
    return "".join(letters)


def cased(rng: random.Random, text: str) -> str:
    """`text` as it is, or beginning with a capital."""
    if text and rng.random() < 0.45:
        return text[0].upper() + text[1:]
    return text


def slipped(rng: random.Random, text: str) -> str:
    """`text` with a typo, for about a seventh of all texts. Never give it labels or titles."""
    if rng.random() < 0.14 and len(text) > 5:
        return with_typos(rng, text, 1 if rng.random() < 0.75 else 2)
    return text
