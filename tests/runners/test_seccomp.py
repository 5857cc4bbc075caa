"""The filter in front of the kernel: read as the kernel reads it, and tried from inside."""

from __future__ import annotations

import asyncio
import errno
import json
import platform
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from runners.base import Limits
from runners.languages.interpreter import ENVIRONMENT, readable
from runners.sandbox import seccomp
from runners.sandbox.base import Command
from runners.sandbox.bubblewrap import Bubblewrap
from runners.sandbox.refused_calls import REFUSED
from tests.conftest import need

AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
COLUMN = {"x86_64": 1, "aarch64": 2}
ORDINARY = {
    "x86_64": {"read": 0, "mmap": 9, "futex": 202, "execve": 59, "openat": 257, "prlimit64": 302, "clone": 56, "ioctl": 16, "socket": 41},
    "aarch64": {"read": 63, "mmap": 222, "futex": 98, "execve": 221, "openat": 56, "prlimit64": 261, "clone": 220, "ioctl": 29, "socket": 198},
}  # fmt: skip
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}
MACHINES = pytest.mark.parametrize("machine", list(AUDIT))


def answer(machine: str, number: int, *arguments: int, architecture: int | None = None) -> int:
    """What the filter says to a call: 0 for allowed, else the error; classic BPF as in linux/filter.h."""
    program = seccomp.program(machine)
    assert program is not None
    steps = list(struct.iter_unpack("=HBBI", program))
    words = [value for one in (*arguments, *[0] * (6 - len(arguments))) for value in (one & 0xFFFFFFFF, one >> 32 & 0xFFFFFFFF)]  # fmt: skip
    data = struct.pack("=II8x12I", number, architecture or AUDIT[machine], *words)
    at, register = 0, 0
    while True:
        code, if_true, if_not, value = steps[at]
        at += 1
        match code:
            case 0x20:
                (register,) = struct.unpack_from("=I", data, value)
            case 0x15 | 0x35 | 0x45:
                true = {0x15: register == value, 0x35: register >= value, 0x45: bool(register & value)}[code]  # fmt: skip
                at += if_true if true else if_not
            case _:
                assert code == 0x06
                return 0 if value == 0x7FFF0000 else value - 0x50000


@MACHINES
def test_each_call_of_the_table_is_refused(machine: str) -> None:
    for refused in REFUSED:
        for call in refused.calls:
            number = call[COLUMN[machine]]
            if isinstance(number, int):
                assert answer(machine, number) == refused.error, call


