"""The peak of one forward pass in transformers: the activations of a prompt.

The formula is the sum of the tensors that live at once, no fit, and equal to
traces of seven Phi models at many depths and lengths (torch 2.13 and transformers 5.23, every
tensor's life followed on fake tensors), and to the profiler's peak of Phi-1 on a CPU. It does
not depend on the number of layers.
"""

from dataclasses import dataclass, replace
from typing import Final

from planner.core.ledger import Band
from planner.core.model_spec import Architecture, TransformerShape
from planner.core.plan import Attention

PREFILL_SOURCE: Final = (
    "https://github.com/huggingface/transformers/blob/main/src/transformers/models/phi3/"
    "modeling_phi3.py"
)
_TRACED: Final = frozenset({Architecture.PHI, Architecture.PHI3})


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefill:
    """One forward pass over `sequences` prompts of `tokens` tokens each."""

    sequences: int
    tokens: int
    value_bytes: int
    attention: Attention = Attention.SDPA
    on_cpu: bool = False
    is_fp16: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefillPeak:
    """The peak as a band, and how it comes about."""

    band: Band
    template: str
    figures: tuple[int | str, ...]
    reason: str


def prefill_peak(shape: TransformerShape, run: Prefill) -> PrefillPeak:
    """Return what a prompt's activations take at most."""
    fused = _fused_bytes(shape, run)
    mask = _window_mask_bytes(shape, run)
    if run.attention is Attention.EAGER:
        peak = _eager_peak(shape, run, fused + mask)
    else:
        peak = _fused_peak(shape, run, fused, mask)
    if shape.architecture in _TRACED:
        return peak
    band = Band(
        peak.band.low_bytes * 2 // 3, peak.band.expected_bytes, peak.band.high_bytes * 2
    )
    reason = f"{peak.reason} Not traced for this architecture: the band is wide."
    return replace(peak, band=band, reason=reason)


def _fused_peak(shape: TransformerShape, run: Prefill, fused: int, mask: int) -> PrefillPeak:
    expected = fused + mask
    high = expected * 11 // 10
    if mask:
        # CUDA's memory-efficient kernel turns the mask into a bias of the model's type.
        high += run.value_bytes * mask
    if run.sequences > 1:
        # Prompts of unequal length are padded, and padding needs a mask of its own.
        high += run.sequences * run.tokens**2 * (1 + run.value_bytes)
    inner = shape.feed_forward_length * max(1, shape.experts_per_token)
    template = "{:,} tokens x 4 x {} B x ({:,} + {:,}) + rotary tables"
    figures: tuple[int | str, ...] = (
        run.sequences * run.tokens,
        run.value_bytes,
        shape.embedding_length,
        inner,
    )
    reason = "Fused attention (SDPA) keeps no scores, so the peak is the feed-forward's."
    if mask:
        template += " + {:,} B of window mask"
        figures += (mask,)
        reason += " A prompt longer than the sliding window needs a mask of its square."
    if shape.kv_head_count < shape.head_count and not run.on_cpu:
        reason += (
            " Cards older than Ampere may fall back to eager attention for grouped heads: plan "
            "with eager there."
        )
    low = (expected - _unpacked_bytes(shape, run)) * 9 // 10
    band = Band(low, expected, high)
    return PrefillPeak(band=band, template=template, figures=figures, reason=reason)


def _fused_bytes(shape: TransformerShape, run: Prefill) -> int:
    """Return the peak with fused attention: four copies of the residual and inner rows."""
    inner = shape.feed_forward_length * max(1, shape.experts_per_token)
    row = 4 * (shape.embedding_length + inner)
    rotary = run.tokens * (2 * run.value_bytes * shape.rotary_dim + 8)
    plain = run.sequences * run.tokens * row * run.value_bytes + rotary
    return plain + _unpacked_bytes(shape, run)


def _unpacked_bytes(shape: TransformerShape, run: Prefill) -> int:
    """Return oneDNN's copy of both halves of a gated row (1.36 times as much on Phi-4-mini).

    A processor with AVX512-BF16 computes without it, as measured with both settings of
    ONEDNN_MAX_CPU_ISA.
    """
    gated = shape.architecture is not Architecture.PHI
    if not (run.on_cpu and run.value_bytes == 2 and gated):
        return 0
    inner = shape.feed_forward_length * max(1, shape.experts_per_token)
    return run.sequences * run.tokens * 2 * inner * run.value_bytes


def _window_mask_bytes(shape: TransformerShape, run: Prefill) -> int:
    window = shape.sliding_window
    return run.tokens**2 if window is not None and run.tokens > window else 0


def _eager_peak(shape: TransformerShape, run: Prefill, fused: int) -> PrefillPeak:
    """Every head's scores are kept, and their softmax in 32 bits."""
    square = run.tokens**2
    per_score = 8 if run.value_bytes == 4 or run.is_fp16 else 10
    scores = run.sequences * shape.head_count * square
    # Grouped keys and values are repeated for every head of their group; the
    # rows are counted in parts of a group to stay whole.
    group = shape.head_count // shape.kv_head_count
    rows = 7 * group + (2 if group > 1 else 0)
    row_bytes = run.value_bytes * shape.embedding_length
    stream = -(-run.sequences * run.tokens * row_bytes * rows // group)
    rotary = run.tokens * (2 * run.value_bytes * shape.rotary_dim + 8)
    mask = run.value_bytes * run.sequences * square
    masked = fused + run.value_bytes * square

    def peak(score_bytes: int) -> int:
        return max(masked, stream + rotary + mask + score_bytes * scores)

    expected = peak(per_score)
    return PrefillPeak(
        # fp16 fuses the softmax's up-cast on CUDA; short prompts were traced up to 9 % higher.
        band=Band(peak(6) if run.is_fp16 else expected, expected, expected * 11 // 10),
        template="{:,} scores x {} B + {:,} B of activations and mask",
        figures=(scores, per_score, expected - per_score * scores)
        if expected > masked
        else (0, per_score, expected),
        reason="Eager attention keeps every head's scores, so the peak grows with the square "
        "of the prompt.",
    )
