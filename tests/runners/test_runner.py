"""Running a program: the verdicts, the pictures, and nothing left behind."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import pytest

from runners import languages
from runners.base import DataFile, Limits, PictureFormat, Program, UnknownLanguage, Verdict
from runners.runner import SandboxedRunner
from runners.sandbox import sandbox
from tests.conftest import need

QUICK = Limits(wall_seconds=20)


def python(source: str, *data: DataFile) -> Program:
    return Program(source, "python", data)


@pytest.mark.parametrize("name", [one.name for one in languages.all_languages()])
@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
async def test_every_language_draws_its_example_in_every_format(
    runner: SandboxedRunner, tmp_path: Path, name: str, form: str
) -> None:
    language = languages.find(name)
    wanted: PictureFormat = next(one for one in language.formats if one == form)
    run = await runner.run(Program(language.example, name), tmp_path, wanted)
    assert run.verdict is Verdict.RENDERED, (run.diagnostics, run.stderr)
    (picture,) = run.pictures
    assert picture.format == form
    assert picture.path.suffix == f".{form}"
    assert picture.width > 100 < picture.width
    starts = {"png": b"\x89PNG", "svg": b"<", "pdf": b"%PDF"}
    assert picture.path.read_bytes().startswith(starts[form])
    assert picture.path.with_suffix(".png").read_bytes().startswith(b"\x89PNG")


async def test_the_words_in_a_picture_are_told(runner: SandboxedRunner, tmp_path: Path) -> None:
    for name, word in (("python", "Fruit sold"), ("vegalite", "pears"), ("svg", "sun"), ("mermaid", "Idea")):  # fmt: skip
        language = languages.find(name)
        run = await runner.run(Program(language.example, name), tmp_path / name)
        assert word in run.texts


async def test_a_program_reads_its_data_by_bare_name(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    table = tmp_path / "elsewhere.csv"
    table.write_text("day,sold\nMon,3\nTue,5\n")
    source = (
        "import pandas as pd, matplotlib.pyplot as plt\n"
        "df = pd.read_csv('sales.csv'); plt.bar(df['day'], df['sold']); plt.show()"
    )
    run = await runner.run(python(source, DataFile("sales.csv", table)), tmp_path / "out")
    assert run.verdict is Verdict.RENDERED
    assert "Tue" in run.texts


async def test_several_figures_become_several_pictures(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    source = (
        "import matplotlib.pyplot as plt\n"
        "plt.plot([1, 2]); plt.show()\n"
        "plt.figure(); plt.bar(['a'], [1]); plt.savefig('mine.png')\n"
        "plt.figure(); plt.pie([1, 2])\n"
    )
    run = await runner.run(python(source), tmp_path)
    assert [picture.path.name for picture in run.pictures] == ["picture-1.png", "picture-2.png", "picture-3.png"]  # fmt: skip


async def test_pictures_that_are_not_kept_are_told_of(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    image = "from PIL import Image\nimage = Image.new('RGB', (9, 9), 'red')\nimage.putpixel((4, 4), (0, 0, 255))\n"
    run = await runner.run(python(image + "for n in range(22): image.show()"), tmp_path)
    assert len(run.pictures) == 20
    assert [one.message for one in run.diagnostics] == ["22 pictures were drawn; the first 20 are kept"]  # fmt: skip


async def test_a_blank_picture_is_told_from_one_with_a_thin_line(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    blank = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{}</svg>'
    run = await runner.run(Program(blank.format(""), "svg"), tmp_path / "a")
    assert run.verdict is Verdict.BLANK
    one_colour = blank.format('<rect width="100" height="100" fill="red"/>')
    run = await runner.run(Program(one_colour, "svg"), tmp_path / "b")
    assert run.verdict is Verdict.BLANK
    line = blank.format('<path d="M0 0 L100 100" stroke="black" stroke-width="0.2"/>')
    run = await runner.run(Program(line, "svg"), tmp_path / "c")
    assert run.verdict is Verdict.RENDERED


async def test_an_svg_measured_in_points_is_drawn(runner: SandboxedRunner, tmp_path: Path) -> None:
    source = '<svg xmlns="http://www.w3.org/2000/svg" width="200pt" height="100pt"><circle cx="30pt" cy="30pt" r="9"/></svg>'  # fmt: skip
    run = await runner.run(Program(source, "svg"), tmp_path)
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert 1.95 < run.pictures[0].width / run.pictures[0].height < 2.05


async def test_a_program_without_a_picture_says_so(runner: SandboxedRunner, tmp_path: Path) -> None:
    run = await runner.run(python("print('hello')"), tmp_path)
    assert run.verdict is Verdict.NO_PICTURE
    assert run.stdout == "hello\n"
    assert run.exit_status == 0


async def test_an_unknown_language_names_a_near_one(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    with pytest.raises(UnknownLanguage, match="did you mean python"):
        await runner.run(Program("", "pyton"), tmp_path)


async def test_ten_megabytes_of_complaints_do_not_hide_the_first(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    source = (
        "import sys\nprint('the very first', file=sys.stderr)\n"
        "for _ in range(100): sys.stderr.write('x' * 100_000 + '\\n')\nraise ValueError('the end')"
    )
    run = await runner.run(python(source), tmp_path, limits=Limits(output_bytes=10_000))
    assert run.verdict is Verdict.FAILED
    assert run.stderr.startswith("the very first")
    assert len(run.stderr) < 11_000
    assert "bytes left out" in run.stderr
    assert (run.diagnostics[0].message, run.diagnostics[0].line) == ("the end", 4)


async def test_an_endless_program_is_stopped(runner: SandboxedRunner, tmp_path: Path) -> None:
    run = await runner.run(python("while True: pass"), tmp_path, limits=Limits(wall_seconds=1))
    assert run.verdict is Verdict.TIMED_OUT
    assert run.seconds < 15


async def test_processor_time_is_bounded(runner: SandboxedRunner, tmp_path: Path) -> None:
    run = await runner.run(python("while True: pass"), tmp_path, limits=Limits(cpu_seconds=1))
    assert run.verdict is Verdict.TIMED_OUT
    assert "processor time" in run.diagnostics[0].message


async def test_cancelling_ends_the_program_at_once(runner: SandboxedRunner, tmp_path: Path) -> None:
    source = "open('out/started', 'w').close()\nimport time\ntime.sleep(60)"
    task = asyncio.create_task(runner.run(python(source), tmp_path))
    await wait_for(lambda: any(Path(tempfile.gettempdir()).glob("viscoder-*/out/started")))
    task.cancel()
    began = asyncio.get_running_loop().time()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert asyncio.get_running_loop().time() - began < 10, "it would sleep for a minute"


async def wait_for(condition: object) -> None:
    assert callable(condition)
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.02)


async def test_a_spare_gives_the_same_run_much_sooner(
    warm_runner: SandboxedRunner, tmp_path: Path
) -> None:
    program = python(languages.find("python").example)
    cold = await warm_runner.run(program, tmp_path / "cold")
    await asyncio.sleep(0)
    warm_runner.warm_up("python")
    warm = await warm_runner.run(program, tmp_path / "warm")
    assert warm.texts == cold.texts
    assert warm.verdict is cold.verdict is Verdict.RENDERED


async def test_no_run_sees_what_another_left(warm_runner: SandboxedRunner, tmp_path: Path) -> None:
    marks = "import builtins, os\nprint(getattr(builtins, 'mark', 'clean'), sorted(os.listdir('.')))\nbuiltins.mark = 'left'\nopen('left.txt', 'w').write('x')\nopen('/tmp/left.txt', 'a').write('x')\nprint(open('/tmp/left.txt').read())"  # fmt: skip
    seen = {(await warm_runner.run(python(marks), tmp_path)).stdout for _ in range(3)}
    assert seen == {"clean ['format', 'out', 'plot.py']\nx\n"}


async def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("bwrap")
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))  # others leave things in /tmp

    def left() -> tuple[int, int, int]:
        folders = len(list(Path(tempfile.gettempdir()).glob("viscoder-*")))
        mounts = len(Path("/proc/self/mounts").read_text().splitlines())
        return folders, mounts, len(list(Path("/proc/self/fd").iterdir()))

    async def some_runs(count: int) -> None:
        runner = SandboxedRunner(sandbox("bubblewrap"))
        for number in range(count):
            source = "import time; time.sleep(30)" if number % 3 == 0 else "print(1)"
            limits = Limits(wall_seconds=0.2) if number % 3 == 0 else Limits()
            await runner.run(python(source), tmp_path, limits=limits)
        await runner.close()

    await some_runs(2)
    before = left()
    await some_runs(9)
    assert left() == before