@MACHINES
def test_the_numbers_are_those_of_the_kernels_headers(machine: str) -> None:
    if not HEADERS[machine].exists():
        pytest.skip("the kernel's headers are not installed")
    text = HEADERS[machine].read_text()
    numbers = dict(re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", text))
    for refused in REFUSED:
        for call in refused.calls:
            name, number = call[0], call[COLUMN[machine]]
            if name in numbers or number is None:
                assert number == (int(numbers[name]) if name in numbers else None), name
    for name, number in ORDINARY[machine].items():
        assert number == int(numbers[name]), name


@MACHINES
def test_ordinary_calls_pass(machine: str) -> None:
    for number in ORDINARY[machine].values():
        assert answer(machine, number, 1) == 0
    threads = 0x3D0F00  # what pthread_create asks clone for
    assert answer(machine, ORDINARY[machine]["clone"], threads) == 0


@MACHINES
def test_a_new_namespace_is_refused_whatever_else_is_asked(machine: str) -> None:
    clone = ORDINARY[machine]["clone"]
    for flag in (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000):
        assert answer(machine, clone, flag | 17) == errno.EPERM


@MACHINES
def test_sockets_that_no_namespace_confines_are_refused(machine: str) -> None:
    socket = ORDINARY[machine]["socket"]
    answers = {family: answer(machine, socket, family, 1) for family in range(50)}
    assert [family for family, said in answers.items() if said == 0] == [1, 2, 10, 16]
    assert answer(machine, socket, 16, 3, 15) == errno.EAFNOSUPPORT  # netlink of devices


@MACHINES
def test_nothing_is_typed_into_a_terminal(machine: str) -> None:
    ioctl = ORDINARY[machine]["ioctl"]
    for request in (0x5412, 0x541C, 0x5412 | 1 << 32):  # the kernel drops the upper half
        assert answer(machine, ioctl, 0, request) == errno.EPERM
    assert answer(machine, ioctl, 0, 0x5413) == 0  # the size of the window


@MACHINES
def test_calls_of_another_kind_are_unknown(machine: str) -> None:
    assert answer(machine, 20, architecture=0x40000003) == errno.ENOSYS  # 32-bit x86
    assert answer(machine, 20, architecture=0x40000028) == errno.ENOSYS  # 32-bit ARM
    assert answer(machine, 0x40000000 + 39) == errno.ENOSYS  # x32


def test_an_unknown_processor_has_no_filter() -> None:
    assert seccomp.program("riscv64") is None


def test_a_filter_is_handed_over_without_leaking_a_descriptor() -> None:
    def open_now() -> set[str]:
        return {one.name for one in Path("/proc/self/fd").iterdir()}

    before = open_now()
    with seccomp.handed_over(b"filter" * 500) as descriptor, open(descriptor, "rb", closefd=False) as pipe:  # fmt: skip
        assert pipe.read() == b"filter" * 500
    assert open_now() == before


def inside(script: str, folder: Path) -> Any:
    """What a script prints as JSON from inside the sandbox."""

    async def told() -> str:
        argv = (sys.executable, "-I", "-c", script)
        command = Command(argv, ENVIRONMENT, readable(), folder, Limits())
        process = await Bubblewrap().start(command)
        stdout, stderr = await asyncio.gather(process.stdout.read(), process.stderr.read())
        assert (await process.wait()).exit_status == 0, stderr
        return stdout.decode()

    return json.loads(asyncio.run(told()))


def called(calls: dict[str, tuple[int, ...]]) -> str:
    """A script that makes some calls and prints each one's error."""
    return (
        "import ctypes, json\n"
        "libc = ctypes.CDLL(None, use_errno=True)\nsaid = {}\n"
        f"for name, arguments in {calls!r}.items():\n"
        "    result = libc.syscall(*map(ctypes.c_long, arguments))\n"
        "    said[name] = ctypes.get_errno() if result == -1 else 0\n"
        "print(json.dumps(said))"
    )


def here() -> int:
    if platform.machine() not in COLUMN:
        pytest.skip("no filter for this processor")
    need("bwrap")
    return COLUMN[platform.machine()]


def test_the_kernel_refuses_each_call_from_inside(tmp_path: Path) -> None:
    column = here()
    calls = {str(call[0]): (int(call[column] or 0), *[-1] * 6) for refused in REFUSED for call in refused.calls if call[column] is not None}  # fmt: skip
    errors = {call[0]: refused.error for refused in REFUSED for call in refused.calls}
    assert inside(called(calls), tmp_path) == {name: errors[name] for name in calls}


HARMLESS = {
    "x86_64": {"ptrace": (101, 0), "kcmp": (312, 0, 0, 2), "unshare": (272, 0x200), "personality": (135, 0xFFFFFFFF), "keyctl": (250, 0, -3, 1), "shmget": (29, 0, 4096, 0o600), "msgget": (68, 0, 0o600), "socket": (41, 16, 3, 15)},
    "aarch64": {"ptrace": (117, 0), "unshare": (97, 0x200), "personality": (92, 0xFFFFFFFF), "shmget": (194, 0, 4096, 0o600), "msgget": (186, 0, 0o600), "socket": (198, 16, 3, 15)},
}  # fmt: skip


def test_without_the_filter_these_would_have_gone_through(tmp_path: Path) -> None:
    here()
    calls: dict[str, tuple[int, ...]] = HARMLESS[platform.machine()]
    bare = [shutil.which("bwrap") or "bwrap", "--unshare-all", "--unshare-user", "--ro-bind", "/", "/", "--proc", "/proc"]  # fmt: skip
    ended = subprocess.run([*bare, sys.executable, "-I", "-c", called(calls)], capture_output=True, text=True, check=True)  # fmt: skip
    went_through = [name for name, error in json.loads(ended.stdout).items() if error == 0]
    assert len(went_through) >= 4, ended.stdout
    refused = inside(called(calls), tmp_path)
    assert all(refused[name] for name in went_through)


def test_the_other_door_of_a_pc_is_shut(tmp_path: Path) -> None:
    here()
    if platform.machine() != "x86_64":
        pytest.skip("int 0x80 is a PC's")
    getpid = b"\xb8\x14\x00\x00\x00\xcd\x80\xc3"  # mov eax, 20; int 0x80; ret
    script = (
        "import ctypes, mmap\n"
        f"code = {getpid!r}\n"
        "page = mmap.mmap(-1, 4096, prot=7)\npage.write(code)\n"
        "address = ctypes.addressof(ctypes.c_char.from_buffer(page))\n"
        "print(ctypes.CFUNCTYPE(ctypes.c_int)(address)())"
    )
    assert inside(script, tmp_path) == -errno.ENOSYS


def test_the_filter_is_on_and_ordinary_work_goes_on(tmp_path: Path) -> None:
    here()
    script = (
        "import asyncio, json, multiprocessing, re, subprocess, threading\nimport numpy\n"
        "status = open('/proc/self/status').read()\n"
        "seen = []\nthread = threading.Thread(target=lambda: seen.append('thread'))\nthread.start(); thread.join()\n"
        "seen.append(subprocess.run(['/bin/echo', 'child'], capture_output=True, text=True).stdout.strip())\n"
        "async def later(): return (await (await asyncio.create_subprocess_exec('/bin/echo', 'awaited', stdout=-1)).communicate())[0]\n"
        "seen.append(asyncio.run(later()).decode().strip())\n"
        "with multiprocessing.get_context('fork').Pool(2) as pool: seen.append(sum(pool.map(abs, [-1, 2])))\n"
        "seen.append(float(numpy.linalg.norm(numpy.linalg.inv(numpy.eye(300)))) > 17)\n"
        "print(json.dumps([int(re.search(r'Seccomp:\\s+(\\d)', status)[1]), int(re.search(r'NoNewPrivs:\\s+(\\d)', status)[1]), *seen]))"
    )
    assert inside(script, tmp_path) == [2, 1, "thread", "child", "awaited", 3, True]


def test_where_there_is_no_filter_people_are_told() -> None:
    assert seccomp.lacking("x86_64", seccomp.program("x86_64")) is None
    assert seccomp.lacking("riscv64", seccomp.program("riscv64")) == "no filter of the kernel's calls: none is written for riscv64"  # fmt: skip
    assert (
        seccomp.lacking("aarch64", None) == "no filter of the kernel's calls: its kernel takes none"
    )
