"""Which model for which machine: what names tell, what fits, what is chosen and why."""

from __future__ import annotations

import json
from pathlib import Path

import gguf
import pytest

from backends import catalog, fit, gguf_file, memory, quantisation
from backends.base import ModelMissing
from backends.choose import EMBEDDED, choose
from backends.library import Library
from backends.llama_cpp import LlamaCpp
from backends.llama_cpp_options import LlamaOptions
from backends.memory import GB, Memory
from backends.pulled import Pulled, Shelf
from backends.quantisation import Whole

LAPTOP = Memory(total=16 * GB, available=12 * GB)
WORKSTATION = Memory(total=64 * GB, available=60 * GB, gpu=True)


def huge_model(path: Path, size: int) -> Path:
    """A model file of that many bytes, none of which the disk holds."""
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(32_768)
    writer.add_block_count(64)
    writer.add_embedding_length(5120)
    writer.add_head_count(40)
    writer.add_head_count_kv(8)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    writer.close()
    with path.open("r+b") as file:
        file.truncate(size)
    return path


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("VisCoder2-7B.Q4_K_M.gguf", "Q4_K_M"),
        ("qwen2.5-coder-7b-instruct-q8_0.gguf", "Q8_0"),
        ("Q4_0/model-IQ4_XS-00001-of-00002.gguf", "IQ4_XS"),
        ("model-f16.gguf", "F16"),
        ("model-UD-Q4_K_XL.gguf", "Q4_K_XL"),
        ("q2.gguf", ""),
    ],
)
def test_a_files_name_tells_its_quantisation(name: str, label: str) -> None:
    assert quantisation.label(name) == label


def test_parts_are_one_model_and_what_is_none_is_left_out() -> None:
    files = [("m-Q8_0-00001-of-00002.gguf", 5), ("m-Q8_0-00002-of-00002.gguf", 3)]
    files += [("m-Q4_K_M.gguf", 4), ("m-Q4_K_M-00001-of-00001.gguf", 4), ("m-F16-00001-of-00002.gguf", 9)]  # fmt: skip
    files += [("README.md", 1), ("mmproj-F16.gguf", 1), ("m.imatrix.gguf", 1)]
    found = {one.files[0]: one for one in quantisation.wholes(files)}
    assert sorted(found) == ["m-Q4_K_M.gguf", "m-Q8_0-00001-of-00002.gguf"], "a part is missing of F16"  # fmt: skip
    assert found["m-Q8_0-00001-of-00002.gguf"].size == 8


@pytest.mark.parametrize(
    ("room", "taken", "why"),
    [(20, "Q4_K_M", "small and quick"), (4, "Q3_K_M", "Q4_K_M does not fit"), (1, None, "")],
)
def test_the_usual_quantisation_is_taken_where_it_fits(room: int, taken: str | None, why: str) -> None:  # fmt: skip
    sizes = {"Q2_K": 2, "Q3_K_M": 3, "Q4_K_M": 5, "Q8_0": 8, "F16": 16}
    models = [Whole((f"m-{label}.gguf",), size) for label, size in sizes.items()]
    found = quantisation.best(models, lambda size: size <= room)
    assert (found[0].quantisation if found else None) == taken
    assert why in (found[1] if found else "")
    without = quantisation.best([one for one in models if one.size not in (3, 5)], lambda size: size <= 20)  # fmt: skip
    assert without is not None
    assert (without[0].quantisation, without[1].split(",")[0]) == ("Q8_0", "there is no Q4_K_M")


@pytest.mark.parametrize(
    ("here", "name"),
    [
        (LAPTOP, "viscoder2-7b"),
        (Memory(total=6 * GB, available=5 * GB), "viscoder2-3b"),
        (WORKSTATION, "viscoder2-32b"),
        (Memory(total=128 * GB, available=100 * GB), "viscoder2-7b"),
        (Memory(total=24 * GB, available=20 * GB, gpu=True), "viscoder2-14b"),
        (Memory(total=2 * GB, available=GB), None),
    ],
)
def test_the_best_for_a_machine_is_the_largest_for_pictures(here: Memory, name: str | None, tmp_path: Path) -> None:  # fmt: skip
    found = Library(Shelf(tmp_path / "models.json")).recommended(here)
    assert (found[0].name if found else None) == name


def test_every_entry_of_the_catalogue_can_be_reckoned_with() -> None:
    entries = catalog.ours()
    assert {"viscoder2-3b", "viscoder2-7b", "viscoder2-14b", "viscoder2-32b"} <= set(entries)
    for entry in entries.values():
        assert catalog.REPOSITORY.fullmatch(entry.repo) and entry.licence and entry.context
        assert entry.good_for.endswith(".")
        for label in entry.quantisations:
            assert quantisation.label(entry.file_of(label)) == label.upper()
            assert (entry.bytes_of(label) or 0) > 100_000_000


