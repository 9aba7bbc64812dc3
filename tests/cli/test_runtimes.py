"""Every runtime from the command line: its formats, its options, its verdicts."""

import json
from dataclasses import replace

import pytest

from planner.core.estimate import runtime_of
from planner.core.machine import Machine, PoolKind
from planner.core.plan import RuntimeName
from planner.core.units import GIB

# Each runtime with a format of its own and what only it can be told.
OWN: dict[str, tuple[str, tuple[str, ...], dict[str, object]]] = {
    "llama.cpp": ("Q4_K_M", ("--kv-unified", "--parallel", "2"), {"unified_cache": True}),
    "transformers": (
        "nf4",
        ("--attention", "eager", "--cache-kind", "static", "--prompt", "1k"),
        {"attention": "eager", "cache_kind": "static", "prompt_length": 1024},
    ),
    "vllm": (
        "awq-int4",
        ("--gpu-memory-utilization", "0.8", "--max-sequences", "64", "--enforce-eager"),
        {"gpu_memory_utilization": 0.8, "max_sequences": 64, "enforce_eager": True},
    ),
    "mlx": ("4bit", ("--prompt", "100"), {"prompt_length": 100}),
    "onnx-genai": (
        "int4",
        ("--max-length", "8k", "--chunk-size", "512"),
        {"max_length": 8192, "chunk_size": 512},
    ),
}


@pytest.fixture
def answer(run):
    """Return a command's JSON."""

    def ask(*words, **more):
        told = run(*words, "--json", **more)
        assert (told.code, told.err) == (0, "")
        return json.loads(told.out)

    return ask


@pytest.fixture
def mac(gpu_machine):
    """Return a computer whose GPU computes from its 64 GiB of RAM."""
    ram = gpu_machine.ram
    gpu = replace(
        ram,
        id="gpu0",
        kind=PoolKind.UNIFIED,
        name="Apple M4 Max",
        bandwidth_gb_per_s=546.0,
        same_memory_as="ram",
    )
    return Machine(pools=(gpu, ram))


@pytest.mark.parametrize("runtime", list(RuntimeName))
def test_that_check_without_a_format_has_all_of_the_runtimes(answer, mac, runtime):
    results = answer("check", "phi-4", "--runtime", runtime, machine=mac)["results"]
    formats = runtime_of(runtime).quant_formats
    assert tuple(result["quant_format"] for result in results) == formats
    assert {result["runtime"] for result in results} == {runtime}


@pytest.mark.parametrize("runtime", list(RuntimeName))
def test_that_what_estimate_says_is_what_check_needs(answer, mac, runtime, gpu_machine):
    quant, own, _ = OWN[runtime]
    words = ("phi-4", "--runtime", runtime, "--quant", quant, *own)
    machine = mac if runtime == "mlx" else gpu_machine
    (result,) = answer("check", *words, machine=machine)["results"]
    memory = answer("estimate", *words)["memory"]
    needed = memory["gpu"]["total_bytes"]["expected"]
    if runtime == "mlx":  # one memory holds both sides
        needed += memory["host"]["total_bytes"]["expected"]
    assert result["needed_bytes"]["expected"] == needed


@pytest.mark.parametrize("runtime", list(RuntimeName))
def test_that_a_runtimes_own_choices_are_in_its_plan_alone(answer, runtime):
    quant, words, chosen = OWN[runtime]
    plan = answer("estimate", "phi-4", "--runtime", runtime, "--quant", quant, *words)["plan"]
    assert plan == {**plan, **chosen}
    assert (plan["runtime"], plan["quant_format"]) == (runtime, quant)
    foreign = {name for other in OWN if other != runtime for name in OWN[other][2]}
    whole_prompt = {"prompt_length"} if runtime == "onnx-genai" else set()
    assert set(plan) & foreign <= set(chosen) | whole_prompt
    # The keys of the contract stay, whatever the runtime.
    assert (plan["program"], plan["mix"], plan["micro_batch_size"]) == (
        "server",
        "current",
        512,
    )


@pytest.mark.parametrize("runtime", list(RuntimeName))
@pytest.mark.parametrize("model", [(), ("phi-4",)])
def test_that_every_table_fits_100_columns(run, mac, gpu_machine, runtime, model):
    machine = mac if runtime == "mlx" else gpu_machine
    told = run("check", *model, "--runtime", runtime, "--context", "2k", machine=machine)
    assert told.code == 0
    assert max(map(len, told.out.splitlines())) <= 100
    assert f"{runtime}, context 2,048 tokens, 1 sequence, KV cache f16" in told.out


def test_that_vllm_alone_stores_its_cache_in_8_bit_floats(answer):
    words = ("estimate", "phi-4", "--runtime", "vllm", "--quant", "bf16")
    half = answer(*words, "--cache-type", "fp8")["memory"]["gpu"]["kv_cache_bytes"]
    assert 2 * half == answer(*words)["memory"]["gpu"]["kv_cache_bytes"]


