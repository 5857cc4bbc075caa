"""How this machine reaches its package sources, told to a build and left in no image.

A company's proxy, mirror and certificates are in the settings of apt, pip and npm, and in the
environment. What names a folder of this machine is left out: a build cannot see it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser, Error
from pathlib import Path

PLACE = "machine"
"""The folder of the build, at its root, that these files are put into."""

_CERTIFICATES = f"/{PLACE}/ca.pem"
_BUNDLES = ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_USUAL_BUNDLES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt")
_PROXIES = ("http_proxy", "https_proxy", "ftp_proxy", "no_proxy", "all_proxy")
_OF_PIP = ("index-url", "extra-index-url", "trusted-host", "proxy", "timeout", "retries")
_OF_NPM = re.compile(r"^\s*(registry|proxy|https-proxy|noproxy|strict-ssl|@[^=]*:registry|//[^=]*)\s*=")  # fmt: skip
_OF_APT = re.compile(r"^Acquire::(Check-|Retries|https?::(.*::)?(Proxy|Timeout))")


def build_arguments() -> dict[str, str]:
    """The proxies of the environment; Docker keeps these out of an image by itself."""
    found = {name: os.environ.get(name) or os.environ.get(name.upper()) for name in _PROXIES}
    return {
        spelled: value for name, value in found.items() if value for spelled in (name, name.upper())
    }


def files() -> dict[str, bytes]:
    """The settings of apt, pip and npm for a build, by their names in `PLACE`."""
    bundle = _bundle()
    made = {
        "apt.conf": "\n".join(_apt(bundle is not None)),
        "pip.conf": "\n".join(_pip(bundle is not None)),
        "npmrc": "\n".join(_npm(bundle is not None)),
    }
    encoded = {name: f"{text}\n".encode() for name, text in made.items()}
    if bundle is not None:
        encoded["ca.pem"] = bundle.read_bytes()
    return encoded


def _bundle() -> Path | None:
    named = [os.environ.get(variable, "") for variable in _BUNDLES]
    return next((Path(one) for one in (*named, *_USUAL_BUNDLES) if one and Path(one).is_file()), None)  # fmt: skip


def _apt(certified: bool) -> Iterator[str]:
    yield 'APT::Install-Recommends "false";'
    yield 'DPkg::Options:: "--force-unsafe-io";'  # what breaks halfway is thrown away
    for folder in ("doc", "info", "locale", "man"):
        yield f'DPkg::Options:: "--path-exclude=/usr/share/{folder}/*";'
    if certified:
        yield f'Acquire::https::CaInfo "{_CERTIFICATES}";'
    if shutil.which("apt-config") is not None:
        told = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=False)
        yield from (line for line in told.stdout.splitlines() if _OF_APT.match(line))


def _pip(certified: bool) -> Iterator[str]:
    home = Path.home()
    places = ["/etc/pip.conf", home / ".pip/pip.conf", home / ".config/pip/pip.conf", Path(sys.prefix) / "pip.conf"]  # fmt: skip
    config = ConfigParser(interpolation=None)
    for place in (*places, os.environ.get("PIP_CONFIG_FILE", os.devnull)):
        try:
            config.read(place, encoding="utf-8")
        except Error:
            continue
    yield "[global]"
    if certified:
        yield f"cert = {_CERTIFICATES}"
    for name in _OF_PIP:
        variable = os.environ.get(f"PIP_{name.upper().replace('-', '_')}")
        told = variable or config.get("install", name, fallback=config.get("global", name, fallback=""))  # fmt: skip
        kept = [word for word in told.split() if not word.startswith(("file:", "/"))]
        if kept:
            yield f"{name} = {' '.join(kept)}"


def _npm(certified: bool) -> Iterator[str]:
    if certified:
        yield f"cafile={_CERTIFICATES}"
    for place in ("/etc/npmrc", Path.home() / ".npmrc", os.environ.get("NPM_CONFIG_USERCONFIG", "")):  # fmt: skip
        if place and Path(place).is_file():
            lines = Path(place).read_text(encoding="utf-8", errors="replace").splitlines()
            yield from (line for line in lines if _OF_NPM.match(line))
    registry = os.environ.get("NPM_CONFIG_REGISTRY") or os.environ.get("npm_config_registry")  # noqa: SIM112
    if registry:
        yield f"registry={registry}"
