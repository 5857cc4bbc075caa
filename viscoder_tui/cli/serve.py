# pyright: reportUnknownMemberType=false
# textual-serve's server leaves a part of its arguments open.
"""``viscoder chat --serve``: the full-screen app in a browser, on this machine alone.

textual-serve runs one app process for each page and carries its bytes to an xterm.js there. Added
here: a secret, without which nothing is served; pages that take their conversation up again; a
page of our own that draws sixel pictures and loads nothing from the network; and a bound on how
long a page's process may take to end.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import re
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from string import Template

from aiohttp import web
from textual_serve.server import Server

from viscoder_tui.cli.gate import HOST, Gate
from viscoder_tui.cli.page_process import END_SECONDS, PageProcess
from viscoder_tui.cli.status import CommandFailed, ExitCode, Status
from viscoder_tui.locations import log_folder

_PAGE = Path(__file__).with_name("page")
_MADE = "const t=new w(e,{ping:r});"
"""Where textual-serve's script has made its terminal, which page.js is to know before it connects."""
_FONT_SIZES = range(6, 73)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Seats:
    """Which conversation a page shows: one that no other page shows, so that a reload finds its own.

    Args:
        new_session: makes a conversation and returns its ID.
        first: the conversation of the first page.
    """

    def __init__(self, new_session: Callable[[], str], first: str) -> None:
        self._new_session = new_session
        self._free = [first]

    def take(self) -> str:
        """The conversation that was left last, or a new one."""
        return self._free.pop() if self._free else self._new_session()

    def leave(self, session: str) -> None:
        """No page shows this conversation any more."""
        self._free.append(session)


class PageServer(Server):
    """textual-serve's server behind a gate.

    Args:
        gate: lets in.
        seats: hands conversations to pages.
        command: makes the command line of a page's app out of the ID of its conversation.
    """

    def __init__(self, gate: Gate, seats: Seats, command: Callable[[str], Sequence[str]]) -> None:
        super().__init__("viscoder", HOST, gate.port)
        self._gate = gate
        self._seats = seats
        self._command = command
        self._pages: set[web.WebSocketResponse] = set()
        self._leaving: set[asyncio.Future[None]] = set()

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard])
        app.router.add_get("/", self.handle_index)
        app.router.add_get(r"/ws/{width:\d+}x{height:\d+}/{background:light|dark}", self.handle_websocket)  # fmt: skip
        app.router.add_get("/download/{key}", self.handle_download)
        app.router.add_get("/page/textual.js", self._client)
        app.router.add_static("/page", _PAGE)
        app.router.add_static("/static", self.statics_path)
        app.on_response_prepare.append(self._harden)
        app.on_shutdown.append(self.on_shutdown)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        refusal = self._gate.refusal(request)
        if refusal:
            return web.Response(status=403, text=refusal + "\n")
        return await handler(request)

    async def _harden(self, request: web.Request, response: web.StreamResponse) -> None:
        host = request.headers.get("Host", "")
        allowed = f"ws://{host}" if host in self._gate.hosts else ""
        response.headers.update(
            {
                # xterm.js styles its letters in the page.
                "Content-Security-Policy": "default-src 'none'; script-src 'self'; "
                "style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data: blob:; "
                f"connect-src 'self' {allowed}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                "Cross-Origin-Opener-Policy": "same-origin",
                "Cross-Origin-Resource-Policy": "same-origin",
                "Referrer-Policy": "no-referrer",
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "no-store",
            }
        )

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page; a secret in its address becomes a cookie, which goes with all that it loads."""
        size = request.query.get("fontsize", "")
        wanted = int(size) if re.fullmatch(r"\d{1,2}", size) else 16
        words = {
            "websocket": f"ws://{request.headers['Host']}/ws",
            "font_size": str(min(max(wanted, _FONT_SIZES[0]), _FONT_SIZES[-1])),
        }
        text = Template((_PAGE / "page.html").read_text(encoding="utf-8")).substitute(words)
        response = web.Response(text=text, content_type="text/html")
        if self._gate.told(request):
            self._gate.tickets.discard(request.query["token"])
            response.set_cookie(self._gate.cookie, self._gate.token, httponly=True, samesite="Strict")  # fmt: skip
        return response

    async def _client(self, _: web.Request) -> web.Response:
        script = (self.statics_path / "js" / "textual.js").read_text(encoding="utf-8")
        script = script.replace(_MADE, f"{_MADE}viscoderOpened(t);", 1)
        return web.Response(text=script, content_type="text/javascript")

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run the app of a page until one of them ends."""
        websocket = web.WebSocketResponse(heartbeat=15)
        await websocket.prepare(request)
        self._pages.add(websocket)
        if self._leaving:  # a page that is loaded again takes up what it has just left
            await asyncio.wait(self._leaving)
        session = self._seats.take()
        left = asyncio.get_running_loop().create_future()
        found = request.match_info
        page = PageProcess(self._command(session), (found["width"], found["height"]), found["background"], websocket, self.download_manager)  # fmt: skip
        try:
            await page.start(_number(request, "width", 80), _number(request, "height", 24))
            await self._process_messages(websocket, page)
        finally:
            self._leaving.add(left)
            self._pages.discard(websocket)
            await page.stop()
            self._seats.leave(session)
            self._leaving.discard(left)
            left.set_result(None)
        return websocket

    async def on_shutdown(self, app: web.Application) -> None:
        """Let go of the pages, whose processes end then."""
        await asyncio.gather(*(one.close() for one in tuple(self._pages)))

    async def until(self, listening: socket.socket, stop: asyncio.Event) -> None:
        """Serve until the event is set and every page's process has ended."""
        runner = web.AppRunner(await self._make_app(), access_log=None, shutdown_timeout=3 * END_SECONDS)  # fmt: skip
        await runner.setup()
        try:
            await web.SockSite(runner, listening).start()
            await stop.wait()
        finally:
            await runner.cleanup()


