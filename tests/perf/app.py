"""How quick the app is, seen from the terminal that it runs in."""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tests.perf.figure import Figure
from tests.perf.stage import EMPTY, LONG, MEMORY, ROUNDS, SETTLED
from tests.perf.terminal import Terminal, frames

_TRIES = 5
_SIZE = (120, 40)
_LETTERS = [chr(code) for first, last in ((0x410, 0x44F), (0x3B1, 0x3C9), (0x561, 0x586)) for code in range(first, last + 1)]  # fmt: skip
"""Each stands nowhere else on the screen, so what comes back is the key that was pressed."""
_PROMPT = b"hat do you want to see?"
"""Of the empty prompt; the cursor stands on its first letter."""
_FLUSHES_PER_SECOND = 10


@contextmanager
def staged(scene: str, *arguments: str) -> Generator[tuple[Terminal, Path]]:
    """The app over a scripted model, and its folder."""
    with tempfile.TemporaryDirectory(prefix="viscoder-perf-") as name:
        command = [sys.executable, "-m", "tests.perf.stage", scene, name, *arguments]
        with Terminal(command, _SIZE, VISCODER_HOME=name) as terminal:
            yield terminal, Path(name)


def keys_to_screen(terminal: Terminal, letters: list[str]) -> list[float]:
    """Seconds from each key to the bytes that show it."""
    chance = random.Random(7)
    taken: list[float] = []
    for letter in letters:
        since = terminal.count
        pressed = terminal.send(letter.encode())
        taken.append(terminal.wait(letter.encode(), since) - pressed)
        time.sleep(
            chance.uniform(0.06, 0.14)
        )  # never in step with what the app does ten times a second
    return taken


def slowest(taken: list[float]) -> float:
    """The 95th percentile, in milliseconds."""
    return statistics.quantiles(taken, n=20)[-1] * 1000


def typing_is_answered(rounds: int, where: str) -> Figure:
    """Keys while the model writes, against keys while it does not."""
    with staged("idle", str(rounds)) as (terminal, _):
        terminal.wait(_PROMPT)
        terminal.still()
        quiet = keys_to_screen(terminal, _LETTERS[:40])
    with staged("stream", str(rounds)) as (terminal, _):
        terminal.wait(b"plt")
        time.sleep(2)
        busy = keys_to_screen(terminal, _LETTERS[:120])
        terminal.wait(b"writing", terminal.count, 2)  # it was under way to the end
    detail = f"median {statistics.median(busy) * 1000:.0f}; idle {statistics.median(quiet) * 1000:.0f}, p95 {slowest(quiet):.0f}"  # fmt: skip
    return Figure(f"key to screen while 200 tokens/s stream{where}, p95", f"{slowest(busy):.0f} ms", "50 ms", slowest(busy) <= 50, detail)  # fmt: skip


def first_paint_is_quick() -> Figure:
    """From the start of ``viscoder chat`` to its prompt, against an app with nothing in it."""
    bare: list[float] = []
    whole: list[float] = []
    for _ in range(_TRIES):
        with Terminal([sys.executable, "-c", "from textual.app import App; App().run()"], _SIZE) as terminal:  # fmt: skip
            bare.append(terminal.wait(b"\x1b[%d;1H" % _SIZE[1]) - terminal.began)
        with tempfile.TemporaryDirectory(prefix="viscoder-perf-") as home:
            command = [sys.executable, "-m", "viscoder_tui.cli.main", "chat"]
            with Terminal(command, _SIZE, VISCODER_HOME=home) as terminal:
                whole.append(terminal.wait(_PROMPT) - terminal.began)
    ratio = statistics.median(whole) / statistics.median(bare)
    detail = f"{statistics.median(whole) * 1000:.0f} ms against {statistics.median(bare) * 1000:.0f}"  # fmt: skip
    return Figure("first paint of viscoder chat against an empty app", f"{ratio:.1f}x", "2x", ratio <= 2, detail)  # fmt: skip


