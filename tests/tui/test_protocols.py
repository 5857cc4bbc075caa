"""The bytes of each way to draw a picture, as the app sends them to a terminal, read back again."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from PIL import Image

from backends.base import Finish, Usage
from runners.base import Picture, Program, Run, Verdict
from tests.tui.bare import CELL, KITTY, PLAIN, SIXEL, Bare, chat
from tests.tui.emulator import Cell, Screen, parts
from viscoder_tui.agent.events import CodeReady, RoundStarted, RunFinished, RunStarted, Solved
from viscoder_tui.sessions.store import Store

QUARTERS = ((220, 20, 20), (20, 160, 20), (20, 20, 220), (240, 200, 20))
"""Colours at the upper left, upper right, lower left and lower right."""
PLACES = ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75))
PLACEHOLDER = "\U0010eeee"
_SIXEL = re.compile(r'#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|!(\d+)([?-~])|([?-~])|(\$)|(-)|"([\d;]+)')


def quarters(path: Path) -> Picture:
    """A picture of four colours."""
    image = Image.new("RGB", (400, 300))
    for colour, (x, y) in zip(QUARTERS, PLACES, strict=True):
        left, top = int((x - 0.25) * 400), int((y - 0.25) * 300)
        image.paste(colour, (left, top, left + 200, top + 150))
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path)
    return Picture(path, "png", 400, 300)


def drawn_session(folder: Path) -> None:
    """A session that ended with that picture."""
    with Store.open(folder / "home" / "data" / "sessions") as store:
        task = store.add_task(store.new_session("python", "fake").id, "four colours", "python")
        run = Run(Verdict.RENDERED, (quarters(task.folder / "round-0" / "picture-1.png"),), exit_status=0, seconds=0.5)  # fmt: skip
        store.hear(task.id, RoundStarted(0, 3))
        store.hear(task.id, CodeReady(0, "", "x = 1", "", Finish.STOP, Usage(10, 0, 10, 0.1, 0.1)))
        store.hear(task.id, RunStarted(0, Program("x = 1", "python")))
        store.hear(task.id, RunFinished(0, run))
        store.hear(task.id, Solved(0))


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 8 for a, b in zip(one, other, strict=True))


def right(image: Image.Image) -> bool:
    """Whether it is that picture."""
    pixels = image.convert("RGB")
    found: list[bool] = []
    for colour, (x, y) in zip(QUARTERS, PLACES, strict=True):
        pixel = pixels.getpixel((int(x * image.width), int(y * image.height)))
        found.append(isinstance(pixel, tuple) and near(pixel, colour))
    return all(found)


def leave(it: Bare) -> Screen:
    """The screen as it stood when the app was left."""
    shown = Screen(it.size).read(it.written)
    it.send(b"\x11")
    assert it.ended() == 0
    return shown


def placed(screen: Screen, mark: str) -> tuple[list[list[Cell]], int, int]:
    """The rows of cells that begin with `mark`, and where they begin."""
    rows = [[cell for cell in row if cell.text.startswith(mark)] for row in screen.rows]
    first = next(number for number, row in enumerate(rows) if row)
    column = next(number for number, cell in enumerate(screen.rows[first]) if cell.text.startswith(mark))  # fmt: skip
    return [row for row in rows if row], column, first


def keys_of(message: str) -> Mapping[str, str]:
    return dict(pair.split("=") for pair in message.removeprefix("G").partition(";")[0].split(",") if pair)  # fmt: skip


def kitty_pictures(written: bytes) -> Iterator[tuple[str, Image.Image]]:
    """The number of each picture, and the picture."""
    payload = ""
    for kind, message in parts(written):
        if kind != "apc" or "a=q" in message:
            continue
        keys = keys_of(message)
        if keys.get("f") == "100":
            payload += message.partition(";")[2]
            if keys["m"] == "0":
                yield keys["i"], Image.open(io.BytesIO(base64.b64decode(payload, validate=True)))
                payload = ""


def sixel_picture(data: str) -> tuple[Image.Image, int]:
    """The picture, and of how many colours it is (https://vt100.net/docs/vt3xx-gp/chapter14.html)."""
    body = data.partition("q")[2]
    width, height = (int(part) for part in re.findall(r'"([\d;]+)', body)[0].split(";")[2:4])
    image = Image.new("RGB", (width, height))
    colours: dict[str, tuple[int, int, int]] = {}
    x = y = 0
    now = (0, 0, 0)
    for found in _SIXEL.finditer(body):
        number, red, green, blue, chosen, times, repeated, one, back, down, _ = found.groups()
        if number is not None:
            colours[number] = (int(red) * 255 // 100, int(green) * 255 // 100, int(blue) * 255 // 100)  # fmt: skip
        elif chosen is not None:
            now = colours[chosen]
        elif back or down:
            x, y = 0, y + (6 if down else 0)
        elif one or repeated:
            bits, end = ord(one or repeated) - 63, x + int(times or 1)
            for column in range(x, min(end, width)):
                for row in range(y, min(y + 6, height)):
                    if bits >> (row - y) & 1:
                        image.putpixel((column, row), now)
            x = end
    return image, len(colours)


def test_kitty(tmp_path: Path) -> None:
    drawn_session(tmp_path)
    with chat(tmp_path, "--continue", "--image", "kitty") as it:
        it.until(lambda: Screen(it.size).read(it.written).text().count(PLACEHOLDER) > 45 * 10, "all rows")  # fmt: skip
        screen = leave(it)
        pictures = dict(kitty_pictures(it.written))
    assert pictures and all(right(one) for one in pictures.values())
    placements = [keys_of(said) for kind, said in screen.said if kind == "apc" and "U=1" in said]
    last = placements[-1]
    rows, column, _ = placed(screen, PLACEHOLDER)
    assert column > 50, "in the picture's pane"
    assert (len(rows[0]), len(rows)) == (int(last["c"]), int(last["r"]))
    number = int(last["i"])
    assert last["i"] in pictures
    assert {cell.fore for row in rows for cell in row} == {((number >> 16) & 255, (number >> 8) & 255, number & 255)}  # fmt: skip
    marks = [[cell.text[1:] for cell in row] for row in rows]
    assert len({mark for row in marks for mark in row}) == len(rows) * len(rows[0]), "each cell shows a part of its own"  # fmt: skip
    assert all(row[0][1] == marks[0][0][1] for row in marks), "columns are counted from the same"
    assert all(said.endswith("q=2") or "q=2" in said for kind, said in screen.said if kind == "apc" and "f=100" in said), "the terminal is not to answer into the app's keys"  # fmt: skip


def test_sixel(tmp_path: Path) -> None:
    drawn_session(tmp_path)
    with chat(tmp_path, "--continue", "--image", "sixel") as it:
        it.until(lambda: any(kind == "dcs" for kind, _ in parts(it.written)), "sixels")
        screen = leave(it)
    pictures = [said for kind, said in screen.said if kind == "dcs"]
    image, colours = sixel_picture(pictures[-1])
    assert right(image)
    assert 4 <= colours <= 256
    assert image.width <= 68 * CELL[0] and image.height <= 20 * CELL[1], "it fits into its pane"
    assert abs(image.width / image.height - 4 / 3) < 0.15, "in its own proportions"


def test_half_cells(tmp_path: Path) -> None:
    drawn_session(tmp_path)
    with chat(tmp_path, "--continue", "--image", "half") as it:
        it.until(lambda: Screen(it.size).read(it.written).text().count("▀") > 41 * 10, "all rows")
        screen = leave(it)
    rows, column, _ = placed(screen, "▀")
    assert column > 50
    image = Image.new("RGB", (len(rows[0]), len(rows) * 2))
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            assert isinstance(cell.fore, tuple) and isinstance(cell.back, tuple)
            image.putpixel((x, 2 * y), cell.fore)
            image.putpixel((x, 2 * y + 1), cell.back)
    assert right(image)
    assert not [said for kind, said in screen.said if kind == "dcs" or (kind == "apc" and "a=q" not in said)]  # fmt: skip


def test_none(tmp_path: Path) -> None:
    drawn_session(tmp_path)
    with chat(tmp_path, "--continue", "--image", "none") as it:
        it.until(lambda: "400 × 300" in Screen(it.size).read(it.written).text(), "the size")
        screen = leave(it)
    assert "picture-1" in re.sub(r"[│\s]", "", screen.text()), "where the picture lies"
    assert not [said for kind, said in screen.said if kind == "dcs" or (kind == "apc" and "a=q" not in said)]  # fmt: skip
    assert "▀".encode() not in it.written


@pytest.mark.parametrize(
    ("answers", "drawn"),
    [
        pytest.param(KITTY, b"U=1", id="kitty"),
        pytest.param({**SIXEL, b"a=q": b"\x1b_Gi=31;OK\x1b\\"}, b"\x1bP", id="both"),
        pytest.param(SIXEL, b"\x1bP", id="sixel"),
        pytest.param(PLAIN, "▀".encode(), id="neither"),
        pytest.param({}, "▀".encode(), id="silent"),
    ],
)
def test_the_terminal_says_what_it_can(tmp_path: Path, answers: Mapping[bytes, bytes], drawn: bytes) -> None:  # fmt: skip
    drawn_session(tmp_path)
    with chat(tmp_path, "--continue", answers=answers) as it:
        it.wait(drawn)
        screen = leave(it)
    ways = {"kitty": b"U=1" in it.written, "sixel": b"\x1bP" in it.written, "half": "▀".encode() in it.written}  # fmt: skip
    assert sum(ways.values()) == 1, ways
    assert "what do you want to see?" in screen.text(), "no answer was taken for something typed"


def test_a_picture_is_taken_away_when_the_app_is_left(tmp_path: Path) -> None:
    drawn_session(tmp_path)
    with chat(tmp_path, "--continue", "--image", "kitty") as it:
        it.wait(b"U=1")
        it.send(b"\x11")
        assert it.ended() == 0
        assert it.written.rstrip().endswith(b"l") or b"\x1b[?1049l" in it.written
        assert b"\x1b[?25h" in it.written[it.written.rfind(b"\x1b[?1049l") - 200 :], "cursor"
