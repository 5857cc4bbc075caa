"""HTTP to a server of models: the only file that knows the client.

There is one connection for each request, and none is kept: whoever closes an answer closes its
connection, which is how servers learn that nobody listens any more; and no request meets a
connection that the server has just given up.
"""

from __future__ import annotations

import asyncio
import importlib
import socket
import ssl
import time
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import aclosing, asynccontextmanager
from threading import Thread
from typing import TYPE_CHECKING, cast

from backends.base import BackendError
from backends.server_address import host_of, is_loopback
from backends.server_errors import Complaint, as_error, complaint
from backends.server_key import Key, key_for
from backends.server_models import Offer, offers
from backends.server_patience import NotNow, Patience

if TYPE_CHECKING:
    import httpx2

_MOST_BYTES = 4_000_000
"""Of a list of models or an error; more is no such thing."""
_RETRY_LATER = (429, 503)


class Refused(Exception):
    """A server answers with an error; what it says is to be looked at."""

    def __init__(self, found: Complaint, after: float | None) -> None:
        super().__init__(found.message)
        self.found = found
        self.after = after


def import_early() -> None:
    """Load the HTTP library in a thread: it takes a fifth of a second."""
    Thread(target=importlib.import_module, args=("httpx2",), daemon=True).start()


class Http:
    """Requests to servers, each with its key.

    Args:
        patience: how long to wait.
        keys: of servers by address, where they are known already.
    """

    def __init__(self, patience: Patience, keys: Mapping[str, Key]) -> None:
        self._patience = patience
        self._clients: dict[bool, httpx2.AsyncClient] = {}
        self._keys = dict(keys)

    async def models(self, address: str) -> tuple[Offer, ...] | None:
        """What the server at `address` serves; None where it keeps no list.

        Raises:
            NotNow: it cannot be asked now.
            BackendError: it is no server of models, or refuses.
        """
        try:
            async with self._response("GET", f"{address}/models", address, None, self._patience.listing) as response:  # fmt: skip
                body = await self._body(response, self._patience.listing)
        except Refused as refused:
            if refused.found.status in (404, 405):
                return None
            raise self.error(refused, address, "") from refused
        return offers(body, host_of(address))

    @asynccontextmanager
    async def answer(self, address: str, body: Mapping[str, object]) -> AsyncGenerator[Answer]:
        """Ask the server at `address` for an answer; leaving closes the connection at once.

        Raises:
            NotNow: it cannot be asked now.
            Refused: it answers with an error.
            BackendError: it cannot be asked at all.
        """
        url = f"{address}/chat/completions"
        async with self._response("POST", url, address, body, self._patience.first) as response:
            yield Answer(response, host_of(address))

    def error(self, refused: Refused, address: str, model: str) -> BackendError | NotNow:
        """What to raise for a server's error."""
        found, key = refused.found, self._keys.get(address)
        error = as_error(found, host_of(address), model, keyed=bool(key))
        if found.status in _RETRY_LATER and not found.out_of_quota:
            return NotNow(error, "busy", refused.after)
        return NotNow(error, "broken") if found.status >= 500 and not found.overflow else error

    def complaint(self, body: str, address: str) -> Complaint:
        """An error within an answer, without the key."""
        return complaint(0, body, self._secret(address))

    async def close(self) -> None:
        """Close every connection."""
        clients, self._clients = self._clients, {}
        for client in clients.values():
            await client.aclose()

    @asynccontextmanager
    async def _response(self, method: str, url: str, address: str, body: Mapping[str, object] | None, seconds: float) -> AsyncGenerator[httpx2.Response]:  # fmt: skip
        """A response that is no error, its body still to be read."""
        client = await self._client(address)
        if address not in self._keys:
            self._keys[address] = await asyncio.to_thread(key_for, address)
        key = self._keys[address]
        request = client.build_request(method, url, json=body)
        where = host_of(address)
        try:
            async with asyncio.timeout(seconds):
                response = await client.send(request, stream=True, auth=_signed(key) if key else None)  # fmt: skip
        except TimeoutError as error:
            raise NotNow(BackendError(f"{where} has not answered for {seconds:g} s"), "broken") from error  # fmt: skip
        except _errors() as error:
            raise _unreached(error, where) from error
        try:
            if response.status_code != 200:
                said = await self._body(response, self._patience.listing)
                raise Refused(complaint(response.status_code, said, self._secret(address)), _after(response))  # fmt: skip
            yield response
        finally:
            await response.aclose()

    async def _body(self, response: httpx2.Response, seconds: float) -> str:
        data = bytearray()
        try:
            async with asyncio.timeout(seconds), aclosing(response.aiter_bytes()) as pieces:
                async for piece in pieces:
                    data += piece
                    if len(data) > _MOST_BYTES:
                        break
        except (TimeoutError, *_errors()):
            pass  # what has come says enough, or it is no answer
        return data.decode("utf-8", "replace")

    def _secret(self, address: str) -> str:
        key = self._keys.get(address)
        return key.reveal() if key else ""

    async def _client(self, address: str) -> httpx2.AsyncClient:
        """Made away from the loop, for it reads all certificates. No proxy leads to this machine."""
        local = is_loopback(address)
        if local not in self._clients:
            made = await asyncio.to_thread(_client, self._patience.connect, not local)
            self._clients.setdefault(local, made)
        return self._clients[local]


