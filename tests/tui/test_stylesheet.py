"""Styles are parsed once for each set of colours."""

from __future__ import annotations

import pytest
from textual.css.stylesheet import Stylesheet

from tests.tui.conftest import PLOT, Open


async def test_the_app_starts_with_one_parse_and_a_theme_takes_one_more(
    desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    real = Stylesheet.reparse

    def counted(sheet: Stylesheet) -> None:
        parsed.append("again")
        real(sheet)

    monkeypatch.setattr(Stylesheet, "reparse", counted)
    async with desk([PLOT]) as it:
        await it.idle()
        assert parsed == []
        before = it.screen.styles.background
        app = it.pilot.app
        app.theme = "paper" if app.theme != "paper" else "ink"
        await it.pilot.pause()
        assert parsed == ["again"]
        assert it.screen.styles.background != before
        app.refresh_css()
        assert parsed == ["again"]
