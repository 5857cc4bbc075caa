"""Programs that take all there is: time, processes, memory, disk and output."""

from __future__ import annotations

from dataclasses import replace

import pytest

from runners.base import MIB, Limits, Verdict
from tests.runners.attacks.attack import QUICK, Attack, Outcome

FAILED, LATE, EMPTY, FULL = Verdict.FAILED, Verdict.TIMED_OUT, Verdict.NO_PICTURE, Verdict.OUT_OF_MEMORY  # fmt: skip
SOON = Limits(wall_seconds=3)
NARROW = replace(QUICK, memory_bytes=300 * MIB)
SMALL = replace(QUICK, workspace_bytes=30 * MIB)
FEW = replace(QUICK, wall_seconds=8, processes=60)

ATTACKS = (
    Attack("an endless loop", "while True: pass", LATE, says="stopped after 3 seconds", limits=SOON),
    Attack("all of a processor", "while True: pass", LATE, says="processor time", limits=replace(QUICK, cpu_seconds=1)),
    Attack("deaf to the end of its time", "import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass", (LATE, FAILED), limits=replace(QUICK, cpu_seconds=1)),
    Attack("an endless sleep", "import time; time.sleep(1000)", LATE, limits=SOON),
    Attack("a sleep with its output closed", "import os, time\nos.close(1); os.close(2)\ntime.sleep(1000)", LATE, limits=SOON),
    Attack("stopped by itself", "import os; os.kill(os.getpid(), 19)", LATE, limits=SOON),
    Attack("waiting for words", "print(input('name? '))", says="EOF"),
    Attack("waiting for a pipe", "import os; os.mkfifo('pipe'); open('pipe').read()", LATE, limits=SOON),
    Attack("a fork bomb", "import os, time\nwhile True:\n    try: os.fork()\n    except OSError: time.sleep(0.01)", (FAILED, LATE), limits=FEW),
    Attack("a fork bomb of short lives", "import os\nwhile True:\n    try:\n        if os.fork() == 0: os.fork(); os._exit(0)\n    except OSError: pass", (FAILED, LATE), limits=replace(FEW, wall_seconds=4)),
    Attack("a thread bomb", "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(60,), daemon=True).start()", FAILED, limits=FEW),
    Attack("a bomb in the shell", "import subprocess; subprocess.run(['/bin/sh', '-c', 'f() { f | f & }; f; sleep 60'])", (FAILED, LATE), limits=FEW),
    Attack("a child that lives on", "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        for n in range(3): os.close(n)\n        time.sleep(300)\n    os._exit(0)\nprint('done')", EMPTY),
    Attack("a child that keeps the output", "import os, time\nif os.fork() == 0: os.setsid(); time.sleep(300)\nprint('done')", EMPTY),
    Attack("a memory bomb", "x = []\nwhile True: x.append(bytearray(10_000_000))", FULL, limits=NARROW),
    Attack("memory of a whole family", "import os, time\nfor _ in range(8):\n    if os.fork() == 0: break\nx = bytearray(b'x' * 80_000_000)\ntime.sleep(20)", FULL, limits=NARROW),
    Attack("memory by one word", "x = 'a' * (1 << 40)", FULL, limits=NARROW),
    Attack("shared memory", "import mmap\nm = mmap.mmap(-1, 800_000_000)\nfor at in range(0, len(m), 1 << 20): m[at:at + (1 << 20)] = b'x' * (1 << 20)\nimport time; time.sleep(20)", FULL, limits=NARROW),
    Attack("memory without a name", "import os; os.write(os.memfd_create('x'), b'x' * 1000)", says="not implemented"),
    Attack("memory between processes", "import ctypes; assert ctypes.CDLL(None).shmget(0, 1 << 30, 0o1600) >= 0"),
    Attack("a full temporary folder", "with open('/tmp/big', 'wb') as f:\n    while True: f.write(b'x' * 1_000_000)", says="", limits=QUICK),
    Attack("many temporary files", "for n in range(10_000):\n    with open(f'/tmp/{n}', 'wb') as f: f.write(b'x' * 1_000_000)", says="No space left"),
    Attack("a full folder of shared memory", "for n in range(10_000):\n    with open(f'/dev/shm/{n}', 'wb') as f: f.write(b'x' * 1_000_000)", says="No space left"),
    Attack("a disk bomb", "for n in range(10_000):\n    with open(f'f{n}', 'wb') as f: f.write(b'x' * 4_000_000)", says="wrote more than 30 MB", limits=SMALL),
    Attack("a disk bomb out of sight", "import time\nkept = []\nfor n in range(100):\n    f = open('f', 'w+b'); import os; os.unlink('f'); f.write(b'x' * 4_000_000); f.flush(); kept.append(f); time.sleep(0.02)\ntime.sleep(20)", says="wrote more than 30 MB", limits=SMALL),
    Attack("a million files", "for n in range(1_000_000): open(f'f{n}', 'w').close()", says="wrote more than 5 MB", limits=replace(SMALL, workspace_bytes=5 * MIB)),
    Attack("folders without ground", "import os, time\nfor n in range(6000): os.mkdir('d' * 9); os.chdir('d' * 9)\ntime.sleep(20)", says="wrote more than", limits=SMALL),
    Attack("deep folders at the end", "import os\nfor n in range(1200): os.mkdir('d'); os.chdir('d')", (EMPTY, FAILED), limits=SMALL),
    Attack("folders that are shut", "import os\nos.makedirs('a/b/c')\nopen('a/b/c/f', 'w').close()\nfor d in ('a/b/c', 'a/b', 'a', '.'): os.chmod(d, 0)", (EMPTY, FAILED), limits=SMALL),
    Attack("one huge file", "with open('big', 'wb') as f:\n    for _ in range(1000): f.write(b'x' * 1_000_000)", says="too large", limits=replace(QUICK, file_bytes=5 * MIB)),
    Attack("a sparse file", "open('big', 'wb').truncate(10 << 40)", says="too large"),
    Attack("a sparse picture", "from PIL import Image\nfor n in range(20):\n    Image.effect_noise((99, 99), 90).save(f'out/{n:02}.png')\n    open(f'out/{n:02}.png', 'r+b').truncate(20 << 20)", Verdict.RENDERED, limits=SMALL),
    Attack("a gigabyte of output", "import sys\nline = 'y' * 1_000_000\nfor _ in range(1000): sys.stdout.write(line)", EMPTY),
    Attack("a gigabyte of complaints", "import sys\nline = 'y' * 1_000_000\nfor _ in range(1000): sys.stderr.write(line)", EMPTY),
    Attack("endless output", "while True: print('y' * 9999)", LATE, limits=SOON),
    Attack("a complaint without end", "raise ValueError('y' * 50_000_000)"),
    Attack("calls without ground", "import sys\nsys.setrecursionlimit(1 << 30)\ndef f(): f()\nf()", (FAILED, FULL), limits=replace(QUICK, memory_bytes=400 * MIB)),
    Attack("a number without end", "x = 9 ** 9 ** 9", (LATE, FULL), limits=replace(NARROW, wall_seconds=4)),
    Attack("a text that matches slowly", "import re; re.match(r'(a+)+$', 'a' * 60 + 'b')", LATE, limits=SOON),
    Attack("a source without end", "(" * 100_000, FAILED),
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_a_bomb_is_bounded(outcomes: dict[str, Outcome], attack: Attack) -> None:
    outcome = outcomes[attack.name]
    outcome.assert_held()
    assert outcome.run.seconds < attack.limits.wall_seconds + 20
    assert len(outcome.run.stdout) + len(outcome.run.stderr) < 2.2 * attack.limits.output_bytes


def test_what_is_copied_out_is_bounded_too(outcomes: dict[str, Outcome]) -> None:
    pictures = outcomes["a sparse picture"].run.pictures
    assert sum(one.path.stat().st_size for one in pictures) <= SMALL.workspace_bytes


def test_what_was_said_before_a_child_lived_on_is_kept(outcomes: dict[str, Outcome]) -> None:
    for name in ("a child that lives on", "a child that keeps the output"):
        assert outcomes[name].run.stdout == "done\n"
