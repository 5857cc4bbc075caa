"""The model for a command, started as early as possible: it loads while arguments are checked."""

from __future__ import annotations

from collections.abc import Callable

from backends.base import Backend, ModelMissing
from backends.choose import Choice, choose
from backends.llama_cpp import LlamaCpp
from viscoder_tui.cli.llama_options import llama_options
from viscoder_tui.config import Settings, SettingsWrong
from viscoder_tui.config.models import library
from viscoder_tui.locations import cache_folder, log_folder

SMALL_MODEL = (
    "written by viscoder-nano, a very small model that ships with viscoder; "
    "for a real one: viscoder models pull, or --model FILE.gguf"
)


def started(named: str | None, settings: Settings) -> tuple[Choice, Backend]:
    """Choose the model and start loading it, without waiting.

    Raises:
        ModelMissing: there is no such model, or a file that the settings name.
        SettingsWrong: the user's own catalogue has a mistake.
    """
    choice = choose(named, settings.model, library(), settings.servers)
    if choice.server is not None:
        from backends.server import Server  # nobody else needs it

        server = Server(choice.server)
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


def opened(settings: Settings) -> Callable[[str], tuple[str, Backend]]:
    """Has another model answer, by its name: what the app calls it, and its backend."""

    def open_model(name: str) -> tuple[str, Backend]:
        try:
            choice, backend = started(name, settings)
        except SettingsWrong as error:
            raise ModelMissing(str(error)) from error
        return choice.name, backend

    return open_model


__all__ = ["SMALL_MODEL", "opened", "started"]
