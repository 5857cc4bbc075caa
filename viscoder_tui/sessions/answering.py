"""The model that answers in a session, and how another takes its place where a session has its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from backends.base import Backend


@dataclass(frozen=True, slots=True)
class Answering:
    """A model that answers.

    Attributes:
        name: as shown.
        backend: the model.
        spelled: what has it answer again, when the session is taken up; empty where the next best
            shall.
    """

    name: str
    backend: Backend
    spelled: str = ""


Open = Callable[[str], Answering]
"""Makes another model answer, by its name; raises `BackendError`."""
