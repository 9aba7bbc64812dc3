"""What fine-tuning takes on one GPU: full, LoRA or QLoRA with torch and peft, as bands.

The bytes of states and activations were traced with real autograd on fake tensors (torch 2.13,
peft 0.21, fused attention); nothing here was read from a GPU, so every total is a band.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from planner.core.errors import PlannerError, UnsupportedPlanError
from planner.core.ledger import Band
from planner.core.model_spec import Architecture, ModelSpec, TransformerShape
from planner.core.plan import check_context_length, require_shape
from planner.core.runtimes.checkpoint_parts import CheckpointParts, checkpoint_parts
from planner.core.runtimes.torch_common import (
    ALLOCATOR_SOURCE,
    CUDA_CONTEXT,
    CUDA_CONTEXT_SOURCE,
    slack_band,
)
from planner.core.runtimes.transformers_weights import torch_format, weights_band

PEFT_SOURCE: Final = "https://github.com/huggingface/peft/blob/main/src/peft/tuners/lora"
ADAM_SOURCE: Final = "https://github.com/pytorch/pytorch/blob/main/torch/optim/adam.py"
ADAM_8BIT_SOURCE: Final = (
    "https://github.com/bitsandbytes-foundation/bitsandbytes/blob/main/bitsandbytes/optim"
)
LOSS_SOURCE: Final = (
    "https://github.com/huggingface/transformers/blob/main/src/transformers/loss/loss_utils.py"
)
TRACE_SOURCE: Final = (
    "https://github.com/huggingface/transformers/blob/main/src/transformers/models/phi3/"
    "modeling_phi3.py"
)
MAX_MICRO_BATCH: Final = 4096
MAX_RANK: Final = 1024


class FineTuningMethod(StrEnum):
    """What is trained: every weight, or low-rank adapters beside frozen ones."""

    FULL = "full"
    LORA = "lora"
    QLORA = "qlora"


class Optimizer(StrEnum):
    """Adam with two states of the weights' type, or of 8 bits; paged ones can go to RAM."""

    ADAMW = "adamw"
    ADAMW_8BIT = "adamw-8bit"
    PAGED_ADAMW_8BIT = "paged-adamw-8bit"


class TrainingPart(StrEnum):
    """A part of the memory of training."""

    WEIGHTS = "weights"
    ADAPTERS = "adapters"
    GRADIENTS = "gradients"
    OPTIMIZER = "optimizer"
    ACTIVATIONS = "activations"
    LOSS = "loss"
    OVERHEAD = "overhead"


@dataclass(frozen=True, slots=True, kw_only=True)
class FineTuningPlan:
    """One way to train a model; the lengths are of one micro-batch.

    `full_precision` trains fp32 weights (full) instead of pure bf16; adapters are always fp32.
    `fused_loss` stands for a cross-entropy in chunks (Unsloth, Liger, cut cross-entropy).
    """

    method: FineTuningMethod = FineTuningMethod.LORA
    optimizer: Optimizer = Optimizer.ADAMW
    batch_size: int = 1
    sequence_length: int = 2048
    gradient_checkpointing: bool = True
    fused_loss: bool = False
    full_precision: bool = False
    lora_rank: int = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingLine:
    """One part, how it is computed, why, and on whose word."""

    part: TrainingPart
    band: Band
    formula: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class TrainingMemory:
    """The lines of one plan; the total is their sum and nothing else."""

    lines: tuple[TrainingLine, ...]

    @property
    def total(self) -> Band:
        """What training takes of the GPU."""
        total = Band.exact(0)
        for line in self.lines:
            total += line.band
        return total

    def part(self, part: TrainingPart) -> Band:
        """Return what one part takes."""
        total = Band.exact(0)
        for line in self.lines:
            if line.part is part:
                total += line.band
        return total


def fine_tuning_memory(model: ModelSpec, plan: FineTuningPlan) -> TrainingMemory:
    """Return what training takes, part by part.

    Raises:
        PlannerError: a figure is out of range, or the model cannot be sized.
    """
    shape = _check(model, plan)
    parts = checkpoint_parts(model)
    trained = trained_parameter_count(parts, plan)
    states = _state_lines(plan, parts, trained)
    activations = _activation_line(shape, plan)
    loss = _loss_line(shape, plan)
    step = _step_line(plan, trained, activations.band + loss.band)
    dynamic = activations.band + loss.band
    return TrainingMemory((*states, activations, loss, step, *_overhead_lines(dynamic)))


