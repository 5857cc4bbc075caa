"""Building an image, through the engine's SDK."""

from __future__ import annotations

import contextlib
import io
import re
import tarfile
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from runners import images
from runners.base import RunnerError
from runners.images import machine
from runners.output import harmless
from runners.sandbox import docker

_LAYER = re.compile(r"^---> ([0-9a-f]{12,64})$")
_SILENT_SECONDS = 3600
"""A step may say nothing for so long."""


class ImageNotBuilt(RunnerError):
    """An image cannot be built; the text says at which step, and why."""


def build(family: str, progress: Callable[[str], None]) -> str:
    """Build the image of a family, unless it is there; its tag.

    Older images of the family are removed. Nothing that the machine's settings say about package
    sources stays in the image.

    Args:
        family: one of `images.families`.
        progress: is told what is being done, a line at a time.

    Raises:
        SandboxMissing: there is no engine.
        ImageNotBuilt: a step failed, or there is no such family.
    """
    if family not in images.families():
        raise ImageNotBuilt(f"there is no image '{family}': there are {', '.join(images.families())}")  # fmt: skip
    api = docker.connect().api
    tag = images.tag(family)
    if not api.images(name=tag):
        _built(api, family, tag, progress)
    for older in api.images(name=f"viscoder/{family}"):
        if tag not in (older["RepoTags"] or ()):
            with contextlib.suppress(*docker.failures()):  # it may be in use
                api.remove_image(older["Id"])
    return tag


def _built(api: Any, family: str, tag: str, progress: Callable[[str], None]) -> None:
    said: deque[str] = deque(maxlen=3)
    layers: list[str] = []
    try:
        for answer in _answers(api, family, tag):
            if "error" in answer:
                because = "; ".join([str(answer["error"]), *said])
                raise ImageNotBuilt(f"the image {tag} cannot be built: {' '.join(harmless(because).split())[:600]}")  # fmt: skip
            for line in _lines(answer):
                layer = _LAYER.match(line)
                if layer is not None:
                    layers.append(layer[1])
                else:
                    said.append(line)
                    progress(line)
    except docker.failures() as error:
        raise ImageNotBuilt(f"the image {tag} cannot be built: {docker.why(error)}") from error
    finally:
        _forget(api, layers)


def _answers(api: Any, family: str, tag: str) -> Iterator[dict[str, Any]]:
    return api.build(
        fileobj=_context(family),
        custom_context=True,
        tag=tag,
        rm=True,
        forcerm=True,
        decode=True,
        timeout=_SILENT_SECONDS,
        network_mode="host",
        buildargs=machine.build_arguments(),
    )


def _lines(answer: dict[str, Any]) -> list[str]:
    said = harmless(str(answer.get("stream") or answer.get("status") or ""))
    return [line.strip() for line in said.splitlines() if line.strip()]


def _forget(api: Any, layers: list[str]) -> None:
    """Remove what the engine kept of a build's steps, for the machine's settings are in there."""
    for layer in reversed(layers):
        with contextlib.suppress(*docker.failures()):  # another build may stand on it
            if not api.inspect_image(layer)["RepoTags"]:
                api.remove_image(layer, noprune=True)


def _context(family: str) -> io.BytesIO:
    """What is sent to the engine: the family's files, and the machine's settings."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as tar:
        here = {name: path.read_bytes() for name, path in images.files(family).items()}
        theirs = {f"{machine.PLACE}/{name}": data for name, data in machine.files().items()}
        for name, data in {**here, **theirs}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            entry.mode = 0o644
            tar.addfile(entry, io.BytesIO(data))
    written.seek(0)
    return written
