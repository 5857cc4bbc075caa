"""``viscoder models``: brought from a hub that is not always kind, chosen, used, removed."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from backends.choose import EMBEDDED
from tests.cli.conftest import Viscoder
from tests.conftest import need
from tests.hub import Hub, Repo

NANO = EMBEDDED.read_bytes()
REPO, FILE = "someone/Small-GGUF", "Small-Q4_K_M.gguf"


@pytest.fixture
def hub(environment: dict[str, str], tmp_path: Path) -> Iterator[Hub]:
    """A hub with one model, the only one that viscoder can reach."""
    for name in [one for one in environment if one.startswith(("HF_", "HUGGING"))]:
        del environment[name]
    made = Hub({REPO: Repo({"README.md": b"# small\n", FILE: NANO})})
    environment.update(HF_ENDPOINT=made.address, HF_HOME=str(tmp_path / "hf"), NO_PROXY="127.0.0.1,localhost", no_proxy="127.0.0.1,localhost")  # fmt: skip
    yield made
    made.close()


def cache(tmp_path: Path, ending: str) -> list[Path]:
    """The files of the hub's cache whose names end so."""
    return [one for one in (tmp_path / "hf").rglob(f"*{ending}") if one.is_file()]


@contextlib.contextmanager
def pulling(environment: dict[str, str], tmp_path: Path) -> Generator[subprocess.Popen[str]]:
    """``viscoder models pull`` while the model is coming."""
    process = subprocess.Popen(
        [sys.executable, "-m", "viscoder_tui.cli.main", "models", "pull", REPO],
        env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        end = time.monotonic() + 60
        while not any(one.stat().st_size > 500_000 for one in cache(tmp_path, ".incomplete")):
            assert time.monotonic() < end and process.poll() is None
            time.sleep(0.02)
        yield process
    finally:
        process.kill()
        process.communicate()


def used(viscoder: Viscoder) -> dict[str, Any]:
    return json.loads(viscoder("models", "list", "--json").stdout)["in_use"]


def test_a_model_is_pulled_answers_is_chosen_and_removed(viscoder: Viscoder, hub: Hub, tmp_path: Path) -> None:  # fmt: skip
    need("bwrap")
    assert used(viscoder)["name"] == "viscoder-nano"
    pulled = viscoder("models", "pull", REPO)
    assert pulled.returncode == 0, pulled.stderr
    (path,) = pulled.stdout.splitlines()
    assert Path(path).read_bytes() == NANO and Path(path).name == FILE
    assert f"pulling {FILE} of {REPO}, 37 MB" in pulled.stderr
    assert used(viscoder)["why"].startswith("the best pulled model that fits")

    plotted = viscoder("plot", "red circle", "--model", REPO, "--json")
    assert plotted.returncode == 0, plotted.stderr
    assert "very small model" not in plotted.stderr, "it is the user's own now"

    settings = tmp_path / "home" / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("# mine\nmodel = 'viscoder-nano'  # for now\n\n[keys]\nrun = 'ctrl+r'\n")
    assert used(viscoder) == {"name": "viscoder-nano", "path": str(EMBEDDED), "why": "the settings name it", "works": True}  # fmt: skip
    chosen = viscoder("models", "use", REPO)
    assert chosen.returncode == 0, chosen.stderr
    assert settings.read_text() == f"# mine\nmodel = \"{REPO}\"  # for now\n\n[keys]\nrun = 'ctrl+r'\n"  # fmt: skip
    assert used(viscoder)["name"] == REPO

    refused = viscoder("models", "rm", REPO)
    assert refused.returncode == 2 and "say --yes" in refused.stderr and "37 MB" in refused.stderr
    removed = viscoder("models", "rm", REPO, "--yes")
    assert removed.returncode == 0, removed.stderr
    assert "37 MB are free again" in removed.stderr
    assert f"the settings still name {REPO}" in removed.stderr
    assert not Path(path).exists() and all(one.stat().st_size < 100_000 for one in cache(tmp_path, ""))  # fmt: skip
    gone = viscoder("plot", "red circle")
    assert gone.returncode == 3
    assert f"{REPO} is not pulled yet: viscoder models pull {REPO}" in gone.stderr


def test_a_download_that_is_cut_off_goes_on_where_it_was(viscoder: Viscoder, hub: Hub) -> None:
    hub.cuts = [10_000_000, 5_000_000, 0]
    pulled = viscoder("models", "pull", REPO)
    assert pulled.returncode == 0, pulled.stderr
    assert [one.range for one in hub.downloads] == ["", "bytes=10000000-", "bytes=15000000-", "bytes=15000000-"]  # fmt: skip
    assert "the connection was cut, going on from 10 MB" in pulled.stderr
    assert Path(pulled.stdout.strip()).read_bytes() == NANO


def test_stopped_with_ctrl_c_it_goes_on_the_next_time(viscoder: Viscoder, hub: Hub, environment: dict[str, str], tmp_path: Path) -> None:  # fmt: skip
    hub.pause = 0.02
    with pulling(environment, tmp_path) as process:
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert re.search(rf"of 37 MB are kept: viscoder models pull {REPO} goes on from there", told)
    (begun,) = cache(tmp_path, ".incomplete")
    kept = begun.stat().st_size
    assert 500_000 < kept < len(NANO)
    assert used(viscoder)["name"] == "viscoder-nano"

    hub.pause = 0.0
    assert viscoder("models", "pull", REPO).returncode == 0
    assert hub.downloads[-1].range == f"bytes={kept}-"
    assert cache(tmp_path, ".incomplete") == []


def test_what_was_begun_can_be_removed(viscoder: Viscoder, hub: Hub, tmp_path: Path) -> None:
    hub.cuts = [1_000_000, hub.REFUSED]
    stopped = viscoder("models", "pull", REPO)
    assert stopped.returncode == 3
    assert "set HF_TOKEN to a token that may read it" in stopped.stderr
    assert len(cache(tmp_path, ".incomplete")) == 1
    assert viscoder("models", "rm", REPO, "viscoder2-7b", "--yes").returncode == 3
    assert viscoder("models", "rm", REPO).returncode == 2
    assert len(cache(tmp_path, ".incomplete")) == 1, "nobody agreed to it"
    removed = viscoder("models", "rm", REPO, "--yes")
    assert removed.returncode == 0 and "begun and not finished: 1 MB" in removed.stderr
    assert cache(tmp_path, ".incomplete") == []


def test_wrong_bytes_are_refused_and_not_kept(viscoder: Viscoder, hub: Hub, tmp_path: Path) -> None:
    hub.damages = True
    refused = viscoder("models", "pull", REPO)
    assert refused.returncode == 3
    assert "does not have the checksum" in refused.stderr
    assert cache(tmp_path, ".gguf") == [] and cache(tmp_path, ".incomplete") == []
    assert all(one.stat().st_size < 100_000 for one in cache(tmp_path, ""))
    hub.damages = False
    assert viscoder("models", "pull", REPO).returncode == 0


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        (len(NANO) - 1000, "goes on behind the 37 MB that the hub said"),
        (len(NANO) + 1000, "ends after 37 MB of 37 MB: the hub has a part of it only"),
    ],
)
def test_a_hub_that_lies_about_sizes_is_not_believed(viscoder: Viscoder, hub: Hub, tmp_path: Path, claim: int, why: str) -> None:  # fmt: skip
    hub.repos[REPO].claims[FILE] = claim
    refused = viscoder("models", "pull", f"{REPO}:{FILE}")
    assert refused.returncode == 3
    assert why in refused.stderr, refused.stderr
    assert cache(tmp_path, ".gguf") == []


