"""How long a server is waited for, and how often it is asked again."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Literal

from backends.base import BackendError

Reason = Literal["refused", "busy", "broken"]
"""Why a server was not able to answer: nobody listens there; it has no time, or is loading its
model still; it is there, and failed."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait.

    Attributes:
        connect: for the connection.
        listing: for the list of models.
        first: for the first token; long conversations are read first, and others may be served
            before.
        between: for one more token.
        refused: for a server at whose address nobody listens, in all tries together.
        busy: for a server that is loading its model or has too much to do, likewise.
    """

    connect: float = 5.0
    listing: float = 15.0
    first: float = 300.0
    between: float = 60.0
    refused: float = 2.0
    busy: float = 60.0


class NotNow(Exception):
    """A server does not answer, and nothing of an answer has come: it may be asked again.

    Attributes:
        error: to raise when nobody wants to wait any longer.
        reason: why.
        after: seconds after which it asks to be asked again; None where it does not say.
    """

    def __init__(self, error: BackendError, reason: Reason, after: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.reason: Reason = reason
        self.after = after


@dataclass(slots=True)
class Tries:
    """The tries of one request, which end when patience does.

    Attributes:
        patience: how long to wait.
        most: how often another server is asked instead.
    """

    patience: Patience
    most: int = 0
    _moved: int = 0
    _since: float | None = None

    async def wait(self, why: NotNow, seconds: float, *, others: bool = False) -> None:
        """Wait for the next try.

        Args:
            why: this one failed.
            seconds: to wait where there are no others.
            others: another server can be asked at once.

        Raises:
            BackendError: it would be longer than anybody wants to wait.
        """
        now = time.monotonic()
        if self._since is None:
            self._since = now
        if others and self._moved < self.most:
            self._moved += 1
            return
        limit = {"refused": self.patience.refused, "busy": self.patience.busy, "broken": 0.0}[why.reason]  # fmt: skip
        if limit == 0 or now - self._since + seconds > limit:
            raise why.error
        await asyncio.sleep(seconds)
