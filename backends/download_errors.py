"""What can go wrong with a hub, each in one sentence that says what to do."""

from __future__ import annotations

import errno

import httpx2
from huggingface_hub import constants, get_token
from huggingface_hub.errors import (
    DisabledRepoError,
    GatedRepoError,
    HfHubHTTPError,
    OfflineModeIsEnabled,
    RemoteEntryNotFoundError,
    RepositoryNotFoundError,
)

from backends.base import BackendError


class PullFailed(BackendError):
    """A model could not be brought; the text is one sentence for the user."""


def explained(error: Exception, repo: str, file: str = "") -> PullFailed:
    """What happened, and what to do.

    Args:
        error: from huggingface_hub, from its HTTP client or from the disk.
        repo: that was asked for.
        file: in it, if it was about one.
    """
    if isinstance(error, PullFailed):
        return error
    if isinstance(error, OfflineModeIsEnabled):
        return PullFailed(f"{repo} cannot be asked for: HF_HUB_OFFLINE is set; unset it for this command")  # fmt: skip
    if isinstance(error, HfHubHTTPError):
        return PullFailed(_refused(error, repo, file))
    if isinstance(error, httpx2.HTTPError):
        why = "does not answer in time" if isinstance(error, httpx2.TimeoutException) else f"cannot be reached ({error or type(error).__name__})"  # fmt: skip
        return PullFailed(f"the hub {constants.ENDPOINT} {why}: try again, what was fetched is kept; HF_ENDPOINT names a mirror, and any .gguf file that you have works with --model FILE.gguf")  # fmt: skip
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return PullFailed(f"the disk of {constants.HF_HUB_CACHE} is full: make room and pull again, what was fetched is kept; or set HF_HOME to a folder on a larger disk")  # fmt: skip
    if isinstance(error, OSError) and error.strerror:
        return PullFailed(f"{error.filename or constants.HF_HUB_CACHE} cannot be written: {error.strerror}")  # fmt: skip
    return PullFailed(f"the hub's answer about {repo} cannot be understood: {error}")


def _refused(error: HfHubHTTPError, repo: str, file: str) -> str:
    hub, status = constants.ENDPOINT, error.response.status_code
    token = bool(get_token())
    if isinstance(error, GatedRepoError):
        if token:
            return f"{repo} is gated and your token is not let in: accept its terms at {hub}/{repo}, with the account of the token"  # fmt: skip
        return f"{repo} is gated: accept its terms at {hub}/{repo}, then set HF_TOKEN to a token of yours ({hub}/settings/tokens)"  # fmt: skip
    if isinstance(error, RemoteEntryNotFoundError):
        return f"{repo} has no file {file}: viscoder models pull {repo} takes what there is"
    if isinstance(error, DisabledRepoError):
        return f"{repo} is disabled on {hub}: choose another, viscoder models list names some"
    if status == 401 and token and "credentials" in str(error).lower():
        return f"the hub {hub} does not know your token: look at HF_TOKEN, or make a new one at {hub}/settings/tokens"  # fmt: skip
    if isinstance(error, RepositoryNotFoundError) or status == 404:
        private = "your token may not see it" if token else "it is private and needs HF_TOKEN"
        return f"there is no {repo} on {hub}, or {private}: look at the name; viscoder models list names those that are known"  # fmt: skip
    if status in (401, 403):
        return f"the hub {hub} does not let you have {repo}: set HF_TOKEN to a token that may read it, and accept its terms at {hub}/{repo}"  # fmt: skip
    if status == 429:
        return f"the hub {hub} asks for fewer requests: wait a few minutes, or set HF_TOKEN"
    return f"the hub {hub} failed (status {status}): try again later, what was fetched is kept"