def test_a_full_disk_is_seen_before_anything_is_fetched(viscoder: Viscoder, hub: Hub) -> None:
    hub.repos[REPO].claims[FILE] = 10**15
    refused = viscoder("models", "pull", f"{REPO}:q4_k_m")
    assert refused.returncode == 3
    assert "1000.0 TB are to be fetched and" in refused.stderr and "set HF_HOME" in refused.stderr
    assert "1000.0 TB, and this machine has" in refused.stderr
    assert hub.downloads == []


@pytest.mark.parametrize(
    ("refuses", "why"),
    [
        ((401, "RepoNotFound", "Repository not found"), "or it is private and needs HF_TOKEN"),
        ((404, "RepoNotFound", "Repository not found"), f"there is no {REPO} on http://127.0.0.1"),
        ((403, "GatedRepo", "Access is restricted"), f"{REPO} is gated: accept its terms at"),
        ((403, "", "Forbidden"), "set HF_TOKEN to a token that may read it"),
        ((403, "", "Access to this resource is disabled."), f"{REPO} is disabled"),
        ((429, "", ""), "asks for fewer requests"),
        ((500, "", ""), "failed (status 500): try again later"),
    ],
)
def test_what_the_hub_refuses_is_one_sentence(viscoder: Viscoder, hub: Hub, refuses: tuple[int, str, str], why: str) -> None:  # fmt: skip
    hub.repos[REPO].refuses = refuses
    shown = viscoder("models", "pull", REPO)
    assert shown.returncode == 3
    assert why in shown.stderr and len(shown.stderr.splitlines()) == 1, shown.stderr


