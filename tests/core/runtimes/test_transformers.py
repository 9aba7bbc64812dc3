"""transformers: formats, the cache's kinds, the two peaks, layers in RAM, refusals."""

import dataclasses

import pytest

from planner.core.errors import UnknownNameError, UnsupportedPlanError
from planner.core.estimate import estimate, runtime_quant_format
from planner.core.ledger import Part, Place
from planner.core.plan import Attention, CacheKind, RuntimeName
from planner.core.runtimes.prefill import Prefill, prefill_peak
from planner.core.runtimes.torch_formats import cuda_block_bytes
from planner.core.runtimes.transformers_cache import cache_bytes
from planner.core.units import GIB, MIB


def cache(ledger):
    return ledger.part(Part.KV_CACHE, Place.GPU).expected_bytes


def compute(ledger):
    return ledger.part(Part.COMPUTE_BUFFER, Place.GPU).expected_bytes


def test_that_a_format_is_found_whatever_its_letter_case():
    assert runtime_quant_format(RuntimeName.TRANSFORMERS, " NF4-DQ ") == "nf4-dq"
    with pytest.raises(UnknownNameError, match="transformers quant format named 'Q4_K_M'"):
        runtime_quant_format(RuntimeName.TRANSFORMERS, "Q4_K_M")


def test_that_a_plan_with_a_format_of_another_runtime_is_refused_by_name(ledger_for):
    with pytest.raises(UnknownNameError, match="named 'Q4_K_M'"):
        ledger_for("phi-4", "transformers", "Q4_K_M")


def test_that_fp32_keeps_a_32_bit_cache(ledger_for):
    assert cache(ledger_for("phi-4", "transformers", "fp32")) == 2 * cache(
        ledger_for("phi-4", "transformers", "bf16")
    )


def test_that_a_static_cache_stops_at_the_window(ledger_for):
    static = ledger_for("phi-3-mini-4k", "transformers", "bf16", cache_kind=CacheKind.STATIC)
    assert cache(static) == 2047 * 393_216
    short = ledger_for(
        "phi-3-mini-4k",
        "transformers",
        "bf16",
        cache_kind=CacheKind.STATIC,
        context_length=1000,
    )
    assert cache(short) == 1000 * 393_216


def test_that_growing_the_cache_copies_a_layers_keys(catalogue, plan_for):
    # One layer's K: a share of 1 / 2L of the cache; a sliding layer copies K and V.
    model = catalogue["phi-4"]
    plain = cache_bytes(model.shape, plan_for("phi-4", "transformers", "bf16"), value_bytes=2)
    assert plain.update_bytes * 2 * 40 == plain.at_end
    model = catalogue["phi-3.5-mini"]
    plan = plan_for("phi-3.5-mini", "transformers", "bf16")
    sliding = cache_bytes(model.shape, plan, value_bytes=2)
    assert sliding.update_bytes * 32 == sliding.at_end


def test_that_a_short_prompt_leaves_the_growing_cache_as_the_peak(ledger_for):
    ledger = ledger_for("phi-4", "transformers", "bf16", prompt_length=16)
    assert compute(ledger) == cache(ledger) // 80


def test_that_a_longrope_model_reads_everything_again_past_4096_tokens(ledger_for):
    options = {"context_length": 4200, "prompt_length": 16}
    again = ledger_for("phi-4-mini", "transformers", "bf16", **options)
    options["context_length"] = 4096
    never = ledger_for("phi-4-mini", "transformers", "bf16", **options)
    assert compute(again) > 300 * MIB > 100 * MIB > compute(never)


def test_that_the_hybrid_keeps_one_growing_layer_windows_and_a_state(ledger_for):
    # Phi-4-mini-flash: 5,120 B a token, 21.0 MB of windows, 921,600 values of state.
    ledger = ledger_for(
        "phi-4-mini-flash-reasoning", "transformers", "bf16", context_length=65_536
    )
    assert cache(ledger) == 65_536 * 5120 + 8 * 512 * 5120 + 921_600 * 2


