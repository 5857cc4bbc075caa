"""How a server is named: addresses and, behind a #, one of its models."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, urlsplit, urlunsplit

from backends.base import ModelMissing

_ENDPOINTS = ("/chat/completions", "/completions", "/models")
_VERSION = re.compile(r"v\d\w*")
_BARE = re.compile(r"(?:[\w.-]+|\[[0-9a-fA-F:]+\]):\d{1,5}(?:[/#].*)?")
"""``gpu1:8000``: an address without its scheme."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Served:
    """Where a model is served.

    Attributes:
        addresses: each up to its version, as in ``http://gpu1:8000/v1``; all serve the same.
        model: its name there; empty for the only one.
        name: what the user's settings call the server; empty where the addresses were given.
    """

    addresses: tuple[str, ...]
    model: str = ""
    name: str = ""

    @property
    def label(self) -> str:
        """As shown to people before the server has said what it is."""
        first, *others = map(host_of, self.addresses)
        more = f" and {len(others)} more" if others else ""
        where = self.name or f"{first}{more}"
        return f"{where}#{self.model}" if self.model else where


def looks_like_address(text: str) -> bool:
    """Whether a model's name is the address of a server."""
    return "://" in text.partition("#")[0]


def with_scheme(text: str) -> str | None:
    """What somebody means who leaves ``http://`` out; None where it is no address."""
    return f"http://{text}" if _BARE.fullmatch(text) else None


def host_of(address: str) -> str:
    """Host and port, as messages name a server."""
    return urlsplit(address).netloc


def is_loopback(address: str) -> bool:
    """Whether the server is on this machine."""
    return (urlsplit(address).hostname or "") in _LOOPBACK


def served(text: str, servers: Mapping[str, str]) -> Served | None:
    """The server that `text` names.

    Args:
        text: an address, several with commas between them, or a name; each may end with
            ``#MODEL``.
        servers: addresses by the names that the user's settings give them.

    Returns:
        None where `text` names no server.

    Raises:
        ModelMissing: an address cannot be one; the text says what to change.
    """
    if looks_like_address(text):
        return parse(text)
    name, _, model = text.partition("#")
    if name not in servers:
        return None
    try:
        found = parse(servers[name])
    except ModelMissing as error:
        raise ModelMissing(f"the server '{name}' of the settings: {error}") from error
    return replace(found, name=name, model=model.strip() or found.model)


def parse(text: str) -> Served:
    """Read addresses, with or without ``/v1`` and a slash behind them.

    Raises:
        ModelMissing: one of them is no address, or they name different models.
    """
    addresses: list[str] = []
    models: list[str] = []
    for part in text.split(","):
        address, _, model = part.strip().partition("#")
        if address:
            addresses.append(_normal(address.strip()))
        if model.strip() and model.strip() not in models:
            models.append(model.strip())
    if not addresses:
        raise ModelMissing("an address is missing: give one such as http://127.0.0.1:8000/v1")
    if len(models) > 1:
        raise ModelMissing(f"addresses that are used together serve one model, not {' and '.join(models)}")  # fmt: skip
    return Served(tuple(dict.fromkeys(addresses)), models[0] if models else "")


def _normal(address: str) -> str:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  # it is checked only when it is asked for
    except ValueError as error:
        raise ModelMissing(f"the address {_without_password(address)} cannot be read: {error}") from error  # fmt: skip
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ModelMissing(f"the address {_without_password(address)} must look like http://127.0.0.1:8000/v1")  # fmt: skip
    if "@" in parts.netloc:
        raise ModelMissing(f"the address {_without_password(address)} holds a password, which everybody could read: set VISCODER_API_KEY instead")  # fmt: skip
    if parts.query:
        raise ModelMissing(f"the address {address.partition('?')[0]} must not have a ? behind it")
    if any(character.isspace() for character in address):
        raise ModelMissing(f"the address {address} has a space in it: several are separated by commas")  # fmt: skip
    return _versioned(parts)


def _versioned(parts: SplitResult) -> str:
    path = parts.path.rstrip("/")
    for endpoint in _ENDPOINTS:
        path = path.removesuffix(endpoint)
    path = path.rstrip("/")
    if not any(_VERSION.fullmatch(segment) for segment in path.split("/")):
        path += "/v1"
    return urlunsplit((parts.scheme, parts.netloc.lower(), path, "", ""))


def _without_password(address: str) -> str:
    return re.sub(r"//[^/]*@", "//", address)