def _number(request: web.Request, name: str, default: int) -> int:
    said = request.query.get(name, "")
    return int(said) if re.fullmatch(r"[1-9]\d{0,3}", said) else default


def serve(port: int, arguments: Sequence[str], prompt: str, first: str, new_session: Callable[[], str]) -> int:  # fmt: skip
    """Serve the app until Ctrl+C.

    Args:
        port: to listen on; 0 for any that is free.
        arguments: of ``viscoder chat`` in the process of a page.
        prompt: asked once, on the first page.
        first: ID of the first page's conversation.
        new_session: makes another one and returns its ID.

    Returns:
        The exit status.

    Raises:
        CommandFailed: the port cannot be had.
    """
    listening = _listening(port)
    gate = Gate(listening.getsockname()[1])
    prompts = [prompt] if prompt else []

    def command(session: str) -> list[str]:
        # -P: a folder may hold Python files that are called like ours.
        asked = ["--", prompts.pop()] if prompts else []
        return [sys.executable, "-P", "-m", "viscoder_tui.cli.main", "chat", "--resume", session, *arguments, *asked]  # fmt: skip

    log_folder().mkdir(parents=True, exist_ok=True)
    log = logging.FileHandler(log_folder() / "serve.log", delay=True)
    logging.basicConfig(level=logging.WARNING, handlers=[log], format="%(asctime)s %(message)s")

    async def run() -> None:
        stop = asyncio.Event()
        for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(one, stop.set)
        served = asyncio.create_task(PageServer(gate, Seats(new_session, first), command).until(listening, stop))  # fmt: skip
        Status().say(f"viscoder is at {gate.address(gate.token)} until Ctrl+C")
        if _can_open():
            # Some browsers are not done before they are closed.
            threading.Thread(target=_open, args=(gate.address(gate.ticket()),), daemon=True).start()
        await served

    asyncio.run(run())
    return ExitCode.OK


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        why = (
            "is in use" if error.errno == errno.EADDRINUSE else f"cannot be had ({error.strerror})"
        )
        raise CommandFailed(f"port {port} {why}: choose another with --port, or leave it out for a free one", ExitCode.USAGE) from error  # fmt: skip


def _can_open() -> bool:
    """Whether somebody sits here who can look at a browser; one in the terminal would take it."""
    if not sys.stdin.isatty() or not sys.stderr.isatty():
        return False
    return sys.platform == "darwin" or any(os.environ.get(one) for one in ("DISPLAY", "WAYLAND_DISPLAY"))  # fmt: skip


def _open(address: str) -> None:
    with contextlib.suppress(webbrowser.Error):
        webbrowser.open(address)


__all__ = ["serve"]
