"""What the plain chat needs around it: somebody who speaks, and where requests come from.

The command line owns stdout and stderr, so it gives the voice.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from enum import Enum, auto
from typing import Protocol

from runners.base import Picture


class Ended(Enum):
    """What came of the last request."""

    NOTHING = auto()
    """Nothing was asked."""
    DRAWN = auto()
    NOT_DRAWN = auto()
    NO_MODEL = auto()
    """The model or its server failed."""
    NO_TOOLCHAIN = auto()
    """The language's tools or the sandbox are missing."""
    STOPPED = auto()
    """The user stopped it."""


class Voice(Protocol):
    """Says things: results to stdout, the rest to stderr."""

    @property
    def coloured(self) -> bool:
        """Whether a result may hold colours."""
        ...

    def result(self, text: str) -> None:
        """Write lines of the result, harmless already."""
        ...

    def draw(self, picture: Picture) -> None:
        """Draw a picture where that can be seen; raises `OSError` when it is gone."""
        ...

    def say(self, message: str) -> None:
        """Write lines that stay; what is harmful in them is taken away."""
        ...

    def progress(self, message: str) -> None:
        """Show a passing line, where a line can pass."""
        ...

    def clear(self) -> None:
        """Take the passing line away."""
        ...


class Requests(Protocol):
    """Where requests come from."""

    @property
    def interactive(self) -> bool:
        """Whether somebody types them."""
        ...

    async def next(self, draft: str = "") -> str | None:
        """The next request; None when there are no more.

        Args:
            draft: what stands there already, where it can be changed.

        Raises:
            Unreadable: what comes is no text.
        """
        ...

    def waiting(self) -> AbstractContextManager[None]:
        """While something is under way; what is typed meanwhile is kept for the next request."""
        ...


class Unreadable(Exception):
    """A request that cannot be read; the text is one sentence."""
