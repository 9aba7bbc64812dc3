"""Ledgers of models that are no Phi: exact where the file says enough, wide elsewhere."""

from dataclasses import replace

import pytest

from planner.core.errors import PlannerError, UnsupportedPlanError
from planner.core.foreign_shape import LayerCache
from planner.core.ledger import MemoryLedger, Part, Place
from planner.core.model_file import FileTensor
from planner.core.plan import CacheType, Plan, Program
from planner.core.runtimes.llama_cpp.file_weights import file_weights
from planner.core.runtimes.llama_cpp.foreign_memory import check_foreign, foreign_lines
from planner.core.units import MIB
from tests.core.model_files import foreign_shape

PLAN = Plan(model_id="own-file", quant_format="Q8_0", context_length=2048, gpu_layer_count=33)


def weights():
    tensors = [
        FileTensor("token_embd.weight", (128_256, 4096), "Q8_0", 128_256 * 4096 // 32 * 34),
        FileTensor("output.weight", (128_256, 4096), "Q8_0", 128_256 * 4096 // 32 * 34),
    ]
    tensors += [
        FileTensor(f"blk.{layer}.ffn_up.weight", (14_336, 4096), "Q8_0", 62_390_272)
        for layer in range(32)
    ]
    return file_weights(tensors, layer_count=32, alignment=32)


def ledger(shape, **changes) -> MemoryLedger:
    plan = replace(PLAN, **changes)
    check_foreign(shape, plan)
    return MemoryLedger(foreign_lines(shape, plan, weights()).lines)


def test_that_llama_3_8b_caches_256_mib_at_2048_tokens():
    # Hugging Face, dranger003/c4ai-command-r discussion 6.
    cache = ledger(foreign_shape()).part(Part.KV_CACHE, Place.GPU)
    assert cache.is_exact
    assert cache.expected_bytes == 256 * MIB


def test_that_every_figure_that_was_not_measured_says_so():
    lines = ledger(foreign_shape()).lines
    for line in lines:
        if line.part in (Part.KV_CACHE, Part.COMPUTE_BUFFER):
            assert "Not checked against measurements" in line.reason
    compute = ledger(foreign_shape()).part(Part.COMPUTE_BUFFER, Place.GPU)
    assert 2 * compute.low_bytes <= compute.expected_bytes <= compute.high_bytes / 2


def gemma_like():
    """A full layer after five that look back over 1,024 tokens, as Gemma 3 has them."""
    full = LayerCache(kv_head_count=8, key_length=128, value_length=128)
    window = replace(full, sliding_window=1024)
    return foreign_shape(
        layer_count=32, caches=tuple(full if i % 6 == 5 else window for i in range(32))
    )


def test_that_windowed_layers_keep_the_window_and_a_micro_batch():
    # llama_kv_cache_iswa: pad(min(n_ctx, n_swa + n_ubatch), 256) cells, here 1,536.
    cache = ledger(gemma_like(), context_length=8192).part(Part.KV_CACHE, Place.GPU)
    per_cell = 8 * 2 * 128 * 2
    assert cache.expected_bytes == (5 * 8192 + 27 * 1536) * per_cell
    assert cache.high_bytes == 32 * 8192 * per_cell
    short = ledger(gemma_like(), context_length=1024).part(Part.KV_CACHE, Place.GPU)
    assert short.is_exact


@pytest.mark.parametrize("layers", [0, 1, 12, 32, 33])
def test_that_both_sides_together_hold_every_layer(layers):
    shape, whole = gemma_like(), weights()
    split = ledger(shape, gpu_layer_count=layers)
    caches = [split.part(Part.KV_CACHE, place).expected_bytes for place in Place]
    assert sum(caches) == ledger(shape).part(Part.KV_CACHE, Place.GPU).expected_bytes
    held = [split.part(Part.WEIGHTS, place).expected_bytes for place in Place]
    assert sum(held) == whole.tensor_bytes


def test_that_layers_in_ram_make_the_gpus_buffer_wider():
    some = ledger(foreign_shape(), gpu_layer_count=8).part(Part.COMPUTE_BUFFER, Place.GPU)
    every = ledger(foreign_shape()).part(Part.COMPUTE_BUFFER, Place.GPU)
    assert some.high_bytes == every.high_bytes + 2 * 62_390_272


def test_that_what_costs_more_memory_never_shows_less():
    def expected(**changes):
        return ledger(foreign_shape(), **changes).part(Part.COMPUTE_BUFFER, Place.GPU)

    plain = expected().expected_bytes
    assert expected(program=Program.LIBRARY).expected_bytes > plain
    assert expected(context_length=8192, flash_attention=False).expected_bytes > plain
    types = {"cache_type_k": CacheType.Q8_0, "cache_type_v": CacheType.Q8_0}
    assert expected(context_length=8192, **types).expected_bytes >= plain


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"context_length": 8193}, "context length must be between 1 and 8,192"),
        ({"context_length": 0}, "context length must be between 1 and 8,192"),
        ({"parallel_sequences": 257}, "parallel sequences must be between 1 and 256"),
        ({"batch_size": 0}, "batch size must be between"),
        ({"micro_batch_size": 1 << 21}, "micro-batch size must be between"),
        ({"context_length": 3, "parallel_sequences": 4}, "cannot be shared by 4 sequences"),
    ],
)
def test_that_figures_out_of_range_are_refused(changes, sentence):
    with pytest.raises(PlannerError, match=sentence):
        ledger(foreign_shape(), **changes)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"cache_type_v": CacheType.Q8_0, "flash_attention": False},
            "requires flash attention",
        ),
        ({"cache_type_k": CacheType.FP8}, "llama.cpp has no fp8 cache"),
    ],
)
def test_that_caches_which_llama_cpp_refuses_are_refused(changes, sentence):
    with pytest.raises(UnsupportedPlanError, match=sentence):
        ledger(foreign_shape(), **changes)


def test_that_a_head_size_of_80_takes_no_quantised_cache():
    odd = LayerCache(kv_head_count=8, key_length=80, value_length=128)
    with pytest.raises(UnsupportedPlanError, match="does not divide the head size of 80"):
        ledger(foreign_shape(caches=(odd,) * 32), cache_type_k=CacheType.Q8_0)
