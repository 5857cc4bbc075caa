# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Icons and images of a D2 diagram: files of the workspace are put in, nothing else is fetched."""

from __future__ import annotations

import base64
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import common

_IMAGE = re.compile(r'<image href="([^"]*)"([^>]*?)/>')
_HTML_IMAGE = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"[^>]*>')
_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".svg": "image/svg+xml", ".webp": "image/webp"}  # fmt: skip
_OURS = ("diagram.d2", "findings.json", ".fonts")


def settled(svg: str) -> tuple[str, list[dict[str, Any]]]:
    """A picture whose images are in it, with a dashed box for each that is not here."""
    lacking: list[dict[str, Any]] = []

    def put(found: re.Match[str]) -> str:
        address = unescape(found[1])
        if address.startswith("data:"):
            return found[0]
        name = unquote(address).removeprefix("./")
        path = Path(name)
        kind = _TYPES.get(path.suffix.lower())
        if kind and "/" not in name and path.is_file() and not path.is_symlink():
            content = base64.b64encode(path.read_bytes()).decode()
            return f'<image href="data:{kind};base64,{content}"{found[2]}/>'
        lacking.append(_lacking(address))
        size = " ".join(re.findall(r'\b(?:x|y|width|height)="[^"]*"', found[2]))
        return f'<rect {size} rx="6" fill="none" stroke-dasharray="4 4" class="stroke-N4"/>'

    def put_html(found: re.Match[str]) -> str:
        if not found[1].startswith("data:"):
            lacking.append(_lacking(unescape(found[1])))
        return ""

    return _HTML_IMAGE.sub(put_html, _IMAGE.sub(put, svg)), lacking


def placed(findings: list[dict[str, Any]], source: str) -> list[dict[str, Any]]:
    """Findings about images, at the line where the image is named."""
    lines = source.split("\n")
    for one in findings:
        address = one.pop("address", None)
        if address:
            number = next((number for number, line in enumerate(lines, 1) if address in line), None)
            if number:
                one |= {"line": number, "column": lines[number - 1].find(address) + 1}
    return findings


def _lacking(address: str) -> dict[str, Any]:
    far = re.match(r"[a-z]+:|//", address)
    message = f"the image {address[:200]} is not drawn: " + ("there is no network" if far else "there is no such file")  # fmt: skip
    hint = "leave icons out, or name one of the shapes, such as cylinder, person, cloud or queue"
    return common.find(message, hint=common.data_files(_OURS) or hint, severity="warning", address=address)  # fmt: skip