def test_that_vllm_says_what_it_will_be_seen_to_hold(answer, run, gpu_machine):
    words = ("check", "phi-4-mini", "--runtime", "vllm", "--quant", "bf16")
    (result,) = answer(*words)["results"]
    share = result["occupied_bytes"]
    assert share / gpu_machine.gpus[0].total_bytes == pytest.approx(0.92)
    assert f"seen to hold {share / GIB:.2f} GiB" in " ".join(run(*words).out.split())


def test_that_vllm_does_not_start_where_its_share_is_not_free(run, gpu_machine):
    busy = replace(gpu_machine.gpus[0], free_bytes=12 * GIB)
    machine = Machine(pools=(busy, gpu_machine.ram))
    words = ("check", "phi-4-mini", "--runtime", "vllm", "--quant", "bf16", "--exit-code")
    told = run(*words, machine=machine)
    assert told.code == 4
    text = " ".join(told.out.split())
    assert text.count("vLLM does not start Phi-4-mini-instruct: it asks for 0.92") == 1
    assert "Close other programs that hold memory of NVIDIA GeForce RTX 4090" in text


def test_that_four_cards_cannot_share_ten_kv_heads(answer):
    words = ("--runtime", "vllm", "--quant", "bf16", "--tensor-parallel", "4")
    (result,) = answer("check", "phi-4", *words, "--vram", "24GiB")["results"]
    assert result["verdict"] == "unsupported"
    assert "KV heads" in result["reason"]


def test_that_a_card_whose_size_is_not_known_is_no_card_that_is_too_small(run, gpu_machine):
    odd = replace(gpu_machine.gpus[0], total_bytes=None)
    machine = Machine(pools=(odd, gpu_machine.ram))
    out = run("check", "phi-4", "--runtime", "vllm", "--quant", "bf16", machine=machine).out
    assert "– Phi-4 in bf16: not known." in out
    assert "does not fit" not in out


def test_that_all_experts_in_ram_are_those_of_all_layers(answer):
    words = ("estimate", "phi-3.5-moe", "--quant", "Q4_K_M")
    plan = answer(*words, "--cpu-moe")["plan"]
    assert plan["cpu_expert_layers"] == 32
    assert answer(*words, "--n-cpu-moe", "32")["plan"] == plan


def test_that_a_report_is_of_the_runtime_that_was_asked_for(run):
    words = ("report", "phi-4-mini", "--quant", "NF4", "--runtime", "transformers", "-o", "-")
    report = json.loads(run(*words, "--json").out)
    assert report["quant_formats"] == list(runtime_of(RuntimeName.TRANSFORMERS).quant_formats)
    assert report["options"]["runtime"] == "transformers"
    assert report["answer"]["result"]["quant_format"] == "nf4"
    text = run(*words).out
    assert "- Attention: sdpa" in text
    assert "Quantiser rules" not in text
    assert "from transformers import" in text


def test_that_each_of_several_gpus_has_its_own_lines_and_total(answer, run):
    words = ("phi-4", "--quant", "F16", "--split-mode", "layer", "--tensor-split", "2,1")
    figures = answer("estimate", *words)
    memory, ledger = figures["memory"], figures["ledger"]
    assert figures["plan"]["tensor_split"] == [2.0, 1.0]
    for end in ("low", "expected", "high"):
        each = [gpu["total_bytes"][end] for gpu in memory["gpus"]]
        assert sum(each) == memory["gpu"]["total_bytes"][end]
        for device, total in enumerate(each):
            lines = [line for line in ledger if line.get("device") == device]
            assert sum(line["bytes"][end] for line in lines) == total
    out = run("estimate", *words).out
    assert "of all GPUs together" in " ".join(out.split())
    totals = [line.split()[1:3] for line in out.splitlines() if line.startswith("Total ")]
    assert totals[:2] == [["GPU", "0"], ["GPU", "1"]]


def test_that_one_gpus_figures_name_no_device(answer):
    figures = answer("estimate", "phi-4", "--quant", "F16")
    assert "gpus" not in figures["memory"]
    assert not any("device" in line for line in figures["ledger"])


def test_that_two_cards_hold_what_neither_does(answer, run):
    cards = ("--vram", "24GiB", "--vram", "12GiB", "--ram", "64GiB")
    words = ("check", "phi-4", "--quant", "F16", *cards, "--gpu-layers", "all")
    assert answer(*words)["results"][0]["verdict"] == "no"
    assert answer(*words, "--split-mode", "layer")["results"][0]["verdict"] == "fits"
    said = " ".join(run(*words, "--split-mode", "layer").out.split())
    assert "Phi-4 in F16 fits on 2 GPUs together" in said
    assert "24.00 GiB and 12.00 GiB are free now" in said
    table = run("check", *cards, "--split-mode", "layer").out
    assert "GiB needed on all GPUs together:" in " ".join(table.split())
