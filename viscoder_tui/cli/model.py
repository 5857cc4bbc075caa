"""The model for a command, started as early as possible: it loads while arguments are checked."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from backends import vllm_options
from backends.base import Backend, ModelMissing
from backends.choose import MODEL_VARIABLE, Choice
from backends.llama_cpp import LlamaCpp
from viscoder_tui.cli.llama_options import llama_options
from viscoder_tui.config import Settings, SettingsWrong
from viscoder_tui.config.models import chosen
from viscoder_tui.locations import cache_folder, data_folder, log_folder
from viscoder_tui.sessions.answering import Answering

if TYPE_CHECKING:
    from backends.server_patience import Patience
    from backends.vllm_process import Environment

SMALL_MODEL = (
    "written by viscoder-nano, a very small model that ships with viscoder; "
    "for a real one: viscoder models pull, or --model FILE.gguf"
)


def started(named: str | None, settings: Settings, session: str = "") -> tuple[Choice, Backend]:
    """Choose the model and start loading it, without waiting.

    Args:
        named: what ``--model`` says, if anything.
        settings: in force.
        session: the model of the session that is taken up; empty for none.

    Raises:
        ModelMissing: there is no such model, or a file that the settings name.
        SettingsWrong: the user's own catalogue has a mistake.
    """
    own = vllm_options.read(settings.vllm)
    choice = chosen(named, settings, session=session)
    if choice.owned:
        from backends.vllm import Vllm  # nobody else needs it

        vllm = Vllm(choice.owned, vllm_environment(own), own, _patience(settings))
        vllm.start()
        return choice, vllm
    if choice.server is not None:
        from backends.server import Server  # nobody else needs it

        server = Server(choice.server, _patience(settings))
        server.start()
        return choice, server
    assert choice.path is not None
    backend = LlamaCpp(
        choice.path,
        log_folder() / "llama.log",
        llama_options(settings),
        # The embedded model reads faster than a disk is written.
        states=None if choice.embedded else cache_folder() / "states",
        embedded=choice.embedded,
    )
    backend.start()
    return choice, backend


def _patience(settings: Settings) -> Patience:
    from backends.server_patience import Patience

    return Patience(connect=settings.connect_seconds, first=settings.first_token_seconds, between=settings.next_token_seconds)  # fmt: skip


def vllm_environment(own: vllm_options.VllmOptions) -> Environment:
    """Where vLLM is installed, and where its messages go."""
    from backends.vllm_process import environment_of

    return environment_of(own, data_folder() / "vllm", log_folder() / "vllm.log")


def is_named(flag: str | None) -> bool:
    """Whether the command line or the environment names the model, for whatever session."""
    return bool(flag or os.environ.get(MODEL_VARIABLE))


def opened(settings: Settings) -> Callable[[str], Answering]:
    """Has another model answer, by its name."""

    def open_model(name: str) -> Answering:
        try:
            choice, backend = started(name, settings)
        except SettingsWrong as error:
            raise ModelMissing(str(error)) from error
        return Answering(choice.name, backend, choice.spelled)

    return open_model


__all__ = ["SMALL_MODEL", "is_named", "opened", "started"]