class Answer:
    """An answer as it comes over the wire.

    Attributes:
        where: host and port of the server.
        whole: the server sends it in one piece, though it was asked to stream.
    """

    def __init__(self, response: httpx2.Response, where: str) -> None:
        self._pieces = response.aiter_bytes()
        self.where = where
        kind = response.headers.get("content-type", "")
        self.whole = kind.startswith("application/json")
        if kind.startswith("text/html"):
            raise BackendError(f"{where} answers with a web page: give the server's address up to /v1")  # fmt: skip

    async def read(self, seconds: float) -> bytes | None:
        """What comes next; None at the end.

        Args:
            seconds: to wait for it.

        Raises:
            TimeoutError: it did not come.
            BackendError: the connection broke.
        """
        try:
            async with asyncio.timeout(seconds):
                return await anext(self._pieces, None)
        except _errors() as error:
            raise BackendError(f"the connection to {self.where} was cut") from error


def _client(connect: float, proxies: bool) -> httpx2.AsyncClient:
    import httpx2

    return httpx2.AsyncClient(
        timeout=httpx2.Timeout(None, connect=connect),
        limits=httpx2.Limits(max_connections=None, max_keepalive_connections=0),
        trust_env=proxies,
        headers={"User-Agent": "viscoder"},
    )


def _errors() -> tuple[type[Exception], ...]:
    import httpx2

    return (httpx2.HTTPError, httpx2.InvalidURL)


def _signed(key: Key) -> Callable[[httpx2.Request], httpx2.Request]:
    """Puts the key into a request; here it is in no variable that a traceback would show."""

    def sign(request: httpx2.Request) -> httpx2.Request:
        request.headers["Authorization"] = f"Bearer {key.reveal()}"
        return request

    return sign


def _unreached(error: Exception, where: str) -> BackendError | NotNow:
    import httpx2

    causes = list(_causes(error))
    if any(isinstance(one, socket.gaierror) for one in causes):
        return BackendError(f"there is no host {where}: is its name right, is the network there?")
    if any(isinstance(one, ssl.SSLError) for one in causes):
        return BackendError(f"there is no trusted encryption with {where}: does it speak https, is its certificate known here?")  # fmt: skip
    if isinstance(error, httpx2.ConnectTimeout):
        return NotNow(BackendError(f"{where} cannot be reached: is the machine running?"), "refused")  # fmt: skip
    if isinstance(error, httpx2.ConnectError):
        return NotNow(BackendError(f"nobody listens at {where}: is the server running?"), "refused")
    return NotNow(BackendError(f"{where} closed the connection before it answered"), "broken")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for one in cast("BaseExceptionGroup[BaseException]", error).exceptions:
                yield from _causes(one)
        error = error.__cause__ or error.__context__


def _after(response: httpx2.Response) -> float | None:
    """Seconds in Retry-After: as a number, or until a date (RFC 9110, 10.2.3)."""
    text = response.headers.get("retry-after", "").strip()
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return float(text)
    from email.utils import parsedate_to_datetime

    try:
        return max(parsedate_to_datetime(text).timestamp() - time.time(), 0.0)
    except (TypeError, ValueError):
        return None
