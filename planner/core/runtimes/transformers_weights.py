"""The weights that transformers loads: packed matrices, plain rest, layers left in RAM."""

from dataclasses import dataclass
from typing import Final

from planner.core.ledger import Band, LedgerLine, Part, Place
from planner.core.model_spec import ModelSpec
from planner.core.plan import Plan, require_shape
from planner.core.runtimes.checkpoint_parts import CheckpointParts
from planner.core.runtimes.common import find_name, is_on_cpu, loading_note
from planner.core.runtimes.torch_formats import (
    PACKED_ON_LOAD,
    Packing,
    component_bytes,
    largest_matrix_bytes,
    linear_bytes,
    plain_bytes,
)

BITSANDBYTES_SOURCE: Final = (
    "https://github.com/bitsandbytes-foundation/bitsandbytes/blob/main/bitsandbytes/nn/"
    "modules.py"
)
EXPERTS_SOURCE: Final = "https://github.com/bitsandbytes-foundation/bitsandbytes/issues/1849"
WEIGHTS_SOURCE: Final = (
    "https://github.com/huggingface/transformers/blob/main/src/transformers/modeling_utils.py"
)
OFFLOAD_SOURCE: Final = (
    "https://github.com/huggingface/accelerate/blob/main/src/accelerate/big_modeling.py"
)


@dataclass(frozen=True, slots=True)
class TorchFormat:
    """A format: how the layers' matrices are packed, and the bytes of every other value."""

    name: str
    packing: Packing = Packing.PLAIN
    value_bytes: int = 2


TORCH_FORMATS: Final = (
    TorchFormat("fp32", value_bytes=4),
    TorchFormat("bf16"),
    TorchFormat("fp16"),
    TorchFormat("int8", Packing.INT8),
    TorchFormat("nf4", Packing.NF4),
    TorchFormat("gptq-int4", Packing.GPTQ),
    TorchFormat("awq-int4", Packing.AWQ),
    TorchFormat("nf4-dq", Packing.NF4_DOUBLE),
)
_BY_NAME: Final = {each.name: each for each in TORCH_FORMATS}
# What a plan without a format stands for: 16 bits.
_BY_NAME[""] = _BY_NAME["bf16"]


def torch_format(name: str) -> TorchFormat:
    """Return a format of transformers.

    Raises:
        UnknownNameError: there is none of that name.
    """
    found = _BY_NAME.get(name)
    if found is None:
        names = tuple(each.name for each in TORCH_FORMATS)
        found = _BY_NAME[find_name("transformers quant format", name, names)]
    return found


def weights_band(parts: CheckpointParts, kind: TorchFormat, *, on_gpu: bool) -> Band:
    """Return what the loaded weights take.

    The expected figure is the sum of the tensors. int8 on a GPU counts the allocator's blocks:
    a published `memory_allocated` of Phi-3-mini is met to 16 KiB by them, and 0.9 % above the
    sum; the others were read within 0.3 % of the sum.

    bitsandbytes packs `Linear` modules: since transformers 5 the experts of a layer are one
    parameter and stay in 16 bits.
    """
    on_load = kind.packing in PACKED_ON_LOAD
    has_experts = any(each.are_experts for each in parts.linear)
    plain = plain_bytes(parts, kind.value_bytes)
    packed = plain + linear_bytes(parts, kind.packing, kind.value_bytes)
    usual = packed
    if on_load and has_experts:
        usual = plain + linear_bytes(parts, kind.packing, kind.value_bytes, experts_too=False)
    extra = component_bytes(parts, Packing.PLAIN, kind.value_bytes)
    extra_usual = component_bytes(parts, kind.packing, kind.value_bytes) if on_load else extra
    low = packed.tensor_bytes + extra_usual
    counts_blocks = on_gpu and kind.packing is Packing.INT8
    expected = usual.block_bytes if counts_blocks else usual.tensor_bytes
    high = max(usual.block_bytes, usual.tensor_bytes * 101 // 100) + extra
    return Band(low, expected + extra_usual, high)


def weights_line(
    model: ModelSpec, plan: Plan, parts: CheckpointParts, kind: TorchFormat, band: Band
) -> LedgerLine:
    rest = parts.embedding.value_count + parts.head_values + parts.other_values
    reason = "Embedding, head and norms stay in the type that the model computes in."
    source = WEIGHTS_SOURCE
    if kind.packing is not Packing.PLAIN:
        source = BITSANDBYTES_SOURCE
        if parts.head is None:
            reason += " The embedding is the head too (tied), so a large part is not packed."
        if kind.packing in PACKED_ON_LOAD and any(each.are_experts for each in parts.linear):
            source = EXPERTS_SOURCE
            reason += (
                " bitsandbytes leaves experts in 16 bits since transformers 5, where a layer's "
                "experts are one tensor; the low figure is transformers 4's."
            )
    elif kind.value_bytes == 4:
        reason = "Every value takes 32 bits."
    return LedgerLine(
        part=Part.WEIGHTS,
        place=Place.HOST if is_on_cpu(plan) else Place.GPU,
        band=band,
        template="{:,} values of layers, {} + {:,} others x {} B + {:,} of image and speech",
        figures=(
            parts.linear_values,
            f"{kind.value_bytes} B each" if kind.packing is Packing.PLAIN else kind.packing,
            rest,
            kind.value_bytes,
            parts.component_matrix_values + parts.component_values,
        ),
        reason=reason + loading_note(model, plan),
        source=source,
    )


def split_weights(
    model: ModelSpec, plan: Plan, parts: CheckpointParts, kind: TorchFormat, whole: LedgerLine
) -> tuple[LedgerLine, ...]:
    """Return both sides: accelerate copies a layer of RAM to the GPU each time it runs."""
    shape = require_shape(model)
    in_ram = shape.layer_count - (plan.gpu_layer_count - 1)
    layers = linear_bytes(parts, kind.packing, kind.value_bytes).tensor_bytes
    host = -(-layers * in_ram // shape.layer_count)
    gpu = whole.band
    return (
        LedgerLine(
            part=Part.WEIGHTS,
            place=Place.GPU,
            band=Band(
                *(
                    max(0, each - host)
                    for each in (gpu.low_bytes, gpu.expected_bytes, gpu.high_bytes)
                )
            ),
            template="all weights {:,} B - {} layers in RAM {:,} B",
            figures=(gpu.expected_bytes, in_ram, host),
            reason="device_map keeps whole layers in RAM; embedding and head stay on the GPU.",
            source=OFFLOAD_SOURCE,
        ),
        LedgerLine(
            part=Part.COMPUTE_BUFFER,
            place=Place.GPU,
            band=Band(
                largest_matrix_bytes(parts, kind.value_bytes),
                largest_matrix_bytes(parts, kind.value_bytes),
                layers // shape.layer_count,
            ),
            template="a layer's largest matrix {:,} B, at most the layer",
            figures=(largest_matrix_bytes(parts, kind.value_bytes),),
            reason="A layer kept in RAM is copied to the GPU, matrix by matrix, each time it "
            "runs: slow.",
            source=OFFLOAD_SOURCE,
        ),
        LedgerLine(
            part=Part.WEIGHTS,
            place=Place.HOST,
            band=Band.exact(host),
            template="{} of {} layers: {:,} B",
            figures=(in_ram, shape.layer_count, host),
            reason="Layers that do not fit on the GPU wait in RAM.",
            source=OFFLOAD_SOURCE,
        ),
    )
