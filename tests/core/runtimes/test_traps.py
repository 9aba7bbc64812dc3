"""What naive tools get wrong: each figure is published or follows from a config."""

import pytest

from planner.core.errors import PlannerError, UnsupportedPlanError
from planner.core.ledger import Part, Place
from planner.core.plan import Attention
from planner.core.units import GIB


def cache_line(ledger):
    return next(line for line in ledger.lines if line.part is Part.KV_CACHE)


def test_that_the_same_model_has_four_kv_rules(ledger_for):
    # Phi-3-mini-4k at 4,096 tokens after a short prompt: a window, blocks, steps, max_length.
    lines = {
        runtime: cache_line(ledger_for("phi-3-mini-4k", runtime, quant, prompt_length=512))
        for runtime, quant in (
            ("transformers", "bf16"),
            ("vllm", "bf16"),
            ("mlx", "bf16"),
            ("onnx-genai", "fp16"),
        )
    }
    assert len({line.reason for line in lines.values()}) == 4
    sizes = {name: line.band.expected_bytes / GIB for name, line in lines.items()}
    assert sizes["transformers"] == pytest.approx(0.75, abs=0.001)
    assert sizes["vllm"] == sizes["mlx"] == sizes["onnx-genai"] == 1.5


def test_that_the_window_holds_the_whole_prompt_until_the_first_new_token(ledger_for):
    # Measured: 8,192 tokens hold 3.0 GiB after the prompt and 0.75 one step later.
    line = cache_line(ledger_for("phi-3-mini-4k", "transformers", "bf16"))
    assert line.band.expected_bytes == 4096 * 393_216
    assert f"window of 2,047 tokens, {2047 * 393_216:,} B in the long run" in line.reason


def test_that_a_window_beyond_the_context_saves_nothing(ledger_for):
    line = cache_line(
        ledger_for("phi-3.5-mini", "transformers", "bf16", context_length=131_072)
    )
    assert line.band.expected_bytes == 48 * GIB
    assert "sliding window" not in line.reason


@pytest.mark.parametrize(
    ("model", "bytes_per_token"),
    [("phi-1", 196_608), ("phi-2", 327_680), ("phi-3.5-mini", 393_216), ("phi-4", 204_800)],
)
def test_that_a_head_size_no_config_states_is_known(ledger_for, model, bytes_per_token):
    for runtime, quant in (("transformers", "bf16"), ("mlx", "bf16"), ("vllm", "bf16")):
        ledger = ledger_for(model, runtime, quant, context_length=2048)
        cache = ledger.part(Part.KV_CACHE, Place.GPU).expected_bytes
        assert cache == 2048 * bytes_per_token


def test_that_phi_tiny_moe_has_the_head_size_of_its_config(ledger_for):
    ledger = ledger_for("phi-tiny-moe", "vllm", "bf16")
    assert ledger.part(Part.KV_CACHE, Place.GPU).expected_bytes == GIB // 4
    weights = ledger.part(Part.WEIGHTS, Place.GPU).expected_bytes
    assert weights == 2 * 3_755_220_288


def test_that_phi_2s_mlp_has_two_matrices(ledger_for):
    ledger = ledger_for("phi-2", "transformers", "bf16", context_length=2048)
    # A gated MLP would make it 3,617,753,600 values.
    assert ledger.part(Part.WEIGHTS, Place.GPU).expected_bytes == 2 * 2_779_683_840


def test_that_a_tied_embedding_is_counted_once_and_left_in_16_bits(ledger_for):
    plain = ledger_for("phi-4-mini", "transformers", "bf16")
    assert plain.part(Part.WEIGHTS, Place.GPU).expected_bytes == 2 * 3_836_021_760
    packed = ledger_for("phi-4-mini", "transformers", "nf4").part(Part.WEIGHTS, Place.GPU)
    assert packed.expected_bytes / GIB == pytest.approx(2.83, abs=0.01)


def test_that_the_untied_head_is_part_of_the_weights(ledger_for):
    ledger = ledger_for("phi-3-mini-4k", "transformers", "bf16")
    assert ledger.part(Part.WEIGHTS, Place.GPU).expected_bytes == 2 * 3_821_079_552


def test_that_an_moe_is_not_sized_by_its_active_experts(ledger_for):
    for runtime, quant in (("transformers", "bf16"), ("vllm", "bf16"), ("mlx", "bf16")):
        ledger = ledger_for("phi-3.5-moe", runtime, quant)
        weights = ledger.part(Part.WEIGHTS, Place.GPU).expected_bytes
        assert weights == 2 * 41_873_153_344


