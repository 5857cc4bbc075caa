"""Brings models from a hub into huggingface_hub's own cache, where other tools find them too.

huggingface_hub knows the hub: names, tokens, mirrors (``HF_ENDPOINT``), its cache (``HF_HOME``). The
bytes are fetched here, because its own download begins anew after a kill and puts a file among the
good ones before anybody has looked whether it is the right one. So a file grows beside its place in
the cache under a name of its own, goes on growing where it was cut off, is compared with the hub's
checksum, and only then takes its place; huggingface_hub then lays its links to it.
"""

from __future__ import annotations

import os

# Before huggingface_hub is imported: it would ask the hub for a list by which it tells the hub
# which program calls it.
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")

import hashlib
import logging
import re
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import httpx2

# Three of its functions take a bare `dict` in an argument that is not given here.
from huggingface_hub import (
    HfApi,
    constants,
    hf_hub_download,  # pyright: ignore[reportUnknownVariableType] see above
    hf_hub_url,
    scan_cache_dir,
)
from huggingface_hub.errors import HfHubHTTPError
from huggingface_hub.file_download import (
    get_hf_file_metadata,  # pyright: ignore[reportUnknownVariableType] see above
    repo_folder_name,
)
from huggingface_hub.utils import (
    WeakFileLock,
    build_hf_headers,  # pyright: ignore[reportUnknownVariableType] see above
    get_session,
    hf_raise_for_status,
)
from huggingface_hub.utils import logging as hub_logging

from backends.download_errors import PullFailed, explained
from backends.memory import size as told_size
from backends.pulled import Pulled
from backends.quantisation import Whole

hub_logging.set_verbosity(logging.CRITICAL)

_PIECE = 1 << 18
_SPARE_DISK = 200_000_000
_TRIES = 5
"""In a row without a byte more."""
_LONGEST_PAUSE = 8.0
_TRANSIENT = {408, 429, 500, 502, 503, 504}
_SHA256, _GIT_HASH = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of a repository: its bytes, and its sha256, or git's sha1 where it is small."""

    name: str
    size: int
    checksum: str


@dataclass(frozen=True, slots=True)
class Repository:
    """What a hub says of a repository.

    Attributes:
        name: ``organisation/name``, as the hub writes it.
        revision: the newest commit.
        files: all files whose size and checksum it tells.
        licence: empty where it says nothing.
    """

    name: str
    revision: str
    files: tuple[RemoteFile, ...]
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a download is.

    Attributes:
        file: its name.
        done: bytes of all files that are there.
        total: bytes of all files.
        speed: bytes a second, over the last seconds; 0 where it is not known yet.
        checking: the checksum is being computed.
        trouble: why it stands still; empty where it does not.
    """

    file: str
    done: int
    total: int
    speed: float = 0.0
    checking: bool = False
    trouble: str = ""

    @property
    def seconds_left(self) -> float | None:
        """At this speed; None where it is not known."""
        return (self.total - self.done) / self.speed if self.speed > 0 else None


Told = Callable[[Progress], None]


def look(repo: str) -> Repository:
    """Ask the hub for a repository.

    Raises:
        PullFailed: the hub cannot be reached, or the repository is missing or closed.
    """
    try:
        info = HfApi().model_info(repo, files_metadata=True, timeout=constants.HF_HUB_DOWNLOAD_TIMEOUT)  # fmt: skip
        revision, siblings = info.sha or "", info.siblings or []
        licence = str(info.card_data.license or "") if info.card_data else ""
    except (httpx2.HTTPError, OSError) as error:
        raise explained(error, repo) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise PullFailed(f"what answers at {constants.ENDPOINT} is no model hub: see HF_ENDPOINT, or whether this network wants a log-in first") from error  # fmt: skip
    if not _GIT_HASH.fullmatch(revision):
        raise PullFailed(f"the hub {constants.ENDPOINT} names no commit of {repo}: try again later")
    files: list[RemoteFile] = []
    for one in siblings:
        checksum = one.lfs.sha256 if one.lfs else one.blob_id
        # Both become part of a path here, and a hub is not trusted with that.
        hashed = checksum and (_SHA256 if one.lfs else _GIT_HASH).fullmatch(checksum)
        if checksum and hashed and one.size is not None and _is_harmless(one.rfilename):
            files.append(RemoteFile(one.rfilename, one.size, checksum))
    return Repository(repo, revision, tuple(files), licence)


def _is_harmless(name: str) -> bool:
    """Whether a file's name stays in its folder, and can be shown."""
    parts = name.split("/")
    return name.isprintable() and not any(part in ("", ".", "..") or "\\" in part for part in parts)


