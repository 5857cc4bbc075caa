"""The keys of an action, as Textual binds them."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding

from viscoder_tui.tui.actions import Action, spoken_key


def bindings(action: Action) -> Sequence[Binding]:
    """One for each key, so that the footer shows one that works where the focus is."""
    return [
        Binding(
            key,
            f"app.perform('{action.name}')",
            action.title,
            show=action.footer,
            key_display=spoken_key(key),
            priority=action.everywhere and not action.in_prompt,
            id=action.name,
        )
        for key in action.keys.split(",")
        if key
    ]


__all__ = ["bindings"]
