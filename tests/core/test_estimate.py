"""One plan, line by line."""

import dataclasses

import pytest

from planner.core.estimate import estimate
from planner.core.ledger import Part, Place
from planner.core.plan import CacheType, PlanOptions, Program
from planner.core.units import MIB


def test_that_the_file_is_its_tensors_and_the_header_of_its_vocabulary(phi_4):
    figures = estimate(phi_4, PlanOptions().plan(phi_4, "Q4_K_M"))
    assert figures.file is not None
    assert figures.file.expected_bytes == figures.tensor_bytes + 3_555_424
    assert not figures.file.is_exact


def test_that_a_file_of_unknown_vocabulary_has_no_size(phi_4):
    model = dataclasses.replace(phi_4, gguf_header_bytes=None)
    assert estimate(model, PlanOptions().plan(model, "Q4_K_M")).file is None


def test_that_a_multimodal_file_holds_the_text_part_alone(catalogue):
    model = catalogue["phi-4-multimodal"]
    figures = estimate(model, PlanOptions().plan(model, "F16"))
    assert figures.parameter_count == 3_836_021_760
    assert figures.bits_per_weight == pytest.approx(16, abs=0.01)


def test_that_the_cpu_case_has_nothing_on_the_gpu_and_a_repacked_copy(catalogue):
    # A real run of llama.cpp 0c1e57098: 2,285 MiB mapped, 1,485 repacked, KV 1,536, RSS 5,386.
    model = catalogue["phi-3-mini-4k"]
    ledger = estimate(model, PlanOptions(gpu_layers=0).plan(model, "Q4_K_M")).ledger
    assert ledger.total(Place.GPU).high_bytes == 0
    assert ledger.part(Part.REPACKED_WEIGHTS, Place.HOST).expected_bytes == 1485 * MIB
    total = ledger.total(Place.HOST)
    assert total.low_bytes <= 5386 * MIB <= total.high_bytes
    assert total.expected_bytes == pytest.approx(5386 * MIB, rel=0.01)


def test_that_an_ignored_sliding_window_is_told(catalogue):
    model = catalogue["phi-3-mini-4k"]
    ledger = estimate(model, PlanOptions().plan(model, "Q4_K_M")).ledger
    cache = next(line for line in ledger.lines if line.part is Part.KV_CACHE)
    assert "sliding window of 2,047 tokens" in cache.reason
    assert cache.band.expected_bytes == 1536 * MIB


def test_that_parallel_sequences_are_rounded_up_each(phi_4):
    options = PlanOptions(context_length=1000, parallel_sequences=4)
    ledger = estimate(phi_4, options.plan(phi_4, "Q4_K_M")).ledger
    # 250 tokens each become 256: 1,024 cells of 200 KiB.
    assert ledger.part(Part.KV_CACHE, Place.GPU).expected_bytes == 1024 * 204_800


def test_that_cudas_row_padding_is_a_part_of_a_quantised_cache(phi_4):
    # The simulation prints 425.029 MiB for Phi-4 at 4,096 tokens with q8_0 on both sides.
    options = PlanOptions(cache_type_k=CacheType.Q8_0, cache_type_v=CacheType.Q8_0)
    ledger = estimate(phi_4, options.plan(phi_4, "Q4_K_M")).ledger
    cache = ledger.part(Part.KV_CACHE, Place.GPU).expected_bytes
    assert cache / MIB == pytest.approx(425.029, abs=0.0006)


def test_that_the_library_reserves_logits_for_every_token_of_a_micro_batch(catalogue):
    # Phi-4-mini at 4,096 tokens: 412.76 MiB for libllama, 70.0 for llama-server's one slot.
    model = catalogue["phi-4-mini"]
    compute = {
        program: estimate(model, PlanOptions(program=program).plan(model, "Q4_K_M"))
        .ledger.part(Part.COMPUTE_BUFFER, Place.GPU)
        .expected_bytes
        for program in Program
    }
    assert compute[Program.LIBRARY] / MIB == pytest.approx(412.76, abs=0.05)
    assert compute[Program.SERVER] < 70 * MIB
