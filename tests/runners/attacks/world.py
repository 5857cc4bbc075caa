"""A user's machine in small: secrets, other sessions, servers that count their visitors."""

from __future__ import annotations

import os
import select
import socket
import threading
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from PIL import Image

from runners.base import Run

SECRET = "viscoder-secret-5261"
VARIABLE = "SECRET_OF_THE_USER"
ACCOUNTS = ("root:x:", "root:*:", "root:!", "daemon:")
"""What /etc/passwd and /etc/shadow hold everywhere."""
ESCAPED = "viscoder-escaped"
"""What attacks call a file that they try to write into a folder of the system."""
_SYSTEM = ("/", "/usr", "/usr/bin", "/usr/lib", "/usr/share", "/etc", "/dev", "/tmp", "/var/tmp")
_SIZE = (321, 123)
"""Of the user's own picture."""


class World:
    """Everything an attack might want, and alarms that ring when it gets it.

    Args:
        folder: where to make it.
    """

    def __init__(self, folder: Path) -> None:
        self._stack = ExitStack()
        self.folder = folder
        self.home = folder / "home"
        self.secret = self.home / ".ssh" / "id_ed25519"
        self.session = folder / "sessions" / "other"
        self.outside = folder / "outside"
        self.pictures = folder / "pictures"
        for place in (self.secret.parent, self.session, self.outside):
            place.mkdir(parents=True)
        self.secret.write_text(f"{SECRET}\n")
        (self.session / "findings.json").write_text(f'[{{"message": "{SECRET}"}}]')
        (self.session / "texts.json").write_text(f'["{SECRET}"]')
        Image.effect_noise(_SIZE, 90).save(self.session / "01.png")
        self._before = self._files()
        self._visits: list[str] = []
        self._servers: dict[str, socket.socket] = {}

    def __enter__(self) -> World:
        self._open("tcp", socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0))
        self._open("udp", socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0))
        self._open("unix", socket.AF_UNIX, socket.SOCK_STREAM, str(self.folder / "socket"))
        self._open("abstract", socket.AF_UNIX, socket.SOCK_STREAM, f"\0{self._name}")
        end, told = os.pipe()
        thread = threading.Thread(target=self._serve, args=(end,))
        thread.start()
        self._stack.callback(os.close, end)
        self._stack.callback(thread.join)
        self._stack.callback(os.close, told)
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:  # fmt: skip
        self._stack.close()

    @property
    def _name(self) -> str:
        return f"viscoder-{os.getpid()}-{id(self)}"

    def filled(self, source: str) -> str:
        """A program with the places of this world in it."""
        places = {
            "secret": self.secret,
            "home": self.home,
            "session": self.session,
            "outside": self.outside,
            "unix": self.folder / "socket",
            "abstract": self._name,
            "tcp": self._servers["tcp"].getsockname()[1],
            "udp": self._servers["udp"].getsockname()[1],
            "variable": VARIABLE,
            "escaped": ESCAPED,
            "pid": os.getpid(),
        }
        for name, place in places.items():
            source = source.replace(f"«{name}»", str(place))
        assert "«" not in source, source
        return source

    def alarms(self, told: str, run: Run) -> tuple[str, ...]:
        """What an attack got: ``secret``, ``picture``, ``written`` and the servers it visited.

        Args:
            told: all that its run says.
            run: its run, with the pictures.
        """
        rings = list(self._visits)
        vectors = [one.path.read_text(errors="replace") for one in run.pictures if one.format == "svg"]  # fmt: skip
        if any(one in text for text in (told, *vectors) for one in (SECRET, *ACCOUNTS)):
            rings.append("secret")
        if any((one.width, one.height) == _SIZE for one in run.pictures):
            rings.append("picture")
        if self._files() != self._before:
            rings.append("written")
        return tuple(rings)

    def _files(self) -> list[tuple[str, int, int]]:
        found = [path for top in (self.home, self.session, self.outside) for path in (top, *top.rglob("*"))]  # fmt: skip
        found += [path for top in _SYSTEM for path in Path(top).glob(f"{ESCAPED}*")]
        return sorted((str(path), path.lstat().st_mode, path.lstat().st_size * path.is_file()) for path in found)  # fmt: skip

    def _open(self, name: str, family: int, kind: int, address: tuple[str, int] | str) -> None:
        server = self._stack.enter_context(socket.socket(family, kind))
        server.bind(address)
        if kind == socket.SOCK_STREAM:
            server.listen()
        self._servers[name] = server

    def _serve(self, end: int) -> None:
        while True:
            ready, _, _ = select.select([*self._servers.values(), end], [], [])
            if end in ready:
                return
            for name, server in self._servers.items():
                if server in ready:
                    self._visits.append(name)
                    if server.type == socket.SOCK_DGRAM:
                        server.recv(100)
                    else:
                        server.accept()[0].close()
