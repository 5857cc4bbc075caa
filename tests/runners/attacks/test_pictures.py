"""Pictures and other leavings that are traps for whoever opens them."""

from __future__ import annotations

import pytest

from runners.base import Verdict
from tests.runners.attacks.attack import Attack, Outcome

FAILED, EMPTY, DRAWN = Verdict.FAILED, Verdict.NO_PICTURE, Verdict.RENDERED

PNG = """\
import os, struct, zlib
def chunk(kind, data): return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
def png(width, height, data, *more, bits=8, colour=0):
    head = chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, bits, colour, 0, 0, 0))
    return b'\\x89PNG\\r\\n\\x1a\\n' + head + b''.join(more) + chunk(b'IDAT', zlib.compress(data, 9)) + chunk(b'IEND', b'')
def save(name, data): open('out/' + name, 'wb').write(data)
noise = os.urandom(64 * 65)
good = png(64, 64, noise[:0] + b''.join(b'\\0' + noise[at * 64:at * 64 + 64] for at in range(64)))
"""
SVG = """\
def svg(head, body=''): save('01.svg', f'<svg xmlns="http://www.w3.org/2000/svg" {head}>{body}</svg>'.encode()); save('01.png', good)
"""


def of(name: str, source: str, verdict: Verdict | tuple[Verdict, ...] = FAILED, says: str = "") -> Attack:  # fmt: skip
    """A program that makes pictures by hand."""
    return Attack(name, PNG + source, verdict, says=says)


def vector(name: str, source: str, verdict: Verdict | tuple[Verdict, ...] = FAILED, says: str = "") -> Attack:  # fmt: skip
    """A program that leaves a forged SVG where one was asked for."""
    return Attack(name, PNG + SVG + source, verdict, says=says, form="svg")


