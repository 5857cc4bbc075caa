# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Common mistakes in Mermaid: what is never closed, and what each diagram writes otherwise."""

from __future__ import annotations

import difflib
import re
from typing import NamedTuple

import brackets
import common

_TEXT = re.compile(r'"[^"\n]*"')
_OPENERS = {
    "flowchart": common.words("subgraph"),
    "sequenceDiagram": common.words("loop alt opt par critical break rect box par_over"),
    "block": common.words("block"),
}
_ARROWS = re.compile(r"[<>ox]?[-=.]{2,}[>ox)]?[>|]?|-\.+->?|~{3,}|[|}o]{1,2}(?:--|\.\.)[|{o]{1,2}|<\|--|--\|>|<-->|\[\*\]|-\)|-[|}]")  # fmt: skip
_RELATION = re.compile(r"[|}o]{1,2}(?:-+|\.+)[|{o]{1,2}(?=\s)")
_KEYWORDS = {
    "flowchart": common.words("subgraph end style classDef class click linkStyle direction"),
    "sequenceDiagram": common.words("participant actor loop alt else opt par and end note activate deactivate autonumber title rect box critical break create destroy"),
    "classDiagram": common.words("class note namespace direction style click"),
    "stateDiagram": common.words("state note direction classDef class"),
    "gantt": common.words("title dateFormat axisFormat section tickInterval excludes todayMarker weekday inclusiveEndDates"),
    "pie": common.words("title showData"),
    "journey": common.words("title section"),
    "timeline": common.words("title section"),
    "gitGraph": common.words("commit branch checkout switch merge cherry-pick"),
    "quadrantChart": common.words("title x-axis y-axis quadrant-1 quadrant-2 quadrant-3 quadrant-4"),
    "xychart": common.words("title x-axis y-axis bar line"),
    "requirementDiagram": common.words("requirement functionalRequirement element"),
    "block": common.words("columns block space"),
}  # fmt: skip
"""Words that begin a statement."""


class Seen(NamedTuple):
    """A diagram and where its parser stopped.

    Attributes:
        lines: of the source.
        kind: the first word of the diagram.
        line: where the parser stopped, counted from 1, where it told.
        got: the parser's name of what it met.
    """

    lines: list[str]
    kind: str
    line: int | None
    got: str

    @property
    def text(self) -> str:
        """The line at which the parser stopped."""
        return self.lines[self.line - 1] if self.line and self.line <= len(self.lines) else ""

    @property
    def family(self) -> str:
        """The diagram's name, whatever its version."""
        name = self.kind.removesuffix("-beta").removesuffix("-v2")
        return "flowchart" if name == "graph" else name


class Better(NamedTuple):
    """What is known better than the parser: a place and a message where they differ, and a hint."""

    hint: str | None = None
    message: str | None = None
    line: int | None = None
    column: int | None = None


def mistake(seen: Seen) -> Better | None:
    """The first mistake that is seen in a diagram that cannot be parsed."""
    for look in (_quotes, _macros, _link_style, _brackets, _blocks, _attribute, _keyword, _by_line):
        found = look(seen)
        if found is not None:
            return found
    return None


def _until(seen: Seen) -> list[tuple[int, str]]:
    """The lines up to where the parser stopped, without comments."""
    last = seen.line or len(seen.lines)
    return [(number, line) for number, line in enumerate(seen.lines[:last], 1) if not line.lstrip().startswith("%%")]  # fmt: skip


def _quotes(seen: Seen) -> Better | None:
    for number, line in _until(seen):
        if line.count('"') % 2:
            column = line.rfind('"') + 1 if line.count('"') == 1 else _TEXT.sub(lambda found: " " * len(found[0]), line).find('"') + 1  # fmt: skip
            return Better('add the closing "', 'this " is never closed', number, column)
    return None


def _brackets(seen: Seen) -> Better | None:
    """Brackets of one line; braces of blocks over all lines, where a diagram has those."""
    has_blocks = seen.family in ("classDiagram", "stateDiagram", "erDiagram", "requirementDiagram")
    if seen.family in ("flowchart", "mindmap", "xychart", "quadrantChart", "block"):
        for number, line in _until(seen):
            bare = _ARROWS.sub(lambda found: " " * len(found[0]), line) if seen.family == "flowchart" else line  # fmt: skip
            found = brackets.unmatched(bare, _TEXT)
            if found is not None and found.opens:
                other = {"[": "]", "(": ")", "{": "}"}[found.sign]
                return Better(f"add its {other}", brackets.said_of(found), number, found.offset + 1)
        pipe = next((number for number, line in _until(seen) if seen.family == "flowchart" and _TEXT.sub("", line).count("|") % 2), None)  # fmt: skip
        if pipe:
            return Better("write a label as A -->|label| B", "this | is never closed", pipe, seen.lines[pipe - 1].rfind("|") + 1)  # fmt: skip
    if has_blocks and seen.line and seen.line >= len([line for line in seen.lines if line.strip()]):
        blank = _RELATION if seen.family == "erDiagram" else _ARROWS
        source = "\n".join(blank.sub(lambda found: " " * len(found[0]), line) for line in seen.lines)  # fmt: skip
        found = brackets.unmatched(source, _TEXT)
        if found is not None and found.opens and found.sign == "{":
            line, column = brackets.place(source, found.offset)
            return Better("add its }", brackets.said_of(found), line, column)
    return None


