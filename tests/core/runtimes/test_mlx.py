"""MLX: packed matrices, steps of 256, Apple's limits."""

import dataclasses

import pytest

from planner.core.errors import PlannerError, UnsupportedPlanError
from planner.core.estimate import estimate
from planner.core.ledger import Part, Place
from planner.core.plan import CacheType
from planner.core.runtimes.mlx import activations_band, working_set_band
from planner.core.units import GB, GIB


def cache(ledger):
    return ledger.part(Part.KV_CACHE, Place.GPU)


def test_that_the_cache_grows_in_steps_of_256(ledger_for):
    for context, cells in ((1, 256), (256, 256), (257, 512)):
        band = cache(ledger_for("phi-4-mini", "mlx", "4bit", context_length=context))
        assert band.expected_bytes == cells * 131_072
        assert band.high_bytes == (cells + 256) * 131_072


@pytest.mark.parametrize(
    ("cache_type", "sixteenths"), [(CacheType.Q8_0, 8.5), (CacheType.Q4_0, 4.5)]
)
def test_that_a_packed_cache_has_a_scale_and_a_bias(ledger_for, cache_type, sixteenths):
    types = {"cache_type_k": cache_type, "cache_type_v": cache_type}
    plain = cache(ledger_for("phi-4-mini", "mlx", "4bit", context_length=65_536))
    packed = cache(ledger_for("phi-4-mini", "mlx", "4bit", context_length=65_536, **types))
    assert packed.expected_bytes * 16 == plain.expected_bytes * sixteenths
    # The command keeps the first 5,000 tokens (20 steps of 256) in 16 bits.
    short = cache(ledger_for("phi-4-mini", "mlx", "4bit", context_length=8192, **types))
    assert short.high_bytes >= 5120 * 131_072


def test_that_a_prompt_is_read_in_chunks():
    assert activations_band(2048) == activations_band(100_000)
    assert activations_band(100_000).expected_bytes == 3 * GB // 10
    assert activations_band(8).expected_bytes == pytest.approx(0.03 * GB, rel=0.04)


@pytest.mark.parametrize(
    ("ram_gib", "older_gib", "newer_gib"),
    [
        (16, 10.67, 11.84),
        (18, 12.0, 13.32),
        (32, 21.33, 24.96),
        (36, 27.0, 28.08),
        (64, 48.0, 51.84),
        (128, 96.0, 107.52),
    ],
)
def test_that_the_working_set_is_what_metal_was_logged_to_recommend(
    ram_gib, older_gib, newer_gib
):
    band = working_set_band(ram_gib * GIB)
    assert band.low_bytes / GIB == pytest.approx(older_gib, abs=0.01)
    assert band.high_bytes / GIB == pytest.approx(newer_gib, abs=0.01)


def test_that_encoders_may_be_packed_or_not(catalogue, plan_for):
    model = catalogue["phi-3.5-vision"]
    band = estimate(model, plan_for(model.id, "mlx", "4bit")).ledger.lines[0].band
    text = dataclasses.replace(model, components=())
    text_band = estimate(text, plan_for(model.id, "mlx", "4bit")).ledger.lines[0].band
    extra = 2 * (4_146_621_440 - 3_821_079_552)
    assert band.expected_bytes == text_band.expected_bytes + extra
    assert text_band.is_exact
    assert band.low_bytes < band.expected_bytes


def test_that_the_file_is_what_a_conversion_holds(catalogue, plan_for):
    figures = estimate(catalogue["phi-4"], plan_for("phi-4", "mlx", "8bit"))
    assert figures.bits_per_weight == pytest.approx(8.5, abs=0.001)
    assert figures.file is None


@pytest.mark.parametrize(
    ("model", "options", "said"),
    [
        ("phi-mini-moe", {}, "asks for rope scaling factors"),
        ("phi-tiny-moe", {}, "where the model has 128"),
        ("phi-4-mini-flash-reasoning", {}, "issue #297"),
        ("phi-4", {"gpu_layers": 0}, "no figures for it on a CPU"),
        ("phi-4", {"gpu_layers": 20}, "unified memory"),
        ("phi-4", {"cache_type_k": CacheType.Q5_0}, "mlx has no q5_0 cache"),
    ],
)
def test_that_what_mlx_cannot_run_is_refused_with_the_reason(ledger_for, model, options, said):
    with pytest.raises(UnsupportedPlanError, match=said):
        ledger_for(model, "mlx", "4bit", **options)


def test_that_a_wrong_format_is_answered_with_the_known_ones(ledger_for):
    with pytest.raises(PlannerError, match="no MLX quant format named 'int3'"):
        ledger_for("phi-4", "mlx", "int3")
