"""`estimate`: one plan's figures, against what llama.cpp itself says."""

import json

import pytest

from planner.core.units import MIB


@pytest.fixture
def estimate(run):
    """Return the JSON answer to a plan."""

    def ask(*words):
        told = run("estimate", *words, "--json")
        assert (told.code, told.err) == (0, "")
        return json.loads(told.out)

    return ask


# `llama_model_quantize` with dry_run, llama.cpp 0c1e57098 (current) and 2024-05 to 2025-08.
@pytest.mark.parametrize(
    ("model", "quant", "mix", "tensor_bytes"),
    [
        ("phi-4", "Q4_K_M", "current", 9_055_703_040),
        ("phi-4", "Q4_K_M", "2024-05", 9_049_559_040),
        ("phi-4", "Q8_0", "current", 15_576_944_640),
        ("phi-3-mini-4k", "Q4_K_M", "current", 2_396_032_512),
        ("phi-3-mini-4k", "Q4_K_M", "2024-05", 2_392_493_568),
        ("phi-2", "Q4_K_M", "current", 1_735_823_360),
    ],
)
def test_that_tensor_bytes_equal_llama_cpps_own_count(
    estimate, model, quant, mix, tensor_bytes
):
    answer = estimate(model, "--quant", quant, "--mix", mix)
    assert answer["tensor_bytes"] == tensor_bytes


def test_that_the_memory_is_llama_cpps_own_size_simulation(estimate):
    # phi-4 F16, 8,192 tokens, flash attention, libllama's default of logits for a micro-batch,
    # on a CUDA-like device: llama.cpp 0c1e57098's size simulation, which --fit uses.
    answer = estimate(
        "phi-4", "--quant", "F16", "--context", "8k", "--program", "library"
    )  # fmt: skip
    gpu, host = answer["memory"]["gpu"], answer["memory"]["host"]
    assert gpu["kv_cache_bytes"] == 1600 * MIB
    assert gpu["weights_bytes"] / MIB == pytest.approx(26981.582, abs=0.001)
    assert host["weights_bytes"] == 980 * MIB
    assert gpu["compute_buffer_bytes"] / MIB == pytest.approx(234.012, abs=1)
    assert host["compute_buffer_bytes"] / MIB == pytest.approx(28.014, abs=1)


def test_that_the_keys_are_those_of_the_contract(estimate):
    answer = estimate("phi-4", "--quant", "q4_k_m", "--context", "8192")
    assert answer["schema"] == "phi-planner/estimate/1"
    assert answer["plan"] == {
        "model": "phi-4",
        "runtime": "llama.cpp",
        "quant_format": "Q4_K_M",
        "context_length": 8192,
        "parallel_sequences": 1,
        "cache_type_k": "f16",
        "cache_type_v": "f16",
        "flash_attention": True,
        "batch_size": 2048,
        "micro_batch_size": 512,
        "gpu_layer_count": 41,
        "program": "server",
        "mix": "current",
        "layout": "default",
        "imatrix": False,
        "unified_cache": False,
        "split_mode": "none",
        "tensor_split": [],
        "cpu_expert_layers": 0,
        "repack": True,
    }
    assert answer["parameter_count"] == 14_659_507_200
    assert answer["bits_per_weight"] == 4.94
    parts = {"weights_bytes", "kv_cache_bytes", "compute_buffer_bytes", "output_buffer_bytes"}
    bands = {"runtime_overhead_bytes", "total_bytes"}
    gpu, host = answer["memory"]["gpu"], answer["memory"]["host"]
    assert set(gpu) == parts | bands
    assert set(host) == parts | bands | {"repacked_weights_bytes"}
    for place in (gpu, host):
        assert all(isinstance(place[name], int) for name in set(place) - bands)
        assert all(list(place[name]) == ["low", "expected", "high"] for name in bands)
    for line in answer["ledger"]:
        assert list(line) == ["part", "place", "bytes", "formula", "reason", "source"]


def test_that_totals_are_the_sums_of_the_ledger(estimate):
    answer = estimate("phi-4-mini", "--quant", "Q5_K_M", "--gpu-layers", "12")
    for place, figures in answer["memory"].items():
        for end in ("low", "expected", "high"):
            lines = [line for line in answer["ledger"] if line["place"] == place]
            total = sum(line["bytes"][end] for line in lines)
            assert figures["total_bytes"][end] == total


def test_that_no_layer_on_the_gpu_is_the_cpu_case(estimate):
    gpu = estimate("phi-4", "--quant", "Q4_K_M", "--gpu-layers", "0")["memory"]["gpu"]
    nothing = {"low": 0, "expected": 0, "high": 0}
    assert set(map(str, gpu.values())) == {"0", str(nothing)}


def test_that_more_layers_than_there_are_means_all(estimate):
    plan = estimate("phi-4", "--quant", "Q4_K_M", "--gpu-layers", "99")["plan"]
    assert plan["gpu_layer_count"] == 41


@pytest.mark.parametrize("spelling", ["16384", "16k", "16K"])
def test_that_k_is_1024_tokens(estimate, spelling):
    plan = estimate("phi-4", "--quant", "Q4_K_M", "--context", spelling)["plan"]
    assert plan["context_length"] == 16_384