def trained_parameter_count(parts: CheckpointParts, plan: FineTuningPlan) -> int:
    """Return the values that are trained: all, or two thin matrices beside each linear one.

    peft's `all-linear` goes by `Linear` modules: experts that are one tensor get none.
    """
    if plan.method is FineTuningMethod.FULL:
        return parts.parameter_count
    return plan.lora_rank * sum(
        (each.rows + each.columns) * each.count for each in parts.linear if not each.are_experts
    )


def layer_activation_bytes(shape: TransformerShape, plan: FineTuningPlan) -> int:
    """Return what one layer keeps of one token for the backward pass.

    Equal to the traces of Phi-3.5-mini, Phi-4-mini and Phi-4, full and LoRA; for the parallel
    block of Phi-2 too, LoRA there is the same share more as in the others.
    """
    width, heads = shape.embedding_length, shape.head_count
    inner = shape.feed_forward_length * max(1, shape.experts_per_token)
    if shape.architecture is Architecture.PHI:
        whole = 52 * width + 4 * heads + 4
        return whole if plan.method is FineTuningMethod.FULL else whole * 6 // 5
    rotated = (heads + 2 * shape.kv_head_count) * shape.head_dim
    whole = 19 * width + 8 * inner + 3 * rotated + 4 * heads + 8
    if plan.method is FineTuningMethod.FULL:
        return whole
    return whole + 4 * width + 2 * inner + 16 * plan.lora_rank


def _check(model: ModelSpec, plan: FineTuningPlan) -> TransformerShape:
    shape = require_shape(model)
    if shape.architecture is Architecture.PHI4FLASH:
        raise UnsupportedPlanError(
            f"Fine-tuning {model.name} is not estimated: its Mamba layers were not traced."
        )
    for name, value, highest in (
        ("The micro-batch", plan.batch_size, MAX_MICRO_BATCH),
        ("The LoRA rank", plan.lora_rank, MAX_RANK),
    ):
        if not 1 <= value <= highest:
            raise PlannerError(f"{name} must be between 1 and {highest:,}; it is {value:,}.")
    check_context_length(model, plan.sequence_length)
    return shape


def _trained_bytes(plan: FineTuningPlan) -> int:
    is_full = plan.method is FineTuningMethod.FULL
    return 2 if is_full and not plan.full_precision else 4


def _state_lines(
    plan: FineTuningPlan, parts: CheckpointParts, trained: int
) -> tuple[TrainingLine, ...]:
    """Return weights, adapters, gradients and the optimizer's states."""
    name = {FineTuningMethod.QLORA: "nf4-dq", FineTuningMethod.LORA: "bf16"}.get(
        plan.method, "fp32" if plan.full_precision else "bf16"
    )
    each = _trained_bytes(plan)
    base = weights_band(parts, torch_format(name), on_gpu=True)
    lines = [
        TrainingLine(
            part=TrainingPart.WEIGHTS,
            band=base,
            formula=f"{parts.parameter_count:,} values in {name}",
            reason="The weights that are trained."
            if plan.method is FineTuningMethod.FULL
            else "The base stays frozen: it has no gradients and no states.",
            source=TRACE_SOURCE,
        )
    ]
    if plan.method is not FineTuningMethod.FULL:
        lines.append(
            TrainingLine(
                part=TrainingPart.ADAPTERS,
                band=Band.exact(trained * each),
                formula=f"{trained:,} values of rank {plan.lora_rank} x {each} B",
                reason="Adapters beside every linear layer, in 32 bits.",
                source=PEFT_SOURCE,
            )
        )
    gradients = TrainingLine(
        part=TrainingPart.GRADIENTS,
        band=Band.exact(trained * each),
        formula=f"{trained:,} trained values x {each} B",
        reason="A gradient has the type of its weight.",
        source=ADAM_SOURCE,
    )
    return (*lines, gradients, _optimizer_line(plan, trained, each))


