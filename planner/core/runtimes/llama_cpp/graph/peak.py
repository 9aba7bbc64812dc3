"""How large the compute buffers are: the allocator's steps with the sizes of a plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.core.runtimes.llama_cpp.graph.arena import Arena
from planner.core.runtimes.llama_cpp.graph.program import (
    LAYER_INPUT,
    GraphProgram,
    LayerSteps,
    Step,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.core.runtimes.llama_cpp.graph.nodes import Side

    Holes = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Peaks:
    """The largest extent of both buffers, in bytes."""

    gpu_bytes: int
    host_bytes: int


class Replay:
    """Runs a program once; what equal layers did to equal memory is not worked out again."""

    def __init__(self, program: GraphProgram) -> None:
        self._program = program
        self._arenas = (Arena(), Arena())
        self._offsets = [0] * program.slot_count
        self._known: dict[tuple[int, int, Holes, Holes, int], tuple[Holes, Holes, int]] = {}

    def run(self, sizes: Sequence[Mapping[str, int]]) -> Peaks:
        """Return the peaks; `sizes` has a table for each layer, the same object for equal ones.

        Sizes are multiples of the alignment.
        """
        gpu, host = self._arenas
        for kind, table in zip(self._program.order, sizes, strict=True):
            layer = self._program.layers[kind]
            before = (kind, id(table), gpu.state, host.state, self._offsets[LAYER_INPUT])
            after = self._known.get(before)
            if after is None:
                self._layer(layer, table)
                self._known[before] = (gpu.state, host.state, self._offsets[LAYER_INPUT])
            else:
                gpu.holes = [list(hole) for hole in after[0]]
                host.holes = [list(hole) for hole in after[1]]
                self._offsets[LAYER_INPUT] = after[2]
        return Peaks(gpu_bytes=gpu.peak_bytes, host_bytes=host.peak_bytes)

    def _layer(self, layer: LayerSteps, sizes: Mapping[str, int]) -> None:
        arenas, offsets = self._arenas, self._offsets
        for step in layer.steps:
            out = step.out
            if out is not None:
                if step.reused is None:
                    offsets[out] = arenas[step.side].take(sizes[step.size])
                else:
                    offsets[out] = offsets[step.reused]
            for slot, size_name, side in step.freed:
                arenas[side].give(offsets[slot], sizes[size_name])
        offsets[LAYER_INPUT] = offsets[layer.result]


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
