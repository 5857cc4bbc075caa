# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false, reportOptionalMemberAccess=false
# Runs inside the sandbox.
"""Draws diagram.puml with PlantUML. Executed inside the sandbox.

Java is started first and reads diagrams from a pipe, so that one that is started ahead has loaded
its classes and drawn a diagram before the program comes.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import look
import plantuml_check
import svg_picture

del sys.path[0]

_JAR = "/usr/share/plantuml/plantuml.jar"
_END = "@@viscoder-end@@"
_BOXES = common.words("Activity ActivityDiamond Actor Agent Artifact Boundary Class Cloud Collections Component Control Database Entity Enum File Folder Frame Interface Node Object Package Participant Partition Queue Rectangle State Storage Usecase")  # fmt: skip
_JAVA = (
    "java", "-Xmx512m", "-Xss2m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true",
    "-Djava.util.prefs.userRoot=/tmp", "-DPLANTUML_SECURITY_PROFILE=SANDBOX", "-jar", _JAR,
    "-tsvg", "-charset", "UTF-8", "-pipe", "-pipedelimitor", _END, "-stdrpt:1",
)  # fmt: skip
_REFUSED = "[From string (line"
"""Stands in the picture of an error."""
_FIRST = "@startuml\nparticipant a\na -> b: c\n@enduml\n@startuml\nclass a\na --> b\n@enduml\n"
_BLOCK = re.compile(r"^\s*@start(\w+).*?^\s*@end\1", re.MULTILINE | re.DOTALL)
_WORDS = common.words("actor activate agent alt artifact autonumber backward boundary box break card class cloud collections component control create critical database deactivate destroy detach else elseif end endif endwhile entity enum file folder footer fork frame group header hide hnote if interface left legend loop node note object opt package par participant partition queue rectangle ref repeat return right rnote scale show skinparam split start state stop storage switch then title top usecase while")  # fmt: skip
_ARROW = re.compile(
    r"(?:<?[-.~=]+(?:\[[^\]]*\])?[-.~=]*(?:up|down|left|right|[udlr])?[-.~=]*[>|*o\\/x]*)"
)


_CLOSERS = (
    (r"!(?:unquoted\s+)?procedure\b", "this PlantUML knows no !procedure: write out the lines that it stands for"),
    (r"(?:floating )?[hr]?note\b(?!.*:)", "a note of several lines ends with end note; one of one line has a colon: note left of a: text"),
    (r"(?:legend|header|footer|title)\b", "words of several lines end with end legend, end header or end title"),
    (r"\}$", "this } closes nothing: leave it out"),
    (r"end\s?\w*$|repeat\s*while|else", "it closes or goes on with what was not begun: alt, if, while, repeat or fork come first"),
    (r"\S+\s*=+>|.*→", "an arrow is -> or -->"),
    (r"//|#(?!\w)|--\s", "a comment begins with '"),
)  # fmt: skip
"""What lines at which PlantUML stops begin with."""


def bare(source: str) -> str:
    """The source between a start and an end, which people leave out."""
    return source if re.search(r"^\s*@start\w+", source, re.MULTILINE) else f"@startuml\n{source.rstrip()}\n@enduml\n"  # fmt: skip


def skin() -> list[str]:
    """The look of a diagram that sets none, as its first statements."""
    style = look.given()
    paper, colours = look.paper(style), look.colours(style)
    ink, muted = (style["ink"], style["muted"]) if style else ("#333333", "#888888")
    fill, note = (
        look.mixed(paper, colour, 0.2) for colour in (colours[0], colours[1 % len(colours)])
    )
    own = {
        "shadowing": "false", "backgroundColor": paper, "defaultFontColor": ink, "ArrowColor": muted, "ArrowFontColor": ink,
        "SequenceLifeLineBorderColor": muted, "NoteBackgroundColor": note, "NoteBorderColor": muted,
        **{f"{box}BackgroundColor": fill for box in _BOXES},
        **{f"{box}BorderColor": colours[0] for box in _BOXES},
    }  # fmt: skip
    return [f"skinparam {name} {value}" for name, value in own.items()]


def dressed(diagram: str, lines: list[str]) -> tuple[str, int]:
    """A diagram with its look, and how many lines that put before its own; only UML knows skins."""
    head, _, rest = diagram.partition("\n")
    if not head.startswith("@startuml"):
        return diagram, 0
    return "\n".join((head, *lines, rest)), len(lines)


def unended(source: str) -> dict[str, Any] | None:
    """A start without its end: PlantUML would wait for it."""
    for match in re.finditer(r"^\s*@start(\w+)", source, re.MULTILINE):
        if not re.search(rf"^\s*@end{match[1]}\b", source[match.end() :], re.MULTILINE):
            line = source.count("\n", 0, match.start(1)) + 1
            return common.find(f"@start{match[1]} has no end", line=line, hint=f"end with @end{match[1]}")  # fmt: skip
    return None


def answer(java: subprocess.Popen[str], diagrams: int) -> list[str]:
    """What PlantUML draws for so many diagrams."""
    svgs: list[str] = []
    lines: list[str] = []
    while len(svgs) < diagrams:
        line = java.stdout.readline()
        if not line:
            break
        if line.rstrip("\n").endswith(_END):
            svgs.append("".join([*lines, line.rstrip("\n").removesuffix(_END)]))
            lines = []
        else:
            lines.append(line)
    return svgs


def finding(report: str, start: int, ahead: int, source: str) -> dict[str, Any]:
    """An error of the report that PlantUML gives of a diagram.

    Args:
        report: its lines.
        start: number of the diagram's first line, from which the report counts.
        ahead: lines behind that one which are not the program's.
        source: the program.
    """
    line = re.search(r"^lineNumber=(\d+)", report, re.MULTILINE)
    label = re.search(r"^label=(.*)", report, re.MULTILINE)
    rows = source.split("\n")
    behind = max(0, int(line[1]) - ahead) if line else 0
    number = max(1, min(start + behind, len(rows)))
    text = rows[number - 1].strip()
    message = label[1].rstrip("?") if label else "PlantUML cannot read this"
    return common.find(f"{message}: {text[:120]}", line=number, hint=hint(text))


def hint(text: str) -> str | None:
    """What would mend the commonest mistakes."""
    words = re.findall(r"[A-Za-z]+", text)
    first = words[0].lower() if words else ""
    if first and first not in _WORDS:
        close = common.meant(first, _WORDS, 0.75)
        if close and not _ARROW.search(text):
            return close
    if re.search(r"\w\s+-+>\s+\w+\s+\w", text) and ":" not in text:
        return "what an arrow says stands behind a colon: a -> b: text"
    if text.count('"') % 2:
        return 'add the closing "'
    told = next((told for pattern, told in _CLOSERS if re.match(pattern, text)), None)
    if told:
        return told
    if re.match(r"\s*\w+ \w+ *-", text):
        return 'names with spaces stand in double quotes: "Web shop" -> b'
    return "each line is one statement: check its arrow, its keywords and its brackets"


def broken_off(svg: str, line: int) -> dict[str, Any] | None:
    """A picture that only says that PlantUML could not draw the diagram of that line."""
    if ">No @startuml/@enduml found<" in svg:
        return common.find("this PlantUML does not draw such a diagram", line=line, hint="write it between @startuml and @enduml, as classes, objects or components")  # fmt: skip
    error = re.search(r">An error has occured : ([^<]*)<", svg)
    if error:
        return common.find(f"PlantUML broke off: {error[1]}", line=line, hint="something is not closed or not known here: draw it more simply")  # fmt: skip
    return None


def main() -> None:
    """Start Java, wait if this is a spare, then draw."""
    java = subprocess.Popen(_JAVA, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=Path("/tmp/said").open("wb"), text=True, encoding="utf-8", errors="replace")  # fmt: skip
    if common.is_standby():
        java.stdin.write(_FIRST)
        java.stdin.flush()
        answer(java, 2)
    common.wait_for_program()
    heard = Path("/tmp/said").stat().st_size
    source = Path("diagram.puml").read_text(encoding="utf-8-sig", errors="replace").rstrip() + "\n"
    lacking = unended(source)
    if lacking:
        java.kill()
        common.fail(lacking)
    document = bare(source)
    before = 0 if document == source else 1
    blocks = [(match[0].lstrip(), document.count("\n", 0, match.start(1)) + 1 - before) for match in _BLOCK.finditer(document)]  # fmt: skip
    lines = skin()
    looks = [dressed(text, lines) for text, _ in blocks]
    java.stdin.write("".join(text + "\n" for text, _ in looks))
    java.stdin.close()
    svgs = answer(java, len(blocks))
    java.wait()
    said = Path("/tmp/said").read_bytes()[heard:].decode("utf-8", errors="replace")
    reports = [part for part in re.split(r"(?=^protocolVersion=)", said, flags=re.MULTILINE) if "status=ERROR" in part]  # fmt: skip
    doubts = plantuml_check.doubts(source)
    if reports:
        places = [(start, ahead) for (_, start), (_, ahead) in zip(blocks, looks, strict=True)]
        wrong = [place for svg, place in zip(svgs, places, strict=False) if _REFUSED in svg]
        wrong += [places[-1]] * (len(reports) - len(wrong))
        found = [
            finding(report, *place, source) for report, place in zip(reports, wrong, strict=False)
        ]
        undefined = plantuml_check.undefined(source)
        if undefined and "!procedure" not in found[0]["message"]:
            found.insert(0, undefined)
        if found[0]["message"].startswith(("Cannot find", "No package")):  # what is open says why
            found = [{**one, "severity": "error"} for one in doubts if one["line"] < found[0]["line"]] + found  # fmt: skip
        common.fail(*found)
    broken = next((one for svg, (_, start) in zip(svgs, blocks, strict=False) if (one := broken_off(svg, start))), None)  # fmt: skip
    if broken:
        common.fail(*({**one, "severity": "error"} for one in doubts), broken)
    if not svgs:
        common.fail(common.find("PlantUML drew nothing", hint="a diagram stands between @startuml and @enduml"))  # fmt: skip
    words: list[str] = []
    paper = look.paper(look.given())
    for number, svg in enumerate(svgs, 1):
        words += svg_picture.keep(svg_picture.on_paper(svg, paper), common.OUT / f"{number:02}")
    common.texts(words)
    common.report(doubts)


common.run(main)
