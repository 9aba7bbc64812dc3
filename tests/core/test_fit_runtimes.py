"""Verdicts of the runtimes with a rule of their own: a share of the card, Apple's limits."""

import dataclasses
import math

import pytest

from planner.core.errors import UnknownNameError
from planner.core.estimate import estimate
from planner.core.fit import FitVerdict, Reserve, fit
from planner.core.grid import evaluate, evaluate_detail
from planner.core.ledger import Place
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.plan import PlanOptions, RuntimeName
from planner.core.target import choose_target
from planner.core.units import GIB


@pytest.fixture
def verdict_of(catalogue):
    def judge(machine: Machine, model: str, runtime: str, quant: str, **options):
        target = options.pop("target", None)
        return evaluate(
            catalogue[model],
            quant,
            options=PlanOptions(runtime=RuntimeName(runtime), **options),
            machine=machine,
            target=choose_target(machine, target),
            reserve=Reserve(),
        )

    return judge


def with_pools(machine: Machine, **changes) -> Machine:
    """Change every GPU of a machine."""
    pools = tuple(
        dataclasses.replace(pool, **changes) if pool.is_gpu else pool for pool in machine.pools
    )
    return dataclasses.replace(machine, pools=pools)


def test_that_vllm_takes_its_share_of_a_card_that_is_free(verdict_of, make_machine):
    result = verdict_of(make_machine(24), "phi-4-mini", "vllm", "bf16")
    assert result.verdict is FitVerdict.FITS
    assert result.occupied_bytes == math.ceil(24 * GIB * 0.92)
    assert result.needed.high_bytes < result.occupied_bytes


def test_that_vllm_does_not_start_while_a_desktop_holds_2_gib(verdict_of, make_machine):
    machine = with_pools(make_machine(24), free_bytes=22 * GIB)
    result = verdict_of(machine, "phi-4-mini", "vllm", "awq-int4")
    assert result.verdict is FitVerdict.NO
    assert "asks for 0.92 of the card, 22.08 GiB, and 22.00 GiB are free" in result.reason
    lower = verdict_of(machine, "phi-4-mini", "vllm", "awq-int4", gpu_memory_utilization=0.8)
    assert lower.verdict is FitVerdict.FITS
    assert lower.reason is None


def test_that_a_share_that_leaves_no_reserve_is_tight(verdict_of, make_machine):
    machine = with_pools(make_machine(24), free_bytes=int(22.2 * GIB))
    result = verdict_of(machine, "phi-4-mini", "vllm", "awq-int4")
    assert result.verdict is FitVerdict.TIGHT


def test_that_phi_4_in_16_bits_does_not_run_on_24_gib(verdict_of, make_machine):
    # A person's RTX 3090 ran out of memory (bf16, 16k, vLLM 0.8).
    result = verdict_of(make_machine(24), "phi-4", "vllm", "bf16", context_length=16_384)
    assert result.verdict is FitVerdict.NO
    assert result.reason is None


def test_that_a_cache_beyond_the_share_does_not_fit(verdict_of, make_machine):
    # Phi-3.5-mini asks for 48 GiB of cache at the length of its config.
    machine = make_machine(48)
    whole = verdict_of(machine, "phi-3.5-mini", "vllm", "bf16", context_length=131_072)
    assert whole.verdict is FitVerdict.NO
    assert verdict_of(machine, "phi-3.5-mini", "vllm", "bf16").verdict is FitVerdict.FITS


def test_that_a_card_of_unknown_size_has_no_verdict_from_vllm(verdict_of, make_machine):
    machine = with_pools(make_machine(24), total_bytes=None)
    result = verdict_of(machine, "phi-4-mini", "vllm", "bf16")
    assert result.verdict is FitVerdict.UNKNOWN
    assert "How much memory GPU0 has is not known" in result.reason


