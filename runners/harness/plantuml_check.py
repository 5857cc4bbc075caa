# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What PlantUML draws otherwise than it was meant, without a word: told as warnings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import common
from svg_names import COLOURS

_PREPROCESSED = re.compile(r"^\s*!(?:if|while|foreach|include|import|define|definelong)", re.MULTILINE)  # fmt: skip
_ARROW = (
    r"(?:<\|?|[*o#x}+^\\/]{1,2})?[-.=~]+(?:\[[^\]]*\]|[a-z]+)?[-.=~]*(?:\|?>|[*o#x{+^\\/]{1,2})*"
)
_RELATION = re.compile(rf'^\s*(\w+)\s*(?:"[^"]*"\s*)?({_ARROW})\s*(?:"[^"]*"\s*)?(\w+)\s*(?:[+*!-]{{2}}[+*!-]*)?\s*(?:#\w+\s*)?(?::|$)')  # fmt: skip
_DECLARED = re.compile(r'^\s*(?:abstract\s+)?(?:participant|actor|boundary|control|entity|database|collections|queue|class|interface|enum|state|component|node|usecase|object|package)\s+(?:"[^"]*"\s+as\s+)?(\w+)(?:\s+as\s+(\w+))?')  # fmt: skip
_GROUPS = common.words("alt opt loop par par2 critical break group")
_PICTURED = re.compile(r":.*[;|<>/\]}\\]\s*(?:<<.*>>)?\s*$")
_BODY = re.compile(r"^\s*(?:abstract\s+)?(?:class|interface|enum|object|struct|protocol|exception|annotation)\b")  # fmt: skip
_COLOUR = re.compile(r"(?:\s|\[|\|)#([A-Za-z]{3,})(?=[\s;:,\]{<|]|$)")
_ACTIVITIES = (
    (re.compile(r"if\s*[(\"]"), re.compile(r"end\s?if\b"), "if", "endif"),
    (re.compile(r"while\s*\("), re.compile(r"end\s?while\b"), "while", "endwhile"),
    (re.compile(r"repeat(?!\s*while)\b"), re.compile(r"repeat\s*while\b"), "repeat", "repeat while (again?)"),
    (re.compile(r"fork$"), re.compile(r"end\s?(?:fork|merge)\b"), "fork", "end fork"),
    (re.compile(r"split$"), re.compile(r"end\s?split\b"), "split", "end split"),
    (re.compile(r"switch\s*\("), re.compile(r"end\s?switch\b"), "switch", "endswitch"),
)  # fmt: skip
_MOST = 6

Lines = list[tuple[int, str]]


def doubts(source: str) -> list[dict[str, Any]]:
    """The warnings for a file of diagrams, in the order of their lines."""
    found: list[dict[str, Any]] = []
    for block in re.finditer(r"^\s*@startuml\b.*?^\s*@enduml", source, re.MULTILINE | re.DOTALL):
        first = source.count("\n", 0, block.start()) + 1
        found += _of_diagram(block[0], first)
    if "@start" not in source:
        found += _of_diagram(source, 1)
    return sorted(found, key=lambda one: one["line"])[:_MOST]


def _of_diagram(text: str, first: int) -> list[dict[str, Any]]:
    if re.search(r"^\s*(?:salt\b|ditaa|nwdiag|!theme)", text, re.MULTILINE):
        return []
    lines = list(_statements(text, first))
    found = [*_colours(lines), *_case(lines)]
    if _PREPROCESSED.search(text):
        return found
    is_activity = any(re.match(r"(?:start|stop)$|:[^:]+;$|if\s*\(.*\)\s*then", line.strip()) for _, line in lines)  # fmt: skip
    if is_activity:
        return [*found, *_unended(lines), *_activities(lines), *_braces(lines)]
    is_sequence = any(_RELATION.match(line) for _, line in lines) and not any(_BODY.match(line) for _, line in lines)  # fmt: skip
    return [*found, *_braces(lines), *(_groups(lines) if is_sequence else ()), *(_returns(lines) if is_sequence else ())]  # fmt: skip


def _warn(message: str, line: int, hint: str) -> dict[str, Any]:
    return common.find(message, line=line, hint=hint, severity="warning")