def fetch(repository: Repository, whole: Whole, told: Told = lambda _: None) -> Pulled:
    """Bring a model's files; what is in the cache already is not fetched again.

    Args:
        repository: as `look` has found it.
        whole: which of its files.
        told: called with the progress, a few times a second.

    Raises:
        PullFailed: it could not be brought; the text says why and what to do.
        KeyboardInterrupt: what was fetched so far stays, and the next call goes on from there.
    """
    files = [one for name in whole.files for one in repository.files if one.name == name]
    place = _Place(repository.name)
    try:
        _check_disk(place, files)
        counter = _Counter(files, told)
        paths = [_fetched(repository, one, place, counter) for one in files]
    except (httpx2.HTTPError, OSError, ValueError) as error:
        raise explained(error, repository.name, files[0].name) from error
    return Pulled(
        repository.name,
        repository.revision,
        constants.HF_HUB_CACHE,
        tuple(one.name for one in files),
        tuple(str(path) for path in paths),
        sum(one.size for one in files),
        repository.licence,
    )


def free(model: Pulled, *, really: bool) -> int:
    """Remove a pulled model's files from the cache, with what they alone use.

    Args:
        model: that was pulled.
        really: False only counts.

    Returns:
        The bytes that are freed: none of what another revision in the cache shares.

    Raises:
        PullFailed: it cannot be removed.
    """
    try:
        info = scan_cache_dir(model.cache)
        wanted = set(model.paths)
        repo = next((one for one in info.repos if one.repo_type == "model" and one.repo_id == model.repo), None)  # fmt: skip
        revisions = [one for one in repo.revisions if any(str(file.file_path) in wanted for file in one.files)] if repo else []  # fmt: skip
        files = [file for one in revisions for file in one.files if str(file.file_path) in wanted]
        if revisions and all(file in files for one in revisions for file in one.files):
            plan = info.delete_revisions(*(one.commit_hash for one in revisions))
        else:
            plan = info.delete_files(*files)
        if really:
            plan.execute()
            left = next((path for path in model.paths if os.path.lexists(path)), None)
            if left is not None:
                raise PullFailed(f"{left} cannot be removed: give yourself the right to write there")  # fmt: skip
    except (OSError, ValueError) as error:
        raise PullFailed(f"the cache {model.cache} cannot be read: {error}") from error
    return plan.expected_freed_size


def partial(repo: str) -> tuple[Path, ...]:
    """Files of a repository that are only begun."""
    return tuple(_Place(repo).blobs.glob(f"*{_Place.ENDING}"))


class _Place:
    """Where a repository's files lie in the cache."""

    ENDING = ".viscoder.incomplete"
    """huggingface_hub clears away what ends so when it is asked to clean its cache."""

    def __init__(self, repo: str) -> None:
        self.cache = Path(constants.HF_HUB_CACHE)
        folder = repo_folder_name(repo_id=repo, repo_type="model")
        self.blobs = self.cache / folder / "blobs"
        self.locks = self.cache / ".locks" / folder

    def blob(self, file: RemoteFile) -> Path:
        return self.blobs / file.checksum

    def partial(self, file: RemoteFile) -> Path:
        return self.blobs / (file.checksum + self.ENDING)

    def have(self, file: RemoteFile) -> int:
        """Bytes of it that are there."""
        if self.blob(file).exists():
            return file.size
        path = self.partial(file)
        return path.stat().st_size if path.exists() else 0


class _Counter:
    """Bytes that have come, and how fast they come."""

    _WINDOW_SECONDS = 5.0

    def __init__(self, files: Sequence[RemoteFile], told: Told) -> None:
        self.total = sum(one.size for one in files)
        self.before = 0
        self._told = told
        self._seen: list[tuple[float, int]] = []

    def at(self, file: RemoteFile, have: int, *, checking: bool = False, trouble: str = "") -> None:
        now, done = time.monotonic(), self.before + have
        if trouble:
            self._seen.clear()
        if not self._seen or now - self._seen[-1][0] > 0.1:
            self._seen.append((now, done))
        while len(self._seen) > 2 and now - self._seen[0][0] > self._WINDOW_SECONDS:
            del self._seen[0]
        since, then = self._seen[0]
        speed = (done - then) / (now - since) if now - since > 0.2 else 0.0
        self._told(Progress(file.name, done, self.total, max(speed, 0.0), checking, trouble))


def _check_disk(place: _Place, files: Sequence[RemoteFile]) -> None:
    missing = sum(max(one.size - place.have(one), 0) for one in files)
    folder = place.blobs
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if missing and free < missing + _SPARE_DISK:
        raise PullFailed(f"{told_size(missing)} are to be fetched and {place.cache} has {told_size(free)} free: make room, or set HF_HOME to a folder on a larger disk")  # fmt: skip


