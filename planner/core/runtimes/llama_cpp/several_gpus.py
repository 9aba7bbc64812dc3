"""A llama.cpp plan over several GPUs: whole layers each, and the output on one of them.

Which GPU gets which layer is exact (`layer_devices`), and so are the buffers: each card's part
of the graph is replayed. Where all layers are on cards, llama.cpp makes a pipeline of them and
keeps up to four copies of a step's inputs; drivers that have no events keep one.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

from planner.core.errors import UnsupportedPlanError
from planner.core.ledger import Band, Part, Place, PlacedLines
from planner.core.model_spec import TransformerShape
from planner.core.plan import Plan, SplitMode
from planner.core.runtimes.llama_cpp import lines
from planner.core.runtimes.llama_cpp.amounts import (
    GPU_OVERHEAD,
    HOST_OVERHEAD_WITH_GPU,
    Amount,
    cache_amount,
    sums,
)
from planner.core.runtimes.llama_cpp.compute_buffer import (
    Buffers,
    output_buffer_bytes,
    step_buffers,
)
from planner.core.runtimes.llama_cpp.kv_cache import cuda_padding_per_layer, kv_bytes_per_layer
from planner.core.runtimes.llama_cpp.layer_devices import (
    DeviceLayers,
    GraphCard,
    device_layers,
)
from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
from planner.core.runtimes.llama_cpp.lines import (
    PLACEMENT_SOURCE,
    StepOf,
    Words,
    host_weight_words,
    worded,
)
from planner.core.runtimes.llama_cpp.step_sizes import Peaks, StepSizes
from planner.core.runtimes.llama_cpp.weights import GgufWeights

# GGML_SCHED_MAX_COPIES of ggml-backend.cpp: inputs in flight while several cards take turns.
PIPELINE_COPIES: Final = 4


def check(plan: Plan) -> None:
    """Refuse a split over GPUs that llama.cpp refuses, or that does not say over how many.

    Raises:
        UnsupportedPlanError: rows are to be split, or layers but no share of any GPU is given.
        PlannerError: a share is negative or not a number, or all are 0.
    """
    if not plan.gpu_layer_count:
        return
    if plan.split_mode is SplitMode.ROW:
        # `make_gpu_buft_list` in src/llama-model.cpp asks a backend for
        # `ggml_backend_split_buffer_type`; in 0c1e57098 (2026-10) ggml-sycl alone has it.
        raise UnsupportedPlanError(
            "llama.cpp's --split-mode row does not load on CUDA, HIP, Vulkan or Metal: 'device "
            "does not support split buffers'. In the llama.cpp of 2026-10 only SYCL (Intel "
            "GPUs) has them, and its sizes were not measured; --split-mode layer runs."
        )
    if not plan.tensor_split:
        raise UnsupportedPlanError(
            "A split of the layers over several GPUs needs their shares (a tensor split such "
            "as 3,1) or a machine with several GPUs."
        )
    device_layers(LayerSplit(1, 1), plan.tensor_split)


def weight_lines(plan: Plan, split: LayerSplit, weights: GgufWeights) -> PlacedLines:
    """Return the weights on each GPU and in RAM, with their lines."""
    devices = device_layers(split, plan.tensor_split)

    def words(amount: Amount) -> Words:
        if amount.place is Place.HOST:
            return host_weight_words(weights, split, amount)
        device = devices[amount.device]
        output = " and the output" if device.has_output else ""
        return Words(
            "GPU {}: {} of {} layers{}",
            (amount.device, device.layer_count, split.layer_count, output),
            "Layers go to the GPUs in order, by their shares; the output is the last.",
            PLACEMENT_SOURCE,
        )

    amounts = _weight_amounts(split, devices, weights)
    return PlacedLines.on_devices((worded(each, words(each)) for each in amounts), len(devices))


def weight_sums(plan: Plan, split: LayerSplit, weights: GgufWeights) -> PlacedLines:
    """Return the sums of `weight_lines` without the lines."""
    devices = device_layers(split, plan.tensor_split)
    return sums(_weight_amounts(split, devices, weights), len(devices))


def _weight_amounts(
    split: LayerSplit, devices: tuple[DeviceLayers, ...], weights: GgufWeights
) -> list[Amount]:
    amounts = [
        Amount(
            Part.WEIGHTS,
            Place.GPU,
            Band.exact(device.weights_bytes(weights, split.cpu_expert_layers)),
            number,
        )
        for number, device in enumerate(devices)
    ]
    host = Band.exact(split.weights_bytes(weights, Place.HOST))
    return [*amounts, Amount(Part.WEIGHTS, Place.HOST, host)]


def step_lines(
    shape: TransformerShape, plan: Plan, split: LayerSplit, weights: GgufWeights | None
) -> PlacedLines:
    """Return `step_amounts` with their lines."""
    cards = _graph_cards(split, device_layers(split, plan.tensor_split))
    amounts = step_amounts(shape, plan, split, weights, step_buffers)
    step = StepOf(shape, plan, split, weights, cards)
    return PlacedLines.on_devices(lines.step_lines(step, amounts), len(cards))


def step_amounts(
    shape: TransformerShape,
    plan: Plan,
    split: LayerSplit,
    weights: GgufWeights | None,
    buffers: Buffers,
) -> list[Amount]:
    """Return cache, buffers and overhead of each GPU and of RAM.

    `weights` are needed only where some of them are copied from RAM for a step.
    """
    each = kv_bytes_per_layer(shape, plan)
    padded = each + cuda_padding_per_layer(shape, plan)
    devices = device_layers(split, plan.tensor_split)
    cards = _graph_cards(split, devices)
    amounts: list[Amount] = []
    host = Band.exact(0)
    for number, (device, card) in enumerate(zip(devices, cards, strict=True)):
        gpu, pinned = _bands(
            partial(buffers, shape, plan, split, weights), card, StepSizes.of(shape, plan)
        )
        host = pinned if number == 0 else host
        amounts += (
            cache_amount(Place.GPU, device.layer_count, padded, number),
            Amount(Part.COMPUTE_BUFFER, Place.GPU, gpu, number),
            Amount(Part.RUNTIME_OVERHEAD, Place.GPU, GPU_OVERHEAD, number),
        )
    if split.first_gpu_layer:
        amounts.append(cache_amount(Place.HOST, split.first_gpu_layer, each))
    output = Band.exact(output_buffer_bytes(shape, plan))
    # The first card takes the inputs from RAM.
    return [
        *amounts,
        Amount(Part.COMPUTE_BUFFER, Place.HOST, host),
        Amount(Part.OUTPUT_BUFFER, Place.HOST, output),
        Amount(Part.RUNTIME_OVERHEAD, Place.HOST, HOST_OVERHEAD_WITH_GPU),
    ]


def _graph_cards(split: LayerSplit, devices: tuple[DeviceLayers, ...]) -> tuple[GraphCard, ...]:
    """Return each card's part of the graph; the first one computes what stays in RAM, too."""
    copies = PIPELINE_COPIES if split.is_all_gpu else 1
    return tuple(
        GraphCard(
            device.first if number else 0, device.end, device.has_output, copies, number > 0
        )
        for number, device in enumerate(devices)
    )


def _bands(
    buffers_of: Callable[[GraphCard], Peaks], card: GraphCard, sizes: StepSizes
) -> tuple[Band, Band]:
    """Return a card's buffer and the one in RAM; without events no inputs are copied."""
    if card.is_idle:
        return Band.exact(0), Band.exact(0)
    whole = least = buffers_of(card)
    if card.input_copies > 1:
        least = buffers_of(card._replace(input_copies=1))
    least_bytes = least.gpu_bytes
    if card.has_output:
        # A log of 2025 on two Vulkan cards shows the logits and one residual copy, no more.
        least_bytes = min(least_bytes, sizes.logits + sizes.hidden)
    return _up_to(whole.gpu_bytes, least_bytes), _up_to(whole.host_bytes, least.host_bytes)


def _up_to(size_bytes: int, least_bytes: int) -> Band:
    """Return a band below what CUDA takes: without a pipeline it is less."""
    return Band(min(least_bytes, size_bytes), size_bytes, size_bytes)
