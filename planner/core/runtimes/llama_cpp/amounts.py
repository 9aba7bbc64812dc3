"""What a llama.cpp plan takes, part by part: the one list that lines and sums are made of.

`lines` puts words to it, formulas and sources; a search over hundreds of plans adds it up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from planner.core.ledger import Band, Part, Place, PlacedLines
from planner.core.runtimes.llama_cpp.compute_buffer import (
    Buffers,
    output_buffer_bytes,
)
from planner.core.runtimes.llama_cpp.kv_cache import cuda_padding_per_layer, kv_bytes_per_layer
from planner.core.units import GIB, MIB

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.core.model_spec import TransformerShape
    from planner.core.plan import Plan
    from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
    from planner.core.runtimes.llama_cpp.weights import GgufWeights

# What a CUDA program holds beside llama.cpp's buffers: context, kernels, cuBLAS workspaces.
GPU_OVERHEAD: Final = Band(int(0.30 * GIB), int(0.50 * GIB), GIB)
CPU_OVERHEAD: Final = Band(10 * MIB, 20 * MIB, 30 * MIB)
# Nobody has published what the CUDA libraries take of the host's memory; the top is a guess.
HOST_OVERHEAD_WITH_GPU: Final = Band(10 * MIB, 200 * MIB, 512 * MIB)


class Amount(NamedTuple):
    """The bytes of one part in one place; `device` counts the GPUs of a plan with several.

    `layers` is how many of the repeating layers it is of, where that matters.
    """

    part: Part
    place: Place
    band: Band
    device: int = 0
    layers: int = 0


def weight_amounts(
    weights: GgufWeights, split: LayerSplit, *, repacks: bool
) -> tuple[Amount, ...]:
    """Return the tensors on each side of a split over one GPU and RAM.

    A CPU that `repacks` keeps a second copy of some; their mapped pages are not read again.
    """
    host = split.weights_bytes(weights, Place.HOST)
    if not split.is_all_host:
        gpu = Band.exact(split.weights_bytes(weights, Place.GPU))
        return (
            Amount(Part.WEIGHTS, Place.GPU, gpu),
            Amount(Part.WEIGHTS, Place.HOST, Band.exact(host)),
        )
    copied = weights.repacked_bytes if repacks else 0
    mapped = Amount(Part.WEIGHTS, Place.HOST, Band(host - copied, host, host))
    if not copied:
        return (mapped,)
    return (mapped, Amount(Part.REPACKED_WEIGHTS, Place.HOST, Band.exact(copied)))


def step_amounts(
    shape: TransformerShape,
    plan: Plan,
    split: LayerSplit,
    weights: GgufWeights | None,
    buffers: Buffers,
) -> list[Amount]:
    """Return the cache, the buffers and the overhead on one GPU and in RAM.

    `weights` are needed only where some of them are copied to the GPU for a step.
    """
    compute = buffers(shape, plan, split, weights)
    each_layer = kv_bytes_per_layer(shape, plan)
    amounts = []
    if split.repeating_gpu_layers:
        each = each_layer + cuda_padding_per_layer(shape, plan)
        amounts.append(cache_amount(Place.GPU, split.repeating_gpu_layers, each))
    if split.first_gpu_layer:
        amounts.append(cache_amount(Place.HOST, split.first_gpu_layer, each_layer))
    output = Band.exact(output_buffer_bytes(shape, plan))
    if not split.is_all_host:
        gpu = Band.exact(compute.gpu_bytes)
        amounts.append(Amount(Part.COMPUTE_BUFFER, Place.GPU, gpu))
    amounts += (
        Amount(Part.COMPUTE_BUFFER, Place.HOST, Band.exact(compute.host_bytes)),
        Amount(Part.OUTPUT_BUFFER, Place.HOST, output),
        *overhead_amounts(split),
    )
    return amounts


def cache_amount(place: Place, layers: int, each_bytes: int, device: int = 0) -> Amount:
    """Return the cache of some layers."""
    return Amount(Part.KV_CACHE, place, Band.exact(layers * each_bytes), device, layers)


def overhead_amounts(split: LayerSplit) -> tuple[Amount, ...]:
    """Return what the process takes beside llama.cpp's own buffers."""
    if split.is_all_host:
        return (Amount(Part.RUNTIME_OVERHEAD, Place.HOST, CPU_OVERHEAD),)
    return (
        Amount(Part.RUNTIME_OVERHEAD, Place.GPU, GPU_OVERHEAD),
        Amount(Part.RUNTIME_OVERHEAD, Place.HOST, HOST_OVERHEAD_WITH_GPU),
    )


def sums(amounts: Iterable[Amount], device_count: int = 1) -> PlacedLines:
    """Return the sums of both places, and of each GPU of several, without any lines."""
    gpus, host = [_NOTHING] * device_count, _NOTHING
    for part in amounts:
        if part.place is Place.HOST:
            host += part.band
        else:
            gpus[part.device] += part.band
    if device_count == 1:
        return PlacedLines((), gpus[0], host)
    return PlacedLines((), sum(gpus, _NOTHING), host, tuple(gpus))


_NOTHING: Final = Band.exact(0)
