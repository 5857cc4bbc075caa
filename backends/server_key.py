"""The key of a server: from the environment, else from the system's keyring, and nowhere shown."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from urllib.parse import urlsplit

from backends.base import BackendError

KEY_VARIABLE = "VISCODER_API_KEY"
OPENAI_VARIABLE = "OPENAI_API_KEY"
KEYRING_SERVICE = "viscoder"
"""The keyring's entries are named by this and the server's host and port."""


class Key:
    """A key that no log, error or traceback shows."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return "Key(…)"

    def __bool__(self) -> bool:
        return bool(self._text)

    def reveal(self) -> str:
        """The key itself, for the request's header and for nothing else."""
        return self._text


def key_for(address: str) -> Key:
    """The key for the server at `address`; an empty one where there is none.

    ``VISCODER_API_KEY`` is for whatever server the user names; ``OPENAI_API_KEY``, which other
    programs set, goes to OpenAI alone, and encrypted. The keyring may ask the user, and wait.

    Raises:
        BackendError: what is there cannot be a key.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    text, where = os.environ.get(KEY_VARIABLE, ""), KEY_VARIABLE
    if not text and parts.scheme == "https" and (host == "openai.com" or host.endswith(".openai.com")):  # fmt: skip
        text, where = os.environ.get(OPENAI_VARIABLE, ""), OPENAI_VARIABLE
    if not text:
        text, where = _from_keyring(parts.netloc), "the keyring"
    text = text.strip()
    if not (text.isascii() and text.isprintable()) or " " in text:
        raise BackendError(f"the key in {where} has letters that no key has: set it anew")
    return Key(text)


def _from_keyring(host: str) -> str:
    """What the package ``keyring`` holds, where somebody has installed it."""
    try:
        module = importlib.import_module("keyring")
        read: Callable[[str, str], str | None] = module.get_password
        return read(KEYRING_SERVICE, host) or ""
    except Exception:  # whatever a keyring's own backend raises: it is locked, or there is none
        return ""
