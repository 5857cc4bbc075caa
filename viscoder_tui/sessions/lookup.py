"""From what somebody types to a session's id."""

from __future__ import annotations

import difflib

from viscoder_tui.sessions.database import Database
from viscoder_tui.sessions.faults import NoSession

_SHOWN = 3
_ALIKE = 0.5
"""Of 1; below it two words have nothing in common."""


def resolved(database: Database, wanted: str) -> str:
    """The id that `wanted` is, or is the beginning of; call it within `Database.reading`.

    Raises:
        NoSession: none begins so, or several do.
    """
    asked = wanted.strip()
    rows = database.rows("SELECT id, title FROM sessions ORDER BY updated DESC, id DESC")
    known = {row["id"]: row["title"] for row in rows}
    if asked in known:
        return asked
    fitting = [each for each in known if asked and each.startswith(asked)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        more = ", …" if len(fitting) > _SHOWN else ""
        raise NoSession(
            f"'{wanted}' begins the ids of {len(fitting)} sessions: type more of "
            f"{_listed(fitting, known)}{more}"
        )
    if not known:
        raise NoSession(f"there is no session '{wanted}': none was kept yet")
    near = _nearest(asked, known)
    shown = near or list(known)
    which = f"the {'nearest' if near else 'latest'} {'is' if len(shown) == 1 else 'are'}"
    raise NoSession(f"there is no session '{wanted}': {which} {_listed(shown, known)}")


def _nearest(wanted: str, known: dict[str, str]) -> list[str]:
    """Ids that are alike, or whose titles hold what was typed or are alike."""
    text = wanted.casefold()

    def likeness(each: str) -> float:
        title = known[each].casefold()
        if text and text in title:
            return 1.0
        return max(difflib.SequenceMatcher(None, text, other).ratio() for other in (each, title))

    scored = {each: likeness(each) for each in known}
    return sorted((each for each in known if scored[each] >= _ALIKE), key=lambda each: -scored[each])  # fmt: skip


def _listed(ids: list[str], known: dict[str, str]) -> str:
    shown = [f"{each} ({known[each]})" if known[each] else each for each in ids[:_SHOWN]]
    return ", ".join(shown)