def opening_is_quick() -> Figure:
    """From the call that opens a session of 1,000 rounds until its end is on the screen."""
    taken: list[float] = []
    with staged("open", str(ROUNDS)) as (terminal, _):
        terminal.wait(_PROMPT, seconds=120)
        for _ in range(_TRIES):
            terminal.still()
            since = terminal.count
            pressed = terminal.signal(LONG)
            shown = [terminal.wait(text, since) for text in (b"bar chart 499", b"320\xc3\x97200")]
            taken.append(max(shown) - pressed)
            terminal.still()
            since = terminal.count
            terminal.signal(EMPTY)
            terminal.wait(_PROMPT, since)
    middle = statistics.median(taken)
    return Figure("opening a session of 1,000 rounds", f"{middle:.2f} s", "1 s", middle <= 1, f"first {taken[0]:.2f}")  # fmt: skip


def stopping_is_quick() -> Figure:
    """From Esc to the word on the screen, while the model writes, against a key."""
    taken: list[float] = []
    keys: list[float] = []
    for _ in range(_TRIES):
        with staged("stream") as (terminal, _):
            terminal.wait(b"plt")
            time.sleep(1)
            keys += keys_to_screen(terminal, _LETTERS[:5])
            since = terminal.count
            pressed = terminal.send(b"\x1b")
            taken.append(terminal.wait(b"stopped", since) - pressed)
    middle = statistics.median(taken) * 1000
    detail = f"longest {max(taken) * 1000:.0f}; a key {statistics.median(keys) * 1000:.0f}"
    return Figure("Esc to screen while the model writes", f"{middle:.0f} ms", "100 ms", middle <= 100, detail)  # fmt: skip


def memory_stays_flat() -> Figure:
    """What is resident after 1,000 rounds, against what was after 100."""
    with staged("marathon") as (terminal, folder):
        notes = folder / MEMORY
        found: list[int] = []
        deadline = time.monotonic() + 900
        while len(found) < ROUNDS // 2:
            assert time.monotonic() < deadline and terminal.alive, "the marathon was not finished"
            time.sleep(0.5)
            found = [int(line) for line in notes.read_text().split("\n")[:-1]] if notes.exists() else []  # fmt: skip
    early = statistics.median(found[SETTLED // 2 - 5 : SETTLED // 2 + 5])
    late = statistics.median(found[-10:])
    grown = late / early - 1
    detail = f"{early / 2**20:.0f} to {late / 2**20:.0f} MiB"
    return Figure("memory after 1,000 rounds against 100", f"{grown:+.0%}", "+20%", grown <= 0.2, detail)  # fmt: skip


def streaming_paints_little() -> Figure:
    """Bytes to the terminal each time that streamed text is shown, against a whole screen."""
    with staged("stream") as (terminal, _):
        terminal.wait(b"plt")
        time.sleep(5)  # the program is longer than its pane by now
        since, began = terminal.count, time.perf_counter()
        time.sleep(6)
        streamed = terminal.text(since)
        flushes = (time.perf_counter() - began) * _FLUSHES_PER_SECOND
        terminal.send(b"\x1b")
        terminal.still(0.6)
        terminal.resize((_SIZE[0], _SIZE[1] + 1))
        terminal.still(0.6)
        since = terminal.count
        terminal.resize(_SIZE)
        terminal.still(0.6)
        whole = max(frames(terminal.text(since)))
    ratio = len(streamed) / flushes / whole
    detail = f"{len(streamed) / flushes / 1000:.1f} of {whole / 1000:.1f} kB; {len(frames(streamed)) / flushes:.1f} frames a flush, the largest {max(frames(streamed)) / 1000:.1f} kB"  # fmt: skip
    return Figure("painted per flush while streaming, of a whole screen", f"{ratio:.2f}", "0.50", ratio < 0.5, detail)  # fmt: skip


def figures() -> list[Figure]:
    """All of them."""
    return [
        typing_is_answered(0, ""),
        typing_is_answered(334, ", 500 messages"),
        first_paint_is_quick(),
        opening_is_quick(),
        streaming_paints_little(),
        stopping_is_quick(),
        memory_stays_flat(),
    ]
