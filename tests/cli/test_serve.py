"""``viscoder chat --serve`` as people use it: a real server, and pages in a real Chromium."""

from __future__ import annotations

import asyncio
import io
import json
import os
import pty
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
import pytest_asyncio
from PIL import Image

from tests.cli.browser import Browser, Tab
from tests.cli.conftest import Viscoder
from tests.conftest import need

HINT = "what do you want to see?"
FRUIT = "python: bar chart of fruit sold: apples 3, pears 5"


class Served:
    """A server.

    Attributes:
        address: of the page, with its token.
    """

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self._environment = environment
        self._folder = folder
        self.address = ""

    async def start(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "viscoder_tui.cli.main", "chat", "--serve", *arguments]
        self._process = await asyncio.create_subprocess_exec(
            *command, env=self._environment, cwd=self._folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert self._process.stderr is not None
        line = (await self._process.stderr.readline()).decode()
        found = re.fullmatch(r"viscoder is at (http://127\.0\.0\.1:\d+/\?token=\S+) until Ctrl\+C\n", line)  # fmt: skip
        assert found, line
        self.address = found[1]

    @property
    def place(self) -> str:
        """Its address without the token."""
        return self.address.partition("?")[0]

    @property
    def port(self) -> int:
        port = urlsplit(self.address).port
        assert port is not None
        return port

    def below(self) -> list[int]:
        """The processes that it has started, and those that they have."""
        table = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout  # fmt: skip
        parents = {int(pid): int(parent) for pid, parent in map(str.split, table.splitlines())}
        found = {self._process.pid}
        while True:
            more = {pid for pid, parent in parents.items() if parent in found} | found
            if more == found:
                return sorted(found - {self._process.pid})
            found = more

    async def end(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Press Ctrl+C; its exit status and what it still said."""
        if self._process.returncode is None:
            self._process.send_signal(how)
        assert self._process.stderr is not None
        said = await asyncio.wait_for(self._process.stderr.read(), 20)
        return await self._process.wait(), said.decode()


@pytest_asyncio.fixture
async def served(environment: dict[str, str], tmp_path: Path) -> AsyncIterator[Served]:
    need("bwrap")
    folder = tmp_path / "work"
    folder.mkdir()
    made = Served(environment, folder)
    yield made
    await made.end()


@pytest_asyncio.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Browser]:
    async with Browser(tmp_path / "chromium") as made:
        yield made


async def colours(tab: Tab) -> set[tuple[int, ...]]:
    """Those that fill a thousandth of the page or more."""
    with Image.open(io.BytesIO(await tab.picture())) as opened:
        image = opened.convert("RGB")
    counted = image.getcolors(image.width * image.height)
    assert counted is not None
    return {colour for count, colour in counted if count > image.width * image.height / 1000 and isinstance(colour, tuple)}  # fmt: skip


def bluish(seen: set[tuple[int, ...]]) -> bool:
    """Whether one of them is the blue of the bars, which sixel may round by a little."""
    return any(abs(red - 0x4C) < 12 and abs(green - 0x78) < 12 and abs(blue - 0xA8) < 12 for red, green, blue in seen)  # fmt: skip


def listed(processes: list[int]) -> str:
    """Those of these that run."""
    return subprocess.run(["ps", "-o", "pid=,ppid=,args=", "-p", ",".join(map(str, processes))], capture_output=True, text=True, check=False).stdout  # fmt: skip


async def gone(processes: list[int]) -> None:
    """Wait until all of these have ended."""
    for _ in range(100):
        if not listed(processes):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(listed(processes))


async def test_a_request_typed_in_the_browser_is_drawn_and_stands_there_after_a_reload(
    served: Served, browser: Browser
) -> None:
    await served.start()
    tab = await browser.tab(served.address)
    await tab.until(HINT)
    assert not bluish(await colours(tab))
    await tab.type(FRUIT)
    await tab.key("Enter")
    await tab.until("rendered", "plot.py", '"pears": 5')
    for _ in range(50):
        if bluish(await colours(tab)):
            break
        await asyncio.sleep(0.1)
    else:
        raise AssertionError("the picture is not on the page")

    assert await tab.script("location.search") == ""  # the secret stays with nobody who looks
    await tab.do("Page.reload")
    await tab.until("rendered", '"pears": 5', "1/1")
    await asyncio.sleep(1)
    assert bluish(await colours(tab))
    assert {urlsplit(one).netloc for one in tab.requests if not one.startswith("data:")} == {f"127.0.0.1:{served.port}"}  # fmt: skip
    assert not [one for one in tab.log if "WebGL" not in one and "favicon" not in one]

    below = served.below()
    assert below
    assert await served.end() == (0, "")
    await gone(below)
    await asyncio.sleep(0.5)
    assert await tab.script("getComputedStyle(document.querySelector('#ended')).display") == "block"


SHOWN = "[...viscoderPictures.shown].map(one => [one.left, one.top, one.right, one.bottom, one.cells.size])"


async def test_a_picture_gives_way_to_what_is_written_over_it_and_comes_back(
    served: Served, browser: Browser
) -> None:
    await served.start()
    tab = await browser.tab(served.address)
    await tab.until(HINT)
    await tab.type(FRUIT)
    await tab.key("Enter")
    await tab.until("rendered", "1/1")
    for _ in range(50):
        if await tab.script(f"{SHOWN}.length"):
            break
        await asyncio.sleep(0.1)
    left, top, right, bottom, cells = (await tab.script(SHOWN))[0]
    lines = (await tab.screen()).splitlines()
    above = next(row for row, line in enumerate(lines) if "picture ─" in line)
    assert above < top < bottom < len(lines) and left > lines[above].index("picture ─")
    assert cells == (right - left) * (bottom - top)
    await tab.key("p", 2)  # the palette stands over it
    await tab.until("Search for commands")
    await asyncio.sleep(0.5)
    assert not bluish(await colours(tab))
    await tab.key("Escape")
    for _ in range(50):
        if bluish(await colours(tab)):
            break
        await asyncio.sleep(0.1)
    else:
        raise AssertionError("the picture did not come back")


DECODED = "(() => {{ const image = decodeSixel({}); return image && [image.width, image.height, ...image.data.slice(0, 8)]; }})()"


async def test_the_page_reads_sixel_and_no_broken_stream_harms_it(
    served: Served, browser: Browser
) -> None:
    await served.start()
    tab = await browser.tab(served.address)
    await tab.until(HINT)

    async def decoded(stream: str) -> list[int] | None:
        return await tab.script(DECODED.format(json.dumps(stream)))

    red, green = [255, 0, 0, 255], [0, 255, 0, 255]
    assert await decoded("#1;2;100;0;0@#2;2;0;100;0@") == [2, 1, *red, *green]
    assert await decoded('"1;1;3;2#1;2;100;0;0!2A-') == [3, 2, 0, 0, 0, 0, 0, 0, 0, 0]
    assert await decoded("#7;1;120;50;100!2@") == [2, 1, *red, *red]
    assert await decoded("#1;2;100;0;0@$#2;2;0;100;0?@") == [2, 1, *red, *green]
    for broken in ("", "#", "!", "!9", '"', "-" * 99999, "\u00ff\u0001"):
        assert await decoded(broken) is None
    assert (await decoded("#999999;2;900;0;0!99999999999~"))[:2] == [8192, 6]  # pyright: ignore[reportOptionalSubscript]  # there is a picture
    assert (await decoded('"1;1;99999999;9'))[:2] == [8192, 9]  # pyright: ignore[reportOptionalSubscript]  # likewise


async def test_the_picture_itself_opens_in_the_browser_and_the_program_is_copied(
    served: Served, browser: Browser
) -> None:
    await served.start("--image", "half", FRUIT)
    tab = await browser.tab(served.address)
    await tab.until("rendered", "▀")
    await tab.key("o", modifiers=2)
    opened = await browser.opened("/download/")
    assert await opened.script("document.contentType") == "image/png"
    assert await opened.script("document.images[0].naturalWidth") > 600

    await tab.do("Page.bringToFront")
    await tab.do("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])  # fmt: skip
    await tab.type("/copy-code")
    await tab.key("Enter")
    await tab.until("the program is copied")
    assert '"pears": 5' in await tab.script("navigator.clipboard.readText()")


async def test_two_pages_are_two_conversations_and_each_finds_its_own_again(
    served: Served, browser: Browser
) -> None:
    await served.start(FRUIT)
    first = await browser.tab(served.address)
    await first.until("rendered", "says 'python'")
    second = await browser.tab(served.place)  # the cookie is enough
    shown = await second.until(HINT)
    assert "says 'python'" not in shown
    await second.type("red circle, svg")
    await second.key("Enter")
    await second.until("rendered", "<svg")
    await first.do("Page.reload")
    await first.until("█ python: bar chart", "plot.py")
    await second.do("Page.reload")
    shown = await second.until("red circle", "<svg")
    assert "says 'python'" not in shown


async def test_leaving_the_app_ends_its_page_and_going_on_takes_it_up(
    served: Served, browser: Browser
) -> None:
    await served.start()
    tab = await browser.tab(served.address)
    await tab.until(HINT)
    await tab.type("half a wish")
    await tab.until("half a wish")
    below = served.below()
    await tab.key("q", modifiers=2)
    await gone(below)
    await tab.script("document.querySelector('#ended button').click()")
    await tab.until("half a wish")


def write_settings(viscoder: Viscoder, text: str) -> None:
    path = Path(viscoder("config", "path").stdout.split()[0])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


async def test_a_page_whose_app_cannot_start_says_why(
    served: Served, browser: Browser, viscoder: Viscoder
) -> None:
    await served.start()
    write_settings(viscoder, 'image = "sculpture"\n')
    tab = await browser.tab(served.address)
    await tab.until("sculpture", "settings.toml")


async def test_without_the_secret_nothing_is_served(served: Served) -> None:
    await served.start("--image", "none")
    paths = ("", "?token=", "?token=%C3%A4", "static/js/textual.js", "page/page.js", "static/", "download/x", "nowhere", "ws/9x21/dark?token=" + served.address.partition("=")[2])  # fmt: skip
    own = {"Origin": served.place[:-1]}
    async with aiohttp.ClientSession() as session:
        for path in paths:
            async with session.get(served.place + path, headers=own) as answer:
                assert answer.status == 403, path
                assert "token" in await answer.text()
    assert served.below() == []


async def test_another_name_or_another_site_is_refused_even_with_the_secret(served: Served) -> None:
    await served.start("--image", "none")
    jar = aiohttp.CookieJar(unsafe=True)  # of an address that is a number
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        for host in ("evil.example", f"evil.example:{served.port}", "127.0.0.1", f"127.0.0.1:{served.port + 1}"):  # fmt: skip
            async with session.get(served.address, headers={"Host": host}) as answer:
                assert answer.status == 403, host
        async with session.get(served.address) as answer:
            assert answer.status == 200
            cookie = answer.headers["Set-Cookie"]
            assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
            assert "127.0.0.1" in answer.headers["Content-Security-Policy"]
        async with session.get(served.place + "page/page.js") as answer:
            assert answer.status == 200
        way = served.place + "ws/9x21/dark"
        for origin in (None, "null", "http://evil.example", f"http://127.0.0.1:{served.port + 1}"):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await session.ws_connect(way, origin=origin)
            assert refused.value.status == 403
        assert served.below() == []
        async with session.ws_connect(way, origin=served.place[:-1]) as websocket:
            assert (await websocket.receive(timeout=20)).data.startswith(b"\x1b")
            below = served.below()
            assert below
        await gone(below)


async def test_a_page_ends_with_its_server_even_if_that_is_killed(
    served: Served, browser: Browser
) -> None:
    await served.start()
    tab = await browser.tab(served.address)
    await tab.until(HINT)
    below = served.below()
    await served.end(signal.SIGKILL)
    await gone(below)


def content(path: Path) -> str:
    return path.read_text().strip() if path.exists() else ""


async def test_a_browser_is_started_with_a_secret_that_is_good_for_one_page(
    environment: dict[str, str], tmp_path: Path
) -> None:
    told = tmp_path / "told"
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\necho "$1" > {told}\n')
    program.chmod(0o700)
    ours, its = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "viscoder_tui.cli.main", "chat", "--serve", stdin=its, stdout=its, stderr=its,
        env={**environment, "DISPLAY": ":0", "BROWSER": f"{program} %s"}, cwd=tmp_path,
    )  # fmt: skip
    try:
        while not (address := content(told)):
            await asyncio.sleep(0.05)
        assert address not in os.read(ours, 4096).decode()
        for status in (200, 403):
            async with aiohttp.ClientSession() as session, session.get(address) as answer:
                assert answer.status == status
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), 20) == 0
    finally:
        if process.returncode is None:
            process.kill()
        os.close(ours)
        os.close(its)


async def test_a_port_in_use_is_said(viscoder: Viscoder) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        shown = viscoder("chat", "--serve", "--port", port)
    assert shown.returncode == 2
    assert shown.stderr == f"port {port} is in use: choose another with --port, or leave it out for a free one\n"  # fmt: skip


def test_what_goes_badly_together_is_said(viscoder: Viscoder) -> None:
    shown = viscoder("chat", "--serve", "--plain")
    assert shown.returncode == 2 and "leave one of them out" in shown.stderr
    shown = viscoder("chat", "--port", "8000")
    assert shown.returncode == 2 and "--serve" in shown.stderr
    shown = viscoder("chat", "--serve", "--model", "nowhere.gguf")
    assert shown.returncode == 3 and "nowhere.gguf" in shown.stderr