def _optimizer_line(plan: FineTuningPlan, trained: int, each: int) -> TrainingLine:
    if plan.optimizer is Optimizer.ADAMW:
        return TrainingLine(
            part=TrainingPart.OPTIMIZER,
            band=Band.exact(trained * 2 * each),
            formula=f"{trained:,} trained values x 2 states x {each} B",
            reason="Adam keeps two averages of each gradient.",
            source=ADAM_SOURCE,
        )
    # Two bytes and a scale of 32 bits for each state's 256 values.
    size = trained * 2 + -(-trained // 256) * 8
    is_paged = plan.optimizer is Optimizer.PAGED_ADAMW_8BIT
    return TrainingLine(
        part=TrainingPart.OPTIMIZER,
        band=Band(0 if is_paged else size, size, size),
        formula=f"{trained:,} trained values x (2 B + 8/256 B)",
        reason="Two averages in 8 bits."
        + (" Paged, they can go to RAM when the GPU is full." if is_paged else ""),
        source=ADAM_8BIT_SOURCE,
    )


def _activation_line(shape: TransformerShape, plan: FineTuningPlan) -> TrainingLine:
    tokens = plan.batch_size * plan.sequence_length
    row = 2 * shape.embedding_length
    layer = layer_activation_bytes(shape, plan)
    kept = shape.layer_count * layer
    reason = "Every layer's activations wait for the backward pass."
    if plan.gradient_checkpointing:
        kept = shape.layer_count * row + layer
        reason = "Checkpoints: one row a layer, and one layer computed again."
    expected = tokens * (kept + 3 * row)
    high = expected * 12 // 10
    if shape.architecture not in (Architecture.PHI, Architecture.PHI3):
        high = expected * 2
        reason += " Not traced for this architecture."
    return TrainingLine(
        part=TrainingPart.ACTIVATIONS,
        band=Band(expected * 9 // 10, expected, high),
        formula=f"{tokens:,} tokens x ({kept:,} B of layers + 3 x {row:,} B)",
        reason=reason,
        source=TRACE_SOURCE,
    )


def loss_bytes(shape: TransformerShape, tokens: int) -> int:
    """Return the logits, their 32-bit copy and its gradient at the backward peak."""
    return 12 * shape.vocab_size * tokens


def _loss_line(shape: TransformerShape, plan: FineTuningPlan) -> TrainingLine:
    tokens = plan.batch_size * plan.sequence_length
    whole = loss_bytes(shape, tokens)
    if plan.fused_loss:
        return TrainingLine(
            part=TrainingPart.LOSS,
            band=Band(0, whole // 10, whole // 4),
            formula=f"0 to a quarter of {whole:,} B, in chunks",
            reason="A fused cross-entropy removes most of it; how much differs by program.",
            source=LOSS_SOURCE,
        )
    return TrainingLine(
        part=TrainingPart.LOSS,
        band=Band(whole * 10 // 12, whole, whole),
        formula=f"{tokens:,} tokens x {shape.vocab_size:,} logits x 12 B",
        reason="All rows at once, the vocabulary sets it: logits, a 32-bit copy, its gradient.",
        source=LOSS_SOURCE,
    )


def _step_line(plan: FineTuningPlan, trained: int, dynamic: Band) -> TrainingLine:
    """Return what the optimizer's step needs above the backward peak: they are not together."""
    if plan.optimizer is Optimizer.ADAMW:
        extra = trained * _trained_bytes(plan)
    else:
        extra = trained * 2 if plan.method is FineTuningMethod.FULL else trained * 4
    above = max(0, extra - dynamic.expected_bytes)
    return TrainingLine(
        part=TrainingPart.OPTIMIZER,
        band=Band(0, above, max(above, extra - dynamic.low_bytes)),
        formula=f"{extra:,} B of temporary values, less activations and loss",
        reason="Adam's step over all tensors at once makes a copy; the activations are gone.",
        source=ADAM_SOURCE,
    )


def _overhead_lines(dynamic: Band) -> tuple[TrainingLine, ...]:
    return (
        TrainingLine(
            part=TrainingPart.OVERHEAD,
            band=slack_band(dynamic),
            formula=f"15 % (0 to 35 %) of {dynamic.expected_bytes:,} B + 128 MiB",
            reason="torch's caching allocator keeps what it freed.",
            source=ALLOCATOR_SOURCE,
        ),
        TrainingLine(
            part=TrainingPart.OVERHEAD,
            band=CUDA_CONTEXT,
            formula="CUDA context and kernels: 0.30 to 1.00 GiB",
            reason="The driver allocates this for each process.",
            source=CUDA_CONTEXT_SOURCE,
        ),
    )