ATTACKS = (
    of("a picture by hand", "save('01.png', good)", DRAWN),
    of("the user's pictures", "os.rmdir('out'); os.symlink('«session»', 'out'); os._exit(0)", EMPTY),
    of("the user's words", "save('01.png', good); os.symlink('«session»/texts.json', 'out/texts.json'); os._exit(0)", DRAWN),
    of("the user's findings", "os.symlink('«session»/findings.json', 'findings.json'); os._exit(1)"),
    of("a picture that is a link", "os.symlink('«session»/01.png', 'out/01.png')", EMPTY),
    of("a picture that is a link to passwords", "os.symlink('/etc/shadow', 'out/01.png'); os.symlink('/etc/shadow', 'out/texts.json'); os._exit(0)", EMPTY),
    of("a vector that is a link", "save('01.png', good); os.symlink('«session»/01.png', 'out/01.svg')", DRAWN),
    of("a picture with two names", "save('01.png', good); os.link('out/01.png', 'other')", EMPTY),
    of("a picture that never comes", "os.mkfifo('out/01.png'); os.mkfifo('out/texts.json'); os._exit(0)", EMPTY),
    of("findings that never come", "os.mkfifo('findings.json'); os._exit(1)"),
    of("a folder that is a file", "os.rmdir('out'); open('out', 'w').write('x')", (EMPTY, FAILED)),
    of("a picture that is a folder", "os.mkdir('out/01.png')", EMPTY),
    of("no folder", "os.rmdir('out')", (EMPTY, FAILED)),
    of("findings without ground", "open('findings.json', 'w').write('[' * 300_000); os._exit(1)"),
    of("findings with forged places", "import json; open('findings.json', 'w').write(json.dumps([{'message': 'x', 'line': -5, 'column': -1}, {'message': 'y', 'line': 10 ** 40, 'column': 10 ** 40}])); os._exit(1)"),
    of("findings without measure", "open('findings.json', 'w').write('[' + '[],' * 10_000_000 + '[]]'); os._exit(1)"),
    of("words without ground", "save('01.png', good); save('texts.json', b'[' * 300_000); os._exit(0)", DRAWN),
    of("words without measure", "import json; save('01.png', good); save('texts.json', json.dumps(['y' * 900_000]).encode()); os._exit(0)", DRAWN),
    of("a picture of 60000 by 60000", "save('01.png', png(60_000, 60_000, bytes(1000)))", says="too large"),
    of("a picture like a thread", "save('01.png', png(30_000, 10, bytes(1000)))", says="too large"),
    of("a picture as large as numbers go", "save('01.png', png(2 ** 31 - 1, 2 ** 31 - 1, b''))", says="too large"),
    of("a picture of no size", "save('01.png', png(0, 0, b''))", says="cannot be read"),
    of("a large picture in few bytes", "save('01.png', png(6000, 6000, bytes(6001 * 6000)))", Verdict.BLANK),
    of("more data than the picture has", "save('01.png', png(64, 64, bytes(200_000_000)))", (FAILED, Verdict.BLANK)),
    of("words in a picture that unpack", "save('01.png', png(64, 64, noise, chunk(b'zTXt', b'a\\0\\0' + zlib.compress(bytes(200_000_000), 9))))"),
    of("colours in a picture that unpack", "save('01.png', png(64, 64, noise, chunk(b'iCCP', b'a\\0\\0' + zlib.compress(bytes(200_000_000), 9))))", (FAILED, DRAWN)),
    of("half a picture", "save('01.png', good[:len(good) // 2])", says="cannot be read"),
    of("a picture that is a text", "save('01.png', b'#!/bin/sh')", says="cannot be read"),
    of("a picture of another kind", "save('01.png', b'GIF89a' + bytes(99))", says="cannot be read"),
    of("deep greys", "save('01.png', png(64, 64, b''.join(b'\\0' + os.urandom(128) for _ in range(64)), bits=16))", DRAWN),
    of("a thousand pictures", "for n in range(1000): save(f'{n:04}.png', good)", DRAWN),
    of("one good picture and one bad", "save('01.png', good); save('02.png', good[:100])", DRAWN),
    vector("an svg without end", "svg('viewBox=\"0 0 1e999 1e999\"')", DRAWN),
    vector("an svg of no number", "svg('width=\"1.1.1\" height=\"--5\"')", DRAWN),
    vector("an svg that is read slowly", "save('01.png', good); save('01.svg', b'<svg ' * 40_000)", says="no correct XML"),
    vector("an svg that is a text", "save('01.png', good); save('01.svg', b'root')", says="no correct XML"),
    vector("an svg of entities", "save('01.png', good); save('01.svg', ('<!DOCTYPE svg [<!ENTITY a0 \"aaaaaaaaaa\">' + ''.join(f'<!ENTITY a{n} \"{(chr(38) + f\"a{n-1};\") * 10}\">' for n in range(1, 12)) + ']><svg xmlns=\"http://www.w3.org/2000/svg\">&a11;</svg>').encode())", says="no correct XML"),
    vector("an svg with another file in it", "save('01.png', good); save('01.svg', b'<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&x;</svg>')", says="another file"),
    vector("an svg with a script", "svg('', '<script>alert(1)</script>')", says="<script>"),
    vector("an svg with a script by its other name", "svg('xmlns:s=\"http://www.w3.org/2000/svg\"', '<s:script>alert(1)</s:script>')", says="<script>"),
    vector("an svg that runs when it is loaded", "svg('onload=\"alert(1)\"')", says="onload"),
    vector("an svg whose link runs", "svg('', '<a href=\"java&#10;script:alert(1)\"><circle r=\"9\"/></a>')", says="runs a script"),
    vector("an svg that changes a link", "svg('', '<a><set attributeName=\"href\" to=\"javascript:alert(1)\"/></a>')", says="animates"),
    vector("an svg that fetches a picture", "svg('', '<image href=\"http://192.0.2.1/x.png\"/>')", says="another file"),
    vector("an svg that shows the user's file", "svg('', '<image href=\"file://«session»/01.png\"/>')", says="another file"),
    vector("an svg that fetches a style", "svg('', '<style>@import \"//192.0.2.1/x.css\";</style>')", says="style"),
    vector("an svg that fetches a style in disguise", "svg('', '<rect style=\"fill: u\\\\72l(//192.0.2.1/x)\"/>')", says="style"),
    vector("an svg that fetches a filter", "svg('', '<rect filter=\"url(http://192.0.2.1/x#f)\"/>')", says="style"),
    vector("an svg with a page in it", "svg('', '<foreignObject><iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"http://192.0.2.1/\"/></foreignObject>')", says="<iframe>"),
    vector("an svg with a sheet of style", "save('01.png', good); save('01.svg', b'<?xml-stylesheet href=\"http://192.0.2.1/x.css\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>')", says="style sheet"),
    Attack("a pdf that is a text", PNG + "save('01.png', good); save('01.pdf', b'root')", says="cannot be read as PDF", form="pdf"),
    Attack("a pdf of no size", PNG + "save('01.png', good); save('01.pdf', b'%PDF-1.4 /MediaBox [0 0 1.1.1 9.9.9]')", DRAWN, form="pdf"),
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_no_trap_snaps(outcomes: dict[str, Outcome], attack: Attack) -> None:
    run = outcomes[attack.name].run
    outcomes[attack.name].assert_held()
    assert len(run.pictures) <= 20
    assert all(len(text) <= 1000 for text in run.texts)
    assert all(one.line is None or one.line > 0 for one in run.diagnostics)
    assert {path.name.split("-")[0] for path in run.pictures[0].path.parent.iterdir()} == {"picture"} if run.pictures else True  # fmt: skip


def test_a_link_in_place_of_a_vector_leaves_the_picture(outcomes: dict[str, Outcome]) -> None:
    (picture,) = outcomes["a vector that is a link"].run.pictures
    assert picture.format == "png"