def _fetched(repository: Repository, file: RemoteFile, place: _Place, counter: _Counter) -> Path:
    """Bring one file into the cache; where it lies."""
    url = hf_hub_url(repository.name, file.name)
    about = get_hf_file_metadata(url, timeout=constants.HF_HUB_DOWNLOAD_TIMEOUT, headers=build_hf_headers())  # fmt: skip
    newest = about.commit_hash == repository.revision
    if about.etag != file.checksum or about.size not in (None, file.size):
        raise PullFailed(f"the hub contradicts itself about {file.name} of {repository.name}, or it was changed just now: try again")  # fmt: skip
    if not place.blob(file).exists():
        place.blobs.mkdir(parents=True, exist_ok=True)
        place.locks.mkdir(parents=True, exist_ok=True)
        try:
            # huggingface_hub's own lock: neither fetches what the other is fetching.
            with WeakFileLock(place.locks / f"{file.checksum}.lock", timeout=0.1):
                _stream(hf_hub_url(repository.name, file.name, revision=repository.revision), file, place.partial(file), counter)  # fmt: skip
                _verify(repository, file, place.partial(file), counter)
                place.partial(file).replace(place.blob(file))
        except TimeoutError as error:
            raise PullFailed(f"another program is fetching {file.name} already: wait for it") from error  # fmt: skip
    counter.before += file.size
    # On "main" huggingface_hub writes down which commit that is, so that others find it offline.
    return Path(hf_hub_download(repository.name, file.name, revision=None if newest else repository.revision))  # fmt: skip


def _stream(url: str, file: RemoteFile, partial: Path, counter: _Counter) -> None:
    """Let a file grow to its size, over as many connections as that takes."""
    if partial.exists() and partial.stat().st_size > file.size:
        partial.unlink()
    vain = 0
    while True:
        have = partial.stat().st_size if partial.exists() else 0
        if have == file.size and partial.exists():
            return
        trouble: Exception | None = None
        try:
            _one_connection(url, file, partial, have, counter)
        except httpx2.TransportError as error:
            trouble = error
        except HfHubHTTPError as error:
            if error.response.status_code not in _TRANSIENT:
                raise
            trouble = error
        grown = partial.stat().st_size if partial.exists() else 0
        vain = 0 if grown > have else vain + 1
        if grown == file.size:
            return
        if trouble is None and vain:
            raise PullFailed(f"{file.name} ends after {told_size(grown)} of {told_size(file.size)}: the hub has a part of it only, try again later")  # fmt: skip
        if trouble is not None and vain > _TRIES:
            raise trouble
        counter.at(file, grown, trouble="the connection was cut, going on")
        time.sleep(min(0.25 * 2**vain, _LONGEST_PAUSE))


def _one_connection(url: str, file: RemoteFile, partial: Path, have: int, counter: _Counter) -> None:  # fmt: skip
    headers = {**build_hf_headers(), "Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    with get_session().stream("GET", url, headers=headers, timeout=constants.HF_HUB_DOWNLOAD_TIMEOUT) as response:  # fmt: skip
        if response.is_error:
            response.read()  # its body says why
        hf_raise_for_status(response)
        begins = re.match(rf"bytes {have}-", response.headers.get("Content-Range", ""))
        goes_on = have > 0 and response.status_code == 206 and begins is not None
        with partial.open("ab" if goes_on else "wb") as out:
            _copy(response, out, file, have if goes_on else 0, counter)


def _copy(response: httpx2.Response, out: BinaryIO, file: RemoteFile, have: int, counter: _Counter) -> None:  # fmt: skip
    # Raw pieces as they come: gathered ones would be lost when the connection is cut.
    for piece in response.iter_raw():
        have += len(piece)
        if have > file.size:
            raise PullFailed(f"{file.name} goes on behind the {told_size(file.size)} that the hub said it has: nothing of it is kept as good, try again later")  # fmt: skip
        out.write(piece)
        counter.at(file, have)


def _verify(repository: Repository, file: RemoteFile, partial: Path, counter: _Counter) -> None:
    """Compare the bytes with the checksum.

    Raises:
        PullFailed: they are others; they are removed.
    """
    git = len(file.checksum) == 40
    digest = hashlib.sha1(usedforsecurity=False) if git else hashlib.sha256()
    if git:
        digest.update(f"blob {file.size}\0".encode())
    with partial.open("rb") as data:
        while piece := data.read(_PIECE):
            digest.update(piece)
            counter.at(file, data.tell(), checking=True)
    if digest.hexdigest() != file.checksum:
        partial.unlink()
        raise PullFailed(f"{file.name} of {repository.name} does not have the checksum that the hub says it has: it was damaged or exchanged on its way, and nothing of it is kept; try again")  # fmt: skip
