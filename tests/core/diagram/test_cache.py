"""What the cache grows by, against the figures of the models' configs."""

import pytest

from planner.catalogue import load_catalogue
from planner.core.diagram.cache import cache_per_token
from planner.core.plan import CacheType, require_shape

MODELS = {model.id: model for model in load_catalogue().models}


def cache_of(model_id, key=CacheType.F16, value=CacheType.F16):
    return cache_per_token(
        require_shape(MODELS[model_id]), cache_type_k=key, cache_type_v=value
    )


# 4 bytes for each layer, KV head and value of a head; 17 is the one layer of the flash model
# whose cache grows (arXiv 2507.06607).
@pytest.mark.parametrize(
    ("model_id", "size_bytes"),
    [
        ("phi-1", 196_608),
        ("phi-2", 327_680),
        ("phi-3-mini-4k", 393_216),
        ("phi-3.5-moe", 131_072),
        ("phi-4", 204_800),
        ("phi-tiny-moe", 65_536),
        ("phi-4-mini-flash-reasoning", 5_120),
    ],
)
def test_that_a_token_takes_what_the_config_gives(model_id, size_bytes):
    assert cache_of(model_id).bytes_per_token == size_bytes


def test_that_the_formula_has_the_figures_of_the_model():
    assert cache_of("phi-2").formula == "2 × 32 × 32 × 80 × 2 B"
    mixed = cache_of("phi-2", CacheType.F16, CacheType.Q8_0)
    assert mixed.formula == "32 × 32 × 80 × (2 B + 34/32 B)"
    assert mixed.bytes_per_token == 32 * 32 * 80 * 2 + 32 * 32 * 80 * 34 // 32


def test_that_fp8_takes_a_byte():
    fp8 = cache_of("phi-2", CacheType.FP8, CacheType.FP8)
    assert fp8.formula == "2 × 32 × 32 × 80 × 1 B"
    assert fp8.bytes_per_token == 163_840


def test_that_layers_that_do_not_grow_are_counted_apart():
    cache = cache_of("phi-4-mini-flash-reasoning")
    assert (cache.layer_count, cache.window_layer_count, cache.state_layer_count) == (1, 8, 9)
    assert cache.window_tokens == 512