def _statements(text: str, first: int) -> Iterator[tuple[int, str]]:
    """The lines that are statements: no comments, no notes, no procedures, no styles."""
    text = re.sub(r"/'.*?'/", lambda found: re.sub(r"[^\n]", " ", found[0]), text, flags=re.DOTALL)
    inside = ""
    for number, line in enumerate(text.split("\n"), first):
        bare = line.strip()
        if inside:
            inside = "" if re.match(inside, bare, re.IGNORECASE) else inside
            continue
        if not bare or (bare.startswith(("'", "@", "!")) and not re.match(_SKIPPED[0][0], bare)):
            continue
        inside = next((end for begin, end in _SKIPPED if re.match(begin, bare, re.IGNORECASE)), "")
        if not inside:
            yield number, line


_SKIPPED = (
    (r"!(?:unquoted |final )*(?:procedure|function)", r"!\s*end\s?(?:procedure|function)"),
    (r"(?:floating )?note\b(?!.*:)(?!\s*\".*\"\s+as\b)", r"end\s?note"),
    (r"[hr]note\b(?!.*:)", r"end\s?[hr]?note"),
    (r"legend\b", r"end\s?legend"),
    (r"(?:center |left |right )?(?:header|footer)$|title$", r"end\s?(?:header|footer|title)"),
    (r"<style>", r"</style>"),
    (r"(?:json|yaml|map)\s.*\{$", r"\}$"),
    (r"skinparam\b.*\{$", r"\}$"),
    (r"ref\s+over\b(?!.*:)", r"end\s?ref"),
)  # fmt: skip
"""What begins something that holds words instead of statements, and what ends it."""


def _activities(lines: Lines) -> Iterator[dict[str, Any]]:
    """An activity without its semicolon: what follows is written into its box."""
    begun: tuple[int, str] | None = None
    for number, line in lines:
        bare = re.sub(r"^#[\w\\/|-]+(?=:)", "", line.strip())
        if begun is None:
            is_open = bare.startswith(":") and not re.match(r":[^:]+:", bare) and not _PICTURED.match(bare)  # fmt: skip
            begun = (number, bare) if is_open else None
        elif bare.startswith(":") or any(begin.match(bare) or end.match(bare) for begin, end, _, _ in _ACTIVITIES) or bare in ("stop", "end", "start", "else"):  # fmt: skip
            yield _warn(f"the activity {begun[1]} has no end, and takes in the next lines", begun[0], f"an activity ends with a semicolon: {begun[1]};")  # fmt: skip
            begun = (number, bare) if bare.startswith(":") and not _PICTURED.match(bare) else None
        elif re.search(r"[;|<>/\]}\\]$", bare):
            begun = None


def _unended(lines: Lines) -> Iterator[dict[str, Any]]:
    """What of an activity diagram begins and has no end."""
    is_open: list[tuple[int, int]] = []
    for number, line in lines:
        bare = line.strip()
        for kind, (begin, end, _, _) in enumerate(_ACTIVITIES):
            if end.match(bare):
                while is_open and any(one == kind for one, _ in is_open):
                    top, place = is_open.pop()
                    if top == kind:
                        break
                    yield _unclosed(_ACTIVITIES[top], place)
                break
            if begin.match(bare) and not (kind == 0 and re.search(r"\bend\s?if\b", bare)):
                is_open.append((kind, number))
                break
    for kind, number in is_open:
        yield _unclosed(_ACTIVITIES[kind], number)


def _unclosed(kind: tuple[Any, Any, str, str], line: int) -> dict[str, Any]:
    return _warn(f"this {kind[2]} is never closed", line, f"end it with {kind[3]} on a line of its own")  # fmt: skip


def _groups(lines: Lines) -> Iterator[dict[str, Any]]:
    """Groups of a sequence diagram that have no end."""
    is_open: list[tuple[int, str, int]] = []
    suspect: tuple[int, str] | None = None
    for number, line in lines:
        bare = line.strip()
        word = (bare.split() or [""])[0].lower()
        indent = len(line) - len(line.lstrip())
        if word in _GROUPS and not _RELATION.match(line):
            is_open.append((number, word, indent))
        elif bare.lower() == "end" and is_open:
            top = is_open.pop()
            if suspect is None and indent < top[2] and any(outer[2] == indent for outer in is_open):
                suspect = (top[0], top[1])
    if is_open:
        number, word = suspect or is_open[-1][:2]
        yield _warn(f"this {word} is never closed", number, "end it with end on a line of its own")


