"""Checkpoints in folders, and whatever else a person may point at."""

import pytest

from planner.catalogue import load_catalogue
from planner.core.errors import PlannerError
from planner.core.model_file import FileKind
from planner.core.plan import require_shape
from planner.core.resemblance import checkpoint_resemblance
from planner.core.tensors import tensor_sets
from planner.files.model_reader import read_model_file
from tests.files.test_hf_config import PHI_4
from tests.files.writers import tiny_phi3, write_json, write_safetensors


def read(path):
    return read_model_file(path)


def resembled(file, models):
    return checkpoint_resemblance(file.tensors, models)


TENSORS = {"a": ("BF16", (4, 8)), "b": ("F32", (3,))}


def write_shards(folder, *, index=None):
    write_safetensors(folder / "model-00001-of-00002.safetensors", {"a": TENSORS["a"]})
    write_safetensors(folder / "model-00002-of-00002.safetensors", {"b": TENSORS["b"]})
    names = {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}
    write_json(
        folder / "model.safetensors.index.json",
        {"metadata": {}, "weight_map": names if index is None else index},
    )
    return folder


def test_that_a_whole_published_checkpoint_is_recognised(tmp_path):
    models = {model.id: model for model in load_catalogue().models}
    shape = require_shape(models["phi-4"])
    tensors = {
        tensor.name: ("BF16", tensor.shape)
        for each in tensor_sets(shape, ())
        for tensor in each.tensors()
    }
    half = len(tensors) // 2
    names = list(tensors)
    for number, part in enumerate((names[:half], names[half:]), 1):
        write_safetensors(
            tmp_path / f"model-{number}.safetensors", {name: tensors[name] for name in part}
        )
    write_json(tmp_path / "config.json", PHI_4)
    file = read(tmp_path)
    assert file.kind is FileKind.SAFETENSORS
    assert file.parameter_count == 14_659_507_200
    assert file.tensor_bytes == 2 * 14_659_507_200
    assert file.shape.kv_head_count == 10
    found = resembled(file, models.values())
    assert found.is_exact
    assert "phi-4" in [model.id for model in found.models]


def test_that_one_file_brings_the_config_beside_it(tmp_path):
    path = write_safetensors(tmp_path / "model.safetensors", TENSORS)
    assert read(path).missing == ("config.json is not beside it",)
    write_json(
        tmp_path / "config.json", PHI_4 | {"quantization_config": {"quant_method": "awq"}}
    )
    file = read(path)
    assert file.architecture == "phi3"
    assert file.notes == ("Its config says that the weights are quantised (awq).",)


def test_that_the_index_says_which_files_are_the_model(tmp_path):
    write_safetensors(write_shards(tmp_path) / "adapter.safetensors", {"c": ("F32", (1,))})
    file = read(tmp_path)
    assert [each.name for each in file.tensors] == ["a", "b"]
    assert file.notes == ("Not named in the index, and left out: 'adapter.safetensors'.",)
    assert len(file.file_names) == 2


def test_that_a_missing_shard_is_named(tmp_path):
    (write_shards(tmp_path) / "model-00002-of-00002.safetensors").unlink()
    with pytest.raises(PlannerError, match=r"'model-00002-of-00002\.safetensors' is missing"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("index", "sentence"),
    [
        ({}, "holds no weight_map"),
        ([], "holds no weight_map"),
        ({"a": "../../etc/passwd.safetensors"}, "is no safetensors file of this folder"),
        ({"a": "/etc/x.safetensors"}, "is no safetensors file of this folder"),
        ({"a": "..\\x.safetensors"}, "is no safetensors file of this folder"),
        ({"a": "passwd"}, "is no safetensors file of this folder"),
        ({"a": 7}, "is no safetensors file of this folder"),
        (
            {f"t{i}": "model-00001-of-00002.safetensors" for i in range(8)},
            "names 't0', 't1', 't2', 't3', 't4' and 3 more, which no file holds",
        ),
    ],
)
def test_that_an_index_that_cannot_be_is_refused(tmp_path, index, sentence):
    with pytest.raises(PlannerError) as refusal:
        read(write_shards(tmp_path, index=index))
    assert sentence in str(refusal.value)


def test_that_a_tensor_in_two_files_is_refused(tmp_path):
    for name in ("one", "two"):
        write_safetensors(tmp_path / f"{name}.safetensors", TENSORS)
    with pytest.raises(PlannerError, match="'a', which another file"):
        read(tmp_path)


def test_that_a_config_alone_has_a_shape_and_no_tensors(tmp_path):
    write_json(tmp_path / "config.json", PHI_4)
    for path in (tmp_path, tmp_path / "config.json"):
        file = read(path)
        assert file.kind is FileKind.CONFIG
        assert file.shape.layer_count == 40
        assert file.notes == ("The checkpoint's type is bfloat16.",)


def test_that_files_are_told_by_how_they_begin(tmp_path):
    gguf = tiny_phi3().write(tmp_path / "sha256-0123")
    tensors = write_safetensors(tmp_path / "weights.bin", TENSORS)
    config = write_json(tmp_path / "settings.txt", PHI_4)
    kinds = [read(path).kind for path in (gguf, tensors, config)]
    assert kinds == [FileKind.GGUF, FileKind.SAFETENSORS, FileKind.CONFIG]


def test_that_a_folder_with_one_gguf_is_that_file_and_with_more_a_question(tmp_path):
    tiny_phi3().write(tmp_path / "one.gguf")
    assert read(tmp_path).name == "one.gguf"
    for number in range(7):
        tiny_phi3().write(tmp_path / f"more{number}.gguf")
    with pytest.raises(
        PlannerError, match=r"several models; name one: 'more0\.gguf'.* and 3 more"
    ):
        read(tmp_path)


def test_that_anything_else_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "empty").touch()
    (tmp_path / "text").write_text("Hello", encoding="utf-8")
    (tmp_path / "short.safetensors").write_bytes(b"abc")
    for name, sentence in (
        ("empty", "begins as none of them does"),
        ("text", "begins as none of them does"),
        ("short.safetensors", "too short for a safetensors file"),
        ("none", "There is no file 'none'"),
    ):
        with pytest.raises(PlannerError, match=sentence):
            read(tmp_path / name)
    (tmp_path / "sub").mkdir()
    with pytest.raises(PlannerError, match=r"'sub' holds no \.gguf file"):
        read(tmp_path / "sub")


def test_that_a_folder_of_a_whole_disk_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("planner.files.model_reader.MOST_ENTRIES", 3)
    for number in range(4):
        (tmp_path / str(number)).touch()
    with pytest.raises(PlannerError, match="holds more than 3 files"):
        read(tmp_path)
