"""A diagram, and how people ask for one."""

from __future__ import annotations

import random
from dataclasses import dataclass

from viscoder_tui.training.sample import Expected
from viscoder_tui.training.synthesize import wording


@dataclass(frozen=True, slots=True)
class Diagram:
    """A diagram's source, and what it must hold."""

    source: str
    expected: Expected


def said(rng: random.Random, nouns: tuple[str, ...], rest: str, title: str | None = None, wish: str = "") -> str:  # fmt: skip
    """A request for one of `nouns` with the contents `rest`: noun first, or noun last."""
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
    link = rng.choice((": ", ": ", ": ", " with ", " of ", " for ", ", ", " - ", " showing ", " where ", ". ", " that shows "))  # fmt: skip
    if rest.startswith("\n"):
        link = ":"
    return before + wording.cased(rng, wording.opener(rng, noun)) + link + rest + clauses + closer


def quoted(rng: random.Random, names: list[str]) -> list[str]:
    """All of them in quotes, now and then."""
    if rng.random() < 0.12 and not any('"' in name for name in names):
        return [f'"{name}"' for name in names]
    return names