def _braces(lines: Lines) -> Iterator[dict[str, Any]]:
    """A { without its }, which takes in what follows."""
    is_open: list[tuple[int, str]] = []
    suspect: tuple[int, str] | None = None
    for number, line in lines:
        bare = line.strip()
        if re.search(r"\{\w*$", bare) and not bare.startswith(":") and not _RELATION.match(line):
            if is_open and suspect is None and _BODY.match(is_open[-1][1]) and re.match(r"(?:abstract\s+)?(?:class|interface|enum|package|object|namespace)\b", bare):  # fmt: skip
                suspect = is_open[-1]
            is_open.append((number, bare))
        elif bare == "}" and is_open:
            is_open.pop()
    if is_open:
        number, opener = suspect or is_open[-1]
        yield _warn(f"the {{ of {opener.rstrip(' {')} is never closed", number, "close it with } on a line of its own")  # fmt: skip


def _returns(lines: Lines) -> Iterator[dict[str, Any]]:
    """A return where nothing is active: it goes back to nobody."""
    words = [(line.split() or [""])[0].lower() for _, line in lines]
    if "autoactivate" in words:
        return
    active = 0
    branches = any(word in ("alt", "else", "par", "critical", "group", "opt", "break") for word in words)  # fmt: skip
    activations = "activate" in words or any(re.search(r"\+\+|\*\*", line) for _, line in lines)
    for (number, line), word in zip(lines, words, strict=True):
        arrow = _RELATION.match(line)
        signs = (
            re.search(r"\w\s*((?:\+\+|--|\*\*|!!)+)\s*(?:#\w+\s*)?(?::|$)", line) if arrow else None
        )
        if word == "activate" or (signs and "++" in signs[1]):
            active += 1
        elif word in ("deactivate", "destroy"):
            active = max(active - 1, 0)
        elif word == "return":
            if active == 0 and not (branches and activations):
                yield _warn("return goes back to nobody: nothing is active here", number, "activate the participant first: a -> b ++: question, or write b --> a: answer")  # fmt: skip
            active = max(active - 1, 0)
        if signs and "--" in signs[1]:
            active = max(active - 1, 0)


def _colours(lines: Lines) -> Iterator[dict[str, Any]]:
    """Colours that are spelt almost right."""
    for number, line in lines:
        for found in _COLOUR.finditer(f" {line.strip()}" if re.match(r"\s*#\w+:.*;", line) else line):  # fmt: skip
            name = found[1].lower()
            if name in COLOURS or re.fullmatch("[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8}", name):
                continue
            close = common.meant(name, COLOURS, 0.85)
            if close:
                yield _warn(f"there is no colour {found[1]}", number, close)


def _case(lines: Lines) -> Iterator[dict[str, Any]]:
    """A participant or a class whose name differs from a declared one by its letters' case alone."""
    known: set[str] = set()
    for _, line in lines:
        declared = _DECLARED.match(line)
        known |= {name for name in declared.groups() if name} if declared else set()
    folded = {name.lower().replace("_", ""): name for name in known}
    told: set[str] = set()
    for number, line in lines:
        relation = _RELATION.match(line)
        for name in (relation[1], relation[3]) if relation else ():
            meant = folded.get(name.lower().replace("_", ""))
            if meant and name not in known and name not in told:
                told.add(name)
                yield _warn(f"{name} is another one than {meant}", number, f"did you mean {meant}?")


def undefined(source: str) -> dict[str, Any] | None:
    """A call of a procedure that is defined nowhere; PlantUML tells it at another's line."""
    if re.search(r"^\s*!(?:include|import)", source, re.MULTILINE):
        return None
    known = set(re.findall(r"^\s*!(?:unquoted\s+|final\s+)*(?:procedure|function)\s+(\$?\w+)", source, re.MULTILINE))  # fmt: skip
    known |= set(re.findall(r"^\s*!define(?:long)?\s+(\w+)", source, re.MULTILINE))
    for call in re.finditer(r"^\s*(\$\w+)\s*\(", source, re.MULTILINE):
        if call[1] not in known:
            line = source.count("\n", 0, call.start(1)) + 1
            hint = common.meant(call[1], known) or f"define it: !procedure {call[1]}(…) … !endprocedure"  # fmt: skip
            return common.find(f"there is no procedure {call[1]}", line=line, hint=hint)
    return None
