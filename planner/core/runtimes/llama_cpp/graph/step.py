"""The compute buffers of a plan's step, by the graph, and what stands in them at the peak."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from planner.core.gguf_layout import TensorLayout
from planner.core.model_spec import Architecture, TransformerShape
from planner.core.plan import CacheType
from planner.core.runtimes.llama_cpp.graph.blocks import OFFLOAD_ROWS, GraphForm, LayerPlace
from planner.core.runtimes.llama_cpp.graph.nodes import Side
from planner.core.runtimes.llama_cpp.graph.peak import Replay, live_peaks, peak_parts
from planner.core.runtimes.llama_cpp.graph.program import (
    GraphProgram,
    LayerSteps,
    graph_program,
)
from planner.core.runtimes.llama_cpp.graph.sizes import (
    VALUE_ROTATION,
    layer_tables,
    step_table,
)
from planner.core.runtimes.llama_cpp.step_sizes import Peaks, StepSizes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.core.plan import Plan
    from planner.core.runtimes.llama_cpp.layer_devices import GraphCard
    from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
    from planner.core.runtimes.llama_cpp.weights import GgufWeights


def step_peaks(
    shape: TransformerShape,
    plan: Plan,
    split: LayerSplit,
    weights: GgufWeights | None = None,
    *,
    card: GraphCard | None = None,
) -> Peaks:
    """Return how large the step's buffers are, on the GPU and in RAM beside it.

    `weights` are needed where some of them are copied to the GPU for a step. `card` is one of
    several; without it one computes everything.
    """
    # What does not change the graph must not make another one.
    plan = plan.changed(model_id="", quant_format="", gpu_layer_count=0)
    return _peaks(shape, plan, split, weights, card)


def step_floor(
    shape: TransformerShape,
    plan: Plan,
    split: LayerSplit,
    weights: GgufWeights | None = None,
    *,
    card: GraphCard | None = None,
) -> Peaks:
    """Return what the step's buffers have to hold at the least: `live_peaks`."""
    plan = plan.changed(model_id="", quant_format="", gpu_layer_count=0)
    return _floor(shape, plan, split, weights, card)


@lru_cache(maxsize=8192)
def _floor(
    shape: TransformerShape,
    plan: Plan,
    split: LayerSplit,
    weights: GgufWeights | None,
    card: GraphCard | None,
) -> Peaks:
    program, tables = _replayable(shape, plan, split, weights, card)
    return live_peaks(program, tables.of(card), _live_changes(program.layers, tables))


@lru_cache(maxsize=8192)
def _peaks(
    shape: TransformerShape,
    plan: Plan,
    split: LayerSplit,
    weights: GgufWeights | None,
    card: GraphCard | None,
) -> Peaks:
    program, tables = _replayable(shape, plan, split, weights, card)
    return _replay(program.layers, program.slot_count, tables).run(program, tables.of(card))


@lru_cache(maxsize=128)
def _live_changes(
    layers: tuple[LayerSteps, ...],  # noqa: ARG001 - what is known is about them alone,
    tables: LayerTables,  # noqa: ARG001 - with these sizes
) -> dict[tuple[int, int], tuple[Peaks, Peaks]]:
    return {}


@lru_cache(maxsize=128)
def _replay(
    layers: tuple[LayerSteps, ...],  # noqa: ARG001 - what it knows is about them alone,
    slot_count: int,
    tables: LayerTables,  # noqa: ARG001 - with these sizes, which are kept as long as it is
) -> Replay:
    return Replay(slot_count)


@dataclass(frozen=True, slots=True, eq=False)
class LayerTables:
    """The sizes of every layer's tensors: one table for each, the same for equal layers."""

    tables: tuple[Mapping[str, int], ...]

    def of(self, card: GraphCard | None) -> Sequence[Mapping[str, int]]:
        """Return the tables of a card's layers; it may have the output and no layer at all."""
        if card is None:
            return self.tables
        return self.tables[card.first : card.end] or self.tables[-1:]


