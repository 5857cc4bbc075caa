"""Where programs run. `sandbox` finds one by the name that ``--sandbox`` takes."""

from __future__ import annotations

from runners.sandbox.base import Sandbox

SANDBOXES = ("bubblewrap", "docker", "none")


def sandbox(name: str) -> Sandbox:
    """The sandbox of that name.

    Raises:
        KeyError: there is none of that name.
    """
    if name == "bubblewrap":
        from runners.sandbox.bubblewrap import Bubblewrap

        return Bubblewrap()
    if name == "docker":
        from runners.sandbox.docker import Docker

        return Docker()
    if name == "none":
        from runners.sandbox.unconfined import Unconfined

        return Unconfined()
    raise KeyError(name)
