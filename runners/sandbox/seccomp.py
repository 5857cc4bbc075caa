"""The filter in front of the kernel: what no renderer needs is refused before the kernel looks at it.

bubblewrap hides files, processes and the network; this makes the kernel itself smaller. The filter
is a program in classic BPF over ``struct seccomp_data`` (``linux/seccomp.h``, ``linux/filter.h``;
see seccomp(2)), written here without libseccomp, for the two processors that it knows. On another
one, or a kernel without filters, programs run in bubblewrap alone. In a container it stands beside
the engine's own.
"""

from __future__ import annotations

import contextlib
import errno
import os
import platform
import struct
from collections.abc import Generator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from runners.sandbox.refused_calls import REFUSED

# struct seccomp_data, in bytes; of an argument the lower half is what these calls look at.
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16

# linux/filter.h and linux/bpf_common.h
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _ERROR = 0x7FFF0000, 0x00050000

_X32 = 0x40000000
"""Calls from this number on are x86_64's second, 32-bit set."""

_NEW_NAMESPACES = 0x7E020000
"""CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET."""

_AF_UNIX, _AF_INET, _AF_INET6, _AF_NETLINK = 1, 2, 10, 16
_NETLINK_ROUTE = 0

_TERMINAL_REQUESTS = (0x5412, 0x541C)
"""TIOCSTI types into the terminal, TIOCLINUX pastes into the console."""


@dataclass(frozen=True, slots=True)
class _Processor:
    """What differs: the kernel's name of it (``linux/audit.h``), and the calls whose arguments count."""

    audit: int
    column: int
    clone: int
    socket: int
    socketpair: int
    ioctl: int


_PROCESSORS = {
    "x86_64": _Processor(0xC000003E, 1, 56, 41, 53, 16),
    "aarch64": _Processor(0xC00000B7, 2, 220, 198, 199, 29),
}

Instruction = tuple[int, int, int, int]
"""Code, steps to skip if true, steps to skip if not, and a number."""


def program(machine: str) -> bytes | None:
    """The filter for a processor, as ``struct sock_filter[]``; None where none is known.

    Args:
        machine: as ``uname -m`` calls it.
    """
    processor = _PROCESSORS.get(machine)
    if processor is None:
        return None
    return b"".join(struct.pack("=HBBI", *one) for one in _instructions(processor))


@cache
def program_here() -> bytes | None:
    """The filter for this machine; None where its processor is unknown or its kernel takes none."""
    with contextlib.suppress(OSError):
        actions = Path("/proc/sys/kernel/seccomp/actions_avail").read_text().split()
        return program(platform.machine()) if "errno" in actions else None
    return None


def lacking(machine: str, filter: bytes | None) -> str | None:
    """Why programs run without a filter, for people; None where they run with one.

    Args:
        machine: as ``uname -m`` calls it.
        filter: the one there is.
    """
    if filter is not None:
        return None
    why = "its kernel takes none" if machine in _PROCESSORS else f"none is written for {machine}"
    return f"no filter of the kernel's calls: {why}"


@contextlib.contextmanager
def handed_over(filter: bytes) -> Generator[int]:
    """A descriptor that a filter can be read from, once; closed afterwards."""
    reading, writing = os.pipe()
    try:
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(filter)  # a few kilobytes: a pipe holds 64
        yield reading
    finally:
        os.close(reading)


def _instructions(processor: _Processor) -> list[Instruction]:
    made: list[Instruction] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        # A processor's older calls have other numbers: none of them is known here, so none passes.
        (_EQUAL, 1, 0, processor.audit),
        _refuse(errno.ENOSYS),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32),
        _refuse(errno.ENOSYS),
    ]
    for refused in REFUSED:
        for call in refused.calls:
            number = call[processor.column]
            if isinstance(number, int):
                made += [(_EQUAL, 0, 1, number), _refuse(refused.error)]
    made += _where(processor.clone, _no_namespaces())
    made += _where(processor.socket, _sockets())
    made += _where(processor.socketpair, _sockets())
    made += _where(processor.ioctl, _no_typing())
    return [*made, (_RETURN, 0, 0, _ALLOW)]


def _refuse(error: int) -> Instruction:
    return (_RETURN, 0, 0, _ERROR | error)


def _where(number: int, look: list[Instruction]) -> list[Instruction]:
    """What to do for one call; `look` always returns."""
    return [(_EQUAL, 0, len(look), number), *look]


def _argument(index: int) -> Instruction:
    return (_LOAD, 0, 0, _ARGUMENTS + 8 * index)


def _no_namespaces() -> list[Instruction]:
    return [
        _argument(0),
        (_ANY_BIT, 0, 1, _NEW_NAMESPACES),
        _refuse(errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]


def _sockets() -> list[Instruction]:
    """Of the families, those that the network's namespace confines: a VSOCK would reach the host of
    a virtual machine. netlink(7) is only asked for addresses and routes."""
    return [
        _argument(0),
        (_EQUAL, 6, 0, _AF_UNIX),
        (_EQUAL, 5, 0, _AF_INET),
        (_EQUAL, 4, 0, _AF_INET6),
        (_EQUAL, 0, 2, _AF_NETLINK),
        _argument(2),
        (_EQUAL, 1, 0, _NETLINK_ROUTE),
        _refuse(errno.EAFNOSUPPORT),
        (_RETURN, 0, 0, _ALLOW),
    ]


def _no_typing() -> list[Instruction]:
    first, second = _TERMINAL_REQUESTS
    return [
        _argument(1),
        (_EQUAL, 1, 0, first),
        (_EQUAL, 0, 1, second),
        _refuse(errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]