def _macros(seen: Seen) -> Better | None:
    """A C4 diagram whose macros lack a comma, or name what is not there."""
    if not seen.family.startswith("C4"):
        return None
    known: set[str] = set()
    calls: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(seen.lines, 1):
        call = re.match(r"\s*(\w+)\s*\((.*)\)", line)
        if not call:
            continue
        arguments = [
            part.strip() for part in re.split(r",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", call[2])
        ]
        lacking = next((part for part in arguments if re.search(r"\"\s*[\w\"]|\w\s*\"", _TEXT.sub('""', part)) and not part.startswith('"' * 2) and _TEXT.sub('""', part) != '""' and "=" not in part), None)  # fmt: skip
        if lacking:
            return Better(f"write a comma between the arguments: {call[1]}(a, \"A\")", f"a comma is missing in {call[1]}({lacking}", number, line.find(lacking) + 1)  # fmt: skip
        if re.match(r"(?:Bi)?Rel", call[1]):
            calls.append((number, call[1], arguments))
        elif not call[1].startswith("Update"):
            known.add(arguments[0])
    for number, name, arguments in calls:
        for one in arguments[1:3] if name == "RelIndex" else arguments[:2]:
            if one not in known:
                return Better(common.meant(one, known) or "declare it before: System(a, \"A\")", f"{name} names {one}, which is not there", number)  # fmt: skip
    return None


def _link_style(seen: Seen) -> Better | None:
    """The style of a link that does not exist; links are counted from 0."""
    if seen.family != "flowchart" or seen.line is not None:
        return None
    links = sum(len(_ARROWS.findall(_TEXT.sub("", line))) * (1 + line.count(" & ")) for line in seen.lines[1:] if not re.match(r"\s*(?:%%|linkStyle|style|classDef|class)\b", line))  # fmt: skip
    for number, line in enumerate(seen.lines, 1):
        styled = re.match(r"\s*linkStyle\s+(\d+(?:\s*,\s*\d+)*)", line)
        beyond = (
            [one for one in re.findall(r"\d+", styled[1]) if int(one) >= links] if styled else []
        )
        if beyond:
            return Better(f"there are {links} links, counted from 0 to {links - 1}", f"linkStyle {beyond[0]} is out of bounds: there is no such link", number)  # fmt: skip
    return None


def _blocks(seen: Seen) -> Better | None:
    """Blocks that are opened by a word and closed by ``end``."""
    openers = _OPENERS.get(seen.family, ())
    is_open: list[tuple[int, str, int]] = []
    for number, line in _until(seen):
        words = line.split()
        if not words or not openers:
            continue
        indent = len(line) - len(line.lstrip()) + 1
        if words[0] in openers:
            is_open.append((number, words[0], indent))
        elif words == ["end"]:
            if not is_open:
                return Better("leave it out, or open a block before it", "this end closes nothing", number, indent)  # fmt: skip
            is_open.pop()
        elif words[0] in ("else", "and", "option") and seen.family == "sequenceDiagram" and not is_open:  # fmt: skip
            opener = {"else": "alt", "and": "par", "option": "critical"}[words[0]]
            return Better(f"{words[0]} stands inside {opener} … end", f"{words[0]} without {opener}", number, indent)  # fmt: skip
    at_end = seen.line is None or not any(line.strip() for line in seen.lines[seen.line :])
    if is_open and at_end and seen.got in ("1", "EOF", "NEWLINE", "INVALID", ""):
        number, word, indent = is_open[-1]
        return Better("write end on a line of its own behind it", f"{word} is never closed", number, indent)  # fmt: skip
    return None


def _attribute(seen: Seen) -> Better | None:
    """A name without a type in an entity: the parser stops at the next line only."""
    before = seen.lines[(seen.line or 1) - 2].strip() if seen.line and seen.line > 1 else ""
    if seen.family != "erDiagram" or seen.got != "BLOCK_STOP" or not re.fullmatch(r"\w+", before):
        return None
    return Better("an attribute is a type and a name, as in string name", f"the attribute {before} has no type", (seen.line or 1) - 1, 1)  # fmt: skip


def _keyword(seen: Seen) -> Better | None:
    """A misspelt word at the beginning of the line."""
    known = _KEYWORDS.get(seen.family, ())
    found = re.match(r"\s*([A-Za-z][\w-]*)(?=\s|$)", seen.text)
    if not found or found[1] in known or found[1] == seen.kind:
        return None
    same = [word for word in known if word.lower() == found[1].lower()]
    close = same or difflib.get_close_matches(found[1], known, n=1, cutoff=0.75)
    return Better(f"did you mean {close[0]}?", column=found.start(1) + 1) if close else None