@pytest.mark.parametrize(
    ("model", "rows"), [("phi-3.5-mini", 7), ("phi-4", 7.5), ("phi-4-mini", 7 + 2 / 3)]
)
def test_that_eager_attention_copies_grouped_keys_and_values(catalogue, model, rows):
    # Traced in bf16: rows of the residual, rotary tables, mask, 10 bytes a score.
    shape = catalogue[model].shape
    tokens = 4096
    run = Prefill(sequences=1, tokens=tokens, value_bytes=2, attention=Attention.EAGER)
    expected = (
        tokens * rows * 2 * shape.embedding_length
        + tokens * (4 * shape.rotary_dim + 8)
        + 2 * tokens**2
        + 10 * shape.head_count * tokens**2
    )
    peak = prefill_peak(shape, run)
    assert peak.band.expected_bytes == pytest.approx(expected, abs=1)
    assert peak.band.high_bytes == peak.band.expected_bytes * 11 // 10


def test_that_eager_attention_over_a_few_tokens_is_the_feed_forwards_peak(catalogue):
    shape = catalogue["phi-4"].shape
    run = Prefill(sequences=1, tokens=16, value_bytes=2, attention=Attention.EAGER)
    fused = prefill_peak(shape, dataclasses.replace(run, attention=Attention.SDPA))
    assert prefill_peak(shape, run).band.expected_bytes == fused.band.expected_bytes + 2 * 16**2


def test_that_fp16_fuses_the_up_cast_of_the_scores(catalogue):
    shape = catalogue["phi-4"].shape
    run = Prefill(
        sequences=1, tokens=4096, value_bytes=2, attention=Attention.EAGER, is_fp16=True
    )
    band = prefill_peak(shape, run).band
    assert band.expected_bytes - band.low_bytes == 2 * 40 * 4096**2


def test_that_a_prompt_longer_than_the_window_needs_a_mask(catalogue):
    shape = catalogue["phi-3-mini-4k"].shape
    within = prefill_peak(shape, Prefill(sequences=1, tokens=2047, value_bytes=2))
    beyond = prefill_peak(shape, Prefill(sequences=1, tokens=2048, value_bytes=2))
    step = within.band.expected_bytes // 2047
    assert beyond.band.expected_bytes - within.band.expected_bytes == step + 2048**2
    assert "mask" in beyond.reason


def test_that_a_batch_may_need_a_mask_of_its_own(catalogue):
    shape = catalogue["phi-4"].shape
    one = prefill_peak(shape, Prefill(sequences=1, tokens=1024, value_bytes=2)).band
    two = prefill_peak(shape, Prefill(sequences=2, tokens=1024, value_bytes=2)).band
    assert two.high_bytes - 2 * one.high_bytes > 2 * 1024**2 * 2


def test_that_onednn_unpacks_gated_rows_on_the_cpu(catalogue):
    # Measured: 1.36 times the formula on Phi-4-mini in bf16, the formula itself on Phi-1.
    def ratio(model: str) -> float:
        run = Prefill(sequences=1, tokens=1024, value_bytes=2)
        on_gpu = prefill_peak(catalogue[model].shape, run).band.expected_bytes
        on_cpu = dataclasses.replace(run, on_cpu=True)
        return prefill_peak(catalogue[model].shape, on_cpu).band.expected_bytes / on_gpu

    assert ratio("phi-4-mini") == pytest.approx(1.36, abs=0.005)
    assert ratio("phi-1") == 1


def test_that_an_architecture_nobody_traced_has_a_wide_band(catalogue):
    run = Prefill(sequences=1, tokens=1024, value_bytes=2)
    band = prefill_peak(catalogue["phi-3.5-moe"].shape, run).band
    assert band.high_bytes > 2 * band.expected_bytes > 3 * band.low_bytes


