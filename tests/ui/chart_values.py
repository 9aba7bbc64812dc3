"""Charts of a plan that nobody has: figures made by hand, so that pictures stay as they are."""

from planner.core.frontier import Frontier, FrontierCell
from planner.core.ledger import Part
from planner.core.pictures.chart_values import MemoryChartValues
from planner.core.pictures.device_bars import DeviceBar, PartSize
from planner.core.pictures.memory_curve import (
    CurveLimit,
    CurveSample,
    LimitKind,
    MemoryCurve,
    context_lengths,
)
from planner.core.plan import CacheType
from planner.core.units import GIB, MIB

PARTS = (Part.WEIGHTS, Part.KV_CACHE, Part.COMPUTE_BUFFER, Part.RUNTIME_OVERHEAD)
WEIGHTS = 8 * GIB
BYTES_PER_TOKEN = 204_800


def curve_of(
    *,
    context_length: int = 4096,
    longest: int = 16384,
    fits: int | None = 5120,
    weights_bytes: int = WEIGHTS,
) -> MemoryCurve:
    """Return the curve of a model whose cache takes so many bytes a token."""
    samples = tuple(
        CurveSample(
            context_length=length,
            part_bytes=(weights_bytes, length * BYTES_PER_TOKEN, 128 * MIB, GIB // 2),
            high_bytes=weights_bytes + length * BYTES_PER_TOKEN + 128 * MIB + GIB,
        )
        for length in context_lengths(longest)
    )
    return MemoryCurve(
        parts=PARTS,
        samples=samples,
        limits=(
            CurveLimit(kind=LimitKind.FREE, size_bytes=int(10.6 * GIB)),
            CurveLimit(kind=LimitKind.TOTAL, size_bytes=12 * GIB),
        ),
        fits_context_length=fits,
        context_length=context_length,
    )


def frontier_of() -> Frontier:
    """Return a map with each of the answers that there are for 4,096 tokens."""
    formats, types = ("Q8_0", "Q5_K_M", "Q4_K_M"), (CacheType.F16, CacheType.Q8_0)
    found = (
        (None, None),
        (None, None),
        (2560, 3072),
        (3840, 8192),
        (5120, 9216),
        (16384, 16384),
    )
    cells = tuple(
        FrontierCell(
            quant_format=formats[number // 2],
            cache_type=types[number % 2],
            fits_context_length=fits,
            tight_context_length=tight,
            reason=None if fits else "Even one token is too much.",
        )
        for number, (fits, tight) in enumerate(found)
    )
    return Frontier(
        model_id="model",
        target_id="gpu0",
        max_context_length=16384,
        quant_formats=formats,
        cache_types=types,
        cells=cells,
    )


def split_of(context_length: int) -> tuple[DeviceBar, ...]:
    """Return a card that holds most of a plan, and RAM that holds a little."""
    return (
        DeviceBar(
            name="NVIDIA GeForce RTX 4070",
            parts=(
                PartSize(part=Part.WEIGHTS, size_bytes=WEIGHTS),
                PartSize(part=Part.KV_CACHE, size_bytes=context_length * BYTES_PER_TOKEN),
            ),
            capacity_bytes=12 * GIB,
            held_bytes=GIB,
            reserve_bytes=GIB // 2,
            high_bytes=WEIGHTS + context_length * BYTES_PER_TOKEN + GIB // 2,
        ),
        DeviceBar(
            name="AMD Ryzen 7 7700",
            is_ram=True,
            parts=(PartSize(part=Part.OUTPUT_BUFFER, size_bytes=GIB),),
            capacity_bytes=32 * GIB,
            held_bytes=8 * GIB,
            reserve_bytes=2 * GIB,
            high_bytes=2 * GIB,
        ),
    )


def values_of(
    *, subject: str = "Phi · Q4_K_M", context_length: int = 4096
) -> MemoryChartValues:
    """Return all charts of one plan."""
    return MemoryChartValues(
        subject=subject,
        context_length=context_length,
        curve=curve_of(context_length=context_length),
        frontier=frontier_of(),
        split=split_of(context_length),
    )
