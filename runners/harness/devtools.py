# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""A Chromium of our own, driven over its DevTools protocol through two pipes: no port is opened.

https://chromedevtools.github.io/devtools-protocol/
"""

from __future__ import annotations

import json
import os
import select
import sys
import time
from collections.abc import Callable
from typing import Any

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import chromium

del sys.path[0]


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
        try:
            self._write, self._read = chromium.pipes()
        except OSError as error:
            raise BrowserGone from error

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
