# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Where undefined comes from, of which NaN, black shapes and nothing at all come: members that no object
of the program has, and arguments that a call leaves out.

Nothing is told that another could define: a name that the program, its data, the browser or a library
knows is none of ours, and neither is one that is looked for with ``||``, ``??`` or ``if``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from js_slips import told
from js_text import Text, parts, statement_end

_NAME = r"[A-Za-z_$][\w$]*"
_READ = re.compile(rf"(?<=[\w$)\]!])\s*\.\s*({_NAME})(?![\w$])(?!\s*(?:\(|[-+*/|&?]{{0,2}}=(?![=>])|\+\+|--|`|<[\w$.,\[\] ]*>\())")  # fmt: skip
_GUARDED = re.compile(r"\s*(?:\)\s*)?(?:\|\||\?|&&|[!=]==?)")
_GUARD = re.compile(
    r"(?:!|\btypeof\s|\bdelete\s|\bin\s|\b(?:if|while)\s*\(|&&|\|\||\?\?|[!=]==?)\s*$"
)
_OF_EVERY = ("constructor", "prototype", "length", "__proto__", "name", "size", "toString", "valueOf", "hasOwnProperty")  # fmt: skip
_EACH = r"map|forEach|filter|some|every|find|findIndex|flatMap"
_OVER = r"max|min|extent|sum|mean|median|maxIndex|minIndex|rollup|group|groups|index"

Known = Callable[[Iterable[str]], "set[str]"]
"""Which of some names the browser, a library or the data know."""


class _Object(NamedTuple):
    """What is known of a constant: its name, its members, where it is declared, in words what it is."""

    name: str
    members: tuple[str, ...]
    at: int
    kind: str


def findings(text: Text, known: Known, is_typed: bool = False) -> list[dict[str, Any]]:
    """What is undefined, in the order of the lines.

    Args:
        text: the program.
        known: see `Known`.
        is_typed: whether it is TypeScript, in which no argument may be left out.
    """
    return among(suspects(text, is_typed), text, known)


_Found = dict[int, tuple[str, str, "str | None"]]
"""By the offset: the name, a message and a hint."""


class Suspects(NamedTuple):
    """What may be undefined: members that something else may have after all, and arguments that are left out."""

    members: _Found
    left_out: dict[int, dict[str, Any]]


def suspects(text: Text, is_typed: bool) -> Suspects:
    """What the text alone tells, before anybody is asked; see `findings`."""
    members = {**_misspelt(text), **_of_constants(text), **_of_rows(text)}
    return Suspects(members, dict(_left_out(text, is_typed)))


def among(suspected: Suspects, text: Text, known: Known) -> list[dict[str, Any]]:
    """What is undefined among suspects, in the order of the lines; see `findings`."""
    members = suspected.members
    others = known({name for name, _, _ in members.values()}) if members else set()
    said = {at: told(text, at, message, hint) for at, (name, message, hint) in members.items() if name not in others}  # fmt: skip
    said |= suspected.left_out
    return [said[at] for at in sorted(said)]