def test_a_token_opens_a_gated_model_and_does_not_leave_the_hub(viscoder: Viscoder, hub: Hub, environment: dict[str, str]) -> None:  # fmt: skip
    hub.repos[REPO].needs_token = "hf_secret"
    assert "is gated" in viscoder("models", "pull", REPO).stderr
    environment["HF_TOKEN"] = "hf_other"
    assert "your token is not let in" in viscoder("models", "pull", REPO).stderr
    environment["HF_TOKEN"] = "hf_secret"
    pulled = viscoder("models", "pull", REPO)
    assert pulled.returncode == 0, pulled.stderr
    assert "hf_secret" not in pulled.stderr + pulled.stdout
    assert {one.authorization for one in hub.downloads} == {""}, "the store is not the hub"


def test_a_token_that_the_hub_does_not_know_is_told(viscoder: Viscoder, hub: Hub, environment: dict[str, str]) -> None:  # fmt: skip
    environment["HF_TOKEN"] = "hf_mistyped"
    hub.repos[REPO].refuses = (401, "", "Invalid credentials in Authorization header")
    shown = viscoder("models", "pull", REPO)
    assert shown.returncode == 3 and "does not know your token: look at HF_TOKEN" in shown.stderr


@pytest.mark.parametrize(
    "name", ["../../../evil-Q4_K_M.gguf", "/tmp/evil.gguf", "e\x1b[2Jvil.gguf"]
)
def test_a_hub_that_means_harm_writes_nowhere_else(viscoder: Viscoder, hub: Hub, tmp_path: Path, name: str) -> None:  # fmt: skip
    hub.repos[REPO].files = {name: NANO}
    shown = viscoder("models", "pull", REPO)
    assert shown.returncode == 3
    assert "has no GGUF files" in shown.stderr and "\x1b" not in shown.stderr
    assert hub.downloads == [] and list(tmp_path.rglob("*vil*")) == []


def test_offline_and_out_of_reach_are_told_apart(viscoder: Viscoder, hub: Hub, environment: dict[str, str]) -> None:  # fmt: skip
    environment["HF_HUB_OFFLINE"] = "1"
    shown = viscoder("models", "pull", REPO)
    assert shown.returncode == 3 and "HF_HUB_OFFLINE is set; unset it" in shown.stderr
    assert hub.requests == []
    del environment["HF_HUB_OFFLINE"]
    environment["HF_ENDPOINT"] = "http://127.0.0.1:9"
    shown = viscoder("models", "pull", REPO)
    assert shown.returncode == 3 and "http://127.0.0.1:9 cannot be reached" in shown.stderr


def test_the_hub_is_asked_for_nothing_but_the_model(viscoder: Viscoder, hub: Hub) -> None:
    viscoder("models", "pull", REPO)
    asked = {one.path.split("/")[1] for one in hub.requests}
    assert asked == {"api", "someone", "store"}
    assert {one.path for one in hub.requests if "/api/" in one.path} == {f"/api/models/{REPO}"}
    count = len(hub.downloads)
    again = viscoder("models", "pull", REPO)
    assert again.returncode == 0 and "is the newest already" in again.stderr
    assert len(hub.downloads) == count == 1