def test_that_bitsandbytes_leaves_experts_in_16_bits(ledger_for):
    ledger = ledger_for("phi-3.5-moe", "transformers", "nf4")
    line = ledger.lines[0]
    assert line.band.expected_bytes > 75 * GIB
    assert line.band.low_bytes < 23 * GIB
    assert "since transformers 5" in line.reason
    assert "1849" in line.source


@pytest.mark.parametrize("runtime", ["transformers", "vllm", "mlx", "onnx-genai"])
def test_that_a_context_beyond_the_models_limit_is_refused(ledger_for, runtime):
    quant = "int4" if runtime == "onnx-genai" else "bf16"
    quant = "4bit" if runtime == "mlx" else quant
    with pytest.raises(PlannerError, match=r"at most 16,384 tokens"):
        ledger_for("phi-4", runtime, quant, context_length=20_000)


def test_that_onnx_genai_allocates_the_cache_for_max_length_at_once(ledger_for):
    ledger = ledger_for("phi-4-mini", "onnx-genai", "int4", max_length=131_072)
    assert ledger.part(Part.KV_CACHE, Place.GPU).expected_bytes == 16 * GIB
    unset = cache_line(ledger_for("phi-4-mini", "onnx-genai", "int4"))
    assert "16.00 GiB for Phi-4-mini-instruct" in unset.reason


def test_that_onnx_genai_keeps_the_logits_of_the_whole_prompt(ledger_for):
    # Why Phi-4-mini ran out of memory where Phi-3.5-mini left 6 GB (onnxruntime issue 25965).
    def logits(model: str, **options):
        ledger = ledger_for(model, "onnx-genai", "int4", context_length=8192, **options)
        return ledger.part(Part.OUTPUT_BUFFER, Place.GPU).expected_bytes / 1e9

    assert logits("phi-4-mini") == pytest.approx(9.8, abs=0.05)
    assert logits("phi-3.5-mini") == pytest.approx(1.6, abs=0.05)
    assert logits("phi-4-mini", chunk_size=512) == pytest.approx(9.8 / 16, abs=0.01)


def test_that_onnx_genai_on_a_cpu_keeps_twice_the_cache(ledger_for):
    cpu = ledger_for("phi-4-mini", "onnx-genai", "int4", gpu_layers=0)
    gpu = ledger_for("phi-4-mini", "onnx-genai", "int4")
    assert (
        cpu.part(Part.KV_CACHE, Place.HOST).expected_bytes
        == 2 * gpu.part(Part.KV_CACHE, Place.GPU).expected_bytes
    )
    assert cpu.total(Place.GPU).high_bytes == 0


@pytest.mark.parametrize(
    ("model", "possible"),
    [
        ("phi-4", {1, 2, 5, 10}),
        ("phi-3-medium-4k", {1, 2, 5, 10}),
        ("phi-4-mini", {1, 2, 4, 8}),
        ("phi-3.5-mini", {1, 2, 4, 8, 16, 32}),
    ],
)
def test_that_vllm_shares_heads_out_evenly(ledger_for, model, possible):
    accepted = set()
    for count in (1, 2, 3, 4, 5, 6, 7, 8, 10, 16, 32):
        try:
            ledger_for(model, "vllm", "bf16", tensor_parallel=count)
        except UnsupportedPlanError:
            continue
        accepted.add(count)
    assert accepted == possible


def test_that_the_refusal_of_four_cards_names_the_heads_and_what_is_possible(ledger_for):
    with pytest.raises(
        UnsupportedPlanError, match=r"10 KV heads do not divide by 4"
    ) as refusal:
        ledger_for("phi-4", "vllm", "bf16", tensor_parallel=4)
    assert "possible are 1, 2, 5, 10." in str(refusal.value)


def test_that_eager_attention_pays_for_every_score(ledger_for):
    # 5.4 GB of scores on Phi-3-mini at 4,096 tokens.
    eager = ledger_for("phi-3.5-mini", "transformers", "bf16", attention=Attention.EAGER)
    fused = ledger_for("phi-3.5-mini", "transformers", "bf16")
    difference = (
        eager.part(Part.COMPUTE_BUFFER, Place.GPU).expected_bytes
        - fused.part(Part.COMPUTE_BUFFER, Place.GPU).expected_bytes
    )
    assert difference / 1e9 == pytest.approx(5.2, abs=0.3)
