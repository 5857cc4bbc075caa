"""A program in another environment, which ends with viscoder; its messages go to a log."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

_ENDS_SECONDS = 12.0


class Warded:
    """A program with a warden (`backends.warden`).

    Args:
        command: the program and its arguments.
        log: a file that begins anew; what the program says on stderr, and on stdout unless `pipes`.
        environment: what it inherits.
        pipes: have its stdin and stdout as pipes.

    Raises:
        OSError: the log cannot be written, or there can be no more processes.
    """

    def __init__(
        self,
        command: Sequence[str],
        log: Path,
        environment: Mapping[str, str],
        *,
        pipes: bool = False,
    ) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.unlink(missing_ok=True)  # another viscoder's may still be written to
        theirs, self._held = os.pipe()
        try:
            with log.open("wb") as file:
                self._said = log.open("rb")
                self._warden = subprocess.Popen(
                    [sys.executable, "-I", "-m", "backends.warden", str(theirs), *command],
                    stdin=subprocess.PIPE if pipes else subprocess.DEVNULL,
                    stdout=subprocess.PIPE if pipes else file,
                    stderr=file,
                    env=dict(environment),
                    cwd=log.parent,  # where one works may lie modules that are called like a program's
                    pass_fds=(theirs,),
                    start_new_session=True,
                )
        except OSError:
            os.close(self._held)
            raise
        finally:
            os.close(theirs)

    @property
    def pid(self) -> int:
        """The warden's."""
        return self._warden.pid

    @property
    def stdin(self) -> IO[bytes]:
        """The program's, where it has pipes."""
        assert self._warden.stdin is not None
        return self._warden.stdin

    @property
    def stdout(self) -> IO[bytes]:
        """The program's, where it has pipes."""
        assert self._warden.stdout is not None
        return self._warden.stdout

    def wait(self) -> int:
        """Wait until it has ended; its exit status as a shell tells it."""
        return self._warden.wait()

    def status(self) -> int | None:
        """Its exit status as a shell tells it; None while it runs."""
        return self._warden.poll()

    def news(self) -> str:
        """What it has said since the last time."""
        return self._said.read().decode("utf-8", "replace")

    def said(self) -> str:
        """Everything that it has said."""
        self._said.seek(0)
        return self.news()

    def end(self) -> None:
        """End it with all that it has started, and wait until that is done."""
        if self._held < 0:
            return
        os.close(self._held)
        self._held = -1
        try:
            self._warden.wait(_ENDS_SECONDS)
        except subprocess.TimeoutExpired:
            self._warden.kill()
            self._warden.wait()
        for pipe in (
            self._warden.stdin,
            self._warden.stdout,
        ):  # whoever still reads has come to the end
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._said.close()