@lru_cache(maxsize=128)
def _layer_tables(
    shape: TransformerShape, plan: Plan, weights: GgufWeights | None, *, on_gpu: bool
) -> LayerTables:
    common = step_table(shape, plan, StepSizes.of(shape, plan), on_gpu=on_gpu)
    if weights is None:
        return LayerTables((common,) * shape.layer_count)
    return LayerTables(tuple(layer_tables(common, weights)))


@dataclass(frozen=True, slots=True, kw_only=True)
class PeakWords:
    """Spells out what stands in a buffer at its peak, when somebody reads it."""

    shape: TransformerShape
    plan: Plan
    split: LayerSplit
    weights: GgufWeights | None
    card: GraphCard | None = None
    side: Side

    def __str__(self) -> str:
        """Return the tensors and the holes between them as a sum."""
        plan = self.plan.changed(model_id="", quant_format="", gpu_layer_count=0)
        program, tables = _replayable(self.shape, plan, self.split, self.weights, self.card)
        parts = peak_parts(program, tables.of(self.card), self.side)
        return " + ".join(
            f"{count} x {size:,} B {_words(name)}" for (name, size), count in parts.items()
        )


def _words(name: str) -> str:
    return _WORDS.get(name, name.replace("_rows", " of the rows put out").replace("_", " "))


_WORDS: Final = {
    "hidden": "residual stream",
    "inner": "feed-forward",
    "gate_up": "gate and up",
    "cached": "new keys or values",
    "layer_keys": "keys of a layer in RAM",
    "layer_values": "values of a layer in RAM",
    "": "holes between them",
}


def _replayable(
    shape: TransformerShape,
    plan: Plan,
    split: LayerSplit,
    weights: GgufWeights | None,
    card: GraphCard | None,
) -> tuple[GraphProgram, LayerTables]:
    form = _form(shape, plan, split, _joined(shape, plan, weights), card)
    first, end = (0, split.layer_count) if card is None else (card.first, card.end)
    program = _split_program(form, split, first, end)
    return program, _layer_tables(shape, plan, weights, on_gpu=form.near is Side.GPU)


@lru_cache(maxsize=1024)
def _split_program(form: GraphForm, split: LayerSplit, first: int, end: int) -> GraphProgram:
    in_ram = split.layer_count if split.is_all_host else split.first_gpu_layer
    experts_in_ram = max(in_ram, split.cpu_expert_layers)
    places = [
        LayerPlace(side=_side(layer < in_ram), experts=_side(layer < experts_in_ram))
        for layer in range(first, end)
    ]
    return graph_program(form, places)


def _form(
    shape: TransformerShape,
    plan: Plan,
    split: LayerSplit,
    joined: tuple[bool, bool],
    card: GraphCard | None,
) -> GraphForm:
    joins_qkv, joins_gate_up = joined
    rotates = shape.head_dim % VALUE_ROTATION == 0
    near = _side(split.is_all_host)
    return GraphForm(
        architecture=shape.architecture,
        joins_qkv=joins_qkv,
        joins_gate_up=joins_gate_up,
        flash_attention=plan.flash_attention,
        rotates_keys=plan.cache_type_k.is_quantised and rotates,
        rotates_values=plan.cache_type_v.is_quantised and rotates,
        casts_keys=plan.cache_type_k is CacheType.F32,
        casts_values=plan.cache_type_v is CacheType.F32,
        has_rope_factors=bool(shape.rope_factor_count),
        near=near,
        has_few_rows=StepSizes.of(shape, plan).rows < OFFLOAD_ROWS,
        has_output=card is None or card.has_output,
        input_copies=1 if card is None else card.input_copies,
        follows_another=card is not None and card.follows_another,
    )


def _joined(
    shape: TransformerShape, plan: Plan, weights: GgufWeights | None
) -> tuple[bool, bool]:
    """Tell whether q, k, v and gate, up are one matrix each, in the file or by the layout."""
    if weights is not None:
        names = {stored.tensor_set.name for stored in weights.stored}
        return (
            "blk.{layer}.attn_qkv.weight" in names,
            "blk.{layer}.ffn_gate.weight" not in names,
        )
    default = shape.architecture is Architecture.PHI3 and plan.layout is not TensorLayout.SPLIT
    return default or plan.layout is TensorLayout.FUSED, default


def _side(is_host: bool) -> Side:
    return Side.HOST if is_host else Side.GPU
