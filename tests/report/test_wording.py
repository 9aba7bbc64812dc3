"""Verdicts in words."""

from dataclasses import replace

import pytest

from planner.core.budget import Budget, machine_under
from planner.core.estimate import runtime_of
from planner.core.machine import Machine, PoolKind
from planner.core.plan import GpuLayers, PlanOptions, RuntimeName, SplitMode
from planner.core.units import GIB
from planner.report.part_wording import layers_text, plan_text
from planner.report.wording import pool_text, readable_formats, verdict_sentence
from planner.session import PlannerSession


@pytest.fixture
def sentence(catalogue, machine):
    """Return the sentence on one plan."""

    def say(model, quant, *, free=None, ram=None, with_figures=True, **options):
        gpu, host = machine.pools
        free_bytes = gpu.free_bytes if free is None else int(free * GIB)
        pools = (
            replace(gpu, free_bytes=free_bytes),
            replace(host, free_bytes=int(ram * GIB) if ram else host.free_bytes),
        )
        session = PlannerSession(models=catalogue.models, machine=Machine(pools=pools))
        found = catalogue.find(model)
        detail = session.detail(found, quant, PlanOptions(**options), target_id="gpu0")
        return verdict_sentence(
            detail.result,
            model_name=found.name,
            target=detail.target,
            reserve=detail.reserve,
            figures=detail.estimate if with_figures else None,
        )

    return say


def test_that_what_fits_says_what_it_needs_and_what_is_free(sentence):
    said = sentence("phi-4", "Q4_K_M")
    assert said.startswith("Phi-4 in Q4_K_M fits on NVIDIA GeForce RTX 4090: it needs ")
    assert said.endswith(", and 23.44 GiB is free now.")


def test_that_what_is_tight_names_the_reserve(sentence):
    said = sentence("phi-4", "Q4_K_M", free=10)
    assert "is a tight fit for" in said
    assert "0.50 GiB is to stay free" in said


def test_that_a_split_says_how_many_layers_and_what_all_would_take(sentence):
    said = sentence("phi-4", "F16")
    assert "runs in part on" in said
    assert "of 41 layers on the GPU, the rest in RAM." in said
    assert "The GPU's part takes " in said
    assert "All of it would take " in said


def test_that_a_split_by_choice_does_not_speak_of_all_of_it(sentence):
    said = sentence("phi-4", "Q4_K_M", gpu_layers=20)
    assert "20 of 41 layers on the GPU" in said
    assert "All of it" not in said


def test_that_a_split_without_figures_says_the_layers(sentence):
    said = sentence("phi-4", "F16", with_figures=False)
    assert said.endswith("layers on the GPU, the rest in RAM.")


def test_that_what_does_not_fit_says_by_how_much(sentence):
    said = sentence("phi-4", "F16", gpu_layers=GpuLayers.ALL)
    assert "does not fit on" in said
    assert said.endswith("23.44 GiB is free now.")


@pytest.mark.parametrize(
    ("with_figures", "end"),
    [(True, "of which it takes"), (False, "the RAM beside it.")],
)
def test_that_missing_ram_beside_the_gpu_is_named(sentence, with_figures, end):
    said = sentence("phi-4", "Q4_K_M", ram=0.2, with_figures=with_figures)
    assert "What is short is the RAM beside it" in said
    assert end in said


def test_that_a_refusal_is_the_reason(sentence):
    assert "closed" in sentence("phi-silica", "F16")


def test_that_a_pool_says_what_is_free(machine):
    gpu, ram = machine.pools
    assert pool_text(gpu) == "23.44 GiB free of 23.99 GiB"
    assert pool_text(replace(gpu, free_bytes=None)) == "23.99 GiB in all, free: not known"
    assert pool_text(replace(ram, total_bytes=None)) == "60.00 GiB free of not known"


def test_that_a_budget_is_named_where_it_is_not_what_is_free_now(catalogue, machine):
    closed = machine_under(machine, Budget.PROGRAMS_CLOSED)
    session = PlannerSession(models=catalogue.models, machine=closed)
    detail = session.detail(catalogue.find("phi-4"), "Q4_K_M", PlanOptions())
    said = verdict_sentence(
        detail.result,
        model_name="Phi-4",
        target=detail.target,
        reserve=detail.reserve,
        budget=Budget.PROGRAMS_CLOSED,
    )
    assert said.endswith("23.49 GiB would be free with other programs closed.")
    pool = pool_text(detail.target, Budget.PROGRAMS_CLOSED)
    assert pool == "23.49 GiB free of 23.99 GiB with other programs closed"


def test_that_vllms_share_is_told_and_its_refusal_is_the_reason(sentence):
    words = {"runtime": RuntimeName.VLLM}
    said = sentence("phi-4-mini", "bf16", **words)
    assert said.endswith("It will be seen to hold 22.07 GiB: its share of the card.")
    refused = sentence("phi-4-mini", "bf16", free=12, **words)
    assert "12.00 GiB is free now. vLLM does not start Phi-4-mini-instruct" in refused
    tight = sentence("phi-4-mini", "bf16", free=22.3, **words)
    assert "a tight fit" in tight
    assert "RAM" not in tight
    assert tight.endswith("its share of the card.")


