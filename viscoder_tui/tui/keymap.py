"""The user's own keys, as the settings name them: which can be had, and what is wrong with others."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Mapping

from textual.binding import Binding
from textual.keys import Keys, key_to_character
from textual.widgets import TextArea

from viscoder_tui.tui.actions import ACTIONS, BY_NAME, Action

_MODIFIERS = ("ctrl", "alt", "shift", "super", "hyper", "meta")
_EDITING = {key: one.description for one in TextArea.BINDINGS if isinstance(one, Binding) for key in one.key.split(",")}  # fmt: skip
_NAMES = {key.value for key in Keys if not key.value.startswith("<")}


def checked(keys: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The keys that can be had, by the action's name, and a sentence for whatever is wrong.

    Args:
        keys: as they stand in the settings: the action's name, and its keys with commas between.
    """
    good: dict[str, str] = {}
    wrong: list[str] = []
    for name, written in keys.items():
        action = BY_NAME.get(name)
        if action is None:
            meant = _nearest(name, list(BY_NAME))
            wrong.append(f"the setting keys.{name}: there is no action '{name}'{meant}; /help lists them")  # fmt: skip
            continue
        found = [_spelled(one) for one in written.split(",") if one.strip()]
        said = [why for why in (_refused(action, one) for one in found) if why]
        wrong += said
        if found and not said:
            good[name] = ",".join(found)
        elif not found:
            wrong.append(f"the setting keys.{name} names no key: {action.keys or 'none'} stays")
    return good, wrong + _taken_by_texts(good) + _conflicts(good)


def _spelled(key: str) -> str:
    key = key.strip()
    return key if len(key) == 1 else key.lower()


def _refused(action: Action, key: str) -> str:
    """Why that cannot be the action's key; empty where it can."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    known = len(last) == 1 or last in _NAMES or key in _NAMES or key_to_character(last) is not None
    if not known or any(one not in _MODIFIERS for one in modifiers):
        meant = _nearest(key, sorted(_NAMES))
        return f"the setting keys.{action.name}: there is no key '{key}'{meant}"
    if action.everywhere and not modifiers and key_to_character(key) is not None:
        return f"the setting keys.{action.name}: '{key}' could not be typed any more; take one with ctrl or alt, or f1 to f12"  # fmt: skip
    return ""


def _taken_by_texts(keys: Mapping[str, str]) -> list[str]:
    """Keys that mean something else to whoever edits a text, where the action gives way."""
    said: list[str] = []
    for name, written in keys.items():
        if BY_NAME[name].everywhere or BY_NAME[name].in_prompt:
            continue
        for key in written.split(","):
            taken = _EDITING.get(key)
            if taken:
                said.append(f"the setting keys.{name}: while a text is edited, '{key}' is '{taken.lower()}' as before")  # fmt: skip
    return said


def _nearest(word: str, words: list[str]) -> str:
    close = difflib.get_close_matches(word, words, n=1)
    return f", did you mean '{close[0]}'?" if close else ""


def _conflicts(keys: Mapping[str, str]) -> list[str]:
    """Keys that would do two things, at least one of which the settings say."""
    owners: dict[str, list[Action]] = {}
    for action in ACTIONS:
        for key in keys.get(action.name, action.keys).split(","):
            owners.setdefault(key, []).append(action)
    said: list[str] = []
    for key, actions in owners.items():
        for one, other in itertools.combinations(actions, 2):
            first, second = (one, other) if one.name in keys else (other, one)
            if not key or first.name not in keys or not _collide(one, other):
                continue
            if second.name in keys:
                said.append(f"the settings give '{key}' to {first.name} and to {second.name}: only one of them has it")  # fmt: skip
            else:
                said.append(f"'{key}' is {first.name} now, as the settings say: {second.name} has lost it")  # fmt: skip
    return said


def _collide(one: Action, other: Action) -> bool:
    """Whether both would work in the same place; in the prompt a key may mean its own."""
    if one.in_prompt == other.in_prompt:
        return True
    return (other if one.in_prompt else one).everywhere


__all__ = ["checked"]
