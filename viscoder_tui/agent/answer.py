"""The code out of a model's answer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from runners.base import Language

_REASONING = ("think", "thinking", "reasoning", "reflection", "thought")
_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[ \t]*([^\s`]*)[^\n`]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Code:
    """What an answer holds.

    Attributes:
        source: the code; empty where there is none.
        prose: what stands around it, reasoning left out.
        closed: the fence was closed; False where the answer broke off inside the code.
        fenced: the code stood in a fence at all.
    """

    source: str
    prose: str
    closed: bool = True
    fenced: bool = True


@dataclass(frozen=True, slots=True)
class _Block:
    tag: str
    source: str
    start: int
    end: int
    closed: bool


def extract(answer: str, language: Language) -> Code:
    """The last fenced block that is the language's.

    A block with the language's tag goes before one without a tag; a block of another language
    is taken only when there is no other. Without any fence the whole answer is the source, and
    `fenced` is False.
    """
    text = without_reasoning(answer)
    blocks = _blocks(text)
    tags = (language.name, *language.aliases)
    for fitting in (
        [block for block in blocks if block.tag.lower() in tags],
        [block for block in blocks if not block.tag],
        blocks,
    ):
        filled = [block for block in fitting if block.source.strip()]
        if filled:
            block = filled[-1]
            prose = (text[: block.start] + text[block.end :]).strip()
            return Code(block.source, prose, block.closed)
    return Code("" if blocks else text.strip(), text.strip(), fenced=bool(blocks))


def without_reasoning(answer: str) -> str:
    """`answer` without the blocks in which a model thinks; an unclosed one takes all the rest."""
    for name in _REASONING:
        answer = re.sub(rf"<{name}>.*?(</{name}>|\Z)", "", answer, flags=re.DOTALL | re.IGNORECASE)
        answer = re.sub(rf"\A.*?</{name}>", "", answer, flags=re.DOTALL | re.IGNORECASE)
    return answer


def _blocks(text: str) -> list[_Block]:
    blocks: list[_Block] = []
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if opened is None:
            opened = fence
        elif fence[1][0] == opened[1][0] and len(fence[1]) >= len(opened[1]) and not fence[2]:
            source = text[opened.end() + 1 : fence.start()]
            blocks.append(_Block(opened[2], _dedented(source), opened.start(), fence.end(), True))
            opened = None
    if opened is not None:
        source = text[opened.end() + 1 :]
        blocks.append(_Block(opened[2], _dedented(source), opened.start(), len(text), False))
    return blocks


def _dedented(source: str) -> str:
    """A block inside a list is indented as a whole."""
    lines = source.split("\n")
    filled = [line for line in lines if line.strip()]
    if not filled:
        return ""
    indent = min(len(line) - len(line.lstrip(" ")) for line in filled)
    return "\n".join(line[indent:] for line in lines).strip("\n") + "\n"
