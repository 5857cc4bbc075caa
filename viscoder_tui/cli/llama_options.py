"""The settings that are about llama.cpp, as llama.cpp takes them."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from backends.base import ModelMissing
from backends.llama_cpp_options import CacheType, LlamaOptions, Switch
from viscoder_tui.config import Settings


def llama_options(settings: Settings) -> LlamaOptions:
    """What llama.cpp is told.

    Raises:
        ModelMissing: a file that the settings name cannot be read, or two of them do not go together.
    """
    if settings.kv_cache != "f16" and settings.flash_attention == "off":
        raise ModelMissing(f"the setting kv_cache = '{settings.kv_cache}' needs flash attention: set flash_attention to 'auto', or kv_cache to 'f16'")  # fmt: skip
    return LlamaOptions(
        threads=settings.threads,
        context=settings.context,
        gpu_layers=settings.gpu_layers,
        flash_attention=cast("Switch", settings.flash_attention),
        kv_cache=cast("CacheType", settings.kv_cache),
        rope_scale=settings.rope_scale,
        chat_template=_read(settings.chat_template),
        draft_model=str(_file("draft_model", settings.draft_model)) if settings.draft_model else "",
    )


def _read(name: str) -> str:
    if not name:
        return ""
    try:
        return _file("chat_template", name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ModelMissing(f"the setting chat_template names {name}, which cannot be read: name a text file") from error  # fmt: skip


def _file(setting: str, name: str) -> Path:
    path = Path(name).expanduser()
    if not path.is_file():
        raise ModelMissing(f"the setting {setting} names {name}, and there is no such file: correct it, or take it out")  # fmt: skip
    return path.resolve()