def test_of_several_quantisations_the_usual_one_is_taken_and_others_by_name(viscoder: Viscoder, hub: Hub) -> None:  # fmt: skip
    hub.repos[REPO].files |= {"Small-Q8_0.gguf": NANO + b"8", "Small-Q2_K.gguf": NANO + b"2", "mmproj-Small-F16.gguf": b"x"}  # fmt: skip
    pulled = viscoder("models", "pull", REPO)
    assert "Q4_K_M: Q4_K_M is small and quick" in pulled.stderr
    assert pulled.stdout.strip().endswith(FILE)
    other = viscoder("models", "pull", f"{REPO}:q8_0")
    assert other.stdout.strip().endswith("Small-Q8_0.gguf")
    names = {
        one["name"] for one in json.loads(viscoder("models", "list", "--json").stdout)["models"]
    }
    assert {f"{REPO}:q4_k_m", f"{REPO}:q8_0"} <= names
    wrong = viscoder("models", "pull", f"{REPO}:Q8_1")
    assert wrong.returncode == 3 and "did you mean Q8_0?" in wrong.stderr
    removed = viscoder("models", "rm", f"{REPO}:q8_0", "--yes")
    assert removed.returncode == 0, removed.stderr
    assert used(viscoder)["name"] == REPO


def test_a_model_in_parts_is_pulled_whole(viscoder: Viscoder, hub: Hub) -> None:
    parts = [f"Small-Q4_K_M-0000{number}-of-00003.gguf" for number in (1, 2, 3)]
    hub.repos[REPO].files = dict(zip(parts, (NANO, b"second", b"third"), strict=True))
    pulled = viscoder("models", "pull", REPO)
    assert pulled.returncode == 0, pulled.stderr
    assert "in 3 parts" in pulled.stderr
    first = Path(pulled.stdout.strip())
    assert sorted(one.name for one in first.parent.iterdir()) == parts
    assert viscoder("models", "rm", REPO, "--yes").returncode == 0
    assert not first.parent.exists()


def test_a_newer_revision_takes_the_place_of_the_older(viscoder: Viscoder, hub: Hub) -> None:
    first = Path(viscoder("models", "pull", REPO).stdout.strip())
    hub.repos[REPO].files["README.md"] = b"# better told\n"
    same = viscoder("models", "pull", REPO)
    assert same.returncode == 0 and "0 kB are free again" in same.stderr
    assert len(hub.downloads) == 1, "the model itself is the same"
    hub.repos[REPO].files[FILE] = NANO + b"better"
    newer = viscoder("models", "pull", REPO)
    assert newer.returncode == 0 and "37 MB are free again" in newer.stderr, newer.stderr
    assert Path(newer.stdout.strip()).read_bytes().endswith(b"better")
    assert not first.exists()


def test_what_other_tools_keep_there_stays(viscoder: Viscoder, hub: Hub, environment: dict[str, str]) -> None:  # fmt: skip
    fetch = f"import huggingface_hub; print(huggingface_hub.hf_hub_download({REPO!r}, 'README.md'))"
    other = subprocess.run([sys.executable, "-c", fetch], env=environment, capture_output=True, text=True, check=True)  # fmt: skip
    readme = Path(other.stdout.strip())
    path = Path(viscoder("models", "pull", REPO).stdout.strip())
    find = f"import huggingface_hub; print(huggingface_hub.hf_hub_download({REPO!r}, {FILE!r}))"
    environment["HF_HUB_OFFLINE"] = "1"
    found = subprocess.run([sys.executable, "-c", find], env=environment, capture_output=True, text=True, check=True)  # fmt: skip
    assert found.stdout.strip() == str(path), "others find it, offline too"
    assert viscoder("models", "rm", REPO, "--yes").returncode == 0
    assert readme.read_text() == "# small\n" and not path.exists()


def test_two_at_once_do_not_fetch_twice(viscoder: Viscoder, hub: Hub, environment: dict[str, str], tmp_path: Path) -> None:  # fmt: skip
    hub.pause = 0.05
    with pulling(environment, tmp_path) as first:
        second = viscoder("models", "pull", REPO)
        assert second.returncode == 3
        assert f"another program is fetching {FILE} already" in second.stderr
        hub.pause = 0.0
        assert first.wait(timeout=60) == 0
    assert len(hub.downloads) == 1


