"""A real Chromium without a window, over its own protocol (https://chromedevtools.github.io)."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import os
import signal
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import aiohttp

from tests.conftest import need

_KEYS = {"Enter": (13, "\r"), "Escape": (27, ""), "F2": (113, ""), "F3": (114, ""), "F4": (115, "")}


class Tab:
    """A page, spoken to through its websocket.

    Attributes:
        requests: every address that it has asked for.
        log: errors and warnings of the page.
    """

    def __init__(self, websocket: aiohttp.ClientWebSocketResponse) -> None:
        self._websocket = websocket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._listening = asyncio.create_task(self._listen())
        self.requests: list[str] = []
        self.log: list[str] = []

    async def _listen(self) -> None:
        async for message in self._websocket:
            told = json.loads(message.data)
            if "id" in told:
                self._answers.pop(told["id"]).set_result(told)
            elif told["method"] == "Network.requestWillBeSent":
                self.requests.append(told["params"]["request"]["url"])
            elif told["method"] == "Network.webSocketCreated":
                self.requests.append(told["params"]["url"])
            elif told["method"] in ("Runtime.exceptionThrown", "Log.entryAdded"):
                self.log.append(json.dumps(told["params"]))

    async def do(self, method: str, **parameters: object) -> dict[str, Any]:
        """Call a method of the protocol and return its result."""
        number = next(self._numbers)
        self._answers[number] = answer = asyncio.get_running_loop().create_future()
        await self._websocket.send_json({"id": number, "method": method, "params": parameters})
        told = await asyncio.wait_for(answer, 60)
        assert "error" not in told, told
        return told["result"]

    async def script(self, expression: str) -> Any:
        """What an expression of JavaScript comes to, awaited."""
        told = await self.do("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True, userGesture=True)  # fmt: skip
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    async def type(self, text: str) -> None:
        for letter in text:
            await self.do("Input.dispatchKeyEvent", type="char", text=letter)

    async def key(self, name: str, modifiers: int = 0) -> None:
        """Press a key; modifiers: 2 is Ctrl."""
        code, text = _KEYS[name] if name in _KEYS else (ord(name.upper()), "")
        for kind in ("rawKeyDown", *(["char"] if text else []), "keyUp"):
            await self.do("Input.dispatchKeyEvent", type=kind, key=name, windowsVirtualKeyCode=code, modifiers=modifiers, text=text if kind == "char" else "")  # fmt: skip

    async def screen(self) -> str:
        """The text in the terminal."""
        return await self.script(
            "(() => { const t = window.viscoderTerminal; if (!t) return document.body?.innerText ?? '';"
            "return [...Array(t.rows).keys()].map(y => t.buffer.active.getLine(y).translateToString(true)).join('\\n') })()"
        )

    async def until(self, *texts: str, seconds: float = 60.0) -> str:
        """Wait until all of these stand on the page."""
        end = time.monotonic() + seconds
        while True:
            shown = await self.screen()
            if all(text in shown for text in texts):
                return shown
            assert time.monotonic() < end, f"{texts} did not come:\n{shown}\n{self.log}"
            await asyncio.sleep(0.1)

    async def picture(self) -> bytes:
        """A PNG of the page."""
        told = await self.do("Page.captureScreenshot", format="png")
        return base64.b64decode(told["data"])

    async def close(self) -> None:
        await self._websocket.close()
        await self._listening


class Browser:
    """Chromium with a profile of its own.

    Args:
        folder: for the profile.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: Process | None = None
        self._session: aiohttp.ClientSession | None = None
        self._address = ""
        self._tabs: list[Tab] = []

    async def __aenter__(self) -> Self:
        need("chromium")
        self._session = aiohttp.ClientSession()
        arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--remote-debugging-port=0", f"--user-data-dir={self._folder}", "--window-size=1280,800", "about:blank",
        ]  # fmt: skip
        self._process = await asyncio.create_subprocess_exec("chromium", *arguments, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True)  # fmt: skip
        told = self._folder / "DevToolsActivePort"
        for _ in range(600):
            if told.exists() and len(lines := told.read_text().split()) == 2:
                self._address = f"http://127.0.0.1:{lines[0]}"
                return self
            await asyncio.sleep(0.1)
        raise AssertionError("chromium did not start")

    async def __aexit__(self, *_: object) -> None:
        for one in self._tabs:
            await one.close()
        assert self._process is not None and self._session is not None
        await self._session.close()
        os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()

    async def tab(self, address: str) -> Tab:
        """Open a page."""
        assert self._session is not None
        async with self._session.put(f"{self._address}/json/new?about:blank") as answer:
            told = await answer.json()
        made = await self._take(told)
        await made.do("Page.navigate", url=address)
        return made

    async def opened(self, path: str, seconds: float = 20.0) -> Tab:
        """The page that another one has opened, by the beginning of its path."""
        assert self._session is not None
        end = time.monotonic() + seconds
        while True:
            async with self._session.get(f"{self._address}/json/list") as answer:
                listed: list[dict[str, Any]] = await answer.json()
            for told in listed:
                if urlsplit(str(told["url"])).path.startswith(path):
                    return await self._take(told)
            assert time.monotonic() < end, listed
            await asyncio.sleep(0.1)

    async def _take(self, told: Mapping[str, Any]) -> Tab:
        assert self._session is not None
        websocket = await self._session.ws_connect(told["webSocketDebuggerUrl"], max_msg_size=0)
        made = Tab(websocket)
        self._tabs.append(made)
        for domain in ("Page", "Network", "Runtime", "Log"):
            await made.do(f"{domain}.enable")
        return made
