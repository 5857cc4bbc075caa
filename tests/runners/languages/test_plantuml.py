"""PlantUML as people and models write it: diagrams, several in a file, and mistakes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from runners import languages
from runners.base import PictureFormat, PlotStyle, Program, Run, Verdict
from runners.harness import look
from runners.runner import SandboxedRunner
from tests.conftest import need
from tests.runners.mistakes import Mistake, wrongly_told


@pytest.fixture(autouse=True)
def installed() -> None:
    need("plantuml")


async def run(runner: SandboxedRunner, source: str, folder: Path, format: PictureFormat = "png") -> Run:  # fmt: skip
    return await runner.run(Program(source, "plantuml"), folder, format)


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
async def test_the_example_is_drawn_in_every_format(runner: SandboxedRunner, tmp_path: Path, form: PictureFormat) -> None:  # fmt: skip
    drawn = await run(runner, languages.find("plantuml").example, tmp_path, form)
    assert drawn.verdict is Verdict.RENDERED, (drawn.diagnostics, drawn.stderr)
    (picture,) = drawn.pictures
    assert picture.format == form and {"Web shop", "Orders", "store"} <= set(drawn.texts)
    with Image.open(picture.path.with_suffix(".png")) as png:
        assert png.convert("RGBA").getpixel((1, 1)) == (255, 255, 255, 255)


async def test_one_that_is_started_ahead_draws_the_program_alone(warm_runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    warm_runner.warm_up("plantuml")
    drawn = await run(warm_runner, "@startuml\nclass Order {\n  +number\n}\nOrder --> Customer\n@enduml\n", tmp_path)  # fmt: skip
    assert drawn.verdict is Verdict.RENDERED, (drawn.diagnostics, drawn.stderr)
    assert len(drawn.pictures) == 1 and {"Order", "Customer"} <= set(drawn.texts)
    wrong = await run(warm_runner, "@startuml\nclass A\nsome thing\n@enduml\n", tmp_path)
    assert wrong.verdict is Verdict.FAILED and wrong.diagnostics[0].line == 3


async def test_a_chart_of_tasks_is_drawn(runner: SandboxedRunner, tmp_path: Path) -> None:
    source = "@startgantt\n[first] lasts 3 days\n[second] lasts 2 days\n[second] starts at [first]'s end\n@endgantt\n"  # fmt: skip
    drawn = await run(runner, source, tmp_path)
    assert drawn.verdict is Verdict.RENDERED and "second" in drawn.texts, drawn.diagnostics


async def test_each_diagram_of_a_file_is_a_picture(runner: SandboxedRunner, tmp_path: Path) -> None:
    source = "@startuml\na -> b: one\n@enduml\n\n@startmindmap\n* two\n** three\n@endmindmap\n"
    drawn = await run(runner, source, tmp_path)
    assert len(drawn.pictures) == 2 and {"one", "three"} <= set(drawn.texts)


async def test_a_diagram_is_calm_unless_it_sets_colours(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    async def fills(source: str) -> set[str]:
        drawn = await run(runner, source, tmp_path, "svg")
        return set(
            re.findall(r'fill="(#\w{6})"', drawn.pictures[0].path.read_text().lower()[:50_000])
        )

    house = look.mixed("#ffffff", look.COLOURS[0], 0.2)
    assert house in await fills("@startuml\nparticipant a\na -> b: c\n@enduml\n")
    own = await fills("@startuml\nskinparam ParticipantBackgroundColor #ffee00\nparticipant a\na -> b: c\n@enduml\n")  # fmt: skip
    assert "#ffee00" in own and house not in own


async def test_a_diagram_takes_the_colours_of_the_style(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    dark = PlotStyle(("#e0a030",), "#101820", "#e8e8f0", "#8890a0", "#283040")
    drawn = await runner.run(Program("@startuml\nclass A\n@enduml\n", "plantuml", style=dark), tmp_path)  # fmt: skip
    with Image.open(drawn.pictures[0].path) as picture:
        image = picture.convert("RGB")
        assert image.getpixel((2, 2)) == (0x10, 0x18, 0x20)
        assert (0xE0, 0xA0, 0x30) in {colour for _, colour in image.getcolors(1 << 22) or []}


async def test_the_frame_around_a_diagram_may_be_missing(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    drawn = await run(runner, "a -> b: hello\n", tmp_path)
    assert drawn.verdict is Verdict.RENDERED and "hello" in drawn.texts


async def test_nothing_of_the_machine_is_included(runner: SandboxedRunner, tmp_path: Path) -> None:
    ran = await run(runner, "@startuml\n!include /etc/passwd\na -> b: c\n@enduml\n", tmp_path)
    assert "root:" not in " ".join((ran.stdout, ran.stderr, *ran.texts, str(ran.diagnostics)))


MISTAKES: list[Mistake] = [
    ("@startuml\na -> b: x\nfoo bar baz\n@enduml\n", 3, "foo bar baz"),
    ("a -> b: x\nfoo bar baz\n", 2, "foo bar baz"),
    ("@startuml\na -> b: x\n", 1, "end with @enduml"),
    ("@startmindmap\n* a\n@enduml\n", 1, "end with @endmindmap"),
    ("@startuml\nclas Order {\n  +number\n}\n@enduml\n", 2, "did you mean class?"),
    ("@startuml\nclass Order {\n  +number\n@enduml\n", 2, ""),
    ('@startuml\nparticipant "Web shop as shop\na -> shop: x\n@enduml\n', 2, 'closing "'),
    ("@startuml\npartcipant a\na -> b: x\n@enduml\n", 2, "did you mean participant?"),
    ("@startuml\na -> b: x\nend\n@enduml\n", 3, ""),
    ("@startuml\nWeb shop -> b: x\n@enduml\n", 2, "double quotes"),
    ("@startuml\nstart\nif (ok?) then (yes)\n:a;\nels (no)\n:b;\nendif\nstop\n@enduml\n", 5, "did you mean else?"),
    ("@startuml\nstart\n:a\nstop\n@enduml\n", 3, ""),
    ("@startuml\nusecse (buy)\n@enduml\n", 2, "did you mean usecase?"),
    ("@startuml\n[*] -> Idle\nIdle -> : go\n@enduml\n", 3, ""),
    ("@startuml\na -> b: x\nnote lef of a\n  hi\nend note\n@enduml\n", 3, ""),
    ("@startuml\na -> b: x\n\n\nb <= = c\n@enduml\n", 5, ""),
    ("@startuml\na -> b: x\n@enduml\n@startuml\na -> b: y\nwhat is this\n@enduml\n", 6, "what is this"),
    ("@startuml\nactivat a\na -> b: x\n@enduml\n", 2, "did you mean activate?"),
    ("@startuml\nskinparm monochrome true\na -> b: x\n@enduml\n", 2, "did you mean skinparam?"),
    ("@startuml\nclass A\nclass B\nA <|- - B\n@enduml\n", 4, ""),
    ("@startuml\nenumm Color {\n  RED\n}\n@enduml\n", 2, "did you mean enum?"),
    ("@startuml\nstart\n:a;\nwhile (x) is (y)\n:b;\nendwhil\nstop\n@enduml\n", 6, "did you mean endwhile?"),
    ("@startgantt\n[a] lasts 3 days\n[b] starts yesterday\n@endgantt\n", 3, ""),
    ("@startmindmap\n* a\nb\n@endmindmap\n", 3, ""),
    ("@startuml\nstart\n:a;\nrepeat while (more?) is (yes)\nstop\n@enduml\n", 4, ""),
    ("@startuml\na -> b: x\nalt yes\n  b -> c: y\n  loop often\n    c -> d: z\n  end\n@enduml\n", 3, "this alt is never closed"),
    ("@startuml\nopt yes\n  b -> c: y\n  loop often\n    c -> d: z\nend\n@enduml\n", 4, "this loop is never closed"),
    ("@startuml\nstart\nif (ok?) then (yes)\n  :a;\nelse (no)\n  :b;\nstop\n@enduml\n", 3, "endif"),
    ("@startuml\nstart\nwhile (more?) is (yes)\n  :a;\nstop\n@enduml\n", 3, "endwhile"),
    ("@startuml\nstart\nfork\n  :a;\nfork again\n  if (x?) then (y)\n    :b;\nend fork\nstop\n@enduml\n", 6, "endif"),
    ("@startuml\nstart\n:one;\n:two\n:three;\nstop\n@enduml\n", 4, ":two;"),
    ("@startuml\nclass A {\n  +x\nclass B {\n  +y\n}\nA --> B\n@enduml\n", 2, "the { of class A"),
    ("@startuml\npackage shop {\n  class A\nA --> B\n@enduml\n", 2, "never closed"),
    ("@startuml\nparticipant a #LightBleu\na -> b: x\n@enduml\n", 2, "did you mean lightblue?"),
    ("@startuml\na -> b: x\nb -> c ++: y\nreturn z\nreturn w\n@enduml\n", 5, "nothing is active"),
    ("@startuml\nparticipant Client\nparticipant Server\nClient -> server: x\n@enduml\n", 4, "did you mean Server?"),
    ("@startuml\n!procedure $call($a)\na -> $a: x\n!endprocedure\n$call(b)\n@enduml\n", 2, "write out the lines"),
    ("@startjson\n{}\n@endjson\n", 1, "between @startuml and @enduml"),
    ("@startuml\na -> b: x\nnote left of a\n  hi\na -> b: y\n@enduml\n", 3, "end note"),
    ("@startuml\nclass A {\n  x\n}\n}\n@enduml\n", 5, "closes nothing"),
    ("@startuml\nstart\nswitch (x)\ncase (a)\n:a;\nstop\n@enduml\n", 3, "endswitch"),
]  # fmt: skip


RIGHT = [
    "@startuml\nactor a\nalt yes\n  a -> b ++: x\n  return y\nelse no\n  loop 3 times\n    a -> b: z\n  end\nend\nnote over a, b\n  alt { if\nend note\nref over a: see\n@enduml\n",
    "@startuml\nautoactivate on\na -> b: x\nb -> c: y\nreturn 1\nreturn 2\n@enduml\n",
    "@startuml\nactivate a\na -> b: x\nactivate b\nreturn z\ndeactivate a\n@enduml\n",
    "@startuml\nstart\n:one\nand two;\n#pink:three;\nrepeat :four;\n  if (x?) then (y)\n    :five|\n  else (n)\n    stop\n  endif\nrepeat while (more?)\nfork\n:a;\nfork again\n:b;\nend fork\npartition p {\n  while (q) is (r)\n    :s;\n  endwhile (t)\n}\nstop\n@enduml\n",
    "@startuml\nskinparam class {\n  BackgroundColor #EEE\n}\npackage p #DDDDDD {\n  abstract class A #LightBlue {\n    #name : String\n    {abstract} +run()\n  }\n  enum E { \n X\n }\n}\nA -[#red]-> B : a {b\nhide empty members\n@enduml\n",
    "@startuml\nleft to right direction\nactor :Main User: as u\nrectangle shop {\n  (buy) as (b)\n  u --> (b)\n}\nlegend right\n  class {\nend legend\n@enduml\n",
    "@startuml\n[*] --> Idle\nstate Busy {\n  [*] --> Work\n  Work --> [*]\n}\nIdle --> Busy : go\n@enduml\n",
]  # fmt: skip


async def test_nothing_is_said_of_right_diagrams(runner: SandboxedRunner, tmp_path: Path) -> None:
    drawn = await run(runner, "".join(RIGHT), tmp_path)
    assert len(drawn.pictures) == len(RIGHT) and not drawn.diagnostics, drawn.diagnostics


def test_a_mistake_is_told_where_a_person_would_look(tmp_path: Path) -> None:
    wrong = wrongly_told(MISTAKES, "plantuml", tmp_path)
    assert not wrong, "\n".join(wrong)