def test_on_a_terminal_it_shows_how_far_it_is_and_asks(hub: Hub, environment: dict[str, str]) -> None:  # fmt: skip
    hub.pause = 0.002
    environment.update(TERM="xterm-256color", COLUMNS="100", LINES="30")
    shown = on_terminal(environment, "pull", REPO)
    assert re.search(r"\r\x1b\[2K\d+ MB of 37 MB · \d+% · \d+ MB/s · \d+ s left", shown), shown[
        -500:
    ]
    kept = on_terminal(environment, "rm", REPO, typed="n\n")
    assert "remove 37 MB from the disk? y or n" in kept and "nothing was removed" in kept
    assert "37 MB are free again" in on_terminal(environment, "rm", REPO, typed="y\n")


def on_terminal(environment: dict[str, str], *arguments: str, typed: str = "") -> str:
    """What ``viscoder models`` shows to somebody who types that."""
    leader, follower = pty.openpty()
    os.write(leader, typed.encode())
    process = subprocess.Popen(
        [sys.executable, "-m", "viscoder_tui.cli.main", "models", *arguments],
        stdin=follower, stdout=follower, stderr=follower, env=environment,
    )  # fmt: skip
    os.close(follower)
    shown = b""
    with contextlib.suppress(OSError):  # a terminal that nobody writes to any more
        while piece := os.read(leader, 65536):
            shown += piece
    process.wait(timeout=60)
    os.close(leader)
    return shown.decode()


def test_what_is_no_model_is_not_kept(viscoder: Viscoder, hub: Hub, tmp_path: Path) -> None:
    hub.repos[REPO].files[FILE] = b"<html>Under construction</html>"
    shown = viscoder("models", "pull", REPO)
    assert shown.returncode == 3 and "is not a GGUF file" in shown.stderr
    assert cache(tmp_path, ".gguf") == [] and used(viscoder)["name"] == "viscoder-nano"


def test_names_that_are_mistyped_get_the_nearest_right_one(viscoder: Viscoder, hub: Hub) -> None:
    for arguments in (["pull", "viscoder2-7"], ["show", "viscoder27b"], ["use", "viscodr2-7b"], ["rm", "viscoder2-7"]):  # fmt: skip
        shown = viscoder("models", *arguments)
        assert shown.returncode == 3
        assert "did you mean viscoder2-7b?" in shown.stderr, shown.stderr
    assert viscoder("models", "pull", "viscoder2-7b:").returncode == 3
    shown = viscoder("plot", "red circle", "--model", "viscoder2-7b")
    assert shown.returncode == 3
    assert "viscoder2-7b is not pulled yet: viscoder models pull viscoder2-7b" in shown.stderr
    assert hub.requests == []


def test_weights_without_gguf_name_the_repository_that_has_it(viscoder: Viscoder, hub: Hub) -> None:
    hub.repos["TIGER-Lab/VisCoder2-7B"] = Repo({"model.safetensors": b"weights"})
    shown = viscoder("models", "pull", "TIGER-Lab/VisCoder2-7B")
    assert shown.returncode == 3
    assert "has no GGUF files" in shown.stderr and "viscoder models pull viscoder2-7b" in shown.stderr  # fmt: skip


def test_without_a_name_the_best_is_proposed_and_nothing_done_unasked(viscoder: Viscoder, hub: Hub) -> None:  # fmt: skip
    asked = viscoder("models", "pull")
    assert asked.returncode == 2
    assert re.search(r"VisCoder2 \d+B, Q4_K_M: about .* the largest made for pictures", asked.stderr)  # fmt: skip
    assert "nothing was pulled: without a terminal to ask on, say --yes" in asked.stderr
    assert hub.requests == []


