"""The graph of one step for each Phi architecture, as llama.cpp builds it.

A comment names what differs from what one would draw: whether a result may take its source's
place hangs on the operation (`ggml_op_can_inplace`) and never works through a view.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.core.model_spec import Architecture
from planner.core.runtimes.llama_cpp.graph.nodes import Side, StepGraph, Tensor

if TYPE_CHECKING:
    from collections.abc import Sequence

# ggml_backend_cuda_device_offload_op: fewer rows than this are not worth copying weights for.
OFFLOAD_ROWS: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerPlace:
    """Where one layer's weights are."""

    side: Side
    experts: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphForm:
    """What decides a graph's nodes, whatever their sizes.

    `near` is the side that computes, and where the output's weights are. `has_few_rows` tells
    that fewer than `OFFLOAD_ROWS` rows leave the last layer, `has_output` that the graph ends
    with the output. `input_copies` are those of a pipeline over several cards, and a card that
    `follows_another` is handed the first norm too. Joined projections are one matrix for q, k
    and v, or for gate and up. An f32 cache is cast for flash attention.
    """

    architecture: Architecture
    joins_qkv: bool
    joins_gate_up: bool
    flash_attention: bool
    rotates_keys: bool
    rotates_values: bool
    casts_keys: bool
    casts_values: bool
    has_rope_factors: bool
    near: Side
    has_few_rows: bool
    has_output: bool
    input_copies: int
    follows_another: bool


