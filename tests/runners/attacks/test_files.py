"""Programs that read what is not theirs, and write where they must not."""

from __future__ import annotations

import pytest

from runners.base import Verdict
from tests.runners.attacks.attack import Attack, Outcome

FAILED, EMPTY = Verdict.FAILED, Verdict.NO_PICTURE

ATTACKS = (
    Attack("the users passwords", "print(open('/etc/shadow').read())", says="No such file"),
    Attack("the users names", "print(open('/etc/passwd').read())", says="No such file"),
    Attack("a key in the home", "print(open('«secret»').read())", rings="secret"),
    Attack("every home", "import pathlib; print([p.read_text() for d in ('/home', '/root') for p in pathlib.Path(d).iterdir()])"),
    Attack("the keys of root", "import os; print(os.listdir(os.path.expanduser('~root/.ssh')))"),
    Attack("another session", "print(open('«session»/texts.json').read())", rings="secret"),
    Attack("other workspaces", "import glob; found = glob.glob('/tmp/viscoder-*/**', recursive=True); print(found); assert found"),
    Attack("the environment", "import os; print(os.environ['«variable»'])"),
    Attack("the whole environment", "import os; print(dict(os.environ))", EMPTY),
    Attack("the environment of the first process", "print(open('/proc/1/environ').read())", (EMPTY, FAILED)),
    Attack("the environment of viscoder", "print(open('/proc/«pid»/environ').read())", says="No such file"),
    Attack("every environment there is", "import glob\nfor p in glob.glob('/proc/[0-9]*/environ'): print(open(p).read())", (EMPTY, FAILED)),
    Attack("the root of the first process", "print(open('/proc/1/root«secret»').read())"),
    Attack("what the first process has open", "import os; print([os.readlink(f'/proc/1/fd/{n}') for n in os.listdir('/proc/1/fd')])", (EMPTY, FAILED)),
    Attack("other processes", "import os; assert len([p for p in os.listdir('/proc') if p.isdigit()]) > 20"),
    Attack("the memory of the kernel", "print(open('/proc/kcore', 'rb').read(9))"),
    Attack("disks", "import os; print([os.open('/dev/' + n, os.O_RDONLY) for n in ('sda', 'vda', 'nvme0n1', 'mem', 'kmsg')])", says="No such file"),
    Attack("our own source", "print(open(__import__('sys').argv[0].rsplit('/', 1)[0] + '/../../pyproject.toml').read())"),
    Attack("the files beside our scripts", "import sys, pathlib; print((pathlib.Path(sys.modules['common'].__file__).parent.parent / 'runner.py').read_text())", says="No such file"),
    Attack("write beside the secret", "open('«outside»/x', 'w').write('x')", rings="written"),
    Attack("change a session", "open('«session»/texts.json', 'w').write('[]')", rings="written"),
    Attack("write a program", "open('/usr/bin/«escaped»', 'w')", says="Read-only"),
    Attack("write into the root", "open('/«escaped»', 'w')", says="Read-only"),
    Attack("write a device", "open('/dev/«escaped»', 'w')", says=("Read-only", "Permission denied")),
    Attack("write into settings", "import os; os.chmod('/tmp/..', 0o777); open('/etc/«escaped»', 'w')"),
    Attack("write into the interpreter", "import sys; open(sys.prefix + '/«escaped»', 'w')", says="Read-only"),
    Attack("write into our scripts", "import sys, os; open(os.path.dirname(sys.modules['common'].__file__) + '/«escaped»', 'w')", says="Read-only"),
    # Opened only: had it been possible, the machine would not be the same afterwards.
    Attack("what the kernel starts for a crash", "import os; os.open('/proc/sys/kernel/core_pattern', os.O_WRONLY)", says=("Read-only", "Permission denied")),
    Attack("every setting of the kernel", "import os, pathlib\nfor p in pathlib.Path('/proc/sys').rglob('*'):\n    if p.is_file():\n        try: os.close(os.open(p, os.O_WRONLY)); print(p)\n        except OSError: continue\n        break\nelse: raise OSError('none')", says="none"),
    Attack("wake the kernel by keys", "import os; os.open('/proc/sysrq-trigger', os.O_WRONLY)"),
    Attack("write over the first process", "import os; os.open('/proc/1/mem', os.O_RDWR)", says=("Read-only", "Permission denied")),
    Attack("make a device", "import os; os.mknod('disk', 0o60600, os.makedev(254, 0))", says="not permitted"),
    Attack("a hard link to a program", "import os; os.link('/usr/bin/env', 'env')"),
    Attack("a hard link to a secret", "import os; os.link('«secret»', 'out/01.png')"),
    Attack("become root", "import os; os.setuid(0)"),
    Attack("remount for writing", "import subprocess; subprocess.run(['/usr/bin/mount', '-o', 'remount,rw', '/usr'], check=True)"),
    Attack("mount by call", "import ctypes; assert ctypes.CDLL(None).mount(b'none', b'/mnt', b'tmpfs', 0, 0) == 0"),
    Attack("a namespace of its own", "import ctypes; assert ctypes.CDLL(None).unshare(0x10000000) == 0"),
    Attack("a namespace by a tool", "import subprocess; subprocess.run(['/usr/bin/unshare', '-Ur', 'true'], check=True)"),
    Attack("watch another process", "import ctypes; assert ctypes.CDLL(None).ptrace(16, 1, 0, 0) == 0"),
    Attack("the keys of the kernel", "import ctypes; assert ctypes.CDLL(None).syscall(250, 0, -3, 1) > 0"),
    Attack("type into the terminal", "import fcntl, os, pty; fcntl.ioctl(pty.openpty()[1], 0x5412, b'x')", says="not permitted"),
    Attack("open the terminal", "open('/dev/tty', 'w').write('x')", says="No such device"),
    Attack("stop viscoder", "import os; os.kill(«pid», 19)", says="No such process"),
    Attack("end viscoder", "import os; os.kill(«pid», 9)", says="No such process"),
    Attack("end everybody", "import os; os.kill(-1, 9)", (FAILED, EMPTY)),
    Attack("end the first process", "import os; os.kill(1, 9); print('sent')", (FAILED, EMPTY)),
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_nothing_gets_out(outcomes: dict[str, Outcome], attack: Attack) -> None:
    outcomes[attack.name].assert_held()


def test_the_first_process_is_none_of_the_users(outcomes: dict[str, Outcome]) -> None:
    assert "/" not in outcomes["the environment of the first process"].run.stdout


def test_the_environment_holds_nothing_but_ours(outcomes: dict[str, Outcome]) -> None:
    assert "LOGNAME" not in outcomes["the whole environment"].run.stdout
