"""Verdicts in words."""

from dataclasses import replace

import pytest

from planner.core.machine import Machine
from planner.core.plan import GpuLayers, PlanOptions
from planner.core.units import GIB
from planner.report.part_wording import layers_text, plan_text
from planner.report.wording import pool_text, verdict_sentence
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
    assert said.endswith(", and 23.44 GiB is free.")


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
    assert said.endswith("23.44 GiB is free.")


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


def test_that_a_plan_is_one_line(catalogue):
    plan = PlanOptions(parallel_sequences=2, flash_attention=False).plan(
        catalogue.find("phi-4"), "F16"
    )
    assert plan_text(plan) == (
        "llama.cpp, context 4,096 tokens, 2 sequences, KV cache f16/f16, flash attention off"
    )
    assert layers_text(plan, 41) == "all 41 layers on the GPU"
    assert layers_text(replace(plan, gpu_layer_count=0), 41) == "everything in RAM"
