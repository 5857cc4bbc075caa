"""Typst's packages come from a registry, with what they import, whole or not at all."""

from __future__ import annotations

import io
import tarfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from runners.packages.typst import PackageNotBrought, bring


def packed(name: str, code: str, manifest: str = "typst.toml") -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        for file, text in ((manifest, f'[package]\nname = "{name}"\n'), ("src/lib.typ", code)):
            entry = tarfile.TarInfo(file)
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    return held.getvalue()


class Registry:
    """A registry on this machine, and what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.holds = {
            "/draws-1.0.0.tar.gz": packed("draws", '#import "@preview/formats:0.2.1": f\n// not "@preview/gone:1.0.0"\n'),
            "/formats-0.2.1.tar.gz": packed("formats", "#let f = 1\n"),
            "/odd-1.0.0.tar.gz": packed("odd", "", manifest="readme.md"),
            "/torn-1.0.0.tar.gz": packed("torn", "")[:60],
            "/climbs-1.0.0.tar.gz": packed("climbs", "", manifest="../../typst.toml"),
        }  # fmt: skip
        registry = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                registry.asked.append(self.path)
                content = registry.holds.get(self.path)
                self.send_response(200 if content is not None else 404)
                self.end_headers()
                self.wfile.write(content or b"")

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def registry() -> Iterator[Registry]:
    made = Registry()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_a_package_comes_with_what_it_imports_and_is_fetched_once(registry: Registry, tmp_path: Path) -> None:  # fmt: skip
    told: list[str] = []
    assert bring(told.append, registry.address, tmp_path, ("draws:1.0.0",)) == ("draws:1.0.0", "formats:0.2.1")  # fmt: skip
    assert told == ["draws:1.0.0", "formats:0.2.1"]
    assert (tmp_path / "draws/1.0.0/src/lib.typ").is_file()
    assert (tmp_path / "formats/0.2.1/typst.toml").is_file()
    bring(told.append, registry.address, tmp_path, ("draws:1.0.0",))
    assert registry.asked == ["/draws-1.0.0.tar.gz", "/formats-0.2.1.tar.gz"]


@pytest.mark.parametrize(("name", "words"), [
    ("gone:1.0.0", "could not be fetched: Not Found"),
    ("odd:1.0.0", "has no typst.toml"),
    ("torn:1.0.0", "cannot be unpacked"),
    ("climbs:1.0.0", "cannot be unpacked"),
])  # fmt: skip
def test_what_is_no_package_is_not_kept(registry: Registry, tmp_path: Path, name: str, words: str) -> None:  # fmt: skip
    place = tmp_path / "here"
    with pytest.raises(PackageNotBrought, match=words):
        bring(lambda _: None, registry.address, place, (name,))
    assert not (place / name.replace(":", "/")).exists()
    assert not (tmp_path / "typst.toml").exists()


def test_a_server_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(PackageNotBrought, match=r"could not be fetched: .*refused"):
        bring(lambda _: None, "http://127.0.0.1:1", tmp_path, ("draws:1.0.0",))
