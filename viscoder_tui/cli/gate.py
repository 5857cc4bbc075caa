"""Who may see what ``viscoder chat --serve`` serves: a browser on this machine that knows the secret."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field

from aiohttp import web

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Gate:
    """Who is let in: a browser on this machine that was told the secret.

    Attributes:
        port: listened on.
        token: the secret.
        tickets: secrets that are good for one page: the address that a browser is started with
            can be read in the list of processes.
    """

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    tickets: set[str] = field(default_factory=set[str])

    @property
    def hosts(self) -> tuple[str, ...]:
        """What the browser may call this server; another name is another site's that points here."""
        return tuple(f"{name}:{self.port}" for name in (HOST, "localhost"))

    @property
    def cookie(self) -> str:
        """Its name. Cookies know no ports, and two servers must not take each other's place."""
        return f"viscoder-{self.port}"

    def address(self, token: str) -> str:
        """Of the page, with a secret."""
        return f"http://{HOST}:{self.port}/?token={token}"

    def ticket(self) -> str:
        """A secret for one page."""
        made = secrets.token_urlsafe(32)
        self.tickets.add(made)
        return made

    def refusal(self, request: web.Request) -> str:
        """Why the request is not served, in a sentence; empty where it is."""
        if request.headers.get("Host", "") not in self.hosts:
            return f"viscoder is served at {self.hosts[0]} alone."
        origin = request.headers.get("Origin")
        if origin is None and request.path.startswith("/ws"):
            return "Only a page may open this connection."
        if origin is not None and origin != f"http://{request.headers['Host']}":
            return "Only viscoder's own page may ask for this."
        if _same(request.cookies.get(self.cookie, ""), self.token) or self.told(request):
            return ""
        return "This needs the whole address that viscoder printed in the terminal, with its token."

    def told(self, request: web.Request) -> bool:
        """Whether the address of the page holds a secret."""
        said = request.query.get("token", "")
        return request.path == "/" and any(_same(said, one) for one in (self.token, *self.tickets))


def _same(said: str, secret: str) -> bool:
    """Compared in a time that tells nothing about the secret."""
    return hmac.compare_digest(said.encode(errors="replace"), secret.encode())
