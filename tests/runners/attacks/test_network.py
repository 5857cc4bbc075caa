"""Programs that call home, or the neighbours."""

from __future__ import annotations

import pytest

from tests.runners.attacks.attack import Attack, Outcome

ATTACKS = (
    Attack("tcp to the world", "import socket; socket.create_connection(('192.0.2.1', 53), 3)", says="unreachable"),
    Attack("tcp over six", "import socket; socket.create_connection(('2001:db8::1', 53), 3)"),
    Attack("udp to the world", "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.sendto(b'x', ('192.0.2.1', 53))", says="unreachable"),
    Attack("to everybody nearby", "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.setsockopt(1, 6, 1); s.sendto(b'x', ('255.255.255.255', 9))"),
    Attack("a name", "import socket; print(socket.gethostbyname('example.org'))"),
    Attack("a name by a tool", "import subprocess; subprocess.run(['/usr/bin/getent', 'hosts', 'example.org'], check=True)"),
    Attack("a page", "import urllib.request; urllib.request.urlopen('http://example.org', timeout=3)"),
    Attack("a server of the user", "import socket; socket.create_connection(('127.0.0.1', «tcp»), 2)", says="refused", rings="tcp"),
    Attack("a datagram for the user", "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(('127.0.0.1', «udp»)); s.send(b'x'); s.settimeout(0.3); s.recv(1)", rings="udp"),
    Attack("a socket in a file", "import socket; socket.socket(socket.AF_UNIX).connect('«unix»')", says="No such file", rings="unix"),
    Attack("an abstract socket", "import socket; socket.socket(socket.AF_UNIX).connect('\\0«abstract»')", says="refused", rings="abstract"),
    Attack("the containers of the user", "import socket; socket.socket(socket.AF_UNIX).connect('/var/run/docker.sock')", says="No such file"),
    Attack("the bus of the system", "import socket; socket.socket(socket.AF_UNIX).connect('/run/dbus/system_bus_socket')", says="No such file"),
    Attack("the host of a virtual machine", "import socket; socket.socket(40, socket.SOCK_STREAM).connect((2, 1024))"),
    Attack("a raw socket", "import socket; socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)"),
    Attack("whole frames", "import socket; socket.socket(17, socket.SOCK_RAW)"),
    Attack("an address of its own", "import socket; s = socket.socket(16, 3, 0); import fcntl, struct; fcntl.ioctl(socket.socket(), 0x8914, struct.pack('16sh', b'lo', 1)); fcntl.ioctl(socket.socket(), 0x8946, b'')"),
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_nobody_is_reached(outcomes: dict[str, Outcome], attack: Attack) -> None:
    outcomes[attack.name].assert_held()
