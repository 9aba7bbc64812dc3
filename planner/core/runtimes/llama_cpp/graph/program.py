"""A graph cut into layers and boiled down to what the allocator does, for any sizes.

Most layers are alike, so a graph of at most three of each kind tells what all of them do: the
first of a kind, the middle ones, and the last.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from planner.core.runtimes.llama_cpp.graph.blocks import GraphForm, LayerPlace, StepBuilder
from planner.core.runtimes.llama_cpp.graph.nodes import Node, Side, Tensor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# The slot of a layer's input, which is the result of the layer before.
LAYER_INPUT = 0


class Step(NamedTuple):
    """What one node makes the allocator do.

    `out` is the slot of its result, `None` where it has none of its own; `reused` the slot
    whose place, of the same size, it takes over. `freed` are slots whose last use this was.
    """

    out: int | None
    size: str
    side: Side
    reused: int | None
    freed: tuple[tuple[int, str, Side], ...]


@dataclass(frozen=True, slots=True, eq=False)
class LayerSteps:
    """The steps of one layer and the slot of its result.

    `read` are the slots whose places it asks for without having made them, `left` those that
    it fills for layers after it.
    """

    steps: tuple[Step, ...]
    result: int
    read: tuple[int, ...]
    left: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GraphProgram:
    """The steps of every kind of layer; `order` says which of them each layer takes."""

    layers: tuple[LayerSteps, ...]
    order: tuple[int, ...]
    slot_count: int


@dataclass(slots=True, eq=False)
class _Event:
    """A node or a copy at its time; `layer` is where it stands."""

    out: Tensor | None
    sources: tuple[Tensor, ...]
    reuses: tuple[Tensor, ...]
    layer: int


def graph_program(form: GraphForm, places: Sequence[LayerPlace]) -> GraphProgram:
    """Return the program of a step over layers at these places, first to last."""
    if not places:
        layers, slot_count = _compiled(form, ())
        return GraphProgram(layers, (0,), slot_count)
    *before, last = places
    runs = [(place, len(list(group))) for place, group in groupby(before)]
    short = (*((place, min(count, 3)) for place, count in runs), (last, 1))
    layers, slot_count = _compiled(form, short)
    order: list[int] = []
    first = 0
    for place_count, (_, kept) in zip((*(count for _, count in runs), 1), short, strict=True):
        kinds = range(first, first + kept)
        if kept == 3:
            order += [kinds[0], *[kinds[1]] * (place_count - 2), kinds[2]]
        else:
            order += kinds
        first += kept
    return GraphProgram(layers, tuple(order), slot_count)


@lru_cache(maxsize=256)
def _compiled(
    form: GraphForm, runs: tuple[tuple[LayerPlace, int], ...]
) -> tuple[tuple[LayerSteps, ...], int]:
    places = [place for place, count in runs for _ in range(count)]
    builder = StepBuilder(form)
    graph = builder.build(places)
    copies: dict[tuple[Tensor, Side], Tensor] = {}
    events = _with_copies(graph.nodes, copies)
    inputs = list(builder.inputs)
    if form.input_copies > 1:
        # A pipeline keeps every copy from the start on, so that steps do not wait for another.
        made = (*inputs, *copies.values())
        for tensor in made:
            tensor.is_kept = True
        events = [event for event in events if event.out not in copies.values()]
        inputs = [each for tensor in made for each in _kept_copies(tensor, form.input_copies)]
    starts = [_Event(tensor, (), (), 0) for tensor in inputs]
    return _steps(starts + events, builder.results)


def _kept_copies(tensor: Tensor, count: int) -> tuple[Tensor, ...]:
    spare = (Tensor(tensor.size, tensor.side, is_kept=True) for _ in range(count - 1))
    return tensor, *spare


def _with_copies(
    nodes: Iterable[Node], copies: dict[tuple[Tensor, Side], Tensor]
) -> list[_Event]:
    """Return the nodes with the copies that each part of the graph starts with.

    A part ends where the next node is computed on the other side, or needs a weight from there
    while the part has copies already (`ggml_backend_sched_split_graph`). `copies` is filled.
    """
    events: list[_Event] = []
    part: list[_Event] = []
    copied: list[tuple[Tensor, Tensor]] = []
    side: Side | None = None

    def finish() -> None:
        for source, copy in copied:
            layer = part[0].layer
            events.append(_Event(None, (source,), (), layer))
            events.append(_Event(copy, (), (), layer))
        events.extend(part)

    for node in nodes:
        foreign = any(each.is_weight and each.side is not node.side for each in node.sources)
        if node.side is not side or (copied and foreign):
            if part:
                finish()
            part, copied, side = [], [], node.side
        for source in node.sources:
            if source.side is not node.side and (source, node.side) not in copies:
                copy = Tensor(source.size, node.side, layer=node.layer)
                copies[source, node.side] = copy
                copied.append((source, copy))
        part.append(
            _Event(
                node.out,
                tuple(copies.get((each, node.side), each) for each in node.sources),
                tuple(copies.get((each, node.side), each) for each in node.reuses),
                node.layer,
            )
        )
    finish()
    return events


def _steps(
    events: Sequence[_Event], results: Sequence[Tensor]
) -> tuple[tuple[LayerSteps, ...], int]:
    """Follow each tensor's life: where it is made, what takes its place, when it ends."""
    uses = Counter(source for event in events for source in event.sources)
    slots: dict[Tensor, int] = {}
    placed: set[Tensor] = set()
    by_layer: list[list[Step]] = [[] for _ in results]

    def slot_at(tensor: Tensor, layer: int) -> int:
        if layer and tensor is results[layer - 1]:
            return LAYER_INPUT
        return slots[tensor]

    for event in events:
        reused: int | None = None
        out = event.out
        if out is not None:
            slots[out] = len(slots) + 1
            for each in event.reuses:
                if each in placed and uses[each] == 1 and not each.is_kept:
                    placed.discard(each)
                    reused = slot_at(each, event.layer)
                    break
            placed.add(out)
        freed = []
        for source in event.sources:
            uses[source] -= 1
            if not uses[source] and source in placed and not source.is_kept:
                placed.discard(source)
                freed.append((slot_at(source, event.layer), source.size, source.side))
        if out is None and not freed:
            continue
        by_layer[event.layer].append(
            Step(
                None if out is None else slots[out],
                "" if out is None else out.size,
                Side.GPU if out is None else out.side,
                reused,
                tuple(freed),
            )
        )
    return _layers(by_layer, [slots[result] for result in results]), len(slots) + 1


def _layers(
    by_layer: Sequence[Sequence[Step]], results: Sequence[int]
) -> tuple[LayerSteps, ...]:
    made = [{step.out for step in steps if step.out is not None} for steps in by_layer]
    asked = [_asked(steps) - own for steps, own in zip(by_layer, made, strict=True)]
    by_others = set().union(*asked)
    return tuple(
        LayerSteps(
            tuple(steps),
            result,
            tuple(sorted(foreign)),
            tuple(sorted(own & by_others | {LAYER_INPUT})),
        )
        for steps, result, foreign, own in zip(by_layer, results, asked, made, strict=True)
    )


def _asked(steps: Iterable[Step]) -> set[int]:
    """Return the slots whose places are freed or taken over."""
    freed = {slot for step in steps for slot, _, _ in step.freed}
    return freed | {step.reused for step in steps if step.reused is not None}
