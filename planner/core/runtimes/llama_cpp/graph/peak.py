"""How large the compute buffers are: the allocator's steps with the sizes of a plan."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from planner.core.runtimes.llama_cpp.graph.arena import Arena
from planner.core.runtimes.llama_cpp.graph.program import (
    LAYER_INPUT,
    GraphProgram,
    LayerSteps,
    Step,
)
from planner.core.runtimes.llama_cpp.step_sizes import Peaks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.core.runtimes.llama_cpp.graph.nodes import Side

    Holes = tuple[tuple[int, int], ...]
    # The holes on the GPU and in RAM, the peaks, and where what is left stands.
    _After = tuple[Holes, Holes, Peaks, tuple[int, ...]]


class Replay:
    """Runs programs over the same layers; what a layer did to equal memory is kept."""

    def __init__(self, slot_count: int) -> None:
        """Start with nothing known."""
        self._slot_count = slot_count
        self._known: dict[tuple[object, ...], _After] = {}

    def run(self, program: GraphProgram, sizes: Sequence[Mapping[str, int]]) -> Peaks:
        """Return the peaks of a program, one of those with the same layers.

        `sizes` has a table for each layer, the same object for equal ones, in this call and in
        later ones. Sizes are multiples of the alignment.
        """
        offsets = [0] * self._slot_count
        gpu = host = Arena().state
        gpu_peak = host_peak = 0
        for kind, table in zip(program.order, sizes, strict=True):
            layer = program.layers[kind]
            read = [offsets[slot] for slot in layer.read]
            before = (kind, id(table), gpu, host, *read)
            after = self._known.get(before)
            if after is None:
                after = self._known[before] = _run_layer(layer, table, (gpu, host), offsets)
            gpu, host, peaks, left = after
            for slot, offset in zip(layer.left, left, strict=True):
                offsets[slot] = offset
            gpu_peak = max(gpu_peak, peaks.gpu_bytes)
            host_peak = max(host_peak, peaks.host_bytes)
        return Peaks(gpu_peak, host_peak)


def _run_layer(
    layer: LayerSteps, sizes: Mapping[str, int], holes: tuple[Holes, Holes], offsets: list[int]
) -> _After:
    arenas = (Arena(holes[0]), Arena(holes[1]))
    take = (arenas[0].take, arenas[1].take)
    give = (arenas[0].give, arenas[1].give)
    for out, size, side, reused, freed in layer.steps:
        if out is not None:
            offsets[out] = take[side](sizes[size]) if reused is None else offsets[reused]
        for slot, size_name, where in freed:
            give[where](offsets[slot], sizes[size_name])
    offsets[LAYER_INPUT] = offsets[layer.result]
    left = tuple(offsets[slot] for slot in layer.left)
    gpu, host = arenas
    return gpu.state, host.state, Peaks(gpu.peak_bytes, host.peak_bytes), left


def live_peaks(
    program: GraphProgram,
    sizes: Sequence[Mapping[str, int]],
    known: dict[tuple[int, int], tuple[Peaks, Peaks]],
) -> Peaks:
    """Return the most that is in use at once: the buffers less the holes between.

    No allocator needs less. It grows with every size, where the buffers themselves may shrink
    because a hole fits better. `known` is what the layers of other programs with the same
    layers and tables were found to do.
    """
    gpu = host = most_gpu = most_host = 0
    for kind, table in zip(program.order, sizes, strict=True):
        key = (kind, id(table))
        change = known.get(key)
        if change is None:
            change = known[key] = _live_change(program.layers[kind], table)
        left, most = change
        most_gpu = max(most_gpu, gpu + most.gpu_bytes)
        most_host = max(most_host, host + most.host_bytes)
        gpu += left.gpu_bytes
        host += left.host_bytes
    return Peaks(most_gpu, most_host)


def _live_change(layer: LayerSteps, sizes: Mapping[str, int]) -> tuple[Peaks, Peaks]:
    """Return how much more a layer leaves in use on each side, and the most on the way."""
    live, most = [0, 0], [0, 0]
    for step in layer.steps:
        if step.out is not None and step.reused is None:
            side = step.side
            live[side] += sizes[step.size]
            most[side] = max(most[side], live[side])
        for _, size_name, side in step.freed:
            live[side] -= sizes[size_name]
    return Peaks(*live), Peaks(*most)


def peak_parts(
    program: GraphProgram, sizes: Sequence[Mapping[str, int]], side: Side
) -> dict[tuple[str, int], int]:
    """Return what stands in one buffer when it is largest, as (name, bytes) and how often.

    What lies unused between is named by an empty name.
    """
    arenas = (Arena(), Arena())
    live: dict[int, tuple[int, str, int]] = {}
    largest: dict[tuple[str, int], int] = {}
    peak_bytes = 0
    result = LAYER_INPUT
    for kind, table in zip(program.order, sizes, strict=True):
        layer = program.layers[kind]
        if result != LAYER_INPUT and result in live:
            live[LAYER_INPUT] = live.pop(result)
        for step in layer.steps:
            _apply(step, table, arenas, live, side)
            if arenas[side].peak_bytes > peak_bytes:
                peak_bytes = arenas[side].peak_bytes
                largest = dict(Counter((name, size) for _, name, size in live.values()))
            for slot, name, where in step.freed:
                offset = live.pop(slot)[0] if where is side else None
                if offset is not None:
                    arenas[side].give(offset, table[name])
        result = layer.result
    unused = peak_bytes - sum(size * count for (_, size), count in largest.items())
    return largest | ({("", unused): 1} if unused else {})


def _apply(
    step: Step,
    table: Mapping[str, int],
    arenas: tuple[Arena, Arena],
    live: dict[int, tuple[int, str, int]],
    side: Side,
) -> None:
    """Give the step's result its place in the buffer that is looked at."""
    if step.out is None or step.side is not side:
        return
    size = table[step.size]
    offset = arenas[side].take(size) if step.reused is None else live.pop(step.reused)[0]
    live[step.out] = (offset, step.size, size)
