"""A model hub on this machine: the hub's protocol over real connections, and its bad days.

Large files are served by another address, as the hub's own are: a token must not reach it.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import urlsplit

_API = re.compile(r"/api/models/([^/]+/[^/]+)(?:/revision/.+)?$")
_RESOLVE = re.compile(r"/([^/]+/[^/]+)/resolve/([^/]+)/(.+)$")
_STORE = re.compile(r"/store/([0-9a-f]+)$")
_PIECE = 1 << 16


@dataclass
class Request:
    """One request that came."""

    method: str
    path: str
    range: str
    authorization: str


@dataclass
class Repo:
    """A repository.

    Attributes:
        files: name and content.
        claims: name and bytes, where the hub lies about them.
        refuses: status, X-Error-Code and X-Error-Message for everything about it; none for 0.
        needs_token: everything is refused without this token.
    """

    files: dict[str, bytes] = field(default_factory=dict[str, bytes])
    claims: dict[str, int] = field(default_factory=dict[str, int])
    licence: str = "apache-2.0"
    refuses: tuple[int, str, str] = (0, "", "")
    needs_token: str = ""

    @property
    def commit(self) -> str:
        """The newest one: another for other files."""
        digest = hashlib.sha1(usedforsecurity=False)
        for name, content in sorted(self.files.items()):
            digest.update(name.encode() + hashlib.sha256(content).digest())
        return digest.hexdigest()

    def size(self, name: str) -> int:
        """As the hub tells it."""
        return self.claims.get(name, len(self.files[name]))


@dataclass
class Hub:
    """A hub that runs until it is closed.

    Attributes:
        repos: by ``organisation/name``.
        cuts: after how many bytes each of the next downloads is cut off; `REFUSED` for a 403.
        damages: a byte of every download is another than it should be.
        pause: seconds between two pieces of a download.
        requests: that came.
    """

    REFUSED: ClassVar[int] = -1
    repos: dict[str, Repo] = field(default_factory=dict[str, Repo])
    cuts: list[int] = field(default_factory=list[int])
    damages: bool = False
    pause: float = 0.0
    requests: list[Request] = field(default_factory=list[Request])

    def __post_init__(self) -> None:
        hub = self

        class Handler(_Handler):
            pass

        Handler.hub = hub
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """What ``HF_ENDPOINT`` is set to."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def store(self) -> str:
        """Where large files lie: another host."""
        return f"http://localhost:{self._server.server_port}"

    @property
    def downloads(self) -> list[Request]:
        """The requests for the bytes of files."""
        return [one for one in self.requests if one.method == "GET" and _STORE.search(one.path)]

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    hub: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Tests read `Hub.requests` instead."""

    def do_HEAD(self) -> None:
        """Asks for a file's size and checksum."""
        self._serve()

    def do_GET(self) -> None:
        """Asks for everything else."""
        self._serve()

    def _serve(self) -> None:
        path = urlsplit(self.path).path
        self.hub.requests.append(Request(self.command, path, self.headers.get("Range", ""), self.headers.get("Authorization", "")))  # fmt: skip
        api, resolve, store = _API.match(path), _RESOLVE.match(path), _STORE.match(path)
        if api:
            self._about(api[1])
        elif resolve:
            self._resolve(resolve[1], resolve[3])
        elif store:
            self._bytes(store[1])
        else:
            self._answer(404, {})

    def _repo(self, name: str) -> Repo | None:
        """The repository; answered already where it cannot be had."""
        repo = self.hub.repos.get(name)
        if repo is None:
            # As the hub does for those it does not know.
            self._answer(401, {"X-Error-Code": "RepoNotFound", "X-Error-Message": "Repository not found"})  # fmt: skip
            return None
        status, code, message = repo.refuses
        if repo.needs_token and self.headers.get("Authorization") != f"Bearer {repo.needs_token}":
            status, code, message = 401, "GatedRepo", "Access to model is restricted."
        if status:
            self._answer(status, {"X-Error-Code": code, "X-Error-Message": message})
            return None
        return repo

    def _about(self, name: str) -> None:
        repo = self._repo(name)
        if repo is None:
            return
        siblings = [
            {
                "rfilename": file,
                "size": repo.size(file),
                "blobId": hashlib.sha1(content, usedforsecurity=False).hexdigest(),
                "lfs": {"sha256": hashlib.sha256(content).hexdigest(), "size": repo.size(file), "pointerSize": 134},
            }
            for file, content in repo.files.items()
        ]  # fmt: skip
        about = {"id": name, "modelId": name, "sha": repo.commit, "siblings": siblings, "tags": [], "cardData": {"license": repo.licence}}  # fmt: skip
        self._answer(200, {"Content-Type": "application/json"}, json.dumps(about).encode())

    def _resolve(self, name: str, file: str) -> None:
        repo = self._repo(name)
        if repo is None:
            return
        if file not in repo.files:
            self._answer(404, {"X-Error-Code": "EntryNotFound"})
            return
        checksum = hashlib.sha256(repo.files[file]).hexdigest()
        self._answer(302, {
            "Location": f"{self.hub.store}/store/{checksum}",
            "X-Repo-Commit": repo.commit,
            "X-Linked-Etag": f'"{checksum}"',
            "X-Linked-Size": str(repo.size(file)),
            "ETag": '"of-the-pointer"',
        })  # fmt: skip

    def _bytes(self, checksum: str) -> None:
        cut = self.hub.cuts.pop(0) if self.hub.cuts else None
        if cut == Hub.REFUSED:
            self._answer(403, {})
            return
        every = (content for repo in self.hub.repos.values() for content in repo.files.values())
        content = next(one for one in every if hashlib.sha256(one).hexdigest() == checksum)
        if self.hub.damages:
            content = content[:-1] + bytes([content[-1] ^ 1])
        begin = re.match(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = int(begin[1]) if begin else 0
        self.send_response(206 if begin else 200)
        self.send_header("Content-Length", str(len(content) - start))
        if begin:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.end_headers()
        end = len(content) if cut is None else start + cut
        try:
            for place in range(start, min(end, len(content)), _PIECE):
                self.wfile.write(content[place : min(place + _PIECE, end)])
                time.sleep(self.hub.pause)
        except OSError:
            pass  # whoever fetched it has gone
        if end < len(content):
            self.close_connection = True

    def _answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
