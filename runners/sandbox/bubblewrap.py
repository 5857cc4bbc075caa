"""The default sandbox on Linux: bubblewrap, which builds a root of its own from namespaces.

The command sees the system's programs and libraries read-only, what its language needs, and
one writable folder. It has no network, no home, no environment, no other process in sight, no
capability, and it dies with viscoder. A seccomp filter refuses calls that it does not need.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

from runners.base import Language, SandboxMissing
from runners.sandbox import seccomp
from runners.sandbox.base import Command
from runners.sandbox.process_group import ProcessGroup
from runners.sandbox.process_tree import PRLIMIT, ProcessTree, bounded
from runners.toolchains import Missing, missing_here

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_SETTINGS = ("/etc/fonts", "/var/cache/fontconfig", "/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime")  # fmt: skip
"""Without fontconfig's cache each run would read every font of the machine anew, for a second and more."""
_NOBODY = "65534"
_TMP_BYTES = str(512 * 1024 * 1024)
"""Chromium puts pictures there: each canvas several times, and all of what is seen."""
_SHM_BYTES = str(16 * 1024 * 1024)
_OURS = 4
"""The processes of bwrap itself, and room to see that the program wants more than it may have."""
INSIDE = "/viscoder/work"
"""Where the workspace is seen; two levels deep, for LilyPond loses its files in a folder of the root."""


class Bubblewrap:
    """Runs commands through bwrap(1)."""

    @property
    def name(self) -> str:
        """How ``--sandbox`` calls it."""
        return "bubblewrap"

    def problem(self) -> str | None:
        """Why it cannot be had here."""
        return _problem()

    def missing(self, language: Language) -> Missing | None:
        """What a language lacks on this machine."""
        return missing_here(language)

    async def start(self, command: Command) -> ProcessTree:
        """Start `command` inside."""
        problem = self.problem()
        if problem is not None:
            raise SandboxMissing(problem)
        rest = [*_wrapping(command), *bounded(command.argv, command.limits, processes=True)]
        filter = seccomp.program_here()
        if filter is None:
            return await _started([_bwrap(), *rest], command)
        with seccomp.handed_over(filter) as descriptor:
            argv = [_bwrap(), "--seccomp", str(descriptor), *rest]
            return await _started(argv, command, descriptor)


async def _started(argv: list[str], command: Command, *descriptors: int) -> ProcessTree:
    group = ProcessGroup.bounded(command.limits.processes + _OURS)
    if group is not None:
        argv = group.joined(argv)
    try:
        return await ProcessTree.start(argv, {}, command.workspace, command.limits, namespaced=True, pass_fds=descriptors, group=group)  # fmt: skip
    except OSError:
        if group is not None:
            group.remove()
        raise


def _bwrap() -> str:
    return shutil.which("bwrap") or "bwrap"


@cache
def _problem() -> str | None:
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        return (
            "the sandbox needs bubblewrap, which is not installed: "
            f"{_install()} (or run unconfined, for this run only: --sandbox none)"
        )
    if not Path(PRLIMIT).exists():
        return f"the sandbox needs {PRLIMIT}, which is in the package util-linux: install it"
    trial = subprocess.run(
        [
            bwrap,
            "--ro-bind",
            "/",
            "/",
            "--unshare-all",
            "--unshare-user",
            "--disable-userns",
            "/bin/true",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if trial.returncode != 0:
        said = trial.stderr.strip().splitlines()
        return (
            f"bubblewrap cannot make a sandbox here ({said[-1] if said else 'no reason given'}): "
            "allow user namespaces with: sudo sysctl kernel.unprivileged_userns_clone=1 "
            "kernel.apparmor_restrict_unprivileged_userns=0"
        )
    return None


def _install() -> str:
    for program, command in (
        ("apt-get", "sudo apt-get install bubblewrap"),
        ("dnf", "sudo dnf install bubblewrap"),
        ("pacman", "sudo pacman -S bubblewrap"),
    ):
        if shutil.which(program):
            return command
    return "install the package bubblewrap"


def _wrapping(command: Command) -> list[str]:
    argv = ["--unshare-all", "--unshare-user"]
    argv += [
        "--disable-userns",
        "--die-with-parent",
        "--new-session",
        "--clearenv",
        "--cap-drop",
        "ALL",
    ]
    argv += ["--uid", _NOBODY, "--gid", _NOBODY, "--hostname", "sandbox"]
    for folder in _SYSTEM:
        if Path(folder).is_symlink():
            argv += ["--symlink", str(Path(folder).readlink()), folder]
        elif Path(folder).exists():
            argv += ["--ro-bind", folder, folder]
    for entry in _SETTINGS:
        argv += ["--ro-bind-try", entry, entry]
    argv += ["--proc", "/proc", "--dev", "/dev", "--size", _SHM_BYTES, "--tmpfs", "/dev/shm"]
    argv += ["--size", _TMP_BYTES, "--tmpfs", "/tmp"]
    for path in command.readable:
        argv += ["--ro-bind", str(path), str(path)]
    argv += ["--bind", str(command.workspace), INSIDE, "--chdir", INSIDE]
    # To a kernel whose user is root, what lies in /proc/sys is that user's own, namespace or not.
    argv += ["--remount-ro", "/proc", "--remount-ro", "/dev", "--remount-ro", "/"]
    for name, value in command.environment.items():
        argv += ["--setenv", name, value]
    return argv