def test_a_model_of_the_catalogue_and_its_facts(viscoder: Viscoder, hub: Hub) -> None:
    hub.repos["mradermacher/VisCoder2-3B-GGUF"] = Repo({"VisCoder2-3B.Q4_K_M.gguf": NANO})
    before = json.loads(viscoder("models", "show", "viscoder2-3b", "--json").stdout)
    assert (before["pulled"], before["file"]) == (False, "VisCoder2-3B.Q4_K_M.gguf")
    assert viscoder("models", "pull", "viscoder2-3b").returncode == 0
    facts = json.loads(viscoder("models", "show", "viscoder2-3b", "--json").stdout)
    assert facts["pulled"] and facts["chat_template"] and facts["bytes"] == len(NANO)
    assert (facts["context"], facts["quantisation"], facts["licence"]) == (1024, "Q4_K_M", "apache-2.0")  # fmt: skip
    assert "chat template  yes" in viscoder("models", "show", "viscoder2-3b").stdout
    listed = viscoder("models").stdout
    assert re.search(r"^\*  viscoder2-3b +37 MB Q4_K_M +pulled", listed, re.MULTILINE)


def test_a_list_of_ones_own_and_its_mistakes(viscoder: Viscoder, hub: Hub, tmp_path: Path) -> None:
    own = tmp_path / "home" / "config" / "models.toml"
    own.parent.mkdir(parents=True)
    own.write_text(f'["our-coder-0.1b"]\nrepo = "{REPO}"\ngood_for = "Our plots."\n')
    assert "our-coder-0.1b" in viscoder("models").stdout
    assert viscoder("models", "pull", "our-coder-0.1b").returncode == 0
    assert used(viscoder)["name"] == "our-coder-0.1b"
    for text, why in (
        ('[mine]\nrepo = "a/b"\nlicense = "mit"\n', "line 3): did you mean 'licence'?"),
        ('[mine]\nrepo = "a"\n', "line 2) must be a text such as 'organisation/name'"),
        ('[mine]\ntitle = "x"\n', "line 1) has no repo"),
        ('[mine-0.5b]\nrepo = "a/b"\n', "a name with a dot stands in quotes"),
        ("[mine\n", "line 1"),
        ("mine = 3\n", "line 1) must be a table"),
    ):
        own.write_text(text)
        shown = viscoder("models")
        assert shown.returncode == 2
        assert why in shown.stderr and str(own) in shown.stderr, shown.stderr


def test_a_cache_that_others_emptied_and_a_damaged_list(viscoder: Viscoder, hub: Hub, tmp_path: Path) -> None:  # fmt: skip
    path = Path(viscoder("models", "pull", REPO).stdout.strip())
    path.unlink()
    assert used(viscoder)["name"] == "viscoder-nano"
    again = viscoder("models", "pull", REPO)
    assert again.returncode == 0 and len(hub.downloads) == 1, "its bytes were there still"
    (tmp_path / "home" / "data" / "models.json").write_text("{")
    for arguments in (["models"], ["plot", "red circle"]):
        shown = viscoder(*arguments)
        assert shown.returncode == 3 and "is damaged: remove it" in shown.stderr


def test_names_are_completed_in_the_shell(viscoder: Viscoder, environment: dict[str, str]) -> None:
    environment.update(_VISCODER_COMPLETE="bash_complete", COMP_WORDS="viscoder models pull visc", COMP_CWORD="3")  # fmt: skip
    assert "plain,viscoder2-7b" in viscoder().stdout.splitlines()
    environment.update(COMP_WORDS="viscoder plot --model viscoder2-1", COMP_CWORD="3")
    assert viscoder().stdout.splitlines() == ["plain,viscoder2-14b"]


def test_settings_are_made_where_there_are_none(viscoder: Viscoder, tmp_path: Path) -> None:
    model = tmp_path / "mine.gguf"
    os.link(EMBEDDED, model) if EMBEDDED.stat().st_dev == tmp_path.stat().st_dev else model.write_bytes(NANO)  # fmt: skip
    chosen = viscoder("models", "use", "mine.gguf")
    assert chosen.returncode == 0, chosen.stderr
    settings = tmp_path / "home" / "config" / "settings.toml"
    assert settings.read_text() == f'model = "{model}"\n'
    shown = viscoder("models", "use", "http://127.0.0.1:9/v1#coder")
    assert shown.returncode == 0, shown.stderr
    assert used(viscoder)["name"] == "127.0.0.1:9#coder"
    settings.write_text('model = """\nviscoder-nano"""\n')
    refused = viscoder("models", "use", "viscoder-nano")
    assert refused.returncode == 2 and "write model = " in refused.stderr