@pytest.mark.parametrize(
    ("capability", "quant", "said"),
    [("6.1", "fp16", "needs compute capability 7.0"), ("7.5", "bf16", "take fp16 there")],
)
def test_that_vllm_refuses_cards_that_are_too_old(
    verdict_of, make_machine, capability, quant, said
):
    machine = with_pools(make_machine(24), compute_capability=capability)
    result = verdict_of(machine, "phi-4-mini", "vllm", quant)
    assert result.verdict is FitVerdict.UNSUPPORTED
    assert said in result.reason


def test_that_vllm_takes_new_cards_and_fp16_on_turing(verdict_of, make_machine):
    for capability, quant in (("8.9", "bf16"), ("7.5", "fp16")):
        machine = with_pools(make_machine(24), compute_capability=capability)
        assert verdict_of(machine, "phi-4-mini", "vllm", quant).verdict is FitVerdict.FITS


def test_that_vllm_in_ram_is_unsupported(verdict_of, make_machine):
    result = verdict_of(make_machine(ram_gib=64), "phi-4-mini", "vllm", "bf16")
    assert result.verdict is FitVerdict.UNSUPPORTED
    assert "CPU build" in result.reason


def test_that_vllm_cannot_put_a_gpus_plan_into_ram(catalogue, make_machine):
    machine = make_machine(24)
    model = catalogue["phi-4-mini"]
    plan = PlanOptions(runtime=RuntimeName.VLLM).plan(model, "bf16")
    result = fit(model, plan, machine, target=machine.ram, reserve=Reserve(), auto_layers=False)
    assert result.verdict is FitVerdict.UNSUPPORTED
    assert "not in RAM" in (result.reason or "")


def test_that_cards_in_parallel_are_as_good_as_the_fullest(verdict_of, make_machine):
    two = {"tensor_parallel": 2}
    both = verdict_of(make_machine(24, 24), "phi-4", "vllm", "bf16", **two)
    assert both.verdict is FitVerdict.FITS
    machine = make_machine(24, 24)
    fuller = dataclasses.replace(machine.pools[1], free_bytes=20 * GIB)
    machine = dataclasses.replace(machine, pools=(machine.pools[0], fuller, machine.pools[2]))
    assert verdict_of(machine, "phi-4", "vllm", "bf16", **two).verdict is FitVerdict.NO
    unknown = verdict_of(make_machine(24, None), "phi-4", "vllm", "bf16", **two)
    assert unknown.verdict is FitVerdict.UNKNOWN
    assert "GPU1 is free is not known" in (unknown.reason or "")


@pytest.fixture
def mac() -> Machine:
    """A Mac of 32 GiB with 28 GiB free."""
    unified = MemoryPool(
        id="gpu0",
        kind=PoolKind.UNIFIED,
        name="Apple M2 Pro",
        source="test",
        total_bytes=32 * GIB,
        free_bytes=28 * GIB,
    )
    return Machine(pools=(unified,))


@pytest.mark.parametrize(
    ("quant", "verdict"),
    [
        # 15.3 GiB are within 0.9 of the 21.3 GiB that older systems recommend.
        ("8bit", FitVerdict.FITS),
        # 11.9 GiB of weights and 8 of cache would page: see the next test.
        ("bf16", FitVerdict.NO),
    ],
)
def test_that_mlx_keeps_to_the_wired_limit(verdict_of, mac, quant, verdict):
    assert verdict_of(mac, "phi-4", "mlx", quant).verdict is verdict


def test_that_mlx_is_tight_between_the_warning_and_the_limit(catalogue, verdict_of, mac):
    options = {"context_length": 16_384, "parallel_sequences": 2}
    result = verdict_of(mac, "phi-4", "mlx", "8bit", **options)
    assert result.verdict is FitVerdict.TIGHT
    # 19.2 GiB is 0.9 of the older limit, 24.96 the newer limit.
    assert result.needed.high_bytes > 19.2 * GIB
    assert result.needed.expected_bytes < 24.96 * GIB


