# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Draws one page in Chromium: answers what it asks for, waits until it is quiet, takes its picture.

Every request comes here first. It is answered from the workspace or from the libraries of this
machine, or it fails; there is no network behind it in any case.
"""

from __future__ import annotations

import base64
import json
import math
import mimetypes
import os
import re
import stat
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import look
import weblibraries
from devtools import Browser, BrowserGone, ProtocolError
from pageclock import PageClock
from webfindings import ORIGIN, Findings

del sys.path[0]

_HERE = Path(os.path.dirname(os.path.abspath(__file__)))
_PAGE = "page.html"
_HIDDEN = ("format", look.STYLE_FILE, "findings.json")
_VIEW = (1000, 700)
"""What a page sees as its window, in CSS pixels."""
_SCALE = 2
_MOST_PIXELS = 16_000_000
_LONGEST = 8_000
"""Of a picture's sides, in CSS pixels."""
_MARGIN = 16
_LOAD_SECONDS, _SHOT_SECONDS = 15.0, 20.0
_MOST_LOADS = 3
_REHEARSAL = b"""<!doctype html><meta charset="utf-8"><body style="font: 14px sans-serif">
<p>Fruit <b>sold</b></p>
<svg width="400" height="200"><rect width="40" height="90" fill="#4c78a8"/><path d="M0 200C90 0 200 90 400 20" fill="none" stroke="#333"/><text x="50" y="90">apples</text></svg>
<canvas width="400" height="200"></canvas>
<script>
const pen = document.querySelector("canvas").getContext("2d");
pen.fillRect(10, 10, 90, 90);
pen.fillText("pears", 50, 150);
</script>"""
"""What a page needs that the first one has to wait for: fonts, letters, shapes, a canvas, a script."""
_MISSED = """window.__viscoder.stillMissed().map((one) => ({...one, hint: "the elements with an id are "
  + [...document.querySelectorAll("body [id]")].slice(0, 12).map((one) => "#" + one.id).join(", ")}))"""
_SHEET = re.compile(rb"(/MediaBox \[0 0 )([\d.]+) ([\d.]+)\]")
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".csv": "text/csv", ".tsv": "text/tab-separated-values", ".json": "application/json", ".geojson": "application/json", ".topojson": "application/json", ".txt": "text/plain", ".md": "text/plain"}  # fmt: skip


