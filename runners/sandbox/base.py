"""What a sandbox is: it starts a command confined, and hands out a handle to it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from runners.base import Language, Limits
from runners.toolchains import Missing


@dataclass(frozen=True, slots=True)
class Command:
    """What is to be started, and what it may see.

    Attributes:
        argv: the program and its arguments.
        environment: the whole environment.
        readable: files and folders that are seen at the same path, read-only.
        workspace: the folder it works in, the only one it may write.
        limits: what it may use.
        image: the family of images that holds its program, for a sandbox that runs images.
    """

    argv: tuple[str, ...]
    environment: Mapping[str, str]
    readable: tuple[Path, ...]
    workspace: Path
    limits: Limits
    image: str = ""


class Breach(StrEnum):
    """Which limit a process tree was ended for."""

    MEMORY = "memory"
    PROCESSES = "processes"
    WORKSPACE = "workspace"
    CPU = "cpu"


@dataclass(frozen=True, slots=True)
class Ending:
    """How a command ended: its exit status (negative is a signal), and a breached limit."""

    exit_status: int
    breach: Breach | None = None


class Stdin(Protocol):
    """The way to a command's stdin."""

    def write(self, data: bytes) -> None:
        """Send some bytes."""
        ...

    def close(self) -> None:
        """End it."""
        ...


class Confined(Protocol):
    """A command that was started in a sandbox, with everything it starts itself."""

    @property
    def stdin(self) -> Stdin:
        """Where to write to it."""
        ...

    @property
    def stdout(self) -> asyncio.StreamReader:
        """What it prints."""
        ...

    @property
    def stderr(self) -> asyncio.StreamReader:
        """What it complains of."""
        ...

    async def wait(self) -> Ending:
        """Wait until the whole tree is gone."""
        ...

    def kill(self) -> None:
        """End the whole tree at once."""
        ...


class Sandbox(Protocol):
    """A place where commands run confined."""

    @property
    def name(self) -> str:
        """How ``--sandbox`` calls it."""
        ...

    def problem(self) -> str | None:
        """Why it cannot be had on this machine, and what mends that; None where it can."""
        ...

    def missing(self, language: Language) -> Missing | None:
        """What a language lacks to run in it; None where it lacks nothing.

        Raises:
            SandboxMissing: it cannot be had here any more.
        """
        ...

    async def start(self, command: Command) -> Confined:
        """Start `command`.

        Raises:
            SandboxMissing: it cannot be had here.
        """
        ...