def test_that_packing_on_load_needs_the_largest_matrix_for_a_moment(ledger_for):
    # Phi-4's gate and up: 350 MiB in 16 bits.
    ledger = ledger_for("phi-4", "transformers", "nf4", context_length=16)
    line = next(line for line in ledger.lines if line.part is Part.COMPUTE_BUFFER)
    both = line.band.expected_bytes + cache(ledger)
    assert both == 350 * MIB
    assert "Loading" in line.reason


@pytest.mark.parametrize(
    ("size", "block"),
    [
        (27 * MIB, 28 * MIB),
        (28 * MIB, 28 * MIB),
        (10 * MIB + 1, 10 * MIB + 512),
        (9 * MIB, 9 * MIB),
        (1, 512),
    ],
)
def test_that_a_tensor_takes_whole_blocks_of_the_allocator(size, block):
    # A rest of up to 1 MiB is not split off: 27 MiB take 28 (PyTorch's CUDACachingAllocator).
    assert cuda_block_bytes(size) == block


def test_that_layers_in_ram_are_copied_to_the_gpu(ledger_for):
    whole = ledger_for("phi-4", "transformers", "bf16")
    split = ledger_for("phi-4", "transformers", "bf16", gpu_layers=21)
    weights = [split.part(Part.WEIGHTS, place).expected_bytes for place in Place]
    assert sum(weights) == whole.part(Part.WEIGHTS, Place.GPU).expected_bytes
    # 20 of 40 layers; the embedding and the head stay on the GPU.
    assert weights[1] == 13_631_488_000
    assert cache(split) == cache(whole)
    assert compute(split) == compute(whole) + 350 * MIB


def test_that_the_cpu_holds_everything_in_ram(ledger_for):
    ledger = ledger_for("phi-4", "transformers", "bf16", gpu_layers=0)
    assert ledger.part(Part.WEIGHTS, Place.HOST).expected_bytes == 2 * 14_659_507_200
    assert ledger.part(Part.KV_CACHE, Place.HOST).expected_bytes == 4096 * 204_800


@pytest.mark.parametrize(
    ("quant", "layers", "said"),
    [
        ("nf4", 0, "no fast path for nf4 on a CPU"),
        ("nf4", 20, "cannot leave nf4 layers in RAM"),
        ("gptq-int4", 20, "cannot leave gptq-int4 layers in RAM"),
    ],
)
def test_that_packed_layers_stay_on_the_gpu(ledger_for, quant, layers, said):
    with pytest.raises(UnsupportedPlanError, match=said):
        ledger_for("phi-4", "transformers", quant, gpu_layers=layers)


def test_that_the_flash_model_needs_a_gpu(ledger_for):
    with pytest.raises(UnsupportedPlanError, match="mamba-ssm"):
        ledger_for("phi-4-mini-flash-reasoning", "transformers", "bf16", gpu_layers=0)


def test_that_a_closed_model_is_refused_with_the_catalogues_reason(ledger_for):
    with pytest.raises(UnsupportedPlanError, match="closed"):
        ledger_for("phi-silica", "transformers", "bf16")


def test_that_a_model_without_a_word_on_a_runtime_is_sized_by_its_shape(catalogue, plan_for):
    model = dataclasses.replace(catalogue["phi-4"], runtimes={})
    plan = plan_for("phi-4", "transformers", "bf16")
    assert estimate(model, plan).ledger.total(Place.GPU).expected_bytes > 27 * GIB


def test_that_every_part_of_a_multimodal_model_counts(catalogue, plan_for):
    model = catalogue["phi-4-multimodal"]
    figures = estimate(model, plan_for(model.id, "transformers", "bf16"))
    assert figures.parameter_count == 5_574_460_384
    assert figures.tensor_bytes == 2 * 5_574_460_384
    assert figures.file is None
    packed = estimate(model, plan_for(model.id, "transformers", "nf4")).ledger.lines[0].band
    assert packed.low_bytes == packed.expected_bytes < packed.high_bytes


def test_that_a_model_with_code_of_its_own_says_so(ledger_for):
    line = ledger_for("phi-3-small-8k", "transformers", "bf16").lines[0]
    assert "not checked with transformers 5" in line.reason