def test_that_the_default_context_is_the_models_limit_where_that_is_less(estimate):
    assert estimate("phi-2", "--quant", "F16")["plan"]["context_length"] == 2048
    assert estimate("phi-4", "--quant", "F16")["plan"]["context_length"] == 4096


def test_that_both_caches_take_the_common_type_unless_one_has_its_own(estimate):
    words = ("phi-4", "--quant", "F16", "--cache-type", "q8_0", "--cache-type-v", "q4_0")
    plan = estimate(*words)["plan"]
    assert (plan["cache_type_k"], plan["cache_type_v"]) == ("q8_0", "q4_0")


def test_that_auto_takes_the_layers_that_fit_the_machine(estimate, run):
    words = ("phi-4", "--quant", "F16", "--gpu-layers", "auto")
    checked = json.loads(run("check", "phi-4", "--quant", "F16", "--json").out)["results"][0]
    assert checked["verdict"] == "partial"
    assert estimate(*words)["plan"]["gpu_layer_count"] == checked["gpu_layer_count"]


def test_that_auto_on_a_machine_without_a_gpu_is_the_cpu_case(run, ram_machine):
    words = ("estimate", "phi-4", "--quant", "Q8_0", "--gpu-layers", "auto", "--json")
    plan = json.loads(run(*words, machine=ram_machine).out)["plan"]
    assert plan["gpu_layer_count"] == 0


def test_that_a_plan_that_llama_cpp_refuses_is_refused(run):
    told = run(
        "estimate", "phi-4", "--quant", "F16", "--cache-type-v", "q8_0",
        "--flash-attention", "off",
    )  # fmt: skip
    assert told.code == 1
    assert "flash" in told.err.casefold()


def test_that_people_read_totals_parts_and_how_each_was_computed(run):
    told = run("estimate", "phi-4", "--quant", "Q4_K_M", "--context", "8k")
    assert told.code == 0
    assert told.out.startswith("Phi-4 in Q4_K_M needs ")
    assert "KV cache          GPU      1.56 GiB    1.56 GiB    1.56 GiB" in told.out
    assert "8,192 cells x 40 layers x 10 KV heads x 128 values" in told.out
    assert max(map(len, told.out.splitlines())) <= 100


def test_that_a_ready_file_is_named_with_its_publisher(run):
    # 9,053,114,464 bytes: the Q4_K_M files of Phi-4 that are published by Ollama and others.
    told = run("estimate", "phi-4", "--quant", "Q4_K_M")
    assert "File 9.05 GB, as published by" in told.out


def test_that_a_label_that_lies_is_said_to(run):
    # Ollama's phi4-mini-reasoning, ollama/ollama issue 12305: F16 tensors under a Q4_K_M label.
    told = run("estimate", "phi-4-mini-reasoning", "--quant", "Q4_K_M")
    assert "labelled Q4_K_M but has 6.56 bits per weight" in " ".join(told.out.split())


def test_that_the_ready_file_of_a_plan_stands_beside_its_figures(estimate):
    # "9.05 GB" on the pages that offer it.
    published = estimate("phi-4", "--quant", "Q4_K_M", "--mix", "2024-05")["published"]
    assert published["size_bytes"] == pytest.approx(9.05e9, rel=0.001)
    assert published["url"].startswith("https://")
    assert published["warning"] is None
    assert estimate("phi-4", "--quant", "IQ1_S")["published"] is None


def test_that_a_label_that_lies_is_warned_of(estimate):
    # Ollama's Phi-4-mini-reasoning "Q4_K_M" has 6.56 bits per weight.
    published = estimate("phi-4-mini-reasoning", "--quant", "Q4_K_M")["published"]
    assert published["bits_per_weight"] == pytest.approx(6.56, abs=0.01)
    assert "labelled Q4_K_M" in published["warning"]


def test_that_without_repacking_a_cpu_keeps_no_second_copy(estimate, run):
    words = ("phi-4", "--quant", "Q4_K_M", "--gpu-layers", "0")
    told = " ".join(run("estimate", *words, "--no-repack").out.split())
    assert "no second copy of weights" in told
    usual = estimate(*words)["memory"]["host"]
    plain = estimate(*words, "--no-repack")["memory"]["host"]
    assert usual["repacked_weights_bytes"] > 6e9
    assert plain["repacked_weights_bytes"] == 0
    assert plain["weights_bytes"] == usual["weights_bytes"]


def test_that_a_split_by_rows_is_refused_with_llama_cpps_reason(run):
    told = run("estimate", "phi-4", "--quant", "Q4_K_M", "--split-mode", "row")
    assert told.code == 1
    assert "does not support split buffers" in told.err
    assert "2026-10" in told.err


def test_that_cards_that_might_be_there_share_the_layers(estimate):
    words = ("phi-4", "--quant", "F16", "--split-mode", "layer", "--ram", "64GiB")
    answer = estimate(*words, "--vram", "24GiB", "--vram", "12GiB")
    assert answer["plan"]["tensor_split"] == [24.0, 12.0]
    assert len(answer["memory"]["gpus"]) == 2
