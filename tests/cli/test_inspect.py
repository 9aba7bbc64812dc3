"""`inspect`: a user's own files, in text and JSON."""

import json
from pathlib import Path

import pytest

from planner.catalogue import load_model
from planner.cli import main as program
from planner.cli.inspect import COMMAND
from planner.core.quant_mix import MixRules
from planner.files.caches import cache_folders
from tests.files.test_hf_config import PHI_4
from tests.files.writers import catalogue_gguf, tiny_phi3, write_json, write_safetensors


@pytest.fixture(autouse=True)
def _hooked_in(monkeypatch):
    """Let the program know the command, whether or not its table names it."""
    find = program._command
    known = dict.fromkeys((*program.COMMANDS, "inspect"))
    monkeypatch.setattr(program, "COMMANDS", tuple(known))
    monkeypatch.setattr(
        program, "_command", lambda name: COMMAND if name == "inspect" else find(name)
    )


@pytest.fixture
def inspect(run):
    """Run `inspect` with these words and paths."""
    return lambda *words: run("inspect", *map(str, words))


@pytest.fixture
def phi_4_file(tmp_path):
    """What microsoft/phi-4-gguf publishes as phi-4-Q4_K.gguf, without its data."""
    gguf = catalogue_gguf(load_model("phi-4"), "Q4_K_M", rules=MixRules.MAY_2024)
    return gguf.write(tmp_path / "phi-4-Q4_K.gguf")


def test_that_a_file_is_told_with_its_rules_and_its_needs(inspect, phi_4_file):
    told = inspect(phi_4_file)
    assert told.code == 0
    assert "14,659,507,200 parameters at 4.94 bits per weight" in told.out
    assert "Same shape as Phi-4, Phi-4-reasoning" in told.out
    assert "attn_qkv is Q5_K here and Q6_K under current rules" in told.out
    assert "made by 2024-05 or 2023-12 rules" in " ".join(told.out.split())
    assert "KV cache 200.00 KiB per token at f16" in " ".join(told.out.split())
    assert "all 41 layers on the GPU" in " ".join(told.out.split())
    assert "Not checked" not in told.out
    assert all(len(line) <= 110 for line in told.out.splitlines())


def test_that_the_json_has_the_ledger_of_the_files_own_tensors(inspect, phi_4_file):
    told = inspect(phi_4_file, "--json", "--context", "8k")
    answer = json.loads(told.out)
    assert answer["schema"] == "phi-planner/inspect/1"
    assert answer["file"]["kind"] == "gguf"
    assert answer["file"]["file_bytes"] == phi_4_file.stat().st_size
    assert answer["bits_per_weight"] == 4.94
    # 9,053,114,464 bytes as published, less 3,555,424 of header.
    assert answer["tensor_bytes"] == 9_053_114_464 - 3_555_424
    assert answer["estimate"]["tensor_bytes"] == answer["tensor_bytes"]
    assert answer["estimate"]["plan"]["context_length"] == 8192
    assert answer["resembles"]["is_exact"]
    assert "phi-4" in answer["resembles"]["models"]
    assert answer["mix"]["rules"] == ["2024-05", "2023-12"]
    assert answer["kv_cache"] == {
        "bytes_per_token_f16": 204_800,
        "layers": [
            {
                "layer_count": 40,
                "kv_head_count": 10,
                "key_length": 128,
                "value_length": 128,
                "sliding_window": None,
            }
        ],
    }
    assert {each["type"] for each in answer["storage"]} == {"F32", "Q4_K", "Q5_K", "Q6_K"}
    assert sum(each["parameter_count"] for each in answer["storage"]) == 14_659_507_200
    assert answer["checked_against_measurements"]
    assert answer["unsupported"] is None


def test_that_another_family_says_that_it_was_not_checked(inspect, tmp_path):
    gguf = tiny_phi3()
    gguf.metadata = {
        key.replace("phi3.", "llama."): value for key, value in gguf.metadata.items()
    } | {"general.architecture": "llama"}
    path = gguf.write(tmp_path / "a.gguf")
    assert "Not checked against measurements." in " ".join(inspect(path).out.split())
    answer = json.loads(inspect(path, "--json").out)
    assert not answer["checked_against_measurements"]
    assert answer["resembles"] is None
    assert answer["estimate"]["ledger"]


