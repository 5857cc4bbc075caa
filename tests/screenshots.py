"""``make screenshots``: the pictures in ``docs/`` and its page of keys.

The app runs headless with the embedded model. What Textual exports shows pictures in half cells;
in their place stands the picture itself, as a terminal with kitty graphics or sixel shows it.
"""

from __future__ import annotations

import asyncio
import io
import os
import re
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import resvg_py
from PIL import Image
from textual.pilot import Pilot

from backends.base import Backend
from backends.choose import EMBEDDED
from backends.llama_cpp import LlamaCpp
from runners.base import Runner
from runners.runner import SandboxedRunner
from runners.sandbox import sandbox
from themes.load import all_themes
from viscoder_tui.sessions.answering import Answering
from viscoder_tui.sessions.store import Store
from viscoder_tui.tui.app import ViscoderApp
from viscoder_tui.tui.keys_page import markdown
from viscoder_tui.tui.panes.preview import PreviewPane
from viscoder_tui.tui.screens.chat import ChatScreen
from viscoder_tui.tui.setup import Setup

DOCS = Path(__file__).parent.parent / "docs"
_WIDTH = 1500
_CELL = (12.2, 24.4)
"""Width and height of one cell in Textual's export."""

Story = Callable[[Pilot[None]], Awaitable[None]]


async def settled(pilot: Pilot[None]) -> None:
    """Wait until nothing is under way, and all is drawn."""
    await pilot.pause(0.3)
    while isinstance(pilot.app.screen, ChatScreen) and pilot.app.screen.working:
        await asyncio.sleep(0.05)
    await pilot.pause(1.0)


async def ask(pilot: Pilot[None], text: str) -> None:
    """Type a request, and wait for what comes of it."""
    screen = pilot.app.screen
    assert isinstance(screen, ChatScreen)
    screen.chat.prompt.put(text)
    await pilot.press("enter")
    await settled(pilot)


async def drawn(pilot: Pilot[None]) -> None:
    """Two requests."""
    await ask(pilot, "fruit sold: apples 3, pears 5, cherries 12, plums 7, titled Fruit this week")
    await ask(pilot, "make it horizontal")


async def compared(pilot: Pilot[None]) -> None:
    """The difference between two rounds."""
    await drawn(pilot)
    await pilot.press("ctrl+d")
    await pilot.pause(1.0)


async def failed(pilot: Pilot[None]) -> None:
    """A mistake made by hand."""
    await ask(pilot, "line chart of rain: Jan 12, Feb 9, Mar 20, Apr 4")
    screen = pilot.app.screen
    assert isinstance(screen, ChatScreen)
    editor = screen.code.editor
    row = next(n for n in range(editor.document.line_count) if "ax.plot(" in editor.document.get_line(n))  # fmt: skip
    column = editor.document.get_line(row).index("values")
    editor.replace("value", (row, column), (row, column + 6))
    await pilot.press("f5")
    await settled(pilot)


async def picked(pilot: Pilot[None]) -> None:
    """The list of sessions."""
    await ask(pilot, "a D major scale in bass clef")
    await pilot.press("f9")
    await pilot.pause(1.0)


async def code_tab(pilot: Pilot[None]) -> None:
    """One pane at a time."""
    await ask(pilot, "pie of browsers: Firefox 35, Chrome 50, Safari 15, in mermaid")
    await pilot.press("f4")
    await pilot.pause(1.0)


SHOTS: dict[str, tuple[Story, str, tuple[int, int]]] = {
    "chat-ink": (drawn, "ink", (130, 40)),
    "chat-paper": (drawn, "paper", (130, 40)),
    "diff": (compared, "ink", (130, 40)),
    "failure": (failed, "paper", (130, 40)),
    "sessions": (picked, "ink", (130, 40)),
    "narrow": (code_tab, "ink", (60, 24)),
}


def rasterised(svg: str) -> Image.Image:
    """Textual's export as pixels; its web font is not asked for."""
    plain = re.sub(r"@font-face\s*\{[^}]*\}", "", svg).replace("Fira Code", "DejaVu Sans Mono")
    return Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=plain, width=_WIDTH)))).convert("RGB")  # fmt: skip


def with_pictures(image: Image.Image, pilot: Pilot[None], svg: str) -> Image.Image:
    """The half cells replaced by the pictures that they stand for."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    place = re.search(r'clip-path="url\(#[\w-]+-clip-terminal\)">|<g transform="translate\(([\d.]+), ([\d.]+)\)"', svg)  # fmt: skip
    assert box and place
    scale = _WIDTH / float(box[1])
    left, top = (float(place[1] or 9), float(place[2] or 41))
    for pane in pilot.app.screen.query(PreviewPane):
        if pane.picture is None or not pane.region:
            continue
        region = pane.query_one(".image").region
        size = (round(region.width * _CELL[0] * scale), round(region.height * _CELL[1] * scale))
        with Image.open(pane.picture.path.with_suffix(".png")) as opened:
            shown = Image.new("RGB", opened.size, pane.paper)
            rgba = opened.convert("RGBA")
            shown.paste(rgba, (0, 0), rgba)
        at = (round((left + region.x * _CELL[0]) * scale), round((top + region.y * _CELL[1]) * scale))  # fmt: skip
        image.paste(shown.resize(size, Image.Resampling.LANCZOS), at)
    return image


async def shoot(store: Store, backend: Backend, runner: Runner) -> None:
    """Take all of them."""

    def closed(name: str) -> Answering:
        return Answering(name, backend)

    for name, (story, theme, size) in SHOTS.items():
        setup = Setup(store, backend, runner, "viscoder-nano", closed, lambda _: runner, protocol="half", themes=all_themes(), theme=theme)  # fmt: skip
        app = ViscoderApp(setup, store.new_session(""))
        async with app.run_test(size=size) as pilot:
            await story(pilot)
            svg = app.export_screenshot(title="viscoder chat")
            image = with_pictures(rasterised(svg), pilot, svg)
        image.quantize(128).save(DOCS / f"{name}.png", optimize=True)


async def main() -> None:
    """Write everything."""
    (DOCS / "keys.md").write_text(markdown(), encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="viscoder-shots-") as folder:
        os.environ["VISCODER_HOME"] = folder
        store = Store.open()
        backend = LlamaCpp(EMBEDDED, Path(folder) / "llama.log", embedded=True)
        runner = SandboxedRunner(sandbox("bubblewrap"))
        try:
            await shoot(store, backend, runner)
        finally:
            await runner.close()
            await backend.close()
            store.close()


if __name__ == "__main__":
    asyncio.run(main())
