"""Which model answers: what the user named, the environment, the one of the session that is taken up,
the settings, the best one that was pulled and fits in memory, the embedded one: the first of these
that there is."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from backends.base import ModelMissing
from backends.library import Library
from backends.server_address import Served, served, with_scheme

MODEL_VARIABLE = "VISCODER_MODEL"
EMBEDDED = Path(__file__).resolve().parent / "nano" / "viscoder-nano.gguf"
EMBEDDED_NAME = "viscoder-nano"
_LAST_RESORT = "no other model is named"
VLLM = "vllm"
"""Names that begin with it mean a vLLM that viscoder starts."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A model, and why it was chosen.

    Attributes:
        path: its file; None where a server has it.
        why: as people are told.
        server: that has it.
        owned: what vLLM is started with to serve it; empty where it is not.
        gone: a sentence where a session's own model is gone and this one takes its place.
    """

    path: Path | None
    why: str
    server: Served | None = None
    owned: str = ""
    gone: str = ""

    @property
    def name(self) -> str:
        """As shown before the model has said what it is called."""
        if self.server is not None:
            return self.server.label
        if self.owned:
            return Path(self.owned).name
        return self.path.stem if self.path is not None else ""

    @property
    def spelled(self) -> str:
        """What ``--model`` would say to have the same model again, from any folder."""
        if self.server is not None:
            where = self.server.name or ",".join(self.server.addresses)
            return f"{where}#{self.server.model}" if self.server.model else where
        if self.owned:
            return f"{VLLM}:{self.owned}"
        return EMBEDDED_NAME if self.embedded else str(self.path)

    @property
    def remembered(self) -> str:
        """`spelled`, for a session to be taken up with; empty for the small model where nobody named
        it, so that the session gets a better one as soon as there is one."""
        return "" if self.why == _LAST_RESORT else self.spelled

    @property
    def embedded(self) -> bool:
        """Whether it is the small model that ships in the package."""
        return self.path == EMBEDDED


def choose(
    named: str | None,
    configured: str | None = None,
    library: Library | None = None,
    servers: Mapping[str, str] = MappingProxyType({}),
    usual_of_vllm: str = "",
    session: str = "",
) -> Choice:
    """The model to use.

    Args:
        named: what ``--model`` says, if anything: a .gguf file, ``viscoder-nano``, a pulled
            model, a server as `backends.server_address` reads it, or ``vllm:`` and what vLLM shall
            serve.
        configured: what the settings say, if anything.
        library: knows the pulled models; None for none.
        servers: addresses by the names that the user's settings give them.
        usual_of_vllm: what vLLM serves where only ``vllm`` is said.
        session: the model that answered in the session that is taken up, if there is one; where it is
            gone the next in order answers.

    Raises:
        ModelMissing: there is no such model, and the text says what there is nearby; or the list
            of pulled models cannot be read.
    """
    for name, why in (
        (named, "--model names it"),
        (os.environ.get(MODEL_VARIABLE), f"{MODEL_VARIABLE} names it"),
    ):
        if name:
            return _named(name, why, library, servers, usual_of_vllm)
    lost = ""
    if session:
        try:
            return _named(session, "it answered in this session", library, servers, usual_of_vllm)
        except ModelMissing:
            lost = session
    if configured:
        found = _named(configured, "the settings name it", library, servers, usual_of_vllm)
        return _instead(found, lost)
    best = library.best() if library else None
    if best is not None:
        return _instead(Choice(best.path, "the best pulled model that fits in memory, and no other is named"), lost)  # fmt: skip
    if not EMBEDDED.exists():
        raise ModelMissing("the embedded model is missing from this installation: name one with --model FILE.gguf")  # fmt: skip
    return _instead(Choice(EMBEDDED, _LAST_RESORT), lost)


def _named(name: str, why: str, library: Library | None, servers: Mapping[str, str], usual_of_vllm: str) -> Choice:  # fmt: skip
    server = served(name, servers)
    if server is not None:
        return Choice(None, why, server)
    if is_owned(name):
        return Choice(None, why, owned=_owned(name, usual_of_vllm))
    try:
        return Choice(_file(name, library), why)
    except ModelMissing:
        close = difflib.get_close_matches(name.partition("#")[0], servers, n=1)
        near = close[0] if close else with_scheme(name)
        if near is None:
            raise
        raise ModelMissing(f"there is no model {name}: did you mean {near}?") from None


def gone(spelled: str, name: str) -> str:
    """That the model of a session is gone, and another answers."""
    return f"{short(spelled)}, which answered in this session, is gone: {name} answers instead"


def _instead(found: Choice, lost: str) -> Choice:
    return replace(found, gone=gone(lost, found.name)) if lost else found


def short(spelled: str) -> str:
    """A model as lists show it: a file by its name, all else as it is spelled."""
    return Path(spelled).stem if is_path(spelled) else spelled


def is_owned(name: str) -> bool:
    """Whether a name means a server that viscoder starts."""
    return name == VLLM or name.startswith(f"{VLLM}:")


def _owned(name: str, usual: str) -> str:
    from backends.vllm_process import checked  # nobody else needs it

    wanted = name.partition(":")[2] or usual
    if not wanted:
        raise ModelMissing("it is not said what vLLM shall serve: --model vllm:FOLDER, or model in [backends.vllm] of the settings")  # fmt: skip
    return checked(wanted)


def _file(name: str, library: Library | None) -> Path:
    if name == EMBEDDED_NAME:
        return EMBEDDED
    path = Path(name).expanduser()
    if path.is_file():
        return path.absolute()  # where a link leads, the other parts of a model have other names
    if library is not None and not is_path(name):
        return _pulled(name, library)
    if path.exists():
        return path.resolve()
    folder = path.parent
    near = [one.name for one in folder.glob("*.gguf")] if folder.is_dir() else []
    close = difflib.get_close_matches(path.name, near, n=1)
    hint = f": did you mean {folder / close[0]}?" if close else f": give a .gguf file, or {EMBEDDED_NAME}"  # fmt: skip
    raise ModelMissing(f"there is no model {name}{hint}")


def is_path(name: str) -> bool:
    """Whether a name means a file, there or not, and no model of a catalogue or a hub."""
    return name.startswith(("/", ".", "~")) or (name.endswith(".gguf") and ":" not in name)


def _pulled(name: str, library: Library) -> Path:
    model = library.pulled(name)
    if model is None:
        raise ModelMissing(f"{name} is not pulled yet: viscoder models pull {name}")
    return model.path