def _by_line(seen: Seen) -> Better | None:
    """What a line shows, by the kind of its diagram."""
    for families, pattern, hint in _RULES:
        if (families == "*" or seen.family in families.split()) and re.search(pattern, seen.text):
            return Better(hint)
    return None


_RULES = (
    ("*", r"^\s*(//|/\*|#(?!\w*;))", "a comment begins with %%"),
    ("flowchart", r"^\s*(?:flowchart|graph)\s+(?!(?:TB|TD|BT|RL|LR)\b)\S", "the directions are TB, TD, BT, RL, LR"),
    ("flowchart", r"(?:^|[-=>&\s])(?:end|End(?=\[))\s*$|\bend\s*[\[({]|^\s*end\s*[-=]", "end is a keyword: call the node End or finish"),
    ("flowchart", r"[^-<]->(?!>)|[\w\])}]\s*→", "a link is -->"),
    ("flowchart", r"=>>|-->>|[^=]=>", "a link is -->, -.-> or ==>"),
    ("flowchart", r"^\s*(?:style|classDef|linkStyle)\b.*=", "write a style as fill:#f00,stroke:#333"),
    ("flowchart", r"\[[^\]\"]*[(){}\[][^\"]*\]|\([^)\"]*[\[\]{}(][^\"]*\)|\{[^}\"]*[()\[\]][^\"]*\}|\[[^\]\"]*\"[^\]]*\]", 'put labels that hold punctuation in double quotes: A["start (now)"]'),
    ("flowchart", r"[\])}\w]\s+[A-Za-z]\w*\s*[\[({]|^\s*\w+\s+\w+(\s|$)", "write one statement a line, and names of nodes without spaces"),
    ("sequenceDiagram", r"=>|→|[^-]->(?!>)\s*\S+\s*$|--+>(?!>)\s*\S+$", "an arrow is ->> or -->>, and a message follows: A->>B: hello"),
    ("sequenceDiagram", r"-[->x)]+\s*[^:]*$", "a message follows a colon: A->>B: hello"),
    ("sequenceDiagram", r"^\s*[Nn]ote\b", "write Note over A,B: text, or Note right of A: text"),
    ("classDiagram", r"<\|?-(?!-)|(?<!-)-\|>|\s[*o]-(?!-)|(?<!-)-[*o]\s|[^-]->|=>|-\|?>", "write A <|-- B for inheritance, A --> B for an association"),
    ("stateDiagram", r"[^-]->|=>|→", "a transition is -->"),
    ("erDiagram", r"[|}o][|o}]?(?:--|\.\.)[|o{][|{o]?\s*\S+\s*$", "a relation has a label after a colon: A ||--o{ B : places"),
    ("erDiagram", r"[|}o]{1,2}-[|{o]|[|}o]{1,2}-+[^-|{o]|-->|->", "a relation is written A ||--o{ B : places"),
    ("erDiagram", r"^\s*\w+\s*$|^\s*\}\s*$", "an attribute is a type and a name, as in string name"),
    ("erDiagram", r":\s*\w+\s+\w+", "put a label of several words in double quotes"),
    ("pie", r"^\s*[^\"\s:][^:\"]*:\s*[\d.]", 'a label stands in double quotes: "pears" : 5'),
    ("pie", r"\"\s*:\s*-", "negative numbers have no share"),
    ("pie", r"\"\s*:\s*[^\d\s]", "a value is a number"),
    ("pie", r"\"\s*[\d.]", 'a : stands between label and value: "apples" : 3'),
    ("gantt", r"^\s*[^:]+$", "a task is written Name : id, 2024-01-31, 3d"),
    ("gantt", r"", "dates are written as dateFormat says, and lengths as 3d"),
    ("gitGraph", r"^\s*(checkout|switch|merge)\b", "create the branch first: branch develop"),
    ("mindmap", r"", "a mindmap has one root: indent everything else below it"),
    ("xychart", r"^\s*(?:bar|line)\s*(?:\"[^\"]*\"\s*)?[({\d]", "the values stand in square brackets [ ]: bar [1, 2, 3]"),
    ("xychart", r"^\s*x-axis\s*(?:\"[^\"]*\"\s*)?[({]", 'the names stand in square brackets [ ]: x-axis ["a", "b"]'),
    ("xychart", r"^\s*(?:bar|line)\b.*\[.*[^\d\s,.\]\[+-]", "values are numbers: bar [1, 2, 3]"),
    ("xychart", r"^\s*[xy]-axis", 'write x-axis ["a", "b"] or y-axis "name" 0 --> 10'),
    ("quadrantChart", r":\s*\[", "the numbers of a point lie between 0 and 1"),
    ("sankey", r"", "each line has three columns: source,target,value"),
    ("journey", r"", "a task is written with colons, Name: 5: Me"),
    ("timeline", r"", "an event is written 2004 : what happened"),
)  # fmt: skip
