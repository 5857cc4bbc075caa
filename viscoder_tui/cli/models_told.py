"""The models told: for ``viscoder models list`` and ``show``, in lines and as JSON."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from backends import gguf_file, memory, quantisation
from backends.base import BackendError, ModelMissing
from backends.catalog import Entry
from backends.choose import EMBEDDED, EMBEDDED_NAME, MODEL_VARIABLE
from backends.library import Library
from backends.pulled import Pulled
from viscoder_tui.config import Settings
from viscoder_tui.config.models import chosen

_WIDEST = 60


def in_use(known: Library, settings: Settings) -> dict[str, Any]:
    """The model that answers now: its name, its file or address, and why it; or what is wrong with it."""
    try:
        choice = chosen(None, settings, known)
    except BackendError as error:
        return {"name": settings.model, "path": "", "why": str(error), "works": False}
    if choice.path is None:
        where = ", ".join(choice.server.addresses) if choice.server is not None else choice.owned
        return {"name": choice.name, "path": where, "why": choice.why, "works": True}
    path = choice.path.resolve()
    model = next((one for one in known.shelf.models() if one.path.resolve() == path), None)
    name = known.called(model) if model else EMBEDDED_NAME if choice.embedded else str(choice.path)
    return {"name": name, "path": str(path), "why": choice.why, "works": True}


def order(known: Library, settings: Settings) -> str:
    """Where a model is looked for, the first first, and what stands there."""
    variable = os.environ.get(MODEL_VARIABLE)
    setting = settings.model if settings.model != variable else ""
    best = known.best()
    return (
        f"--model, {MODEL_VARIABLE} ({variable or 'not set'}), the session that is taken up, the setting model ({setting or 'not set'}), "
        f"the best pulled ({known.called(best) if best else 'none that fits'}), {EMBEDDED_NAME}"
    )


def overview(known: Library, settings: Settings) -> dict[str, Any]:
    """Everything that ``models list`` tells, as its JSON has it."""
    here = memory.machine()
    using = in_use(known, settings)
    pulled = known.shelf.models()
    rows = [_nano()]
    for entry in known.catalogue.values():
        own = [one for one in pulled if known.entry_of(one) == entry]
        rows += [_pulled(one, entry, known, here) for one in own] or [_unpulled(entry, here)]
    rows += [_pulled(one, None, known, here) for one in pulled if known.entry_of(one) is None]
    for row in rows:
        row["in_use"] = row["path"] is not None and str(Path(row["path"]).resolve()) == using["path"]  # fmt: skip
    figures = {"total": here.total, "for_models": here.for_models, "gpu": here.gpu}
    return {"memory": figures, "in_use": using, "models": rows}


def lines(told: Mapping[str, Any]) -> Iterator[str]:
    """`overview` for people."""
    rows: list[dict[str, Any]] = told["models"]
    shown = [(_mark(row), row["name"], _size(row), _state(row), row["good_for"]) for row in rows]
    widths = [max(len(row[column]) for row in shown) for column in range(4)]
    for row in shown:
        padded = (text.ljust(width) for text, width in zip(row, widths, strict=False))
        yield ("  ".join(padded) + f"  {row[4]}").rstrip()
    room = told["memory"]
    yield ""
    yield f"this machine has {memory.size(room['total'])} of memory, {memory.size(room['for_models'])} of them for a model"  # fmt: skip
    using = told["in_use"]
    yield f"{using['name']} answers: {using['why']}" if using["works"] else using["why"]
    if not any(row["pulled"] for row in rows):
        yield "viscoder models pull brings the best that fits"


def facts(name: str, known: Library) -> dict[str, Any]:
    """What there is to say of one model.

    Raises:
        BackendError: there is no such model, or its file is damaged.
    """
    here = memory.machine()
    if name == EMBEDDED_NAME:
        return {"name": name, "pulled": True} | _read(EMBEDDED, EMBEDDED.stat().st_size, here)
    path = Path(name).expanduser()
    if path.is_file():
        return {"name": path.name, "pulled": True} | _read(path, quantisation.weights(path), here)
    wanted = known.wanted(name)
    model = known.pulled(name)
    entry = wanted.entry
    if model is not None:
        about = {"name": known.called(model), "title": entry.title if entry else None, "repo": model.repo, "revision": model.revision, "pulled": True}  # fmt: skip
        found = about | _read(model.path, model.size, here, model.quantisation)
        found["licence"] = model.licence or (entry.licence if entry else "") or found["licence"]
        return found | {"good_for": entry.good_for if entry else None}
    if entry is None:
        raise ModelMissing(f"{name} is not pulled, and only the hub knows it: viscoder models pull {name}")  # fmt: skip
    return _of_catalogue(entry, wanted.part, here)


def value(key: str, of: object) -> str:
    """A fact for people."""
    if isinstance(of, bool):
        return "yes" if of else "no"
    if key in ("bytes", "memory_needed") and isinstance(of, int):
        return memory.size(of)
    if key == "context":
        return f"{of} tokens"
    return str(of)


def _of_catalogue(entry: Entry, part: str, here: memory.Memory) -> dict[str, Any]:
    labels = [one.upper() for one in entry.quantisations]
    label = part.upper() or (labels[0] if labels else "")
    if part and label not in labels and quantisation.bits(label) is None:
        close = difflib.get_close_matches(label, labels, n=1)
        hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(labels)}"
        raise ModelMissing(f"{entry.name} has no {part}: {hint}")
    row = _unpulled(entry, here, label)
    return {
        "name": entry.name, "title": entry.title, "repo": entry.repo, "pulled": False,
        "file": entry.file_of(label) or None, "quantisation": label or None, "bytes": row["bytes"],
        "sizes": "approximate, from the catalogue; viscoder models pull asks the hub",
        "memory_needed": row["memory_needed"], "fits": row["fits"], "context": entry.context or None,
        "licence": entry.licence or None, "good_for": entry.good_for or None,
    }  # fmt: skip


def _read(path: Path, size: int, here: memory.Memory, label: str = "") -> dict[str, Any]:
    """What a file says of itself."""
    metadata = gguf_file.read(path).metadata
    kind = str(metadata.get("general.architecture", ""))
    needed = memory.needed(size, memory.context_bytes(metadata))
    return {
        "file": str(path),
        "bytes": size,
        "quantisation": label or quantisation.label(path.name) or None,
        "memory_needed": needed,
        "fits": here.holds(needed),
        "context": metadata.get(f"{kind}.context_length"),
        "architecture": kind or None,
        "chat_template": "tokenizer.chat_template" in metadata,
        "licence": metadata.get("general.license"),
    }


def _nano() -> dict[str, Any]:
    size = EMBEDDED.stat().st_size if EMBEDDED.exists() else 0
    return _row(EMBEDDED_NAME, None, path=str(EMBEDDED), pulled=False, bytes=size, fits=True, good_for="Ships with viscoder; very small.")  # fmt: skip


def _pulled(model: Pulled, entry: Entry | None, known: Library, here: memory.Memory) -> dict[str, Any]:  # fmt: skip
    needed = memory.needed(model.size, entry.context_bytes if entry else 0)
    return _row(
        known.called(model), entry, repo=model.repo, path=str(model.path), pulled=True,
        quantisation=model.quantisation or None, bytes=model.size, memory_needed=needed,
        fits=here.holds(needed), licence=model.licence or (entry.licence if entry else None),
    )  # fmt: skip


def _unpulled(entry: Entry, here: memory.Memory, label: str = "") -> dict[str, Any]:
    label = label or next((one.upper() for one in entry.quantisations), "")
    weights = entry.bytes_of(label)
    needed = memory.needed(weights, entry.context_bytes) if weights else None
    fits = here.holds(needed) if needed else None
    return _row(entry.name, entry, quantisation=label or None, bytes=weights, approximate=True, memory_needed=needed, fits=fits)  # fmt: skip


def _row(name: str, entry: Entry | None, **known: Any) -> dict[str, Any]:
    return {
        "name": name,
        "repo": entry.repo if entry else None,
        "path": None,
        "pulled": False,
        "quantisation": None,
        "bytes": None,
        "approximate": False,
        "memory_needed": None,
        "fits": None,
        "context": (entry.context or None) if entry else None,
        "licence": (entry.licence or None) if entry else None,
        "good_for": entry.good_for if entry else "",
        "for_pictures": entry.for_pictures if entry else False,
    } | known


def _mark(row: Mapping[str, Any]) -> str:
    return "*" if row["in_use"] else " "


def _size(row: Mapping[str, Any]) -> str:
    if row["bytes"] is None:
        return ""
    size = f"{'about ' if row['approximate'] else ''}{memory.size(row['bytes'])}"
    return f"{size} {row['quantisation']}" if row["quantisation"] else size


def _state(row: Mapping[str, Any]) -> str:
    here = "pulled" if row["pulled"] else ""
    if row["fits"] is False:
        need = f"does not fit: needs {memory.size(row['memory_needed'])}"
        return f"{here}, {need}" if here else need
    return here or ("fits" if row["fits"] and row["approximate"] else "")
