"""The words and figures of the charts, in English unless the caller brings others."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from planner.core.ledger import Part
from planner.core.units import GIB, format_gib

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PARTS: Final = MappingProxyType(
    {
        Part.WEIGHTS: "Weights",
        Part.REPACKED_WEIGHTS: "Repacked weights",
        Part.KV_CACHE: "KV cache",
        Part.COMPUTE_BUFFER: "Compute buffer",
        Part.OUTPUT_BUFFER: "Output buffer",
        Part.RUNTIME_OVERHEAD: "Runtime overhead",
    }
)


def short_tokens(token_count: int) -> str:
    """Return `16k` or `10.5k` for multiples of 256, exactly, else the figure in full."""
    if token_count >= 1024 and token_count % 256 == 0:
        return f"{token_count / 1024:,.2f}".rstrip("0").rstrip(".") + "k"
    return plain_tokens(token_count)


def plain_tokens(token_count: int) -> str:
    """Return `8,192`."""
    return f"{token_count:,}"


def plain_rate(tokens_per_s: float) -> str:
    """Return tokens per second with three telling figures or so."""
    return f"{tokens_per_s:,.1f}" if tokens_per_s < 100 else f"{tokens_per_s:,.0f}"


def plain_amount(amount: float) -> str:
    """Return a round amount at an axis, such as `2.5`."""
    return f"{amount:,.10g}"


def gib_number(size_bytes: int) -> str:
    """Return `10.53`, for columns whose head names the unit."""
    return f"{size_bytes / GIB:,.2f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartWords:
    """Every word of every chart; sentences are whole, with placeholders.

    The functions write figures: bytes with their unit, bytes alone, tokens in full, tokens in
    short for axes, tokens per second, round amounts for axes. `reason` says a sentence of the
    core. Axes of sizes count in `size_unit`, which has `size_unit_bytes`.
    """

    gib: Callable[[int], str] = format_gib
    gib_number: Callable[[int], str] = gib_number
    tokens: Callable[[int], str] = plain_tokens
    short_tokens: Callable[[int], str] = short_tokens
    rate: Callable[[float], str] = plain_rate
    amount: Callable[[float], str] = plain_amount
    reason: Callable[[str], str] = str
    size_unit_bytes: int = GIB
    part_names: Mapping[Part, str] = field(default_factory=lambda: _PARTS)

    part_of_size: str = "{part}: {size}"
    held_by_others: str = "Held by others"
    left_free: str = "Left free"
    high_estimate: str = "High estimate"
    may_need_more: str = "May need {size} more"
    reserve_size: str = "Reserve {size}"
    capacity_size: str = "Capacity {size}"
    too_much: str = "Too much by {size}"
    total: str = "Total"
    size_unit: str = "GiB"
    not_known: str = "not known"
    capacity: str = "Capacity"

    bar_title: str = "Memory of {pool}"
    bar_of_capacity: str = "Of {size}: {parts}."
    bar_of_unknown: str = "The capacity is not known: {parts}."

    curve_title: str = "Memory against context length"
    curve_description: str = (
        "{low} at {shortest} tokens to {high} at {longest} tokens. {largest}"
    )
    tokens_head: str = "Tokens"
    tokens_of: str = "{count} tokens"
    free_size: str = "{size} free"
    share_size: str = "{size} may be used"
    total_size: str = "{size} in all"
    above_chart: str = "{limit} (above this chart)"
    fits_up_to: str = "fits up to {count} tokens"
    fits_all: str = "All of the model's {count} tokens fit."
    fits_until: str = "Up to {count} tokens fit."
    fits_none: str = "No context fits."
    fits_unknown: str = "Which context fits is not known."
    refused: str = "Refused: {reason}"
    planned: str = "Planned context"
    planned_tokens: str = "Planned: {count} tokens"

    frontier_title: str = "Largest context that fits"
    frontier_description: str = "Quant formats by KV cache types, in tokens: {cells}."
    quant_format: str = "Quant format"
    cache_type: str = "KV cache {cache_type}"
    cell_words: str = "{quant_format}, KV cache {cache_type}: {answer}"
    cell_fits: str = "up to {count} tokens fit"
    cell_fits_tight: str = "up to {count} tokens fit, {tight} if it is tight"
    cell_tight: str = "{count} tokens at most, and tight"
    nothing: str = "–"
    key_fits: str = "the planned context fits"
    key_tight: str = "it fits, tight"
    key_shorter: str = "only shorter ones fit"

    split_title: str = "Memory of each device"
    split_description: str = "{devices}."
    device_words: str = "{device}: {size} of {free} free"
    ram_name: str = "{name} · RAM"
    size_of_free: str = "{size} of {free} free"
    device_words_unknown: str = "{device}: {size}, free not known"

    speed_title: str = "Speed against context length, modelled"
    speed_description: str = (
        "Decoding {first} tokens per second at {shortest} tokens of context, {last} at "
        "{longest}. Modelled, not measured."
    )
    per_second: str = "tokens per second"
    slowest: str = "Slowest"
    expected: str = "Expected"
    fastest: str = "Fastest"
    expected_line: str = "expected"
    band_of: str = "slowest to fastest"
    rate_between: str = "{expected} tokens per second ({low} to {high})"


ENGLISH: Final = ChartWords()
