"""What an SVG must not hold to be handed out: a picture runs nothing and fetches nothing.

Whoever asked for SVG opens the file in a browser, outside of any sandbox. There a script would
run, and an address would be fetched, with whatever the program has written into it.
https://www.w3.org/TR/SVG2/conform.html#secure-static-mode
"""

from __future__ import annotations

import re
import sys
import xml.parsers.expat

_ACTIVE = frozenset({"script", "iframe", "frame", "object", "embed", "link", "meta", "base", "form", "video", "audio", "source", "track", "portal", "handler", "listener"})  # fmt: skip
_ADDRESSES = frozenset({"href", "src", "srcset", "poster", "background", "action", "formaction", "ping", "data"})  # fmt: skip
_ELSEWHERE = re.compile(r"@import|url\(\s*[\"']?\s*(?!#|data:)[^\s\"')]", re.IGNORECASE)
_SCRIPT_ADDRESS = re.compile(r"^(?:javascript|vbscript|data:text/html)", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
"""How CSS spells a letter in another way."""
_IGNORED = re.compile(r"[\x00-\x20]")
"""What browsers leave out of an address."""


class _Refused(Exception):
    pass


def active(svg: bytes) -> str | None:
    """What makes an SVG more than a picture, in one sentence; None where it is one."""
    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    inside: list[str] = []
    styles: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        inside.append(_local(name))
        if inside[-1] in _ACTIVE:
            raise _Refused(f"it holds <{inside[-1]}>")
        for attribute, value in attributes.items():
            _look_at(inside[-1], _local(attribute), value)

    def end(_name: str) -> None:
        inside.pop()

    def words(text: str) -> None:
        if inside[-1] == "style":
            styles.append(text)

    def entity(name: str, _parameter: bool, _value: str | None, _base: str | None, system: str | None, *_rest: object) -> None:  # fmt: skip
        if system is not None:
            raise _Refused(f"its entity &{name}; is another file")

    def instruction(target: str, _data: str) -> None:
        if target == "xml-stylesheet":
            raise _Refused("it loads a style sheet")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parser.EntityDeclHandler = entity
    parser.ProcessingInstructionHandler = instruction
    try:
        parser.Parse(svg, True)
        _look_at_style("".join(styles))
    except _Refused as reason:
        return str(reason)
    except (xml.parsers.expat.ExpatError, ValueError, LookupError):
        return "it is no correct XML"
    return None


def _look_at(element: str, attribute: str, value: str) -> None:
    if attribute.startswith("on"):
        raise _Refused(f"it runs a script by {attribute}")
    if attribute == "attributename" and value.lower().rsplit(":", 1)[-1].strip() in _ADDRESSES:
        raise _Refused("it animates an address")
    address = _IGNORED.sub("", value)
    if attribute in _ADDRESSES:
        if _SCRIPT_ADDRESS.match(address):
            raise _Refused(f"its <{element}> runs a script")
        # A link is followed by whoever clicks on it, and by nobody else.
        if element != "a" and address and not address.startswith(("#", "data:")):
            raise _Refused(f"its <{element}> is in another file, {address[:80]}")
    else:
        _look_at_style(value)  # fill="url(…)" is style too


def _look_at_style(text: str) -> None:
    if _ELSEWHERE.search(_ESCAPE.sub(_spelt_out, text)):
        raise _Refused("its style loads another file")


def _spelt_out(escape: re.Match[str]) -> str:
    code = int(escape[1], 16) if escape[1] else ord(escape[2])
    return chr(code) if code <= sys.maxunicode else "?"


def _local(name: str) -> str:
    return name.rsplit(" ", 1)[-1].lower()
