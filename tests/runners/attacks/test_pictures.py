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


PDF = (
    PNG
    + r"""
def pdf(page='', catalog='', more='null', packed=False):
    objects = [f'<< /Type /Catalog /Pages 2 0 R {catalog} >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        f'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] {page} >>', more]
    made, places = b'%PDF-1.5\n', []
    if packed:
        heads, bodies = '', ''
        for number, text in enumerate(objects, 1):
            heads += f'{number} {len(bodies)} '
            bodies += text + ' '
        packed = zlib.compress((heads + bodies).encode())
        place = len(made)
        made += b'5 0 obj << /Type /ObjStm /N 4 /First %d /Filter /FlateDecode /Length %d >> stream\n' % (len(heads), len(packed)) + packed + b'\nendstream endobj\n'
        table = b''.join(bytes([2, 0, 0, 5, n]) for n in range(4)) + bytes([1]) + place.to_bytes(3, 'big') + b'\0'
        end = len(made)
        made += b'6 0 obj << /Type /XRef /Size 6 /Index [1 5] /W [1 3 1] /Root 1 0 R /Length %d >> stream\n' % len(table) + table + b'\nendstream endobj\nstartxref\n%d\n%%%%EOF' % end
    else:
        for number, text in enumerate(objects, 1):
            places.append(len(made))
            made += f'{number} 0 obj {text} endobj\n'.encode()
        end = len(made)
        made += b'xref\n0 5\n0000000000 65535 f \n' + b''.join(b'%010d 00000 n \n' % place for place in places)
        made += b'trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF' % end
    save('01.png', good)
    save('01.pdf', made)
"""
)


def document(name: str, source: str, verdict: Verdict = Verdict.FAILED, says: str = "") -> Attack:
    """An attack that writes a PDF."""
    return Attack(name, PDF + source, verdict, says=says, form="pdf")


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
    Attack("a pdf of no size", PNG + "save('01.png', good); save('01.pdf', b'%PDF-1.4 /MediaBox [0 0 1.1.1 9.9.9]')", says="no correct PDF", form="pdf"),
    document("a pdf with a link", "pdf('/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://192.0.2.1/) >> >>]')", DRAWN),
    document("a pdf that opens at a place", "pdf(catalog='/OpenAction << /S /GoTo /D [3 0 R /Fit] >>')", DRAWN),
    document("a pdf with a script", "pdf(catalog='/OpenAction << /S /JavaScript /JS (app.alert(1)) >>')", says="script"),
    document("a pdf with a script in disguise", "pdf(catalog='/OpenAction << /S /Java#53cript /J#53 (app.alert(1)) >>')", says="script"),
    document("a pdf with a script of a stream", "pdf(catalog='/OpenAction 4 0 R', more='<< /S /JavaScript /JS (app.alert(1)) >>', packed=True)", says="script"),
    document("a pdf with a script that nobody points to", "save('01.png', good); pdf(); open('out/01.pdf', 'ab').write(b'9 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj')", says="script"),
    document("a pdf whose page starts a program", "pdf('/AA << /O << /S /Launch /F (calc.exe) >> >>')", says="Launch"),
    document("a pdf that sends a form", "pdf('/Annots [<< /Subtype /Widget /Rect [0 0 9 9] /A << /S /SubmitForm /F (http://192.0.2.1/) >> >>]')", says="SubmitForm"),
    document("a pdf that opens another", "pdf(catalog='/OpenAction << /S /GoToR /F (//192.0.2.1/share/x.pdf) /D [0 /Fit] >>')", says="GoToR"),
    document("a pdf with a file in it", "pdf(catalog='/Names << /EmbeddedFiles << /Names [] >> >>')", says="other files"),
    document("a pdf without ground", "pdf(catalog='/A ' + '[' * 50_000 + ']' * 50_000)", says="no correct PDF"),
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
