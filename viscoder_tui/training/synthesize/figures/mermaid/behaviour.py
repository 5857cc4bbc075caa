"""Diagrams of behaviour to be asked for: who says what to whom, and states."""

from __future__ import annotations

import random

from viscoder_tui.training.sample import Expected
from viscoder_tui.training.synthesize.figures.mermaid import pools
from viscoder_tui.training.synthesize.figures.mermaid.diagram import Diagram, said

_SAYS = (
    "{0} -> {1}: {2}", "{0} sends {2} to {1}", "{0} to {1}: {2}", "{0} says {2} to {1}", "{0} -> {1} {2}",
    "{0} tells {1} {2}", "{0} asks {1} for {2}", "{0} asks {1}: {2}", "{0} to {1} {2}", "{0} sends {1} {2}",
    "{0} sends {1} the {2}", "{0} calls {1} with {2}", "{0}->>{1}: {2}", "{0} saying {2} to {1}",
    "{0} sends a {2} to {1}", "{0} gives {1} the {2}", "{0} to {1} ({2})", "{0} passes {2} to {1}", "first {0} sends {2} to {1}",
)  # fmt: skip
_WORDY = tuple(
    form for form in _SAYS if "sa" in form or "sends" in form or "tells" in form or "asks" in form
)
_REPLIES = ("{0} replies {2}", "{0} answers {2}", "{0} replies with {2}", "{0} responds: {2}", "{0} answers: {2}", "{0} returns {2}", "{0} replies: {2}", "{0} sends back {2}", "{0} answering {2}", "{0} replies {2} to {1}", "{0} returns {2} to {1}", "{0} responds to {1} with {2}", "{0} answers {1} with {2}")  # fmt: skip


def sequence(rng: random.Random) -> tuple[str, Diagram]:
    """Who says what to whom."""
    actors = pools.actors(rng, rng.choice((2, 2, 2, 3, 3, 4)))
    count = rng.choice((1, 2, 2, 3, 3, 4, 4, 5))
    messages = pools.messages(rng, count)
    quote = '"' if rng.random() < 0.2 else ""
    form, reply = rng.choice(_SAYS), rng.choice(_REPLIES)
    wandering = rng.random() < 0.3  # some say each exchange in words of its own
    replies = rng.random() < 0.45
    exchanges: list[tuple[str, str, str]] = []
    told: list[str] = []
    for index, message in enumerate(messages):
        start = exchanges[-1][1] if exchanges and rng.random() < 0.7 else rng.choice(actors)
        end = rng.choice([actor for actor in actors if actor != start])
        answers = replies and exchanges and exchanges[-1][1] == start and rng.random() < 0.6
        if answers:
            end = exchanges[-1][0]
        exchanges.append((start, end, message))
        shown = (start, end, f"{quote}{message}{quote}")
        if wandering:
            form, reply = rng.choice(_WORDY), rng.choice(_REPLIES)
        said_form = reply if answers else form
        told.append(said_form.removeprefix("first " if index else "").format(*shown))
    between = rng.choice((", ", ", ", "; ", "\n", ", then ", ". ", ". Then ", ", and then "))
    rest = between.join(told)
    if between == ", " and len(told) > 1 and rng.random() < 0.4:
        rest = ", ".join(told[:-1]) + rng.choice((" and ", ", and finally ")) + told[-1]
    if between == "\n":
        rest = "\n" + rest
    if rng.random() < 0.12:
        rest = rng.choice(("between ", "participants ")) + " and ".join(actors) + rng.choice((": ", ". ")) + rest.lstrip("\n")  # fmt: skip
        used = actors
    else:
        used = list(dict.fromkeys(name for start, end, _ in exchanges for name in (start, end)))
    lines = ["sequenceDiagram", *(f"    participant {actor}" for actor in used)]
    lines += [f"    {start}->>{end}: {message}" for start, end, message in exchanges]
    nouns = ("sequence diagram", "sequence diagram", "sequence chart", "message diagram", "sequence", "interaction diagram", "UML sequence diagram")  # fmt: skip
    names = (*used, *(message for _, _, message in exchanges))
    return said(rng, nouns, rest, topical=True), Diagram(
        "\n".join(lines), Expected("sequence", names=names)
    )


def states(rng: random.Random) -> tuple[str, Diagram]:
    """States and what leads from one to the next."""
    names = pools.states(rng, rng.choice((2, 3, 3, 4, 4, 5)))
    moves = [(names[index], names[index + 1]) for index in range(len(names) - 1)]
    if rng.random() < 0.5:
        moves.append((names[-1], names[rng.randrange(len(names) - 1)]))
    if rng.random() < 0.3 and len(names) > 2:
        extra = (names[rng.randrange(1, len(names))], names[rng.randrange(len(names))])
        if extra[0] != extra[1] and extra not in moves:
            moves.append(extra)
    labels = pools.triggers(rng, len(moves)) if rng.random() < 0.6 else [""] * len(moves)
    if labels[0]:
        form = rng.choice(("{0} to {1} on {2}", "{0} -> {1}: {2}", "{0} -> {1} ({2})", "from {0} to {1} when {2}", "{2} goes from {0} to {1}", "from {0} to {1} on {2}", "{0} goes to {1} on {2}", "{0} becomes {1} on {2}", "{0} --{2}--> {1}", "{2} takes it from {0} to {1}", "{0} goes to {1} when {2}", "{2}: {0} -> {1}", "{0} moves to {1} after {2}"))  # fmt: skip
        between = rng.choice((", ", "; ", "\n", ". "))
        rest = between.join(form.format(*move, label) for move, label in zip(moves, labels, strict=True))  # fmt: skip
    elif rng.random() < 0.45:
        moves = moves[: len(names) - 1] + ([(names[-1], names[0])] if rng.random() < 0.5 else [])
        labels = [""] * len(moves)
        chain = [moves[0][0], *(end for _, end in moves)]
        between = rng.choice((" -> ", " to ", " then ", " --> ", ", then ", ", "))
        rest = between.join(chain)
    else:
        form = rng.choice(("{0} to {1}", "{0} -> {1}", "from {0} to {1}", "{0} goes to {1}", "{0} becomes {1}", "{0} can go to {1}", "{0} --> {1}"))  # fmt: skip
        between = rng.choice((", ", "; ", "\n", ". "))
        rest = between.join(form.format(*move) for move in moves)
    if rng.random() < 0.2:
        rest = rng.choice(("It starts in {}. ", "initial state {}. ", "start in {}; ", "begins {}. ")).format(names[0]) + rest  # fmt: skip
    elif between == "\n":
        rest = "\n" + rest
    lines = ["stateDiagram-v2", f"    [*] --> {moves[0][0]}"]
    lines += [f"    {a} --> {b}" + (f" : {label}" if label else "") for (a, b), label in zip(moves, labels, strict=True)]  # fmt: skip
    nouns = ("state diagram", "state machine", "state chart", "states", "state transition diagram", "states diagram")  # fmt: skip
    held = (*dict.fromkeys(name for move in moves for name in move), *(label for label in labels if label))  # fmt: skip
    return said(rng, nouns, rest, topical=True), Diagram(
        "\n".join(lines), Expected("state", names=held)
    )