def test_the_memory_of_a_context_is_read_from_the_file(tmp_path: Path) -> None:
    metadata = gguf_file.read(huge_model(tmp_path / "m.gguf", GB)).metadata
    assert memory.context_bytes(metadata) == 2 * 64 * 8 * (128 + 128)
    assert catalog.ours()["viscoder2-32b"].context_bytes == memory.context_bytes(metadata)
    assert memory.context_bytes({}) == 0


async def test_a_model_that_cannot_fit_is_refused_before_it_is_loaded(tmp_path: Path) -> None:
    here = memory.machine()
    size = here.total + here.swap + GB
    model = huge_model(tmp_path / "huge.gguf", size)
    found = fit.doubt(model, gguf_file.read(model).metadata, LlamaOptions(gpu_layers=0))
    assert found is not None and found.certain
    backend = LlamaCpp(model, tmp_path / "llama.log", LlamaOptions(gpu_layers=0))
    with pytest.raises(ModelMissing) as refused:
        await backend.load()
    await backend.close()
    said = str(refused.value)
    looks = 4 * 40 * 512 * 8192  # of 40 heads, at all that was read, by each token of 512
    assert said.startswith(f"huge.gguf needs about {memory.size(size + 262_144 * 8192 + looks)} of memory")  # fmt: skip
    assert "2.5 GB for its context" in said and f"this machine has {memory.size(here.total)}" in said  # fmt: skip


def test_flash_attention_needs_less_memory(tmp_path: Path) -> None:
    here = memory.machine()
    model = huge_model(tmp_path / "huge.gguf", here.total + here.swap + GB)
    metadata = gguf_file.read(model).metadata
    told = [fit.doubt(model, metadata, LlamaOptions(gpu_layers=0, context=32_768, flash_attention=one)) for one in ("on", "off", "auto")]  # fmt: skip
    assert ["8.6 GB for its context" in one.sentence for one in told if one] == [True, False, False]


def test_a_model_that_may_be_slow_is_doubted_and_others_are_not() -> None:
    close = memory.doubt("m", 13 * GB, GB, LAPTOP)
    assert close is not None and not close.certain
    assert "12.0 GB are free now: it may be very slow" in close.sentence
    assert memory.doubt("m", 9 * GB, GB, LAPTOP) is None
    assert memory.doubt("m", 900 * GB, GB, WORKSTATION) is None, "a GPU's memory is not known here"
    assert fit.doubt(EMBEDDED, gguf_file.read(EMBEDDED).metadata, LlamaOptions()) is None


def pulled(folder: Path, repo: str, file: str, size: int = 1000) -> Pulled:
    path = folder / file
    path.write_bytes(b"x")
    return Pulled(repo, "c" * 40, str(folder), (file,), (str(path),), size)


def test_what_is_named_goes_before_what_was_pulled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.delenv("VISCODER_MODEL", raising=False)
    library = Library(Shelf(tmp_path / "models.json"))
    assert choose(None, None, library).embedded
    coder = pulled(tmp_path, "Qwen/Qwen2.5-Coder-7B-Instruct-GGUF", "q-q4_k_m.gguf", 2000)
    seven = pulled(tmp_path, "mradermacher/VisCoder2-7B-GGUF", "v-Q4_K_M.gguf")
    better = pulled(tmp_path, "mradermacher/VisCoder2-7B-GGUF", "v-Q8_0.gguf", 1500)
    too_large = pulled(tmp_path, "mradermacher/VisCoder2-32B-GGUF", "big-Q8_0.gguf", 10**15)
    for model in (coder, seven, better, too_large):
        library.shelf.add(model)
    assert choose(None, None, library).path == better.path, (
        "for pictures, and the largest that fits"
    )
    assert choose(None, "qwen2.5-coder-7b", library).path == coder.path
    monkeypatch.setenv("VISCODER_MODEL", "viscoder2-7b:q4_k_m")
    assert choose(None, "qwen2.5-coder-7b", library).path == seven.path
    assert choose("mradermacher/VisCoder2-7B-GGUF:v-Q8_0.gguf", None, library).path == better.path
    assert choose("viscoder-nano", None, library).embedded
    with pytest.raises(ModelMissing, match="viscoder2-3b is not pulled yet: viscoder models pull"):
        choose("viscoder2-3b", None, library)
    assert library.called(better) == "viscoder2-7b:q8_0"
    assert library.called(coder) == "qwen2.5-coder-7b"


def test_the_list_of_pulled_models_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "data" / "models.json")
    one = pulled(tmp_path, "a/b", "one.gguf")
    shelf.add(one)
    shelf.add(one)
    assert shelf.models() == (one,)
    assert [path.name for path in shelf.file.parent.iterdir()] == ["models.json"]
    shelf.remove(one)
    assert shelf.models() == ()
    for damaged in ("", "[]", '{"models": [1]}', json.dumps({"models": [{"repo": "a/b"}]})):
        shelf.file.write_text(damaged)
        with pytest.raises(ModelMissing, match="is damaged"):
            shelf.models()
