"""What sessions are called: an id that sorts by time, a title of one line."""

from __future__ import annotations

from datetime import UTC, datetime

_TITLE_LENGTH = 80
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PLACES = 4


def session_id(moment: datetime) -> str:
    """An id such as ``20261127-153012-k3f9``.

    It tells the second in UTC (local time repeats an hour each autumn); the four signs behind it
    are the fraction of the second, so that ids sort by time.

    Args:
        moment: with its time zone.
    """
    fraction = moment.microsecond * len(_DIGITS) ** _PLACES // 1_000_000
    signs = ""
    for _ in range(_PLACES):
        fraction, digit = divmod(fraction, len(_DIGITS))
        signs = _DIGITS[digit] + signs
    return f"{moment.astimezone(UTC):%Y%m%d-%H%M%S}-{signs}"


def title_of(text: str) -> str:
    """`text` as one line of at most 80 characters, without what a terminal might obey."""
    line = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return line if len(line) <= _TITLE_LENGTH else line[: _TITLE_LENGTH - 1].rstrip() + "…"
