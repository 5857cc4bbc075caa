# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""The fonts inside one of D2's pictures, as files.

D2 puts the letters that a diagram needs into its SVG, as fonts in WOFF. Browsers take them from
there; resvg and PDF writers want files, and find them by the family that the SVG names.
https://www.w3.org/TR/WOFF/
"""

from __future__ import annotations

import base64
import re
import struct
import zlib
from pathlib import Path

_FONT = re.compile(r'font-family:\s*(d2-[\w-]+);\s*src:\s*url\("data:application/font-woff;base64,([A-Za-z0-9+/=]+)')  # fmt: skip


def unpacked(svg: str, folder: Path) -> Path:
    """Write the fonts of a picture into a folder, each named as the picture calls it."""
    folder.mkdir(parents=True, exist_ok=True)
    for family, woff in _FONT.findall(svg):
        (folder / f"{family}.ttf").write_bytes(as_sfnt(base64.b64decode(woff), family))
    return folder


def as_sfnt(woff: bytes, family: str) -> bytes:
    """A font in WOFF as TrueType, under another name."""
    flavour, count = struct.unpack_from(">4xI4xH", woff)
    tables: dict[bytes, bytes] = {}
    for number in range(count):
        tag, offset, packed, length = struct.unpack_from(">4sIII", woff, 44 + 20 * number)
        content = woff[offset : offset + packed]
        tables[tag] = zlib.decompress(content) if packed < length else content
    tables[b"name"] = _name_table(family)
    power = count.bit_length() - 1
    count = len(tables)
    head = struct.pack(">IHHHH", flavour, count, 16 << power, power, 16 * count - (16 << power))
    at = len(head) + 16 * count
    entries, body = b"", b""
    for tag, content in sorted(tables.items()):
        entries += struct.pack(">4sIII", tag, 0, at + len(body), len(content))
        body += content + b"\0" * (-len(content) % 4)
    return head + entries + body


def _name_table(family: str) -> bytes:
    """The name alone: family, style, full and PostScript name, in English."""
    records, text = b"", b""
    for identifier, value in ((1, family), (2, "Regular"), (4, family), (6, family)):
        written = value.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, 0x409, identifier, len(written), len(text))
        text += written
    return struct.pack(">3H", 0, 4, 6 + len(records)) + records + text