def distance(one: str, other: str) -> int:
    """How many letters are wrong, missing, too many or change places with the next (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        above, row = row, [i, *[0] * len(other)]
        for j, right in enumerate(other, 1):
            row[j] = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                row[j] = min(row[j], before[j - 2] + 1)
        before = above
    return row[-1]


def near(name: str, names: Iterable[str]) -> str | None:
    """What a name is a slip of the keyboard, or of the case, away from."""
    for other in names:
        if other != name and other.lower().replace("_", "").replace("-", "") == name.lower().replace("_", ""):  # fmt: skip
            return other
    most = 0 if len(name) < 4 else 1 if len(name) < 7 else 2
    close = [one for one in names if one != name and abs(len(one) - len(name)) <= most and len(one) > 2]  # fmt: skip
    for other in difflib.get_close_matches(name, close, n=3, cutoff=0.7):
        digits = re.sub(r"\d+", "", name) == re.sub(r"\d+", "", other)
        if not digits and distance(name, other) <= most:
            return other
    return None


def _misspelt(text: Text) -> _Found:
    """Members that are read, defined nowhere, and come close to a key of the program."""
    reads = [one for one in _READ.finditer(text.bare) if one[1] not in _OF_EVERY]
    defined = set(re.findall(rf"(?<![\w$.])(?<!\.\s){_NAME}", text.bare)) | _quoted_words(text)
    defined |= set(
        re.findall(rf"\.\s*({_NAME})\s*(?:[-+*/|&?]{{0,2}}=(?![=>])|\+\+|--)", text.bare)
    )
    undefined = {one[1] for one in reads if one[1] not in defined}
    if not undefined:
        return {}
    keys = dict.fromkeys(re.findall(rf"(?<![\w$.])({_NAME})['\"]?\??\s*:(?!:)", text.bare))
    keys |= dict.fromkeys(re.findall(rf"\bget\s+({_NAME})\s*\(", text.bare))
    keys |= dict.fromkeys(re.findall(rf"\.\s*({_NAME})\s*=(?![=>])", text.bare))
    undefined -= {one[1] for one in reads if one[1] in undefined and _is_guarded(text.bare, one)}
    found: _Found = {}
    for one in reads:
        other = near(one[1], keys) if one[1] in undefined else None
        if other:
            found[one.start(1)] = (one[1], f"no object here has {one[1]}: it is undefined", f"did you mean {other}?")  # fmt: skip
    return found


def _quoted_words(text: Text) -> set[str]:
    """The words in texts: they may be names too."""
    words: set[str] = set()
    for start, end in text.quoted:
        words.update(re.findall(_NAME, text.source[start:end]))
    for start, end in text.templates:
        letters = "".join(sign if sign != seen else " " for sign, seen in zip(text.source[start:end], text.bare[start:end], strict=True))  # fmt: skip
        words.update(re.findall(_NAME, letters))
    return words


def _is_guarded(bare: str, read: re.Match[str]) -> bool:
    """Whether the program looks if a member is there."""
    if _GUARDED.match(bare, read.end()):
        return True
    before = re.search(r"[\w$.\[\]!]*$", bare[max(0, read.start() - 60) : read.start()])
    start = read.start() - (len(before[0]) if before else 0)
    return bool(_GUARD.search(bare[max(0, start - 20) : start].rstrip() + " ")) or bool(_GUARD.search(bare[max(0, start - 20) : start + 1]))  # fmt: skip


def _of_constants(text: Text) -> _Found:
    """Members of enums and of constant objects that they do not have."""
    found: _Found = {}
    for one in (*_enums(text), *_constants(text)):
        name = re.escape(one.name)
        reads = [read for read in re.finditer(rf"(?<![\w$.]){name}\s*\.\s*({_NAME})(?![\w$])(?!\s*(?:\(|=(?![=>])))", text.bare) if read[1] not in one.members and read[1] not in _OF_EVERY]  # fmt: skip
        looked_for = {read[1] for read in reads if _is_guarded(text.bare, read) or _is_given(text.bare, read[1])}  # fmt: skip
        # What goes by its name alone may be given members where it goes.
        stays = one.kind == "enum" or not re.search(rf"(?<![\w$.]){name}(?![\w$])(?!\s*(?:[.\[]|(?::[^=;{{]*)?=(?![=>])))", text.bare)  # fmt: skip
        for read in reads:
            if read[1] in looked_for:
                continue
            other = near(read[1], one.members)
            hint = f"did you mean {other}?" if other else f"{one.name} has {', '.join(one.members[:12])}"  # fmt: skip
            found[read.start(1)] = ("" if stays else read[1], f"{one.name} has no {read[1]}: it is undefined", hint)  # fmt: skip
    return found


def _is_given(bare: str, member: str) -> bool:
    """Whether a member is given to any object, or is one that a type leaves open."""
    name = re.escape(member)
    return bool(re.search(rf"\.\s*{name}\s*(?:[-+*/|&?]{{0,2}}=(?![=>])|\+\+|--)|(?<![\w$.]){name}\?\s*:", bare))  # fmt: skip


def _enums(text: Text) -> Iterator[_Object]:
    for found in re.finditer(rf"\benum\s+({_NAME})\s*\{{", text.bare):
        name = found[1]
        if len(re.findall(rf"\b(?:enum|namespace|class|const|let|var)\s+{re.escape(name)}\b", text.bare)) == 1:  # fmt: skip
            members = _keys(text, found.end() - 1)
            if members:
                yield _Object(name, members, found.start(), "enum")


def _constants(text: Text) -> Iterator[_Object]:
    """Objects that are declared as they stay."""
    for found in re.finditer(rf"\bconst\s+({_NAME})\s*(?::[^=;{{]*)?=\s*(?:Object\.freeze\(\s*)?\{{", text.bare):  # fmt: skip
        name = re.escape(found[1])
        _, end = parts(text.bare, found.end() - 1)
        if re.match(r"\s*(?:\)\s*)?(?:\[|\.|\?)", text.bare[end : end + 20]):
            continue
        if not _is_sole(text.bare, found[1]) or re.search(rf"(?<![\w$.]){name}\s*\[[^\]]*\]\s*[-+*/|&?]{{0,2}}=(?!=)|\bassign\s*\(\s*{name}\b|\bdefinePropert\w+\s*\(\s*{name}\b", text.bare):  # fmt: skip
            continue
        members = _keys(text, found.end() - 1)
        if members:
            yield _Object(found[1], members, found.start(), "object")


def _is_sole(bare: str, name: str) -> bool:
    """Whether a name is declared once, and is no parameter anywhere."""
    name = re.escape(name)
    declared = len(re.findall(rf"\b(?:const|let|var|function|class)\s+{name}(?![\w$])", bare))
    assigned = len(re.findall(rf"(?<![\w$.]){name}\s*(?::[^=;(){{}}]*)?=(?![=>])", bare))
    if declared != 1 or assigned > 1:
        return False
    for found in re.finditer(rf"(?<![\w$.]){name}\s*=>|\(([^()]*(?<![\w$.]){name}(?![\w$])[^()]*)\)\s*(?::[^=;{{}}()]*)?=>|\bfunction\b\s*[\w$]*\s*\([^()]*(?<![\w$.]){name}(?![\w$])|\b(?:const|let|var)\s*[\[{{][^=;]*\b{name}\b|\bcatch\s*\(\s*{name}\b|\b(?:const|let|var)\s[^=;\n]*,\s*{name}\b|^\s*(?!for\b|if\b|while\b|switch\b)[\w$]+\s*\([^()]*\b{name}\b[^()]*\)\s*\{{", bare, re.MULTILINE):  # fmt: skip
        if found:
            return False
    return True


def _keys(text: Text, opened: int) -> tuple[str, ...]:
    """The names in an object literal or an enum; none where they cannot be told."""
    names: list[str] = []
    given, _ = parts(text.bare, opened)
    for start, end in given:
        source = text.source[start:end]
        lead = len(text.bare[start:end]) - len(text.bare[start:end].lstrip())
        found = re.match(rf"(?:(?:async|get|set)\s+(?=[\w$]+\s*\())?\*?(?:({_NAME}|\d+)|'([^'\n]*)'|\"([^\"\n]*)\")\s*(?=[:(=]|$)", source[lead:].rstrip())  # fmt: skip
        if found is None:
            return ()
        names.append(next(one for one in found.groups() if one is not None))
    return tuple(names)


def _of_rows(text: Text) -> _Found:
    """Members that the rows of a constant array do not have."""
    found: _Found = {}
    for rows in _tables(text):
        for param, start, end in _uses(text.bare, rows.name):
            scope = text.bare[start:end]
            if param.startswith("{"):
                reads = [(start + one.start(1), one[1], False) for one in re.finditer(rf"(?<=[{{,])\s*({_NAME})\s*(?=[,}}:])", scope)]  # fmt: skip
            else:
                reads = [(start + one.start(1), one[1], _is_guarded(scope, one)) for one in _READ.finditer(scope) if re.search(rf"(?<![\w$.]){re.escape(param)}!?$", scope[: one.start()])]  # fmt: skip
            looked_for = {member for _, member, is_guarded in reads if is_guarded}
            for at, member, _ in reads:
                if member in rows.members or member in _OF_EVERY or member in looked_for or _is_given(text.bare, member):  # fmt: skip
                    continue
                other = near(member, rows.members)
                hint = f"did you mean {other}?" if other else f"they have {', '.join(rows.members[:12])}"  # fmt: skip
                found[at] = ("", f"the rows of {rows.name} have no {member}: it is undefined", hint)
    return found


def _tables(text: Text) -> Iterator[_Object]:
    """Constant arrays of objects, which nothing adds to."""
    for found in re.finditer(
        rf"\b(?:const|let|var)\s+({_NAME})\s*(?::[^=;]*)?=\s*\[(?=\s*\{{)", text.bare
    ):
        name = re.escape(found[1])
        given, end = parts(text.bare, found.end() - 1)
        if re.match(r"\s*(?:\[|\.|\?)", text.bare[end : end + 10]) or not _is_sole(
            text.bare, found[1]
        ):
            continue
        if re.search(rf"(?<![\w$.]){name}\s*(?:\[[^\]]*\]\s*(?:\[[^\]]*\]\s*|\.\s*[\w$]+\s*)?[-+*/|&?]{{0,2}}=(?!=)|\.\s*(?:push|unshift|splice|columns)\b)|\b(?:forceSimulation|nodes|assign|stratify|hierarchy|links|force)\s*\(\s*{name}\b", text.bare):  # fmt: skip
            continue
        members: dict[str, None] = {}
        for start, stop in given:
            opened = start + len(text.bare[start:stop]) - len(text.bare[start:stop].lstrip())
            keys = _keys(text, opened) if text.bare[opened] == "{" and parts(text.bare, opened)[1] == len(text.bare[:stop].rstrip()) else ()  # fmt: skip
            if not keys:
                members = {}
                break
            members |= dict.fromkeys(keys)
        if members:
            yield _Object(found[1], tuple(members), found.start(), "rows")


def _uses(bare: str, name: str) -> Iterator[tuple[str, int, int]]:
    """Where rows go by a name of their own: it, and from where to where."""
    name = re.escape(name)
    for found in re.finditer(rf"(?<![\w$.]){name}\s*\.\s*(?:{_EACH})\s*\(|\bd3\s*\.\s*(?:{_OVER})\s*\(\s*{name}\s*,", bare):  # fmt: skip
        opened = bare.index("(", found.start())
        for one in parts(bare, opened)[0]:
            yield from _callback(bare, *one)
    for found in re.finditer(rf"\bfor\s*\(\s*(?:const|let|var)\s+({_NAME})\s+of\s+{name}\s*\)\s*\{{", bare):  # fmt: skip
        yield from _scope(bare, found[1], found.end(), parts(bare, found.end() - 1)[1])
    for found in re.finditer(rf"\.\s*data\s*\(\s*{name}\s*\)", bare):
        end = statement_end(bare, found.end())
        other = re.search(r"\.\s*(?:data|datum|selectAll|select)\s*\(", bare[found.end() : end])
        end = found.end() + other.start() if other else end
        for method in re.finditer(r"\.\s*(?:attr|style|text|html|property|filter)\s*\(", bare[found.end() : end]):  # fmt: skip
            for one in parts(bare, found.end() + method.end() - 1)[0]:
                yield from _callback(bare, *one)


def _callback(bare: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    head = re.compile(rf"\s*(?:function\b\s*[\w$]*\s*\(\s*|\(\s*)?({_NAME}|(?=\{{))").match(bare, start, end)  # fmt: skip
    if head is None:
        return
    if not head[1]:
        _, close = parts(bare, head.end())
        if "=" not in bare[head.end() : close] and "..." not in bare[head.end() : close] and re.match(r"\s*(?::[^=(){}]*)?[,)]", bare[close:end]):  # fmt: skip
            yield "{", head.end(), close
        return
    if re.match(
        r"\s*(?::[^=(){}]*)?(?:,[^()]*)?\)?\s*(?::[^=(){}]*)?(?:=>|\{)",
        bare[head.end() : end],
    ):
        yield from _scope(bare, head[1], head.end(), end)


def _scope(bare: str, param: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """A parameter within the function that it belongs to; none where another has its name there."""
    name = re.escape(param)
    if not re.search(rf"(?<![\w$.]){name}\s*(?:=(?![=])|,[^()]*\)\s*=>|\)\s*=>)|\bfunction\b[^()]*\([^()]*\b{name}\b|\b(?:const|let|var)\s+{name}\b", bare[start:end].partition("=>")[2] or bare[start:end]):  # fmt: skip
        yield param, start, end


def _left_out(text: Text, is_typed: bool) -> Iterator[tuple[int, dict[str, Any]]]:
    """Calls of the program's own functions with fewer arguments than they need."""
    for found in re.finditer(rf"\bfunction\s+({_NAME})\s*(?:<[^()]*>)?\s*\(|\bconst\s+({_NAME})\s*=\s*(?:function\b\s*)?\(", text.bare):  # fmt: skip
        name = found[1] or found[2]
        params, end = parts(text.bare, found.end() - 1)
        head = re.compile(r"\s*(?::[^={};]*)?(=>|\{)").match(text.bare, end)
        if not params or head is None or (found[2] and head[1] == "{" and "function" not in found[0]):  # fmt: skip
            continue
        short = [(call, count) for call, count in _calls(text.bare, name) if count < len(params)]
        if not short or not _is_sole(text.bare, name):
            continue
        body = text.bare[end : statement_end(text.bare, head.end()) if head[1] == "=>" else parts(text.bare, head.end() - 1)[1]]  # fmt: skip
        needed = _needed(text.bare, params, body, is_typed)
        for call, count in short:
            lacking = [one for one in needed[count:] if one]
            if lacking:
                message = f"{name}() is called with {count} of its {len(params)} arguments: {' and '.join(lacking)} {'is' if len(lacking) == 1 else 'are'} undefined"  # fmt: skip
                yield call, told(text, call, message, f"give it {', '.join(lacking)} too")


