# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Starts Chromium. It takes longer to come up than our scripts, so they start it before anything else
is imported, and this file itself imports next to nothing.
"""

from __future__ import annotations

import fcntl
import os

_WITHOUT_WINDOWS = "chromium-headless-shell"
PLACES = (f"/usr/lib/chromium/{_WITHOUT_WINDOWS}", "/usr/lib/chromium/chromium", "/usr/lib/chromium-browser/chromium-browser", "/usr/lib64/chromium-browser/chromium-browser")  # fmt: skip
"""The browser itself; what is on the path is a shell script that reads settings from /etc.

Chromium without its windows comes first: it starts in half the time and draws the same."""

_MOST_CPUS = 2
"""Chromium starts threads for every processor it sees, and a run may only have so many."""

_FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    # Chromium's own sandbox needs a user namespace. bubblewrap allows no further one inside its
    # own, which is the wall that counts: no network, no files, no other process, no capability.
    "--no-sandbox",
    "--no-zygote",
    "--disable-dev-shm-usage",
    # No graphics card: WebGL is drawn by the processor.
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # Pages themselves are put together without GL, which takes half the time.
    "--disable-gpu-compositing",
    "--renderer-process-limit=1",
    # Without the second one V8 reads a whole library again for the lines of the first error that is
    # thrown and caught in it, while it looks for what the browser can do: Plotly took twice as long.
    "--js-flags=--max-old-space-size=512 --no-enable-lazy-source-positions",
    "--disk-cache-size=1",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--disable-features=Translate,OptimizationHints,MediaRouter,WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,WebUIOmniboxPreload,PreloadTopChromeWebUI",
    "--hide-scrollbars",
    "--mute-audio",
    "--force-color-profile=srgb",
    "--log-level=3",
    "about:blank",
)  # fmt: skip

_FOLDER = "--user-data-dir=.chromium"
"""Of a Chromium with windows, in the workspace, which goes when the run is over. The one without keeps
everything in memory if it is given none, and starts sooner."""

OF_NODE = ("require", "process", "import", "module")
"""Words without which no JavaScript program is for node."""

_pipes: list[tuple[int, int]] = []


def program() -> str | None:
    """The browser of this machine."""
    for place in PLACES:
        if os.access(place, os.X_OK):
            return place
    import shutil

    return shutil.which("chromium")


def start() -> None:
    """Have it come up, unless it does so already; where it cannot be started, `pipes` will say so."""
    if _pipes:
        return
    try:
        _pipes.append(_started())
    except OSError:
        return


def start_unless(file: str, words: tuple[str, ...]) -> None:
    """Have it come up, unless a program may want none.

    Args:
        file: the program's name; a spare has no program yet.
        words: with which it may.
    """
    try:
        with open(file, encoding="utf-8", errors="replace") as program:
            source = program.read()
    except FileNotFoundError:
        source = ""
    if not any(word in source for word in words):
        start()


def pipes() -> tuple[int, int]:
    """The ends of the pipes to write to and to read from, of a Chromium that is the caller's alone.

    Raises:
        OSError: it cannot be started.
    """
    return _pipes.pop() if _pipes else _started()


def _started() -> tuple[int, int]:
    theirs, ours = os.pipe()
    our_end, their_end = os.pipe()
    browser = program() or "chromium"
    flags = _FLAGS if browser.endswith(_WITHOUT_WINDOWS) else (_FOLDER, *_FLAGS)
    # Above the numbers that Chromium wants them by, so that neither overwrites the other.
    high = [fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, 10) for one in (theirs, their_end)]
    actions = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
    actions += [
        (os.POSIX_SPAWN_DUP2, one, number) for number, one in zip((3, 4), high, strict=True)
    ]
    before = _on_few_processors()
    try:
        # It ends when its pipes are closed, and with the sandbox.
        os.posix_spawnp(browser, [browser, *flags], os.environ, file_actions=actions)
    finally:
        if before is not None:
            os.sched_setaffinity(0, before)
        for one in (theirs, their_end, *high):
            os.close(one)
    return ours, our_end


def _on_few_processors() -> set[int] | None:
    """Stay on a few; those that there were before, None where that cannot be said: not on Linux."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    allowed = os.sched_getaffinity(0)
    at = int.from_bytes(os.urandom(4), "big") % len(allowed)
    os.sched_setaffinity(0, (sorted(allowed) * 2)[at : at + _MOST_CPUS])
    return allowed