def test_that_an_unknown_architecture_says_what_is_missing(inspect, tmp_path):
    path = tiny_phi3(general__architecture="rwkv7").write(tmp_path / "a.gguf")
    told = inspect(path)
    assert told.code == 0
    assert "the architecture 'rwkv7' is not known here" in " ".join(told.out.split())
    assert json.loads(inspect(path, "--json").out)["estimate"] is None


def test_that_a_checkpoint_and_a_config_are_told_too(inspect, tmp_path):
    write_safetensors(tmp_path / "model.safetensors", {"a": ("BF16", (4, 8))})
    write_json(tmp_path / "config.json", PHI_4)
    assert "safetensors, architecture phi3" in inspect(tmp_path).out
    told = inspect(tmp_path / "config.json")
    assert "Same shape as Phi-4" in told.out
    answer = json.loads(inspect(tmp_path / "config.json", "--json").out)
    assert answer["parameter_count"] is None
    assert answer["shape"]["layer_count"] == 40


def test_that_a_bad_file_is_one_sentence_and_exit_1(inspect, tmp_path):
    bad = tmp_path / "bad.gguf"
    bad.write_bytes(b"GGUF" + b"\xff" * 100)
    for path in (bad, tmp_path / "none.gguf", tmp_path):
        told = inspect(path)
        assert told.code == 1
        assert told.out == ""
        assert len(told.err.splitlines()) == 1


def test_that_a_context_beyond_the_files_limit_is_refused(inspect, phi_4_file):
    told = inspect(phi_4_file, "--context", "128k")
    assert told.code == 1
    assert "supports at most 16,384 tokens" in told.err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("a.gguf", "--found"),
        ("a.gguf", "--quant", "Q8_0"),
        ("a.gguf", "--gpu-layers", "auto"),
    ],
)
def test_that_words_that_contradict_one_another_are_wrong_usage(inspect, words):
    assert inspect(*words).code == 2


def test_that_the_caches_here_are_listed(inspect, home):
    empty = inspect("--found")
    assert empty.code == 0
    assert "No models were found" in empty.out
    folder = home / ".cache" / "llama.cpp"
    folder.mkdir(parents=True)
    path = tiny_phi3().write(folder / "tiny-Q4_K_M.gguf")
    (home / ".lmstudio" / "models").mkdir(parents=True)
    told = inspect("--found")
    assert "tiny-Q4_K_M.gguf" in told.out
    answer = json.loads(inspect("--found", "--json").out)
    assert answer["schema"] == "phi-planner/inspect-found/1"
    assert [(each["owner"], each["path"], each["label"]) for each in answer["models"]] == [
        ("llama.cpp", str(path), "Q4_K_M")
    ]


@pytest.fixture(autouse=True)
def _only_this_home(monkeypatch):
    """Look into this test's home alone, not where services of the machine keep theirs."""
    for name in (
        "OLLAMA_MODELS",
        "HF_HOME",
        "HF_HUB_CACHE",
        "HUGGINGFACE_HUB_CACHE",
        "LLAMA_CACHE",
    ):
        monkeypatch.delenv(name, raising=False)
    real = Path.home

    def folders(environ, home, platform):
        return tuple(
            (owner, folder)
            for owner, folder in cache_folders(environ, home, platform)
            if folder.is_relative_to(real())
        )

    monkeypatch.setattr("planner.files.caches.cache_folders", folders)


def test_that_the_experts_of_a_file_can_stay_in_ram(inspect, tmp_path):
    gguf = catalogue_gguf(load_model("phi-3.5-moe"), "Q4_K_M")
    path = gguf.write(tmp_path / "phi-3.5-moe-Q4_K_M.gguf")

    def on_gpu(*words):
        answer = json.loads(inspect(path, *words, "--json").out)
        return answer["estimate"]["memory"]["gpu"]["weights_bytes"]

    # Of the 42 billion parameters all but 1.6 are in experts.
    assert on_gpu("--cpu-moe") < 0.06 * on_gpu()
    assert on_gpu("--cpu-moe") == on_gpu("--n-cpu-moe", "32") < on_gpu("--n-cpu-moe", "8")


def test_that_a_file_without_a_shape_is_shown_whatever_is_asked_of_experts(inspect, tmp_path):
    gguf = tiny_phi3()
    del gguf.metadata["phi3.block_count"]
    path = gguf.write(tmp_path / "some.gguf")
    assert inspect(path, "--cpu-moe").code == 0
