"""A diagram, and how people ask for one."""

from __future__ import annotations

import random
from dataclasses import dataclass

from viscoder_tui.training.sample import Expected
from viscoder_tui.training.synthesize import wording, words


@dataclass(frozen=True, slots=True)
class Diagram:
    """A diagram's source, and what it must hold."""

    source: str
    expected: Expected


_TOPICS = (" of {t}: ", " for {t}: ", " of our {t}, ", " for {t}. ", " about {t}: ", " of my {t}: ", " for a {t}, ", " of how {t} works: ", " of {t}. ", " for the {t}: ", " of the {t} ({r})", " for our {t} - ", " showing {t}: ", " of a {t}: ", " of our {t} where ", " for {t} with ", " on {t}; ")  # fmt: skip


def said(rng: random.Random, nouns: tuple[str, ...], rest: str, title: str | None = None, wish: str = "", *, topical: bool = False) -> str:  # fmt: skip
    """A request for one of `nouns` with the contents `rest`: noun first, or noun last.

    Args:
        rng: the source of chance.
        nouns: what the diagram may be called.
        rest: what it holds.
        title: to be asked for.
        wish: a further clause.
        topical: what the diagram is about may be said, which is nothing to draw.
    """
    noun = wording.plainly(rng) + wording.slipped(rng, rng.choice(nouns))
    wishes = [wording.title_clause(rng, title)] if title else []
    if wish:
        wishes.append(wish)
    clauses = wording.clauses(rng, wishes)
    before, closer = wording.before(rng), wording.closer(rng)
    if rng.random() < 0.2:
        body = rest.lstrip("\n")
        form = rng.choice(("{r}. Make {a} {n}", "{r}. {o}", "{r} as {a} {n}", "{r}\n{n}", "{r}. Turn this into {a} {n}", "{r}, {n}", "{r}\n{o}", "{r}. Draw it as {a} {n}", "{r}\nturn this into {a} {n}"))  # fmt: skip
        text = form.format(r=body, a=wording.article(noun), n=noun, o=wording.opener(rng, noun))
        return before + wording.cased(rng, text) + clauses + closer
    if topical and rng.random() < 0.3:
        topic = " ".join(words.plain_word(rng) for _ in range(rng.choice((1, 1, 2, 2, 3))))
        form = rng.choice(_TOPICS)
        if rest.startswith("\n"):
            form = form.split("{t}")[0] + "{t}:"
        about = form.format(t=topic, r=rest)
        opened = wording.cased(rng, wording.opener(rng, noun))
        return before + opened + about + ("" if "{r}" in form else rest) + clauses + closer
    if rng.random() < 0.08:
        table = "\n" if rest.startswith("\n") else rng.choice((": ", ": ", ". ", "\n"))
        what = rng.choice(("my notes", "this", "these", "the following", "my list", "what I wrote", "our ideas", "the text below", "this here"))  # fmt: skip
        ask = rng.choice(("turn {w} into {a} {n}", "can you turn {w} into {a} {n}", "make {a} {n} out of {w}", "make {w} into {a} {n}", "draw {w} as {a} {n}", "can you draw {a} {n} from {w}", "I need {w} as {a} {n}", "{w} as {a} {n}", "please make {a} {n} of {w}")).format(w=what, a=wording.article(noun), n=noun)  # fmt: skip
        return before + wording.cased(rng, ask) + table + rest.lstrip("\n") + clauses + closer
    link = rng.choice((": ", ": ", ": ", " with ", " of ", " for ", ", ", " - ", " showing ", " where ", ". ", " that shows "))  # fmt: skip
    if rest.startswith("\n"):
        link = rng.choice((":", ":", ":", "", "."))
    return before + wording.cased(rng, wording.opener(rng, noun)) + link + rest + clauses + closer


def quoted(rng: random.Random, names: list[str]) -> list[str]:
    """All of them in quotes, now and then."""
    if rng.random() < 0.12 and not any('"' in name for name in names):
        return [f'"{name}"' for name in names]
    return names
