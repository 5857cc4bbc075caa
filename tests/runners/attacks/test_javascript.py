"""Programs for node, and for pages, in JavaScript and TypeScript."""

from __future__ import annotations

import pytest

from runners.base import Limits, Verdict
from tests.runners.attacks.attack import QUICK, Attack, Outcome

FAILED, DRAWN, EMPTY, LATE = Verdict.FAILED, Verdict.RENDERED, Verdict.NO_PICTURE, Verdict.TIMED_OUT

SOON = Limits(wall_seconds=6)


def node(name: str, source: str, verdict: Verdict | tuple[Verdict, ...] = FAILED, rings: str = "", limits: Limits = QUICK, says: str = "") -> Attack:  # fmt: skip
    """A program that is run by node."""
    return Attack(name, source, verdict, "javascript", says, limits, rings=rings)


ATTACKS = (
    node("a key in the home", "console.log(require('fs').readFileSync('«secret»', 'utf8'))", rings="secret"),
    node("the users names", "console.log(require('fs').readFileSync('/etc/passwd', 'utf8'))", says="ENOENT"),
    node("the passwords by a shell", "console.log(require('child_process').execSync('cat /etc/shadow «secret»').toString())"),
    node("the environment", "console.log(require('process').env, require('fs').readFileSync('/proc/1/environ', 'utf8'))", (EMPTY, FAILED)),
    node("a server of the user", "require('http').get('http://127.0.0.1:«tcp»/')", rings="tcp"),
    node("a datagram for the user", "const s = require('dgram').createSocket('udp4'); s.send('x', «udp», '127.0.0.1', () => s.close()); require('fs').readFileSync('nothing')"),
    node("an abstract socket", "require('net').connect('\\0«abstract»')"),
    node("a name", "require('dns').lookup('example.org', (error) => { if (error) throw error; })"),
    node("write a program", "require('fs').writeFileSync('/usr/bin/«escaped»', '')", says="EROFS"),
    node("write beside the secret", "require('fs').writeFileSync('«outside»/x', 'x')", rings="written"),
    node("write over a library", "require('fs').writeFileSync(require.resolve('d3'), '')"),
    node("a native library", "require('process').dlopen({exports: {}}, '/usr/bin/env')"),
    node("a picture that is a link", "require('fs').symlinkSync('«session»/01.png', 'out/01.png'); require('fs').symlinkSync('«session»/01.png', 'a.png')", EMPTY),
    node("end viscoder", "require('process').kill(«pid», 'SIGKILL')"),
    node("a loop without end", "require('fs'); for (;;);", LATE, limits=SOON),
    node("timers without end", "require('fs'); setInterval(() => {}, 1)", LATE, limits=SOON),
    node("children without end", "const { spawn } = require('child_process'); for (;;) spawn('sleep', ['60'])", (FAILED, LATE, Verdict.OUT_OF_MEMORY), limits=SOON),
    node("memory without end", "require('fs'); const x = []; for (;;) x.push(new Array(1e6).fill(0.5))", Verdict.OUT_OF_MEMORY),
    Attack("a file from a page", "const t = await (await fetch('file://«secret»')).text(); document.body.append(t);", FAILED, "javascript"),
    Attack("a server from a page", "new WebSocket('ws://127.0.0.1:«tcp»/'); await fetch('http://127.0.0.1:«tcp»/');", FAILED, "javascript"),
    Attack("a key in the home, typed", "import { readFileSync } from 'node:fs';\nconst key: string = readFileSync('«secret»', 'utf8');\nconsole.log(key);", FAILED, "typescript", rings="secret"),
    Attack("a file as a module", "import x from '/etc/passwd';\nconsole.log(x);", FAILED, "typescript"),
    Attack("a secret as a module", "import x from '«session»/texts.json';\ndocument.body.append(x[0]);", FAILED, "typescript"),
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_nothing_gets_out(outcomes: dict[str, Outcome], attack: Attack) -> None:
    outcomes[attack.name].assert_held()
