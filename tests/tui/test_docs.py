"""The docs say what the app does."""

from __future__ import annotations

from pathlib import Path

from viscoder_tui.tui.keys_page import markdown

DOCS = Path(__file__).parent.parent.parent / "docs"


def test_the_page_of_keys_is_made_from_the_registry() -> None:
    assert (DOCS / "keys.md").read_text(encoding="utf-8") == markdown(), "run: make screenshots"
