"""SVG that reads, fetches, runs or unpacks."""

from __future__ import annotations

import pytest

from runners.base import MIB, Limits, Verdict
from tests.runners.attacks.attack import QUICK, Attack, Outcome

FAILED, DRAWN, EMPTY, LATE = Verdict.FAILED, Verdict.RENDERED, Verdict.NO_PICTURE, Verdict.TIMED_OUT

BLANK = Verdict.BLANK
NARROW = Limits(wall_seconds=6, memory_bytes=500 * MIB)


def svg(name: str, body: str, verdict: Verdict | tuple[Verdict, ...] = DRAWN, head: str = "", limits: Limits = QUICK, says: str = "") -> Attack:  # fmt: skip
    """A drawing of a circle, with something more."""
    whole = f'{head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 50"><circle r="20" cx="50" cy="25"/>{body}</svg>'
    return Attack(name, whole, verdict, "svg", limits=limits, says=says)


def doctype(entities: str) -> str:
    return f"<!DOCTYPE svg [{entities}]>"


ATTACKS = (
    svg("an entity that is a secret", "<text y='20'>&x;</text>", (DRAWN, FAILED), doctype('<!ENTITY x SYSTEM "file://«secret»">')),
    svg("an entity that is the passwords", "<text y='20'>&x;</text>", (DRAWN, FAILED), doctype('<!ENTITY x SYSTEM "/etc/passwd">')),
    svg("an entity from a server", "<text y='20'>&x;</text>", (DRAWN, FAILED), doctype('<!ENTITY x SYSTEM "http://127.0.0.1:«tcp»/">')),
    svg("a type from a server", "", (DRAWN, FAILED), '<!DOCTYPE svg SYSTEM "http://127.0.0.1:«tcp»/x.dtd">'),
    svg("a parameter that is another file", "", (DRAWN, FAILED), doctype('<!ENTITY % x SYSTEM "file://«secret»"> %x;')),
    svg("a billion laughs", "<text>&a9;</text>", FAILED, doctype('<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 12}">' for n in range(1, 10)))),
    svg("a tower of uses", "".join(f'<g id="g{n}">' + f'<use xlink:href="#g{n - 1}"/>' * 12 + "</g>" for n in range(1, 10)).replace('xlink:href="#g0"', 'xlink:href="#c"'), (FAILED, LATE, Verdict.OUT_OF_MEMORY, DRAWN), limits=NARROW),
    svg("a use of itself", '<g id="a"><use xlink:href="#a"/></g>', (DRAWN, FAILED)),
    svg("a pattern of itself", '<pattern id="p" width="5" height="5"><rect width="5" height="5" fill="url(#p)"/></pattern><rect width="50" height="50" fill="url(#p)"/>', (DRAWN, FAILED)),
    svg("folders of groups", "<g>" * 100_000 + "</g>" * 100_000, (DRAWN, FAILED, LATE), limits=Limits(wall_seconds=5)),
    svg("the user's picture", '<image href="«session»/01.png" width="90" height="40"/>'),
    svg("the user's picture by address", '<image xlink:href="file://«session»/01.png" width="90" height="40"/>'),
    svg("a picture from a server", '<image href="http://127.0.0.1:«tcp»/x.png" width="90" height="40"/>'),
    svg("a picture in a picture without end", '<image href="drawing.svg" width="90" height="40"/>', (DRAWN, LATE, FAILED), limits=NARROW),
    svg("a font from a server", "<style>@font-face { font-family: x; src: url(http://127.0.0.1:«tcp»/x.woff) } text { font-family: x }</style><text y='20'>x</text>"),
    svg("a style from a server", "<style>@import url(http://127.0.0.1:«tcp»/x.css);</style>"),
    svg("a script", "<script>fetch('http://127.0.0.1:«tcp»/')</script>"),
    svg("a script when it is loaded", "<g onload=\"fetch('http://127.0.0.1:«tcp»/')\"/>"),
    svg("a page in the drawing", '<foreignObject width="90" height="40"><iframe xmlns="http://www.w3.org/1999/xhtml" src="file://«secret»"/></foreignObject>'),
    Attack("a drawing of a million by a million", '<svg xmlns="http://www.w3.org/2000/svg" width="1000000" height="1000000"><circle r="9"/></svg>', Verdict.OUT_OF_MEMORY, "svg"),
    Attack("a drawing of 60000 by 60000", '<svg xmlns="http://www.w3.org/2000/svg" width="60000" height="60000"><circle r="9"/></svg>', Verdict.OUT_OF_MEMORY, "svg", limits=NARROW),
    svg("a filter without measure", '<filter id="f"><feGaussianBlur stdDeviation="1e9"/><feMorphology operator="dilate" radius="1e9"/></filter><rect width="99" height="49" filter="url(#f)"/>', (DRAWN, BLANK, FAILED, LATE), limits=NARROW),
    svg("noise without measure", '<filter id="f"><feTurbulence numOctaves="1000000" baseFrequency="0.1"/></filter><rect width="99" height="49" filter="url(#f)"/>', (DRAWN, BLANK, FAILED, LATE), limits=Limits(wall_seconds=4)),
    Attack("a script in what is handed out", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="3"/><script>alert(1)</script></svg>', FAILED, "svg", says="<script>", form="svg"),
    Attack("a picture from a server in what is handed out", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="3"/><image href="http://192.0.2.1/x.png"/></svg>', FAILED, "svg", says="another file", form="svg"),
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_nothing_gets_out(outcomes: dict[str, Outcome], attack: Attack) -> None:
    outcomes[attack.name].assert_held()
