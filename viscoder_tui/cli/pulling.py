"""Pulls a model for a command: which of its files, how far it is, what stays when it is stopped."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from backends import gguf_file, memory, quantisation
from backends.base import ModelMissing
from backends.library import Library, Wanted
from backends.pulled import Pulled
from backends.quantisation import Whole
from viscoder_tui.cli.status import CommandFailed, ExitCode, Status

if TYPE_CHECKING:
    from backends.download import Progress, Repository

_MANY = 8


def recommended(known: Library, here: memory.Memory) -> tuple[str, str]:
    """The name of the best model of the catalogue for this machine, and a sentence why.

    Raises:
        ModelMissing: none fits.
    """
    found = known.recommended(here)
    room = f"{memory.size(here.for_models)} that this machine has for a model"
    if found is None:
        raise ModelMissing(f"no model of the catalogue fits in the {room}: a server on another machine answers with --model http://…")  # fmt: skip
    entry, label = found
    weights = entry.bytes_of(label) or 0
    needed = memory.needed(weights, entry.context_bytes)
    kind = "made for pictures" if entry.for_pictures else "known"
    quick = "" if here.gpu else " and that is quick enough without a GPU"
    return f"{entry.name}:{label}", f"{entry.title}, {label}: about {memory.size(weights)} to download, the largest {kind} whose {memory.size(needed)} fit in the {room}{quick}"  # fmt: skip


def pull_model(wanted: Wanted, known: Library, status: Status) -> Pulled:
    """Bring a model and write down that it is here.

    Raises:
        BackendError: it cannot be brought.
        KeyboardInterrupt: it was stopped; what stays was said.
    """
    from backends import download  # it imports huggingface_hub, which takes a while

    status.progress(f"asking for {wanted.repo}")
    repository = download.look(wanted.repo)
    status.clear()
    whole = _chosen(repository, wanted, known, status)
    before = next((one for one in known.shelf.models() if one.repo == repository.name and one.files == whole.files), None)  # fmt: skip
    if before is not None and before.revision == repository.revision:
        status.say(f"{before.name} is the newest already")
        return before
    count = len(whole.files)
    parts = f" in {count} parts" if count > 1 else ""
    status.say(f"pulling {whole.files[0]} of {repository.name}{parts}, {memory.size(whole.size)}")
    shown = Shown(status)
    try:
        model = download.fetch(repository, whole, shown)
    except KeyboardInterrupt:
        status.clear()
        status.say(f"{memory.size(shown.done)} of {memory.size(whole.size)} are kept: viscoder models pull {wanted.name} goes on from there")  # fmt: skip
        raise
    finally:
        status.clear()
    try:
        gguf_file.read(model.path)
    except ModelMissing:
        download.free(model, really=True)
        raise
    known.shelf.add(model)
    if before is not None:
        freed = download.free(before, really=True)
        status.say(f"it takes the place of an older one: {memory.size(freed)} are free again")
    return model


def _chosen(repository: Repository, wanted: Wanted, known: Library, status: Status) -> Whole:
    """Which of a repository's files to take; said, with the reason.

    Raises:
        ModelMissing: there is none, none of that name, or none that fits.
    """
    found = quantisation.wholes((one.name, one.size) for one in repository.files)
    if not found:
        entry = next((one for one in known.catalogue.values() if one.origin.lower() == wanted.repo.lower()), None)  # fmt: skip
        hint = f"viscoder models pull {entry.name} has them" if entry else "look for a repository with -GGUF in its name"  # fmt: skip
        raise ModelMissing(f"{repository.name} has no GGUF files, which llama.cpp reads: {hint}")
    here = memory.machine()
    context_bytes = wanted.entry.context_bytes if wanted.entry else 0

    def fits(size: int) -> bool:
        return here.holds(memory.needed(size, context_bytes))

    room = memory.size(here.for_models)
    if wanted.part:
        whole = _named(found, wanted.part, repository.name)
        if not fits(whole.size):
            status.say(f"{whole.files[0]} needs {memory.size(memory.needed(whole.size, context_bytes))}, and this machine has {room} for a model: it will hardly run here")  # fmt: skip
        return whole
    best = quantisation.best(found, fits)
    if best is None:
        least = min(found, key=lambda one: one.size)
        raise ModelMissing(f"nothing of {repository.name} fits in the {room} that this machine has for a model: the smallest, {least.files[0]}, needs {memory.size(memory.needed(least.size, context_bytes))}; {wanted.name}:{least.quantisation or least.files[0]} pulls it all the same")  # fmt: skip
    whole, why = best
    if len(found) > 1:
        status.say(f"{whole.quantisation or whole.files[0]}: {why}")
    return whole


def _named(found: Sequence[Whole], part: str, repo: str) -> Whole:
    wanted = part.lower()
    exact = [one for one in found if wanted in (one.files[0].lower(), _base(one))]
    loose = [one for one in found if wanted in (quantisation.stem(_base(one)) + ".gguf", one.quantisation.lower())]  # fmt: skip
    if exact or loose:
        return [*exact, *loose][0]
    labels = {one.quantisation or one.files[0]: one for one in found}
    every = [*labels, *(one.files[0] for one in found)]
    close = difflib.get_close_matches(part, every, n=1) or difflib.get_close_matches(part.upper(), every, n=1)  # fmt: skip
    listed = ", ".join(list(labels)[:_MANY]) + (" and others" if len(labels) > _MANY else "")
    hint = f"did you mean {close[0]}?" if close else f"there are {listed}"
    raise ModelMissing(f"{repo} has no {part}: {hint}")


def _base(one: Whole) -> str:
    return one.files[0].rpartition("/")[2].lower()


def agreed(question: str, *, yes: bool, undone: str) -> bool:
    """Whether the user wants it; says what was not done where they do not.

    Args:
        question: ends with a question mark.
        yes: they said so already.
        undone: what to say where nothing is done.

    Raises:
        CommandFailed: nobody is there to be asked.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise CommandFailed(f"{undone}: without a terminal to ask on, say --yes", ExitCode.USAGE)
    status = Status()
    status.say(f"{question} y or n")
    if sys.stdin.readline().strip().lower() in ("y", "yes"):
        return True
    status.say(undone)
    return False


class Shown:
    """Shows how far a download is: one line on a terminal, a line every tenth elsewhere."""

    def __init__(self, status: Status) -> None:
        self.done = 0
        self._status = status
        self._tenth = 0
        self._trouble = ""

    def __call__(self, progress: Progress) -> None:
        """Show it."""
        self.done = progress.done
        if progress.trouble:
            if progress.trouble != self._trouble:
                self._status.say(f"{progress.trouble} from {memory.size(progress.done)}")
            self._trouble = progress.trouble
            return
        share = progress.done / progress.total if progress.total else 1.0
        if progress.checking:
            self._status.progress(f"checking {progress.file} · {share:.0%}")
            return
        line = f"{memory.size(progress.done)} of {memory.size(progress.total)} · {share:.0%}"
        if progress.speed:
            line += f" · {memory.size(int(progress.speed))}/s"
        left = progress.seconds_left
        if left is not None:
            line += f" · {_duration(left)} left"
        if self._status.live:
            self._status.progress(line)
        elif int(share * 10) > self._tenth and share < 1:
            self._tenth = int(share * 10)
            self._status.say(line)


def _duration(seconds: float) -> str:
    whole = int(seconds)
    if whole >= 3600:
        return f"{whole // 3600} h {whole % 3600 // 60} min"
    return f"{whole // 60} min {whole % 60} s" if whole >= 60 else f"{whole} s"
