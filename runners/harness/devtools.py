# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""A Chromium of our own, driven over its DevTools protocol through two pipes: no port is opened.

https://chromedevtools.github.io/devtools-protocol/
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import subprocess
import time
from collections.abc import Callable
from typing import Any

_WITHOUT_WINDOWS = "chromium-headless-shell"
PLACES = (f"/usr/lib/chromium/{_WITHOUT_WINDOWS}", "/usr/lib/chromium/chromium", "/usr/lib/chromium-browser/chromium-browser", "/usr/lib64/chromium-browser/chromium-browser")  # fmt: skip
"""The browser itself; what is on the path is a shell script that reads settings from /etc.

Chromium without its windows comes first: it starts in half the time and draws the same."""

_MOST_CPUS = 2
"""Chromium starts threads for every processor it sees, and a run may only have so many."""

_FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    # Chromium's own sandbox needs a user namespace. bubblewrap allows no further one inside its
    # own, which is the wall that counts: no network, no files, no other process, no capability.
    "--no-sandbox",
    "--no-zygote",
    "--disable-dev-shm-usage",
    # No graphics card: WebGL is drawn by the processor.
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # Pages themselves are put together without GL, which takes half the time.
    "--disable-gpu-compositing",
    "--renderer-process-limit=1",
    # Without the second one V8 reads a whole library again for the lines of the first error that is
    # thrown and caught in it, while it looks for what the browser can do: Plotly took twice as long.
    "--js-flags=--max-old-space-size=512 --no-enable-lazy-source-positions",
    "--disk-cache-size=1",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--disable-features=Translate,OptimizationHints,MediaRouter,WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,WebUIOmniboxPreload,PreloadTopChromeWebUI",
    "--hide-scrollbars",
    "--mute-audio",
    "--force-color-profile=srgb",
    "--log-level=3",
    "about:blank",
)  # fmt: skip

_FOLDER = "--user-data-dir=.chromium"
"""Of a Chromium with windows, in the workspace, which goes when the run is over. The one without keeps
everything in memory if it is given none, and starts sooner."""


class BrowserGone(Exception):
    """Chromium ended, or never started."""


class ProtocolError(Exception):
    """Chromium refused a command."""


class Browser:
    """A running Chromium and the one page in it.

    Args:
        listen: is called with the name and the parameters of every event, while an answer or an
            event is waited for. It may `post`, but not wait.
    """

    def __init__(self, listen: Callable[[str, dict[str, Any]], None]) -> None:
        self._listen = listen
        self._buffer = bytearray()
        self._count = 0
        self.session: str | None = None
        self._write, self._read = _started()

    def post(self, method: str, **parameters: Any) -> int:
        """Send a command and do not wait for its answer."""
        self._count += 1
        message: dict[str, Any] = {"id": self._count, "method": method, "params": parameters}
        if self.session is not None and not method.startswith(("Target.", "Browser.")):
            message["sessionId"] = self.session
        data = memoryview(json.dumps(message).encode() + b"\0")
        try:
            while data:
                data = data[os.write(self._write, data) :]
        except OSError as error:
            raise BrowserGone from error
        return self._count

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        try:
            answer = self.answer(self.post(method, **parameters))
        except ProtocolError as error:
            raise ProtocolError(f"{method}: {error}") from error
        assert answer is not None
        return answer

    def answer(self, number: int, seconds: float | None = None) -> dict[str, Any] | None:
        """The answer to the command that was posted with this number; None where it takes longer."""
        end = None if seconds is None else time.monotonic() + seconds
        while True:
            message = self._next(None if end is None else max(0.0, end - time.monotonic()))
            if message is None:
                return None
            if message.get("id") == number:
                if "error" in message:
                    raise ProtocolError(message["error"].get("message"))
                return message.get("result", {})

    def wait(self, done: Callable[[], bool], seconds: float) -> bool:
        """Take events until `done`; whether it came to that in time."""
        end = time.monotonic() + seconds
        while not done():
            left = end - time.monotonic()
            if left <= 0 or self._next(left) is None:
                return done()
        return True

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page; None where it throws."""
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=False)  # fmt: skip
        return answer.get("result", {}).get("value")

    def _next(self, seconds: float | None) -> dict[str, Any] | None:
        """The next message, None where none comes in time; events are told to the listener."""
        end = None if seconds is None else time.monotonic() + seconds
        searched = 0
        while (found := self._buffer.find(b"\0", searched)) < 0:
            searched = len(self._buffer)
            left = None if end is None else max(0.0, end - time.monotonic())
            if not select.select([self._read], [], [], left)[0]:
                return None
            chunk = os.read(self._read, 1 << 20)
            if not chunk:
                raise BrowserGone
            self._buffer += chunk
        message: dict[str, Any] = json.loads(self._buffer[:found])
        del self._buffer[: found + 1]
        if "method" in message:
            self._listen(message["method"], message.get("params", {}))
        return message


def program() -> str | None:
    """The browser of this machine."""
    found = [place for place in PLACES if os.access(place, os.X_OK)]
    return found[0] if found else shutil.which("chromium")


def _started() -> tuple[int, int]:
    """Start Chromium; the ends of the pipes to write to and to read from."""
    theirs, ours = os.pipe()
    our_end, their_end = os.pipe()
    browser = program() or "chromium"
    flags = _FLAGS if browser.endswith(_WITHOUT_WINDOWS) else (_FOLDER, *_FLAGS)
    allowed = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, random.sample(allowed, min(_MOST_CPUS, len(allowed))))
    try:
        subprocess.Popen(  # it ends when its pipes are closed, and with the sandbox
            [
                "/bin/sh",
                "-c",
                f'exec "$@" 3<&{theirs} 4>&{their_end}',
                "sh",
                browser,
                *flags,
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(theirs, their_end),
        )
    except OSError as error:
        raise BrowserGone from error
    os.close(theirs)
    os.close(their_end)
    return ours, our_end
