"""A llama.cpp plan over several GPUs: whole layers each, and the output on one of them.

Which GPU gets which layer is exact (`layer_devices`), and so are the buffers: each card's part
of the graph is replayed. Where all layers are on cards, llama.cpp makes a pipeline of them and
keeps up to four copies of a step's inputs; drivers that have no events keep one.
"""

from dataclasses import replace
from typing import Final

from planner.core.errors import UnsupportedPlanError
from planner.core.ledger import Band, LedgerLine, Part, Place, PlacedLines
from planner.core.model_spec import TransformerShape
from planner.core.plan import Plan, SplitMode
from planner.core.runtimes.llama_cpp.graph.nodes import Side
from planner.core.runtimes.llama_cpp.graph.step import GraphCard, PeakWords, step_peaks
from planner.core.runtimes.llama_cpp.kv_cache import cuda_padding_per_layer
from planner.core.runtimes.llama_cpp.layer_devices import DeviceLayers, device_layers
from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
from planner.core.runtimes.llama_cpp.lines import (
    GPU_OVERHEAD_LINE,
    HOST_OVERHEAD_LINE,
    PLACEMENT_SOURCE,
    cache_line,
    graph_line,
    host_compute_line,
    host_weights_line,
    output_line,
)
from planner.core.runtimes.llama_cpp.step_sizes import StepSizes
from planner.core.runtimes.llama_cpp.weights import GgufWeights

# GGML_SCHED_MAX_COPIES of ggml-backend.cpp: inputs in flight while several cards take turns.
PIPELINE_COPIES: Final = 4


def has_several(plan: Plan) -> bool:
    """Whether the plan's layers go to more than one GPU."""
    spread = plan.split_mode is SplitMode.LAYER and plan.gpu_layer_count > 0
    return spread and len(plan.tensor_split) > 1


def check(plan: Plan) -> None:
    """Refuse a split over GPUs that does not say over how many.

    Raises:
        UnsupportedPlanError: layers are to be split, but no share of any GPU is given.
        PlannerError: a share is negative or not a number, or all are 0.
    """
    if plan.split_mode is not SplitMode.LAYER or not plan.gpu_layer_count:
        return
    if not plan.tensor_split:
        raise UnsupportedPlanError(
            "A split of the layers over several GPUs needs their shares (a tensor split such "
            "as 3,1) or a machine with several GPUs."
        )
    device_layers(LayerSplit(1, 1), plan.tensor_split)


def weight_lines(shape: TransformerShape, plan: Plan, weights: GgufWeights) -> PlacedLines:
    """Return the weights on each GPU and in RAM."""
    split = LayerSplit.of_plan(shape, plan)
    devices = device_layers(split, plan.tensor_split)
    on_gpus = (
        LedgerLine(
            part=Part.WEIGHTS,
            place=Place.GPU,
            band=Band.exact(device.weights_bytes(weights, split.cpu_expert_layers)),
            template="GPU {}: {} of {} layers{}",
            figures=(
                number,
                device.layer_count,
                split.layer_count,
                " and the output" if device.has_output else "",
            ),
            reason="Layers go to the GPUs in order, by their shares; the output is the last.",
            source=PLACEMENT_SOURCE,
            device=number,
        )
        for number, device in enumerate(devices)
    )
    host = host_weights_line(weights, split, split.weights_bytes(weights, Place.HOST))
    return PlacedLines.on_devices((*on_gpus, host), len(devices))


def step_lines(shape: TransformerShape, plan: Plan, weights: GgufWeights | None) -> PlacedLines:
    """Return cache, buffers and overhead of each GPU and of RAM.

    `weights` are needed only where some of them are streamed from RAM.
    """
    split = LayerSplit.of_plan(shape, plan)
    devices = device_layers(split, plan.tensor_split)
    padding = cuda_padding_per_layer(shape, plan)
    lines: list[LedgerLine] = []
    for number, device in enumerate(devices):
        lines.append(
            cache_line(shape, plan, Place.GPU, device.layer_count, padding, device=number)
        )
        lines.append(_compute_line(shape, plan, split, weights, _card(device, split, number)))
        lines[-1] = replace(lines[-1], device=number)
        lines.append(replace(GPU_OVERHEAD_LINE, device=number))
    if split.first_gpu_layer:
        lines.append(cache_line(shape, plan, Place.HOST, split.first_gpu_layer, 0))
    lines.append(_host_line(shape, plan, split, weights, devices))
    lines += (output_line(shape, plan), HOST_OVERHEAD_LINE)
    return PlacedLines.on_devices(lines, len(devices))


def _card(device: DeviceLayers, split: LayerSplit, number: int) -> GraphCard:
    """Return a card's part of the graph; the first one computes what stays in RAM, too."""
    first = 0 if number == 0 else device.first
    copies = PIPELINE_COPIES if split.is_all_gpu else 1
    return GraphCard(first, device.end, device.has_output, copies, number > 0)


def _compute_line(
    shape: TransformerShape,
    plan: Plan,
    split: LayerSplit,
    weights: GgufWeights | None,
    card: GraphCard,
) -> LedgerLine:
    """Return one card's buffer; without events a driver keeps no copies of the inputs."""
    words = PeakWords(
        shape=shape, plan=plan, split=split, weights=weights, card=card, side=Side.GPU
    )
    if card.first == card.end and not card.has_output:
        idle = graph_line(words, 0, Place.GPU)
        return replace(idle, template="no layers", figures=())
    peaks = step_peaks(shape, plan, split, weights, card=card)
    least = step_peaks(shape, plan, split, weights, card=card._replace(input_copies=1))
    least_bytes = least.gpu_bytes
    if card.has_output:
        # A log of 2025 on two Vulkan cards shows the logits and one residual copy, no more.
        sizes = StepSizes.of(shape, plan)
        least_bytes = min(least_bytes, sizes.logits + sizes.hidden)
    line = graph_line(words, peaks.gpu_bytes, Place.GPU)
    return replace(line, band=_up_to(peaks.gpu_bytes, least_bytes))


def _host_line(
    shape: TransformerShape,
    plan: Plan,
    split: LayerSplit,
    weights: GgufWeights | None,
    devices: tuple[DeviceLayers, ...],
) -> LedgerLine:
    """Return the pinned buffer in RAM, from which the first card takes the inputs."""
    card = _card(devices[0], split, 0)
    peaks = step_peaks(shape, plan, split, weights, card=card)
    least = step_peaks(shape, plan, split, weights, card=card._replace(input_copies=1))
    line = host_compute_line(peaks.host_bytes)
    return replace(line, band=_up_to(peaks.host_bytes, least.host_bytes))


def _up_to(size_bytes: int, least_bytes: int) -> Band:
    """Return a band below what CUDA takes: without a pipeline it is less."""
    return Band(min(least_bytes, size_bytes), size_bytes, size_bytes)
