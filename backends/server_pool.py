"""Several servers with the same model: whose turn it is, and who rests because it broke."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

_FIRST_REST, _LONGEST_REST = 0.25, 30.0
_REMEMBERED = 1000


@dataclass(eq=False, slots=True)
class Place:
    """One server.

    Attributes:
        address: up to its version.
        busy: answers under way.
        failures: in a row; 0 once it works.
        rested_until: it is left alone before that moment of the pool's clock.
        taken: the turn at which it was taken last.
    """

    address: str
    busy: int = 0
    failures: int = 0
    rested_until: float = 0.0
    taken: int = 0


@dataclass(slots=True)
class Pool:
    """The servers that answer together.

    Args:
        addresses: of the servers, one or more.
        clock: seconds that only go forward.
    """

    addresses: tuple[str, ...]
    clock: Callable[[], float] = time.monotonic
    places: tuple[Place, ...] = field(init=False)
    _turn: int = 0
    _knows: dict[int, Place] = field(default_factory=dict[int, Place])

    def __post_init__(self) -> None:
        self.places = tuple(Place(one) for one in self.addresses)

    def pick(self, conversation: int) -> Place:
        """The server to ask next: of those at work the least busy, else the first that may be
        asked again.

        Among equals goes the one that has answered in this conversation, for it has the beginning
        in its cache; then the one whose turn it is.

        Args:
            conversation: the same number for the same conversation.
        """
        now = self.clock()
        known = self._knows.get(conversation)
        place = min(
            self.places,
            key=lambda one: (max(one.rested_until - now, 0.0), one.busy, one is not known, one.taken),
        )  # fmt: skip
        self._turn += 1
        place.taken = self._turn
        return place

    def rest(self, place: Place) -> float:
        """Seconds until `place` may be asked again."""
        return max(place.rested_until - self.clock(), 0.0)

    def others(self, place: Place) -> bool:
        """Whether another server may be asked at once."""
        return any(one is not place and self.rest(one) == 0 for one in self.places)

    @contextmanager
    def at_work(self, place: Place) -> Generator[None]:
        """An answer is under way there."""
        place.busy += 1
        try:
            yield
        finally:
            place.busy -= 1

    def worked(self, place: Place, conversation: int | None = None) -> None:
        """It answers, `conversation` for one."""
        place.failures = 0
        place.rested_until = 0.0
        if conversation is not None:
            self._knows.pop(conversation, None)
            self._knows[conversation] = place
            if len(self._knows) > _REMEMBERED:
                del self._knows[next(iter(self._knows))]

    def failed(self, place: Place, seconds: float | None = None) -> None:
        """It broke: it rests for `seconds`, else twice as long as the last time."""
        place.failures += 1
        pause = min(_FIRST_REST * 2 ** (place.failures - 1), _LONGEST_REST)
        place.rested_until = self.clock() + (pause if seconds is None else seconds)