class StepBuilder:
    """Builds the nodes of the given layers, the last of which is the model's last."""

    def __init__(self, form: GraphForm) -> None:
        self._form = form
        self._graph = graph = StepGraph(form.near)
        host = Side.HOST
        self._positions = Tensor("ids", host)
        self._key_ids = Tensor("key_ids", host)
        self._value_ids = Tensor("value_ids", host)
        self._mask = Tensor("mask", host)
        self._key_rotation = Tensor("key_rotation", host)
        self._value_rotation = Tensor("value_rotation", host)
        self._row_ids = Tensor("rows", host)
        # The token ids and the room for embeddings that no text needs come first.
        self.inputs = (
            Tensor("ids", host),
            Tensor("hidden", host),
            self._positions,
            self._key_ids,
            self._value_ids,
            self._mask,
            *((self._key_rotation,) if form.rotates_keys else ()),
            *((self._value_rotation,) if form.rotates_values else ()),
            self._row_ids,
        )
        self._factors: dict[Side, Tensor] = {}
        self._hidden = graph.op("hidden", self.inputs[0], side=host)
        self.results: list[Tensor] = []

    def build(self, layers: Sequence[LayerPlace]) -> StepGraph:
        """Return the graph of a step over these layers."""
        for number, place in enumerate(layers):
            self._graph.layer = number
            is_last = number == len(layers) - 1 and self._form.has_output
            if self._form.architecture is Architecture.PHI:
                self._parallel_block(place, is_last=is_last)
            else:
                self._sequential_block(place, is_last=is_last)
            self.results.append(self._hidden)
        if not layers:
            # A card with nothing but the output is handed the rows that are put out.
            self._hidden = self._graph.op("hidden_rows", self._hidden, side=Side.HOST)
        if self._form.has_output:
            self._output()
        else:
            self._graph.op("hidden", self._hidden)
        if not layers:
            self.results.append(self._hidden)
        return self._graph

    # ----------------------------------------------------------------------- blocks

    def _parallel_block(self, place: LayerPlace, *, is_last: bool) -> None:
        """Phi-1, 1.5 and 2: one norm feeds attention and feed-forward."""
        graph, rows = self._graph, "_rows" if is_last else ""
        normed = self._norm(self._hidden, "hidden", place.side)
        attention = self._attention(normed, place)
        if is_last:
            attention = graph.op("hidden_rows", attention, self._row_ids)
            normed = graph.op("hidden_rows", normed, self._row_ids)
        inner = self._multiply("ffn_up", f"inner{rows}", normed, place.side, is_last=is_last)
        inner = self._bias(inner, place.side)
        inner = graph.in_place(inner)
        down = self._multiply("ffn_down", f"hidden{rows}", inner, place.side, is_last=is_last)
        down = self._bias(down, place.side)
        both = graph.op(f"hidden{rows}", attention, down, reuses=(attention, down))
        residual = self._hidden
        if is_last:
            residual = graph.op("hidden_rows", residual, self._row_ids)
        self._hidden = graph.op(f"hidden{rows}", both, residual, reuses=(both, residual))

    def _sequential_block(self, place: LayerPlace, *, is_last: bool) -> None:
        """Phi-3, Phi-4 and the mixtures: attention, then feed-forward, each with its norm."""
        graph, rows = self._graph, "_rows" if is_last else ""
        normed = self._norm(self._hidden, "hidden", place.side)
        attention, residual = self._attention(normed, place), self._hidden
        if is_last:
            attention = graph.op("hidden_rows", attention, self._row_ids)
            residual = graph.op("hidden_rows", residual, self._row_ids)
        middle = graph.op(f"hidden{rows}", attention, residual, reuses=(attention, residual))
        normed = self._norm(middle, f"hidden{rows}", place.side)
        if self._form.architecture is Architecture.PHIMOE:
            down = self._experts(normed, place, rows, is_last=is_last)
        else:
            inner = graph.op(f"inner{rows}", *self._gate_and_up(normed, place, rows, is_last))
            down = self._multiply(
                "ffn_down", f"hidden{rows}", inner, place.side, is_last=is_last
            )
        self._hidden = graph.op(f"hidden{rows}", middle, down, reuses=(middle, down))

    def _gate_and_up(
        self, normed: Tensor, place: LayerPlace, rows: str, is_last: bool
    ) -> tuple[Tensor, ...]:
        if self._form.joins_gate_up:
            both = f"gate_up{rows}"
            return (self._multiply("ffn_up", both, normed, place.side, is_last=is_last),)
        return tuple(
            self._multiply(role, f"inner{rows}", normed, place.side, is_last=is_last)
            for role in ("ffn_up", "ffn_gate")
        )

    def _experts(
        self, normed: Tensor, place: LayerPlace, rows: str, *, is_last: bool
    ) -> Tensor:
        graph = self._graph
        scores = self._multiply(
            "ffn_gate_inp", f"scores_of_experts{rows}", normed, place.side, is_last=is_last
        )
        scores = graph.in_place(scores)
        order = graph.op(f"scores_of_experts{rows}", scores)
        shares = graph.op(f"shares_of_experts{rows}", scores, order)
        total = graph.in_place(graph.op(f"ids{rows}", shares))
        shares = graph.op(f"shares_of_experts{rows}", shares, total)
        gate, up = (
            self._multiply(
                role, f"inner_of_experts{rows}", normed, place.experts, order, is_last=is_last
            )
            for role in ("ffn_gate_exps", "ffn_up_exps")
        )
        inner = graph.op(f"inner_of_experts{rows}", gate, up)
        down = self._multiply(
            "ffn_down_exps",
            f"hidden_of_experts{rows}",
            inner,
            place.experts,
            order,
            is_last=is_last,
        )
        return graph.op(f"hidden{rows}", graph.in_place(down, shares))

    # ----------------------------------------------------------------------- attention

    def _attention(self, normed: Tensor, place: LayerPlace) -> Tensor:
        """Return the attention's part of the residual stream."""
        form, graph = self._form, self._graph
        if form.joins_qkv:
            query, key, value = self._joined_projections(normed, place)
        else:
            query, key, value = self._separate_projections(normed, place)
        graph.write(key, self._key_ids, side=place.side)
        if form.joins_qkv and not form.flash_attention and not form.rotates_values:
            # Values stand transposed without flash attention; a view must be copied for that.
            value = graph.op("cached", value, side=place.side)
        graph.write(value, self._value_ids, side=place.side)
        keys = Tensor("layer_keys", place.side)
        values = Tensor("layer_values", place.side)
        if form.flash_attention:
            if form.casts_keys:
                keys = graph.op("cache_in_f16", keys)
            if form.casts_values:
                values = graph.op("cache_in_f16", values)
            mixed = graph.op("flash_attention", query, keys, values, self._mask)
        else:
            scores = graph.op("scores", keys, query)
            scores = graph.in_place(scores, self._mask)
            mixed = graph.op("query", graph.op("query", values, scores))
        if form.rotates_values:
            mixed = graph.op("query", self._value_rotation, mixed)
        return self._projection("attn_output", "hidden", mixed, place.side)

    def _joined_projections(
        self, normed: Tensor, place: LayerPlace
    ) -> tuple[Tensor, Tensor, Tensor]:
        form, graph = self._form, self._graph
        joined = self._projection("attn_qkv", "qkv", normed, place.side)
        query = graph.op("query", joined, *self._angles(place.side))
        query = graph.in_place(query)
        if form.rotates_keys:
            query = graph.op("query", self._key_rotation, query)
        value = joined
        if form.rotates_values:
            value = graph.op("cached", self._value_rotation, graph.op("cached", joined))
        key = graph.op("cached", joined, *self._angles(place.side))
        if form.rotates_keys:
            key = graph.op("cached", self._key_rotation, key)
        return query, key, value

    def _separate_projections(
        self, normed: Tensor, place: LayerPlace
    ) -> tuple[Tensor, Tensor, Tensor]:
        form, graph = self._form, self._graph
        query = self._projection("attn_q", "query", normed, place.side)
        query = graph.op("query", query, *self._angles(place.side))
        query = graph.in_place(query)
        if form.rotates_keys:
            query = graph.op("query", self._key_rotation, query)
        value = self._projection("attn_v", "cached", normed, place.side)
        if form.rotates_values:
            value = graph.op("cached", self._value_rotation, value)
        key = self._projection("attn_k", "cached", normed, place.side)
        key = graph.op("cached", key, *self._angles(place.side))
        if form.rotates_keys:
            key = graph.op("cached", self._key_rotation, key)
        return query, key, value

    # ----------------------------------------------------------------------- parts

    def _output(self) -> None:
        form, graph = self._form, self._graph
        normed = self._norm(self._hidden, "hidden_rows", form.near)
        logits = graph.op("logits", self._weight("output", form.near), normed)
        if form.architecture is not Architecture.PHI3:
            logits = self._bias(logits, form.near)
        logits.is_kept = True

    def _norm(self, source: Tensor, size: str, side: Side) -> Tensor:
        """Normalise and scale; LayerNorm, unlike RMSNorm, never works in place."""
        form = self._form
        reuses = () if form.architecture is Architecture.PHI else (source,)
        if form.follows_another and not self.results and source is self._hidden:
            # The scheduler leaves a norm, which has no weights, on the card before.
            normed = self._graph.op(size, source, side=Side.HOST)
        else:
            normed = self._graph.op(size, source, reuses=reuses)
        normed = self._bias(normed, side)
        return normed if form.architecture is Architecture.PHI3 else self._bias(normed, side)

    def _bias(self, source: Tensor, side: Side) -> Tensor:
        """Scale or shift by a vector, in place."""
        return self._graph.in_place(source, Tensor("vector", side, is_weight=True))

    def _projection(self, role: str, size: str, normed: Tensor, side: Side) -> Tensor:
        """Multiply by a matrix and, but for Phi-3's, add its bias."""
        out = self._graph.op(size, self._weight(role, side), normed)
        return out if self._form.architecture is Architecture.PHI3 else self._bias(out, side)

    def _multiply(
        self,
        role: str,
        size: str,
        source: Tensor,
        side: Side,
        *others: Tensor,
        is_last: bool,
    ) -> Tensor:
        """Multiply by a matrix, which stays where it is for a handful of rows."""
        stays = is_last and self._form.has_few_rows and side is Side.HOST
        where = side if stays else None
        return self._graph.op(size, self._weight(role, side), source, *others, side=where)

    def _angles(self, side: Side) -> tuple[Tensor, ...]:
        if not self._form.has_rope_factors:
            return (self._positions,)
        if side not in self._factors:
            self._factors[side] = Tensor("rope_factors", side, is_weight=True)
        return (self._positions, self._factors[side])

    @staticmethod
    def _weight(role: str, side: Side) -> Tensor:
        return Tensor(role, side, is_weight=True)
