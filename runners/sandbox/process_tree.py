"""A local command with all its descendants: watched, bounded, and ended as one.

The kernel bounds what a single process may use (`bounded`); what a tree uses together is read
from ``/proc`` twenty times a second, five where it is large, and the tree is ended when it is too
much.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import stat
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from runners.base import Limits, SandboxMissing
from runners.sandbox.base import Breach, Ending
from runners.sandbox.process_group import NOT_STARTED, ProcessGroup
from runners.workspace import disk_use

_WATCH_SECONDS, _LONGEST_UNWATCHED_SECONDS = 0.05, 0.2
_WATCH_SHARE = 0.05
"""Of the time: a browser's two hundred threads take some milliseconds to look at. On a busy machine
one look may take long, which is no reason to look away for long."""
_WORKSPACE_EVERY = 4
SHELL_SIGNAL = 128
_PATIENCE_SECONDS = 1.0
"""For the pipes of a command that is gone. Unconfined, a child that left the family may hold them
for ever; in a namespace everybody is ended by the kernel, which takes a moment on a busy machine."""
_PATIENCE_IN_NAMESPACE_SECONDS = 30.0
_HOLD_TRIES = 100
_HOLD_SECONDS = 0.0005
_PAGE = os.sysconf("SC_PAGE_SIZE")
PRLIMIT = "/usr/bin/prlimit"


def bounded(argv: Sequence[str], limits: Limits, *, processes: bool) -> list[str]:
    """`argv` led by prlimit(1), which sets what the kernel bounds for each process.

    Args:
        argv: the command.
        limits: what it may use.
        processes: bound the number of processes too. The kernel counts them a user, so this is
            only right inside a user namespace of the command's own.
    """
    bounds = [
        f"--cpu={limits.cpu_seconds}:{limits.cpu_seconds + 2}",
        f"--data={limits.memory_bytes}",
        f"--fsize={limits.file_bytes}",
        "--core=0",
        "--nofile=1024",
    ]
    if processes:
        bounds.append(f"--nproc={limits.processes}")
    return [PRLIMIT, *bounds, "--", *argv]


class ProcessTree:
    """A started command; keeps `runners.sandbox.base.Confined`."""

    def __init__(
        self,
        process: asyncio.subprocess.Process,
        workspace: Path,
        limits: Limits,
        *,
        namespaced: bool = False,
        group: ProcessGroup | None = None,
    ) -> None:
        self._process = process
        self._group = group
        self._namespaced = namespaced
        self._workspace = workspace
        self._limits = limits
        self._breach: Breach | None = None
        self._watch = asyncio.create_task(self._watched())

    @classmethod
    async def start(
        cls,
        argv: Sequence[str],
        environment: Mapping[str, str],
        workspace: Path,
        limits: Limits,
        *,
        namespaced: bool = False,
        pass_fds: Sequence[int] = (),
        group: ProcessGroup | None = None,
    ) -> ProcessTree:
        """Start `argv` in `workspace` as the leader of a session of its own.

        Args:
            argv: the command.
            environment: the whole of it.
            workspace: where it works.
            limits: what it may use.
            namespaced: its child is the first process of a pid namespace.
            pass_fds: descriptors that it inherits.
            group: what it has joined, removed when all is over.
        """
        starting = asyncio.ensure_future(
            asyncio.create_subprocess_exec(
                *argv,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                env=dict(environment),
                cwd=workspace,
                start_new_session=True,
                pass_fds=pass_fds,
            )
        )
        try:
            # asyncio, cancelled halfway, would kill the leader alone and wait for its pipes.
            return cls(await asyncio.shield(starting), workspace, limits, namespaced=namespaced, group=group)  # fmt: skip
        except asyncio.CancelledError:
            tree = cls(await starting, workspace, limits, namespaced=namespaced, group=group)
            tree.kill()
            await tree.wait()
            raise

    @property
    def stdin(self) -> asyncio.StreamWriter:
        """Where to write to it."""
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def stdout(self) -> asyncio.StreamReader:
        """What it prints."""
        assert self._process.stdout is not None
        return self._process.stdout

    @property
    def stderr(self) -> asyncio.StreamReader:
        """What it complains of."""
        assert self._process.stderr is not None
        return self._process.stderr

    async def wait(self) -> Ending:
        """Wait until the command is gone; what it still says is dropped.

        A pipe that nobody empties stays open, and asyncio waits for all of them.

        Raises:
            SandboxMissing: what confines it could not be started.
        """
        patience = _PATIENCE_IN_NAMESPACE_SECONDS if self._namespaced else _PATIENCE_SECONDS
        while self._process.returncode is None or not self._is_silent():
            try:
                async with asyncio.timeout(patience):
                    await asyncio.gather(self._process.wait(), _dropped(self.stdout), _dropped(self.stderr))  # fmt: skip
            except TimeoutError:
                if self._process.returncode is not None:
                    break
        status = self._process.returncode
        assert status is not None
        self._watch.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._watch
        if status > SHELL_SIGNAL and self._breach is None:
            status = SHELL_SIGNAL - status
        if status == -signal.SIGXCPU:
            self._breach = Breach.CPU
        if self._group is not None:
            # Not waited for: the kernel takes 40 ms to clear away a browser. asyncio.run waits for its threads.
            asyncio.get_running_loop().run_in_executor(None, self._group.remove)
            if status == NOT_STARTED:
                raise SandboxMissing("bwrap cannot be started: install it anew, or see what `viscoder doctor` says")  # fmt: skip
        return Ending(status, self._breach)

    def _is_silent(self) -> bool:
        return self.stdout.at_eof() and self.stderr.at_eof()

    def kill(self) -> None:
        """End the whole tree at once.

        The leader is held first, so that it starts no child unseen: a bwrap that dies between
        making its child and telling it to go on leaves it waiting for ever. Its children go next:
        with the first process of a pid namespace the kernel ends all others in it, however fast
        they multiply. Then the youngest goes first, for a leader that goes before its children
        may leave them behind.
        """
        if self._process.returncode is not None:
            return
        _hold(self._process.pid)
        for pid in children(self._process.pid) if self._namespaced else ():
            _end(pid)
        for pid in reversed(tree(self._process.pid)):
            _end(pid)

    async def _watched(self) -> None:
        tick, taken = 0, 0.0
        while self._process.returncode is None:
            pause = max(_WATCH_SECONDS, taken / _WATCH_SHARE)
            await asyncio.sleep(min(pause, _LONGEST_UNWATCHED_SECONDS))
            tick += 1
            began = time.monotonic()
            self._breach = self._too_much()
            taken = time.monotonic() - began
            if self._breach is None and tick % _WORKSPACE_EVERY == 0 and await asyncio.to_thread(self._is_full):  # fmt: skip
                self._breach = Breach.WORKSPACE
            if self._breach is not None:
                self.kill()
                return

    def _too_much(self) -> Breach | None:
        used = [_used(pid) for pid in tree(self._process.pid, self._limits.processes + 1)]
        if sum(threads for threads, _ in used) > self._limits.processes:
            return Breach.PROCESSES
        if sum(memory for _, memory in used) > self._limits.memory_bytes:
            return Breach.MEMORY
        return None

    def _is_full(self) -> bool:
        """Whether the workspace holds too much, with the files that have no name any more."""
        most = self._limits.workspace_bytes
        nameless = sum(_nameless(tree(self._process.pid)).values())
        return nameless > most or disk_use(self._workspace, most - nameless) > most - nameless


async def _dropped(stream: asyncio.StreamReader) -> None:
    while await stream.read(1 << 16):
        pass


def _hold(pid: int) -> None:
    """Stop a process, and wait until it stands still, a twentieth of a second at most."""
    try:
        os.kill(pid, signal.SIGSTOP)
        for _ in range(_HOLD_TRIES):
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
            if state in "TtZX":
                return
            time.sleep(_HOLD_SECONDS)
    except OSError:
        return


def _end(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    found: list[int] = []
    tasks = f"/proc/{pid}/task"
    with contextlib.suppress(OSError):
        for task in os.listdir(tasks):  # noqa: PTH208  # a third of what pathlib takes, twenty times a second
            with open(f"{tasks}/{task}/children", "rb", buffering=0) as file:  # noqa: PTH123  # as above
                found += map(int, file.read().split())
    return found


def tree(root: int, most: int | None = None) -> list[int]:
    """The process `root` and those that descend from it.

    Args:
        root: a process.
        most: so many are enough to know; they may be more than can be counted in time.
    """
    found = [root]
    for pid in found:
        if most is not None and len(found) >= most:
            break
        found += children(pid)
    return found


def _used(pid: int) -> tuple[int, int]:
    """A process's threads, and its resident memory in bytes; see proc_pid_stat(5)."""
    try:
        with open(f"/proc/{pid}/stat", "rb", buffering=0) as file:  # noqa: PTH123  # as in children
            fields = file.read().rsplit(b")", 1)[1].split()
    except (OSError, IndexError):
        return 0, 0
    return int(fields[17]), int(fields[21]) * _PAGE


def _nameless(pids: Sequence[int]) -> dict[tuple[int, int], int]:
    """The bytes of each file that was removed while one of some processes has it open."""
    found: dict[tuple[int, int], int] = {}
    for pid in pids:
        with contextlib.suppress(OSError):
            for descriptor in Path(f"/proc/{pid}/fd").iterdir():
                with contextlib.suppress(OSError):
                    one = descriptor.stat()
                    if one.st_nlink == 0 and stat.S_ISREG(one.st_mode):
                        found[one.st_dev, one.st_ino] = one.st_blocks * 512
    return found
