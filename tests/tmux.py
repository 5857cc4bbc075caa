"""A window of tmux with `viscoder chat` in it, driven by keys."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from pathlib import Path


class Window:
    """A real terminal.

    Args:
        folder: where viscoder is started; its home is kept there too.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._started = 0
        self._tmux: list[str] = []

    def start(self, *arguments: str, columns: int = 120, rows: int = 36, **environment: str) -> None:  # fmt: skip
        """Start ``viscoder chat`` with these arguments."""
        # A server that is ending would take the new one with it, so each has a socket of its own.
        self._started += 1
        self._tmux = ["tmux", "-S", str(self._folder / f"tmux-{self._started}"), "-f", "/dev/null"]
        command = shlex.join([sys.executable, "-m", "viscoder_tui.cli.main", "chat", *arguments])
        told = {"VISCODER_HOME": str(self._folder / "home"), "PYTHONPATH": str(Path.cwd()), "COLORTERM": "truecolor", **environment}  # fmt: skip
        setting = " ".join(f"{name}={shlex.quote(value)}" for name, value in told.items())
        line = f"cd {shlex.quote(str(self._folder))}; {setting} {command}; echo left with $?; sleep 60"  # fmt: skip
        self._run("new-session", "-d", "-s", "it", "-x", str(columns), "-y", str(rows), line)

    def keys(self, *keys: str) -> None:
        """Press keys as quickly as a hand does: Textual lets letters overtake cursor keys."""
        for key in keys:
            self._run("send-keys", "-t", "it", key)
            time.sleep(0.2)

    def type(self, text: str, *keys: str) -> None:
        """Type a text all at once, then press keys."""
        self._run("send-keys", "-t", "it", "-l", text)
        self.keys(*keys)

    def resize(self, columns: int, rows: int) -> None:
        """Give it another size."""
        self._run("resize-window", "-t", "it", "-x", str(columns), "-y", str(rows))

    def screen(self) -> str:
        """What stands on the screen."""
        return self._run("capture-pane", "-t", "it", "-p")

    def all(self) -> str:
        """What stands on the screen, and above it."""
        return self._run("capture-pane", "-t", "it", "-p", "-S", "-500")

    def until(self, *texts: str, times: int = 1, seconds: float = 40.0) -> str:
        """Wait until each of these has been written so many times."""
        end = time.monotonic() + seconds
        while True:
            shown = self.all()
            if all(shown.count(text) >= times for text in texts):
                return shown
            assert time.monotonic() < end, f"{texts} did not come:\n{shown}"
            time.sleep(0.05)

    def record(self, log: Path) -> None:
        """Write the bytes that come from now on into a file."""
        self._run("pipe-pane", "-t", "it", f"cat > {shlex.quote(str(log))}")

    def kill(self) -> None:
        """As `kill -9` of everything in it."""
        pid = self._run("display-message", "-t", "it", "-p", "#{pane_pid}").strip()
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", pid], capture_output=True, text=True, check=True).stdout.split()  # fmt: skip
        for child in children:
            os.kill(int(child), 9)

    def end(self) -> None:
        """Close it."""
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)

    def _run(self, *arguments: str) -> str:
        return subprocess.run([*self._tmux, *arguments], capture_output=True, text=True, check=True).stdout  # fmt: skip