def _calls(bare: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a function is called, and with how many arguments; not where they are spread."""
    for call in re.finditer(rf"(?<![\w$.]){re.escape(name)}\s*\(", bare):
        given, _ = parts(bare, call.end() - 1)
        is_call = not re.search(r"\b(?:function|new)\s+$", bare[: call.start()][-12:])
        if is_call and not any("..." in bare[slice(*one)] for one in given):
            yield call.start(), len(given)


def _needed(bare: str, params: list[tuple[int, int]], body: str, is_typed: bool) -> list[str]:
    """The names of the parameters, empty for those that may be left out."""
    names: list[str] = []
    for start, end in params:
        found = re.fullmatch(rf"\s*({_NAME})\s*(?::[^=]*)?", bare[start:end], re.DOTALL)
        name = found[1] if found and found[1] != "this" and "undefined" not in bare[start:end] else ""  # fmt: skip
        used = re.search(rf"(?<![\w$.]){re.escape(name)}(?![\w$])", body) if name else None
        looked_at = re.search(rf"(?:!|\btypeof\s+|\bif\s*\(\s*){re.escape(name)}(?![\w$])|(?<![\w$.]){re.escape(name)}\s*(?:\|\||\?|&&|[!=]==?|=(?![=>]))", body)  # fmt: skip
        is_needed = name and "arguments" not in body and used and (is_typed or not looked_at)
        names.append(name if is_needed else "")
    return names
