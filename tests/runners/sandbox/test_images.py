"""Images: built from one file a family, rebuilt when that changes, with nothing of this machine in them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from runners import images
from runners.images import building, machine
from runners.sandbox.docker import connect
from tests.conftest import Built

HIDDEN = "http://somebody:secret@mirror.invalid/simple"


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The images' folder, to be changed."""
    folder = tmp_path / "images"
    shutil.copytree(images.HERE, folder)
    monkeypatch.setattr(images, "HERE", folder)
    forget()
    yield folder
    monkeypatch.undo()
    forget()


def forget() -> None:
    images.tag.cache_clear()
    images.families.cache_clear()


def test_a_changed_image_is_another_one(copied: Path) -> None:
    before = {family: images.tag(family) for family in images.families()}
    forget()
    assert before == {family: images.tag(family) for family in images.families()}
    with (copied / "cpp" / "Dockerfile").open("a") as file:
        file.write("# changed\n")
    forget()
    changed = [family for family in images.families() if images.tag(family) != before[family]]
    assert changed == ["cpp"]


def test_an_image_knows_nothing_of_the_machine_that_built_it(
    copied: Path, built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    for family in images.families():
        built(family)  # nobody else is building then
    forget()
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", HIDDEN)
    monkeypatch.setenv("NO_PROXY", "intranet.invalid")
    small = copied / "small"
    small.mkdir()
    (small / "Dockerfile").write_text(
        "FROM debian:bookworm-slim AS build\n"
        "COPY machine /machine\n"
        "COPY finish.sh /machine/\n"
        "RUN grep -q mirror.invalid /machine/pip.conf && sh /machine/finish.sh\n"
        "FROM scratch\nCOPY --from=build / /\n"
    )
    api = connect().api
    before = {one["Id"] for one in api.images(all=True)}
    told: list[str] = []
    tag = building.build("small", told.append)
    try:
        assert any("Successfully tagged" in line for line in told)
        everything = b"".join(api.get_image(tag))
        for word in (b"mirror.invalid", b"somebody", b"intranet.invalid"):
            assert word not in everything
        assert {one["Id"] for one in api.images(all=True)} - before == {
            api.inspect_image(tag)["Id"]
        }
    finally:
        api.remove_image(tag, force=True)


def test_an_older_image_of_the_family_goes(copied: Path, engine: None) -> None:
    (copied / "small").mkdir()
    dockerfile = copied / "small" / "Dockerfile"
    tags: list[str] = []
    for number in (1, 2):
        dockerfile.write_text(f"FROM scratch\nCOPY Dockerfile /{number}\n")
        forget()
        tags.append(building.build("small", print))
    left = [tag for one in connect().api.images(name="viscoder/small") for tag in one["RepoTags"]]
    assert left == tags[1:]
    connect().api.remove_image(tags[1], force=True)


def test_what_is_built_already_is_not_built_again(built: Built) -> None:
    tag = built("python")
    told: list[str] = []
    assert building.build("python", told.append) == tag
    assert told == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("RUN echo no such letter >&2 && false", "returned a non-zero code: 1; .*no such letter"),
        ("COPY nothing /nothing", "COPY failed: file not found"),
        ("FETCH everything", "unknown instruction: FETCH"),
    ],
)
def test_a_step_that_fails_is_told_with_what_it_said(
    copied: Path, engine: None, line: str, why: str
) -> None:
    (copied / "small").mkdir()
    (copied / "small" / "Dockerfile").write_text(f"FROM debian:bookworm-slim\n{line}\n")
    with pytest.raises(building.ImageNotBuilt, match=f"viscoder/small:.* cannot be built: .*{why}"):
        building.build("small", print)


def test_an_unknown_family_is_told_with_those_there_are(engine: None) -> None:
    with pytest.raises(building.ImageNotBuilt, match="no image 'cobol': there are cpp, "):
        building.build("cobol", print)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, str]]:
    """What a build is told, of a user with an empty home and environment."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("PIP_CERT", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CONFIG_FILE", "NPM_CONFIG_REGISTRY"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    return lambda: {name: data.decode() for name, data in machine.files().items()}


def test_settings_of_pip_and_npm_reach_a_build(
    settings: Callable[[], dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bundle.pem").write_text("CERTIFICATE")
    (tmp_path / ".npmrc").write_text("cafile=/home/me/ca.pem\nregistry=https://npm.invalid/\n//npm.invalid/:_authToken=abc\nfund=false\n")  # fmt: skip
    (tmp_path / "pip.conf").write_text("[global]\nindex-url = https://pypi.invalid/simple\nfind-links = /opt/wheels\n[install]\nextra-index-url =\n    file:///srv/index\n    https://more.invalid/simple\n")  # fmt: skip
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    monkeypatch.setenv("PIP_CERT", str(tmp_path / "bundle.pem"))
    told = settings()
    assert told["ca.pem"] == "CERTIFICATE"
    assert told["npmrc"].splitlines() == ["cafile=/machine/ca.pem", "registry=https://npm.invalid/", "//npm.invalid/:_authToken=abc"]  # fmt: skip
    assert "index-url = https://pypi.invalid/simple" in told["pip.conf"]
    assert "extra-index-url = https://more.invalid/simple" in told["pip.conf"]
    assert "cert = /machine/ca.pem" in told["pip.conf"]
    assert "/opt/" not in told["pip.conf"]


def test_the_environment_speaks_louder_than_a_file(
    settings: Callable[[], dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://louder.invalid/simple")
    assert "index-url = https://louder.invalid/simple" in settings()["pip.conf"]


def test_proxies_are_told_in_both_spellings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY", "ftp_proxy", "FTP_PROXY"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    assert machine.build_arguments() == {}
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.invalid:3128")
    assert machine.build_arguments() == dict.fromkeys(("https_proxy", "HTTPS_PROXY"), "http://proxy.invalid:3128")  # fmt: skip