class WebPage:
    """A Chromium with an empty page, which draws one document."""

    def __init__(self) -> None:
        self._loaded = self._left = self._crashed = False
        self._loads = 0
        self._documents: dict[str, bytes] = {}
        self._target = ""
        self._said = 0
        self.findings = Findings("", _PAGE)
        self.browser = Browser(self._event)
        self.clock = PageClock(self.browser, lambda: self._crashed)
        targets = self.browser.send("Target.getTargets")["targetInfos"]
        self._target = next(one["targetId"] for one in targets if one["type"] == "page")
        self.browser.send("Target.setDiscoverTargets", discover=True)
        attached = self.browser.send("Target.attachToTarget", targetId=self._target, flatten=True)
        self.browser.session = attached["sessionId"]
        self.browser.post("Browser.setDownloadBehavior", behavior="deny", eventsEnabled=True)
        for domain in ("Page", "Runtime", "Network", "Log", "Inspector"):
            self.browser.post(f"{domain}.enable")
        self.browser.post("Runtime.setAsyncCallStackDepth", maxDepth=8)
        self.browser.post("Fetch.enable", patterns=[{"urlPattern": "*"}])
        width, height = _VIEW
        self.browser.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=_SCALE, mobile=False)  # fmt: skip

    def rehearse(self) -> None:
        """Draw something of ours, as a spare: what the first page waits for is then there."""
        self._documents = {_PAGE: _REHEARSAL}
        self.browser.post("Page.navigate", url=ORIGIN + _PAGE)
        self.browser.wait(lambda: self._loaded or self._crashed, _LOAD_SECONDS)
        self.browser.send("Page.captureScreenshot", format="png")
        self.browser.send("Page.resetNavigationHistory")
        self._loaded, self._loads, self._documents = False, 0, {}

    def draw(self, documents: dict[str, bytes], findings: Findings) -> None:
        """Open ``page.html`` of `documents`, and leave its picture; ends as failed on errors."""
        found, words = self.drawn(documents, findings, common.OUT / common.STEM)
        common.report(found)
        common.texts(words)

    def drawn(self, documents: dict[str, bytes], findings: Findings, stem: Path) -> tuple[list[dict[str, Any]], list[str]]:  # fmt: skip
        """Open ``page.html`` of `documents`, and leave its picture; ends as failed on errors.

        Args:
            documents: by their names.
            findings: where what goes wrong is kept.
            stem: of the picture, a path without suffix.

        Returns:
            Warnings, and the words in the picture.
        """
        self._documents = documents
        self.findings = findings
        format = common.wanted_format()
        try:
            self._open(format)
            if self._crashed:
                raise BrowserGone
            paper = look.paper(look.given()) if look.given() else None
            after = _script("page_after.js", VISCODER_VECTOR=format == "svg", VISCODER_PAPER=paper)
            seen = self.browser.evaluate(after)
            seen = seen if isinstance(seen, dict) else {}
            findings.missed(self.browser.evaluate(_MISSED) or [])
            found = findings.finish(self.browser.evaluate, is_blank=seen.get("box") is None)
            if findings.errors:
                common.fail(*found)
            box = _bounds(seen.get("box"), seen.get("extent"))
            self._take(box, format, seen, stem)
            return found, [one for one in seen.get("words", ()) if isinstance(one, str)]
        except (BrowserGone, ProtocolError) as error:
            if self._crashed or isinstance(error, BrowserGone):
                common.fail(common.find("the page ended Chromium, most likely it was out of memory"))  # fmt: skip
            common.fail(common.find(f"Chromium cannot draw this page: {error}"))
            raise

    def _open(self, format: str) -> None:
        red, green, blue = bytes.fromhex(look.paper(look.given())[1:])
        self.browser.post("Emulation.setDefaultBackgroundColorOverride", color={"r": red, "g": green, "b": blue, "a": 1})  # fmt: skip
        before = _script("page_before.js", VISCODER_GIVEN=_given(format))
        self.browser.post("Page.addScriptToEvaluateOnNewDocument", source=before)
        self.browser.post("Page.navigate", url=ORIGIN + _PAGE)
        self.browser.wait(lambda: self._loaded or self._left or self._crashed, _LOAD_SECONDS)
        if self._crashed or self._left:
            return
        self.clock.settle()

    def _take(self, box: tuple[int, int, int, int], format: str, seen: dict[str, Any], stem: Path) -> None:  # fmt: skip
        svg, extent = seen.get("svg"), seen.get("extent") or _VIEW
        x, y, width, height = box
        scale = min(1.0, math.sqrt(_MOST_PIXELS / (width * height * _SCALE * _SCALE)))
        clip = {"x": x, "y": y, "width": width, "height": height, "scale": scale}
        shot = self.clock.waited_for(_SHOT_SECONDS, "Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True, optimizeForSpeed=True)  # fmt: skip
        if shot is None:
            raise ProtocolError(f"it gave no picture within {_SHOT_SECONDS:g} seconds")
        stem.with_suffix(".png").write_bytes(base64.b64decode(shot["data"]))
        if format == "svg":
            if not isinstance(svg, str):
                common.fail(common.find("this page is not a drawing in <svg> alone, so it cannot be stored as svg", hint="ask for png or pdf"))  # fmt: skip
            stem.with_suffix(".svg").write_text(str(svg), encoding="utf-8")
        elif format == "pdf":
            stem.with_suffix(".pdf").write_bytes(self._pdf(box, extent[0]))

    def _pdf(self, box: tuple[int, int, int, int], page_width: int) -> bytes:
        """The content alone on one sheet of its size, in the layout that the window has.

        Chromium would make smaller what is wider than the sheet, so the sheet is as wide as the
        page; then its right side is cut off.
        """
        x, y, width, height = box
        sheet = max(width, page_width - x)
        style = (
            f"@page {{ margin: 0; size: {sheet}px {height}px }} html {{ position: relative !important; "
            f"left: {-x}px !important; top: {-y}px !important; width: {_VIEW[0]}px !important; "
            f"-webkit-print-color-adjust: exact }}"
        )
        bare = "![document.documentElement, document.body].some((one) => { const look = getComputedStyle(one); return look.backgroundImage !== 'none' || !/, 0\\)$/.test(look.backgroundColor) })"  # fmt: skip
        if look.given() and self.browser.evaluate(bare):
            style += f"html {{ background: {look.paper(look.given())} !important }}"
        self.browser.send("Emulation.setEmulatedMedia", media="screen")
        self.browser.evaluate(f"{{ const sheet = new CSSStyleSheet(); sheet.replaceSync({json.dumps(style)}); document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet] }}")  # fmt: skip
        printed = self.browser.send("Page.printToPDF", printBackground=True, preferCSSPageSize=True, paperWidth=sheet / 96, paperHeight=height / 96, marginTop=0, marginBottom=0, marginLeft=0, marginRight=0, pageRanges="1")  # fmt: skip
        points = f"{width * 0.75:g}".encode()

        def cut(found: re.Match[bytes]) -> bytes:
            return found[1] + (points + b" " + found[3] + b"]").ljust(len(found[0]) - len(found[1]))

        return _SHEET.sub(cut, base64.b64decode(printed["data"]))

    def _event(self, method: str, told: dict[str, Any]) -> None:
        match method:
            case "Fetch.requestPaused":
                self._asked(told)
            case "Page.loadEventFired":
                self._loaded = True
            case "Emulation.virtualTimeBudgetExpired":
                self.clock.expired()
            case "Inspector.targetCrashed" | "Target.targetCrashed":
                self._crashed = True
            case "Runtime.exceptionThrown":
                self.findings.thrown(told["exceptionDetails"])
            case "Runtime.consoleAPICalled":
                self._console(told)
            case "Log.entryAdded":
                self._log(told["entry"])
            case "Page.javascriptDialogOpening":
                self.browser.post("Page.handleJavaScriptDialog", accept=True)
            case "Page.downloadWillBegin" | "Browser.downloadWillBegin":
                self.findings.warn("the page offered a download, which is not taken: the page itself is the picture")  # fmt: skip
            case "Network.webSocketCreated":
                self._refuse(str(told.get("url")))
            case "Target.targetCreated":
                opened = told["targetInfo"]
                if self._target and opened["type"] == "page" and opened["targetId"] != self._target:
                    self.findings.warn("the page opened a window, which was closed")
                    self.browser.post("Target.closeTarget", targetId=opened["targetId"])
            case _:
                pass

    def _console(self, told: dict[str, Any]) -> None:
        if told["type"] in ("error", "warning", "assert"):
            self.findings.logged(told["type"], told["args"], told.get("stackTrace"))
        elif self._said < 1000:
            from webfindings import described

            self._said += 1
            sys.stdout.write(" ".join(map(described, told["args"])) + "\n")

    def _log(self, entry: dict[str, Any]) -> None:
        text = str(entry.get("text", ""))
        if entry.get("level") != "error" or text.startswith("Failed to load resource"):
            return
        url = re.search(r"(?:file|ws|wss):/[^\s'\"]*", text)
        if url:
            self._refuse(url[0].rstrip(".,"))
        elif entry.get("source") != "network":
            self.findings.warn(text)

    def _asked(self, told: dict[str, Any]) -> None:
        """Answer one request of the page."""
        url, kind = str(told["request"]["url"]), str(told.get("resourceType"))
        if not url.startswith(("http:", "https:", "ws:", "wss:", "file:", "ftp:")):
            self.browser.post("Fetch.continueRequest", requestId=told["requestId"])
            return
        found = self._own(url) if url.startswith(ORIGIN) else weblibraries.answer(url)
        leaves = kind == "Document" and told.get("frameId") == self._target
        if found is not None and not (leaves and self._too_often(url)):
            self._fulfil(told["requestId"], 200, *found)
        elif url.endswith("favicon.ico"):
            self._fulfil(told["requestId"], 204, "image/x-icon", b"")
        elif kind in ("Stylesheet", "Font") and not url.startswith(ORIGIN):
            self.findings.warn(f"{_short(url)} is left out: there is no network", line=self.findings.line_of(url))  # fmt: skip
            self._fulfil(told["requestId"], 200, "text/css", b"")
        else:
            self._refuse(url)
            self._left = self._left or leaves
            if url.startswith(ORIGIN) and kind != "Document":
                self._fulfil(told["requestId"], 404, "text/plain", b"not found")
            else:
                self.browser.post("Fetch.failRequest", requestId=told["requestId"], errorReason="Aborted")  # fmt: skip

    def _own(self, url: str) -> tuple[str, bytes] | None:
        """What lies at the page's own address: the page, our modules, files of the workspace."""
        name = unquote(urlsplit(url).path).lstrip("/").removeprefix("./")
        if name.startswith(".viscoder/"):
            return weblibraries.inside(name.removeprefix(".viscoder/"))
        if name in self._documents:
            kind = "text/html" if name == _PAGE else "text/javascript"
            return f"{kind}; charset=utf-8", self._documents[name]
        path = Path(name)
        if not name or "/" in name or name in _HIDDEN or not _is_plain(path):
            return None
        kind = _TYPES.get(path.suffix.lower()) or mimetypes.guess_type(name)[0] or "application/octet-stream"  # fmt: skip
        return kind, path.read_bytes()

    def _too_often(self, url: str) -> bool:
        self._loads += 1
        return self._loads > _MOST_LOADS or urlsplit(url).path != "/" + _PAGE

    def _refuse(self, url: str) -> None:
        """Note an address that is not here, and what is."""
        if url.startswith(ORIGIN):
            name = unquote(urlsplit(url).path).lstrip("/")
            if name == _PAGE:
                self.findings.add("the page loads itself again and again")
                return
            files = sorted(one.name for one in Path().iterdir() if _is_plain(one) and one.name not in (*_HIDDEN, *self._documents))  # fmt: skip
            hint = f"the files here are {', '.join(files[:20])}" if files else "there is no data file here: write the data into the program"  # fmt: skip
            line = self.findings.line_of(name) or self.findings.line_of(Path(name).name)
            self.findings.add(f"there is no file {name!r}", line=line, hint=hint)
            return
        if url.startswith("file:"):
            hint = "data files are read by their bare name"
        else:
            hint = weblibraries.hint(url)
        line = self.findings.line_of(url) or self.findings.line_of(url.rstrip("/"))
        self.findings.add(f"{_short(url)} cannot be reached", line=line, hint=hint)

    def _fulfil(self, request: str, code: int, kind: str, body: bytes) -> None:
        headers = {"Content-Type": kind, "Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}  # fmt: skip
        self.browser.post(
            "Fetch.fulfillRequest",
            requestId=request,
            responseCode=code,
            responseHeaders=[{"name": name, "value": value} for name, value in headers.items()],
            body=base64.b64encode(body).decode(),
        )


def opened() -> WebPage:
    """A page in a Chromium that was just started; ends as failed where it does not start."""
    try:
        page = WebPage()
        if common.is_standby():
            page.rehearse()
        return page
    except BrowserGone:
        common.fail(common.find("Chromium did not start"))
        raise


def head() -> str:
    """What goes before a page's own lines: the run's look where it says nothing, and modules."""
    style = look.given()
    ink, font = (style["ink"], style["font"]) if style else ("#333333", "sans-serif")
    css = f":where(html){{color:{ink};font-family:{font},sans-serif}}"  # fmt: skip
    if style:  # what a program leaves black would not be seen on dark paper
        css += f":where(svg:not([fill])){{fill:{ink}}}"
    modules = json.dumps({"imports": weblibraries.import_map()}, separators=(",", ":"))
    return f'<style>{css}</style><script type="importmap">{modules}</script>'


def _given(format: str) -> dict[str, Any]:
    """The run's look, as the libraries in the page take it."""
    style = look.given()
    own = look.worn(style)
    return {**own, "vega": look.vegalite(style), "vector": format != "png", "dark": look.is_dark(own["paper"]), "needs": weblibraries.NEEDS}  # fmt: skip


def _script(name: str, **given: Any) -> str:
    text = (_HERE / name).read_text(encoding="utf-8")
    for word, value in given.items():
        text = text.replace(word, json.dumps(value))
    return text


def _bounds(box: Any, extent: Any) -> tuple[int, int, int, int]:
    """Left, top, width and height of the picture: the content and a margin, within the page."""
    if not isinstance(box, dict) or not all(isinstance(one, (int, float)) for one in box.values()):
        return 0, 0, *_VIEW
    left = max(0, math.floor(box["left"]) - _MARGIN)
    top = max(0, math.floor(box["top"]) - _MARGIN)
    right, bottom = (max(math.ceil(box[side]), min(math.ceil(box[side]) + _MARGIN, int(extent[index]))) for index, side in enumerate(("right", "bottom")))  # fmt: skip
    width, height = min(_LONGEST, max(1, right - left)), min(_LONGEST, max(1, bottom - top))
    return left, top, width, height


def _short(url: str) -> str:
    return url if len(url) <= 200 else url[:200] + "…"


def _is_plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return False
