"""A llama.cpp plan over several GPUs: whole layers each, and the output on one of them.

Which GPU gets which layer is exact (`layer_devices`). The buffers are a band: the one log at
hand (Phi-4-mini on two Vulkan cards) shows logits and one residual copy on the card with the
output, and with several cards llama.cpp keeps up to four copies of a step's inputs.
"""

from dataclasses import replace
from typing import Final

from planner.core.errors import UnsupportedPlanError
from planner.core.ledger import Band, LedgerLine, Part, Place, PlacedLines
from planner.core.model_spec import TransformerShape
from planner.core.plan import Plan, SplitMode
from planner.core.runtimes.llama_cpp.compute_buffer import (
    Stage,
    StepSizes,
    gpu_compute_stage,
    gpu_host_compute_bytes,
    gpu_layer_stage,
    partial_gpu_compute,
    partial_host_compute_bytes,
)
from planner.core.runtimes.llama_cpp.kv_cache import cuda_padding_per_layer
from planner.core.runtimes.llama_cpp.layer_devices import DeviceLayers, device_layers
from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
from planner.core.runtimes.llama_cpp.lines import (
    GPU_OVERHEAD_LINE,
    HOST_OVERHEAD_LINE,
    PLACEMENT_SOURCE,
    cache_line,
    compute_line,
    host_compute_line,
    host_weights_line,
    output_line,
)
from planner.core.runtimes.llama_cpp.weights import GgufWeights

# GGML_SCHED_MAX_COPIES of ggml-backend.cpp: inputs in flight while several cards take turns.
PIPELINE_COPIES: Final = 4
_COMPUTE_REASON: Final = (
    "Each card needs the working memory of its own layers; the card with the output also holds "
    "the logits. How many copies of the inputs are kept differs, so this is a band."
)


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
        stage, band = _compute(shape, plan, device, split, weights)
        lines.append(compute_line(stage, band, Place.GPU, _COMPUTE_REASON, device=number))
        lines.append(replace(GPU_OVERHEAD_LINE, device=number))
    if split.first_gpu_layer:
        lines.append(cache_line(shape, plan, Place.HOST, split.first_gpu_layer, 0))
    pinned = gpu_host_compute_bytes if weights is None else partial_host_compute_bytes
    lines.append(host_compute_line(pinned(shape, plan)))
    lines += (output_line(shape, plan), HOST_OVERHEAD_LINE)
    return PlacedLines.on_devices(lines, len(devices))


def _compute(
    shape: TransformerShape,
    plan: Plan,
    device: DeviceLayers,
    split: LayerSplit,
    weights: GgufWeights | None,
) -> tuple[Stage, Band]:
    """Return one card's buffer: the stages it runs, and up to four copies of its inputs."""
    sizes = StepSizes.of(shape, plan)
    inputs = sizes.mask + 2 * sizes.hidden
    copies = (PIPELINE_COPIES - 1) * inputs
    if weights is not None:
        stage, band = partial_gpu_compute(shape, plan, weights, split)
        return stage, Band(band.low_bytes, band.expected_bytes, band.high_bytes + copies)
    if not device.has_output:
        stage = gpu_layer_stage(shape, plan)
        return stage, Band(stage.size_bytes, stage.size_bytes, stage.size_bytes + copies)
    stage = gpu_compute_stage(shape, plan)
    low = max(0, stage.size_bytes - inputs)
    return stage, Band(low, stage.size_bytes, stage.size_bytes + copies)