def test_that_mlx_never_goes_beyond_what_is_free(verdict_of, mac):
    machine = with_pools(mac, free_bytes=10 * GIB)
    assert verdict_of(machine, "phi-4", "mlx", "8bit").verdict is FitVerdict.NO


def test_that_mlx_runs_on_apple_alone(verdict_of, make_machine, mac):
    for machine in (
        make_machine(24),
        make_machine(ram_gib=64),
        with_pools(mac, name="NVIDIA GB10", compute_capability="12.1"),
        with_pools(mac, name="AMD Radeon 780M Graphics", pci_device_id="1002:15bf"),
    ):
        result = verdict_of(machine, "phi-4-mini", "mlx", "4bit")
        assert result.verdict is FitVerdict.UNSUPPORTED
        assert "Apple silicon" in result.reason


def test_that_mlx_says_nothing_of_memory_it_cannot_see(verdict_of, mac):
    machine = with_pools(mac, free_bytes=None)
    assert verdict_of(machine, "phi-4-mini", "mlx", "4bit").verdict is FitVerdict.UNKNOWN


def test_that_transformers_leaves_plain_layers_in_ram_and_packed_ones_never(
    catalogue, verdict_of, make_machine
):
    machine = make_machine(12)
    plain = verdict_of(machine, "phi-4", "transformers", "bf16")
    assert plain.verdict is FitVerdict.PARTIAL
    assert 0 < plain.plan.gpu_layer_count < 41
    total = estimate(catalogue["phi-4"], plain.plan).ledger.total(Place.GPU)
    assert total.high_bytes + GIB // 2 <= 12 * GIB
    packed = verdict_of(machine, "phi-4", "transformers", "nf4", context_length=16_384)
    assert packed.verdict is FitVerdict.NO


def test_that_a_format_is_unsupported_where_it_cannot_run(verdict_of, make_machine):
    result = verdict_of(make_machine(ram_gib=64), "phi-4", "transformers", "nf4")
    assert result.verdict is FitVerdict.UNSUPPORTED
    assert "no fast path" in result.reason
    assert (
        verdict_of(make_machine(ram_gib=128), "phi-4", "transformers", "bf16").verdict
        is FitVerdict.FITS
    )


@pytest.mark.parametrize(
    ("runtime", "quant"), [("transformers", "bf16"), ("onnx-genai", "int4")]
)
def test_that_memory_nobody_knows_is_not_taken_for_none(
    verdict_of, make_machine, runtime, quant
):
    result = verdict_of(make_machine(None), "phi-4-mini", runtime, quant, target="gpu0")
    assert result.verdict is FitVerdict.UNKNOWN
    assert result.needed is not None


def test_that_onnx_genai_never_splits(verdict_of, make_machine):
    assert (
        verdict_of(make_machine(4), "phi-4-mini", "onnx-genai", "int4").verdict is FitVerdict.NO
    )
    # Chunks of the prompt make room: 4.6 GiB of logits less.
    chunked = verdict_of(make_machine(8), "phi-4-mini", "onnx-genai", "int4", chunk_size=256)
    assert chunked.verdict is FitVerdict.FITS


def test_that_a_format_of_another_runtime_is_a_wrong_name(verdict_of, make_machine):
    with pytest.raises(UnknownNameError, match="'Q4_K_M'"):
        verdict_of(make_machine(24), "phi-4", "vllm", "Q4_K_M")


def test_that_a_detail_of_another_runtime_has_its_ledger(catalogue, make_machine):
    machine = make_machine(24)
    detail = evaluate_detail(
        catalogue["phi-4-mini"],
        "bf16",
        options=PlanOptions(runtime=RuntimeName.VLLM),
        machine=machine,
        target=machine.pools[0],
        reserve=Reserve(),
    )
    assert detail.estimate is not None
    assert detail.estimate.ledger.total(Place.GPU) == detail.result.needed
