"""Where other calculators go wrong on Phi models with llama.cpp, kept as tests.

Each figure is one that llama.cpp prints or a published parameter count; the wrong one beside it
is what the usual shortcut gives.
"""

import pytest

from planner.catalogue import load_catalogue
from planner.core.errors import PlannerError
from planner.core.estimate import Estimate, estimate
from planner.core.ledger import Band, Part, Place
from planner.core.model_spec import TransformerShape
from planner.core.plan import PlanOptions
from planner.core.quant_mix import MixRules
from planner.core.units import GIB, MIB, format_gib

MODELS = {model.id: model for model in load_catalogue().models}


def estimated(model_id: str, quant_format: str = "Q4_K_M", **options) -> Estimate:
    model = MODELS[model_id]
    return estimate(model, PlanOptions(**options).plan(model, quant_format))


def shape_of(model_id: str) -> TransformerShape:
    shape = MODELS[model_id].shape
    assert shape is not None
    return shape


def cache_mib(model_id: str, **options) -> float:
    return estimated(model_id, **options).ledger.part(Part.KV_CACHE, Place.GPU).low_bytes / MIB


def test_that_phi_3_minis_window_does_not_halve_its_cache():
    # Its config has a window of 2,047 tokens, and llama.cpp allocates the whole context.
    assert shape_of("phi-3-mini-4k").sliding_window == 2047
    assert cache_mib("phi-3-mini-4k", context_length=4096) == 1536


def test_that_phi_2_has_two_feed_forward_matrices_and_not_three():
    shape = shape_of("phi-2")
    third = shape.layer_count * shape.embedding_length * shape.feed_forward_length
    count = estimated("phi-2", "F16").parameter_count
    assert count == 2_779_683_840
    assert (count + third) / count == pytest.approx(1.30, abs=0.005)


@pytest.mark.parametrize(
    ("model_id", "head_dim", "kib_per_token"),
    [("phi-1", 64, 192), ("phi-2", 80, 320), ("phi-3-mini-4k", 96, 384)],
)
def test_that_a_head_size_no_config_states_is_known(model_id, head_dim, kib_per_token):
    assert shape_of(model_id).head_dim == head_dim
    assert cache_mib(model_id, context_length=1024) == kib_per_token


def test_that_grouped_queries_keep_a_quarter_of_the_cache():
    shape = shape_of("phi-4")
    assert (shape.head_count, shape.kv_head_count) == (40, 10)
    assert cache_mib("phi-4", context_length=4096) == 800  # 3,200 by all 40 heads


def test_that_an_untied_head_is_counted_beside_the_embedding():
    shape = shape_of("phi-1.5")
    head = shape.vocab_size * shape.embedding_length
    count = estimated("phi-1.5", "F16").parameter_count
    assert count == 1_418_270_720
    assert head / count == pytest.approx(0.07, abs=0.005)


def test_that_a_tied_embedding_is_one_tensor_of_the_file():
    tied = estimated("phi-4-mini", "F16")
    assert tied.parameter_count == 3_836_021_760
    twice = 200_064 * 3072
    assert twice / tied.parameter_count == pytest.approx(0.16, abs=0.005)
    # Where it is copied to the GPU both copies are real: 2,370 MiB there, 481 on the host.
    ledger = estimated("phi-4-mini").ledger
    assert ledger.part(Part.WEIGHTS, Place.GPU).low_bytes / MIB == pytest.approx(2370, abs=1)
    assert ledger.part(Part.WEIGHTS, Place.HOST).low_bytes / MIB == pytest.approx(481, abs=1)


def test_that_a_mixture_is_held_by_all_of_its_experts():
    mixture = estimated("phi-3.5-moe")
    assert mixture.parameter_count == 41_873_153_344
    active = MODELS["phi-3.5-moe"].active_parameter_count
    assert active is not None
    assert active / mixture.parameter_count - 1 == pytest.approx(-0.85, abs=0.01)


def test_that_phi_tiny_moes_heads_are_of_128_values():
    shape = shape_of("phi-tiny-moe")
    assert shape.head_dim == 128
    assert shape.head_dim != shape.embedding_length // shape.head_count
    with pytest.raises(PlannerError):
        estimated("phi-tiny-moe")


def test_that_a_context_beyond_the_limit_is_refused_and_not_sized():
    with pytest.raises(PlannerError, match="at most 4,096 tokens"):
        estimated("phi-3-mini-4k", context_length=8192)


def test_that_a_gib_is_never_a_gb():
    ledger = estimated("phi-4", "F16").ledger
    weights = ledger.part(Part.WEIGHTS, Place.GPU).expected_bytes
    assert format_gib(weights) == f"{weights / 2**30:.2f} GiB"
    assert abs(weights / GIB - weights / 1e9) / (weights / GIB) == pytest.approx(
        0.074, abs=0.001
    )


@pytest.mark.parametrize("place", list(Place))
def test_that_the_total_is_every_line_and_the_cache_with_them(place):
    ledger = estimated("phi-3-mini-4k").ledger
    total = Band.exact(0)
    for part in Part:
        total += ledger.part(part, place)
    assert total == ledger.total(place)
    if place is Place.GPU:
        without_cache = total.expected_bytes - 1536 * MIB
        assert without_cache < ledger.total(place).expected_bytes


@pytest.mark.parametrize(
    ("model_id", "mib_on_the_gpu"),
    # Printed by llama.cpp for published files; one constant a format is 4.85 bits for Q4_K_M.
    [("phi-3-mini-4k", 2228.82), ("phi-2", 1585.10)],
)
def test_that_k_quants_are_summed_by_tensor_and_not_by_one_constant(model_id, mib_on_the_gpu):
    mix = MixRules.MAY_2024
    ledger = estimated(model_id, mix=mix).ledger
    weights = ledger.part(Part.WEIGHTS, Place.GPU).low_bytes
    assert weights / MIB == pytest.approx(mib_on_the_gpu, abs=0.01)


def test_that_one_constant_would_miss_by_several_percent():
    spread = [
        estimated(model_id, quant).bits_per_weight
        for model_id in ("phi-2", "phi-4", "phi-4-mini", "phi-3.5-moe")
        for quant in ("Q2_K",)
    ]
    assert max(spread) / min(spread) > 1.15