def test_that_a_mac_is_not_short_of_ram_beside_its_gpu(catalogue, machine):
    ram = machine.pools[1]
    gpu = replace(
        ram, id="gpu0", kind=PoolKind.UNIFIED, total_bytes=16 * GIB, free_bytes=15 * GIB
    )
    session = PlannerSession(models=catalogue.models, machine=Machine(pools=(gpu, ram)))
    choices = PlanOptions(runtime=RuntimeName.MLX)
    detail = session.detail(catalogue.find("phi-4"), "6bit", choices)
    said = verdict_sentence(
        detail.result, model_name="Phi-4", target=detail.target, reserve=detail.reserve
    )
    assert "Phi-4 in 6bit " in said
    assert detail.result.verdict.value in {"tight", "no"}
    assert "RAM" not in said


def test_that_what_is_not_known_is_not_said_to_be_too_small(catalogue, machine):
    odd = replace(machine.pools[0], total_bytes=None)
    session = PlannerSession(
        models=catalogue.models, machine=Machine(pools=(odd, machine.pools[1]))
    )
    choices = PlanOptions(runtime=RuntimeName.VLLM)
    detail = session.detail(catalogue.find("phi-4-mini"), "bf16", choices)
    said = verdict_sentence(
        detail.result, model_name="Phi-4-mini", target=detail.target, reserve=detail.reserve
    )
    assert said.startswith("Phi-4-mini in bf16: not known. How much memory ")


@pytest.mark.parametrize(
    ("free", "said"),
    [
        (16, "fits on 2 GPUs together: it needs 28"),
        (None, "not known"),
        (2, "2 GPUs together: "),
    ],
)
def test_that_a_split_over_gpus_is_about_all_of_them(catalogue, machine, free, said):
    card, ram = machine.pools
    free_bytes = None if free is None else free * GIB
    other = replace(card, id="gpu1", free_bytes=free_bytes)
    both = Machine(pools=(card, other, ram))
    session = PlannerSession(models=catalogue.models, machine=both)
    choices = PlanOptions(split_mode=SplitMode.LAYER, tensor_split=(2.0, 1.0))
    detail = session.detail(catalogue.find("phi-4"), "F16", choices, target_id="gpu0")
    sentence = verdict_sentence(
        detail.result,
        model_name="Phi-4",
        target=detail.target,
        reserve=detail.reserve,
        figures=detail.estimate,
        machine=both,
    )
    assert said in sentence
    if free is not None:
        assert f"23.44 GiB and {free:.2f} GiB are free now" in sentence


@pytest.mark.parametrize(
    ("runtime", "shown"),
    [
        (RuntimeName.LLAMA_CPP, ("F16", "Q4_K_M")),
        (RuntimeName.TRANSFORMERS, ("bf16", "nf4")),
        (RuntimeName.MLX, ("bf16", "4bit")),
    ],
)
def test_that_a_table_has_columns_that_differ(runtime, shown):
    formats = runtime_of(runtime).quant_formats
    columns = readable_formats(runtime, formats)
    assert set(shown) <= set(columns)
    assert len(columns) <= 7
    assert "fp16" not in columns
    assert readable_formats(RuntimeName.LLAMA_CPP, ("IQ1_S",)) == ("IQ1_S",)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            {"runtime": RuntimeName.TRANSFORMERS, "prompt_length": 1000},
            (
                "transformers, context 4,096 tokens each, 2 sequences, KV cache f16, "
                "sdpa attention, dynamic cache, prompts of 1,000 tokens"
            ),
        ),
        (
            {"runtime": RuntimeName.VLLM},
            (
                "vllm, context 4,096 tokens each, 2 sequences, KV cache f16, "
                "0.92 of the card, at most 256 sequences"
            ),
        ),
        (
            {"runtime": RuntimeName.VLLM, "tensor_parallel": 2, "enforce_eager": True},
            (
                "vllm, context 4,096 tokens each, 2 sequences, KV cache f16, "
                "0.92 of the card, at most 256 sequences, over 2 cards, no CUDA graphs"
            ),
        ),
        (
            {"runtime": RuntimeName.MLX},
            "mlx, context 4,096 tokens each, 2 sequences, KV cache f16",
        ),
        (
            {"runtime": RuntimeName.ONNX_GENAI, "max_length": 8192, "chunk_size": 512},
            (
                "onnx-genai, context 4,096 tokens each, 2 sequences, KV cache f16, "
                "maximum length 8,192, read in chunks of 512"
            ),
        ),
        (
            {"unified_cache": True, "cpu_expert_layers": 3, "split_mode": SplitMode.LAYER},
            (
                "llama.cpp, context 4,096 tokens, 2 sequences, KV cache f16/f16, "
                "flash attention on, one cache for all sequences, layers over the GPUs, "
                "the experts of 3 layers in RAM"
            ),
        ),
        (
            {"split_mode": SplitMode.LAYER, "tensor_split": (24e9, 8e9)},
            (
                "llama.cpp, context 4,096 tokens, 2 sequences, KV cache f16/f16, "
                "flash attention on, layers over the GPUs (75 % : 25 %)"
            ),
        ),
    ],
)
def test_that_a_plan_says_what_its_runtime_has(catalogue, options, words):
    choices = PlanOptions(parallel_sequences=2, **options)
    assert plan_text(choices.plan(catalogue.find("phi-4"), "bf16")) == words


def test_that_a_plan_is_one_line(catalogue):
    plan = PlanOptions(parallel_sequences=2, flash_attention=False).plan(
        catalogue.find("phi-4"), "F16"
    )
    assert plan_text(plan) == (
        "llama.cpp, context 4,096 tokens, 2 sequences, KV cache f16/f16, flash attention off"
    )
    assert layers_text(plan, 41) == "all 41 layers on the GPU"
    assert layers_text(replace(plan, gpu_layer_count=0), 41) == "everything in RAM"
