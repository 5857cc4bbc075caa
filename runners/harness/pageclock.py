# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""The clock of a page in Chromium: it stands, or runs ahead of the world's while the page has nothing
to do, so that what takes seconds to settle takes a moment.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from typing import Any

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from devtools import Browser, ProtocolError

del sys.path[0]

_FIRST_MILLISECONDS, _MORE_MILLISECONDS, _LAST_MILLISECONDS = 5_000, 7_000, 1_000
_MOST_LAST = 3
_QUIET_SECONDS = 5.0
"""So long a stretch may take by the world's clock."""
_FRAME_SECONDS, _LAST_FRAME_SECONDS = 1.0, 3.0


class PageClock:
    """Of one page.

    Args:
        browser: whose page it is.
        crashed: whether the page is gone.
    """

    def __init__(self, browser: Browser, crashed: Callable[[], bool]) -> None:
        self._browser = browser
        self._crashed = crashed
        self._expired = False

    def expired(self) -> None:
        """To be called at ``Emulation.virtualTimeBudgetExpired``."""
        self._expired = True

    def settle(self) -> None:
        """Let a loaded page come to its end: layouts, transitions, what appears. Then its frames rest."""
        has_passed = self._let_pass(_FIRST_MILLISECONDS)
        # What is not at its end, or takes long to draw, goes on with a few frames a second; a scene in 3d
        # that has taken all its time is as good as it gets.
        is_slow = self._promised("leap")
        if has_passed or not is_slow:
            self._let_pass(_MORE_MILLISECONDS)
        if has_passed:
            # Few frames are drawn while the clock runs ahead: they begin, or end, what is still to move.
            self._promised("drawn")
            self._let_pass(_LAST_MILLISECONDS)
        for _ in range(_MOST_LAST):
            if not self._promised("shown"):
                return
            self._let_pass(_LAST_MILLISECONDS)

    def waited_for(self, seconds: float, method: str, **how: Any) -> dict[str, Any] | None:
        """The answer to a command that needs a frame of the page; None where the page draws none.

        While a page's clock stands, Chromium mostly draws its frames, but now and then a frame waits
        for the clock: on a busy machine, and of a page that is laid out anew for a larger picture.

        Args:
            seconds: how long it may take once the clock goes.
            method: the command.
            how: its parameters.
        """
        number = self._browser.post(method, **how)
        answer = self._browser.answer(number, _FRAME_SECONDS)
        if answer is None:
            self._browser.post("Emulation.setVirtualTimePolicy", policy="advance")
            answer = self._browser.answer(number, seconds)
        return answer

    def _let_pass(self, milliseconds: int) -> bool:
        """Have it run ahead; whether it got there while somebody waits."""
        self._expired = False
        self._browser.send("Emulation.setVirtualTimePolicy", policy="pauseIfNetworkFetchesPending", budget=milliseconds)  # fmt: skip
        self._browser.wait(lambda: self._expired or self._crashed(), _QUIET_SECONDS)
        return self._expired

    def _promised(self, what: str) -> bool:
        """Whether our part of the page says yes to one of its promises, see ``page_before.js``."""
        with contextlib.suppress(ProtocolError):  # a page that leaves takes its promise along
            answer = self.waited_for(_LAST_FRAME_SECONDS, "Runtime.evaluate", expression=f"window.__viscoder?.{what}()", awaitPromise=True)  # fmt: skip
            return answer is not None and answer["result"].get("value") is True
        return False
