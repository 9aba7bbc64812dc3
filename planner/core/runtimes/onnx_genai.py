"""ONNX Runtime GenAI: the cache for the maximum length at once, logits of the whole prompt."""

from dataclasses import dataclass
from typing import Final

from planner.core.errors import UnsupportedPlanError
from planner.core.ledger import Band, LedgerLine, Part, Place, PlacedLines
from planner.core.machine import MemoryPool
from planner.core.model_spec import Architecture, ModelSpec, TransformerShape
from planner.core.plan import Plan, require_shape
from planner.core.runtimes.checkpoint_parts import CheckpointParts, checkpoint_parts
from planner.core.runtimes.common import (
    cached_values_per_token,
    check_all_or_nothing,
    check_runnable,
    find_name,
    is_on_cpu,
    loading_note,
)
from planner.core.runtimes.protocol import FileFigures, PoolLimits, free_limits
from planner.core.runtimes.torch_common import cuda_context_line, host_process_line
from planner.core.units import MIB, format_gib

_GENAI: Final = "https://github.com/microsoft/onnxruntime-genai"
WEIGHTS_SOURCE: Final = f"{_GENAI}/blob/main/src/python/py/models/builders/base.py"
CACHE_SOURCE: Final = f"{_GENAI}/blob/main/src/models/kv_cache.cpp"
LOGITS_SOURCE: Final = f"{_GENAI}/blob/main/src/models/logits.cpp"
ARENA_SOURCE: Final = (
    "https://github.com/microsoft/onnxruntime/blob/main/onnxruntime/core/framework/bfc_arena.cc"
)
MEASURED_SOURCE: Final = (
    "resident memory of onnxruntime-genai 0.18 on x86 Linux with two layers of Phi-4-mini: 894 "
    "MB held and 1,388 MB at the peak of loading for a file of 560 MB"
)

BLOCK_SIZE: Final = 32
_FORMATS: Final = ("fp32", "fp16", "int4")
_HOST_WITH_GPU: Final = Band(128 * MIB, 512 * MIB, 4096 * MIB)
_HOST_ON_CPU: Final = Band(32 * MIB, 64 * MIB, 256 * MIB)


@dataclass(frozen=True, slots=True)
class OnnxFormat:
    """A build: its format, and the bytes of every value that is not packed."""

    name: str
    value_bytes: int


class OnnxGenai:
    """Microsoft's own builds: Foundry Local, AI Toolkit, `onnxruntime-genai`."""

    quant_formats: Final = _FORMATS
    splits_layers: Final = False

    def check(self, model: ModelSpec, plan: Plan) -> None:
        """See `Runtime.check`."""
        shape = check_runnable(model, plan)
        check_all_or_nothing(
            shape, plan, why="ONNX Runtime keeps the whole model on one device."
        )
        if is_on_cpu(plan) and shape.architecture is Architecture.PHI3SMALL:
            raise UnsupportedPlanError(
                f"The published ONNX files of {model.name} are for CUDA only."
            )

    def check_format(self, model: ModelSpec, plan: Plan) -> None:
        """See `OwnRules.check_format`."""
        shape = require_shape(model)
        name = onnx_format(plan).name
        if name == "fp32" and not is_on_cpu(plan):
            raise UnsupportedPlanError(
                "ONNX Runtime GenAI's fp32 builds are for the CPU; on a GPU they are fp16."
            )
        if name == "fp16" and is_on_cpu(plan):
            raise UnsupportedPlanError(
                "ONNX Runtime GenAI's fp16 builds are for GPUs; on a CPU they are fp32."
            )
        if shape.architecture is Architecture.PHIMOE and (name != "int4" or is_on_cpu(plan)):
            raise UnsupportedPlanError(
                f"ONNX Runtime GenAI's builder takes {model.name} as int4 for CUDA alone."
            )

    def may_split(self, plan: Plan) -> bool:
        """See `OwnRules.may_split`."""
        del plan
        return False

    def pool_limits(
        self, model: ModelSpec, plan: Plan, pool: MemoryPool, *, reserve_bytes: int
    ) -> PoolLimits | None:
        """See `OwnRules.pool_limits`: ONNX Runtime takes what it needs of what is free."""
        del model, plan
        return None if pool.free_bytes is None else free_limits(pool.free_bytes, reserve_bytes)

    def weight_lines(self, model: ModelSpec, plan: Plan) -> PlacedLines:
        """See `Runtime.weight_lines`."""
        parts = checkpoint_parts(model)
        build = onnx_format(plan)
        band = weights_band(parts, build)
        lines = [_weights_line(model, plan, parts, build, band)]
        if is_on_cpu(plan) and build.name == "int4":
            lines.append(_packed_copy_line(band))
        return PlacedLines.of(lines)

    def step_lines(self, model: ModelSpec, plan: Plan) -> PlacedLines:
        """See `Runtime.step_lines`."""
        shape = require_shape(model)
        place = Place.HOST if is_on_cpu(plan) else Place.GPU
        lines = [
            _rope_line(shape, plan, place),
            _cache_line(model, shape, plan, place),
            _activations_line(shape, plan, place),
            _logits_line(shape, plan, place),
        ]
        if place is Place.HOST:
            lines.append(host_process_line(_HOST_ON_CPU, what="the process"))
            return PlacedLines.of(lines)
        dynamic = sum(line.band.high_bytes for line in lines)
        lines += [
            _arena_line(dynamic),
            cuda_context_line(),
            host_process_line(_HOST_WITH_GPU, what="the process with CUDA's libraries"),
        ]
        return PlacedLines.of(lines)

    def file_figures(self, model: ModelSpec, plan: Plan) -> FileFigures:
        """Return the ONNX data: shared or separate embedding, with the rotary tables or not."""
        parts = checkpoint_parts(model)
        band = weights_band(parts, onnx_format(plan))
        rope = rope_bytes(require_shape(model), plan)
        return FileFigures(
            parameter_count=parts.parameter_count,
            tensor_bytes=band.expected_bytes,
            file=Band(band.low_bytes, band.expected_bytes, band.high_bytes + rope),
        )


def onnx_format(plan: Plan) -> OnnxFormat:
    """Return the build of a plan; one without a format stands for the device's plain one.

    Raises:
        UnknownNameError: there is none of that name.
    """
    value_bytes = 4 if is_on_cpu(plan) else 2
    if not plan.quant_format:
        return OnnxFormat("fp32" if value_bytes == 4 else "fp16", value_bytes)
    name = find_name("ONNX Runtime GenAI quant format", plan.quant_format, _FORMATS)
    return OnnxFormat(name, {"fp32": 4, "fp16": 2}.get(name, value_bytes))


def weights_band(parts: CheckpointParts, build: OnnxFormat) -> Band:
    """Return the weights: shared where the embedding is tied, older builds keep it twice.

    int4 packs the layers' matrices and the head; an embedding of its own stays plain.
    """
    each = build.value_bytes
    others = each * (parts.other_values + parts.component_values)
    plain_embedding = each * parts.embedding.value_count
    encoders = each * parts.component_matrix_values
    if build.name != "int4":
        shared = each * (parts.linear_values + parts.head_values) + plain_embedding + others
        again = plain_embedding if parts.head is None else 0
        return Band(shared + encoders, shared + encoders, shared + encoders + again)
    layers = packed_bytes(parts.linear_values, build)
    packed_encoders = packed_bytes(parts.component_matrix_values, build)
    if parts.head is not None:
        text = layers + packed_bytes(parts.head_values, build) + plain_embedding + others
        return Band(text + packed_encoders, text + encoders, text + encoders)
    table = packed_bytes(parts.embedding.value_count, build)
    text = layers + table + others
    return Band(text + packed_encoders, text + encoders, text + encoders + plain_embedding)


def packed_bytes(values: int, build: OnnxFormat) -> int:
    """Return 4 bits a value, and a scale of the build's type for each block of 32."""
    return -(-values // 2) + build.value_bytes * -(-values // BLOCK_SIZE)


def rope_bytes(shape: TransformerShape, plan: Plan) -> int:
    """Return the tables of sines and cosines that the builder stores for every position."""
    value_bytes = 4 if is_on_cpu(plan) else 2
    return shape.position_limit * (shape.rotary_dim // 2) * 2 * value_bytes


def _weights_line(
    model: ModelSpec, plan: Plan, parts: CheckpointParts, build: OnnxFormat, band: Band
) -> LedgerLine:
    words = f"{8 * build.value_bytes} bits"
    reason = "Every value takes the build's type."
    if build.name == "int4":
        words = f"(4 + {8 * build.value_bytes}/{BLOCK_SIZE}) bits"
        reason = "int4 in blocks of 32 with a scale each; an embedding of its own stays plain."
    if parts.head is None:
        reason += (
            " One matrix serves as embedding and head (tied); older builds store the embedding "
            "a second time, unpacked: read the file's size."
        )
    return LedgerLine(
        part=Part.WEIGHTS,
        place=Place.HOST if is_on_cpu(plan) else Place.GPU,
        band=band,
        template="{:,} values of layers x {}, embedding and head {:,} values, {:,} others",
        figures=(
            parts.linear_values,
            words,
            parts.embedding.value_count + parts.head_values,
            parts.parameter_count
            - parts.linear_values
            - parts.embedding.value_count
            - parts.head_values,
        ),
        reason=reason + loading_note(model, plan),
        source=WEIGHTS_SOURCE,
    )


def _packed_copy_line(weights: Band) -> LedgerLine:
    return LedgerLine(
        part=Part.REPACKED_WEIGHTS,
        place=Place.HOST,
        band=Band(0, weights.expected_bytes * 3 // 10, weights.high_bytes * 15 // 10),
        template="0 to 1.5 times the file of {:,} B",
        figures=(weights.expected_bytes,),
        reason="ONNX Runtime rearranges int4 matrices for the CPU: 1.0 to 1.6 times the file "
        "stays in RAM, up to 2.5 times while it loads.",
        source=MEASURED_SOURCE,
    )


def _rope_line(shape: TransformerShape, plan: Plan, place: Place) -> LedgerLine:
    size = rope_bytes(shape, plan)
    return LedgerLine(
        part=Part.WEIGHTS,
        place=place,
        band=Band(0, size, size),
        template="{:,} positions x {} rotated values: {:,} B of sines and cosines",
        figures=(shape.position_limit, shape.rotary_dim, size),
        reason="The builder stores the tables for every position; some published files lack "
        "them.",
        source=WEIGHTS_SOURCE,
    )


def cache_bytes(shape: TransformerShape, plan: Plan, *, tokens: int) -> int:
    """Return the cache for `tokens` of each sequence: fp32 on a CPU, fp16 on a GPU."""
    value_bytes = 4 if is_on_cpu(plan) else 2
    return cached_values_per_token(shape) * value_bytes * tokens * plan.parallel_sequences


def _cache_line(
    model: ModelSpec, shape: TransformerShape, plan: Plan, place: Place
) -> LedgerLine:
    tokens = plan.context_length if plan.max_length is None else plan.max_length
    value_bytes = 4 if is_on_cpu(plan) else 2
    at_limit = cache_bytes(shape, plan, tokens=shape.position_limit)
    reason = (
        "ONNX Runtime GenAI allocates the cache for max_length when the generator is made, no "
        "sliding window; left unset, max_length is the model's own limit: "
        f"{format_gib(at_limit)} for {model.name}."
    )
    if value_bytes == 4:
        reason += " On a CPU it holds 32-bit values, twice as much as on a GPU."
    return LedgerLine(
        part=Part.KV_CACHE,
        place=place,
        band=Band.exact(cache_bytes(shape, plan, tokens=tokens)),
        template="{:,} tokens x {} sequences x {:,} values x {} B",
        figures=(tokens, plan.parallel_sequences, cached_values_per_token(shape), value_bytes),
        reason=reason,
        source=CACHE_SOURCE,
    )


def step_tokens(plan: Plan) -> int:
    """Return the tokens of one sequence in one pass: the prompt, or a chunk of it."""
    prompt = plan.prompt_tokens
    return prompt if plan.chunk_size is None else min(prompt, plan.chunk_size)


def logits_bytes(shape: TransformerShape, plan: Plan) -> int:
    """Return the logits: every row of the prompt; an fp16 build adds a 32-bit copy."""
    each = 4 if is_on_cpu(plan) else 2 + 4
    return shape.vocab_size * step_tokens(plan) * plan.parallel_sequences * each


def activations_band(shape: TransformerShape, plan: Plan) -> Band:
    """Return what one pass takes beside the logits.

    On a CPU 245 kB a token were measured with Phi-4-mini in fp32, which is four copies of the
    residual and six of the inner row; on a GPU it is what the same model takes in torch.
    """
    inner = shape.feed_forward_length * max(1, shape.experts_per_token)
    on_cpu = is_on_cpu(plan)
    row = 4 * shape.embedding_length + (6 if on_cpu else 4) * inner
    tokens = step_tokens(plan) * plan.parallel_sequences
    expected = tokens * row * (4 if on_cpu else 2)
    return Band(expected * 85 // 100, expected, expected * 115 // 100)


def _activations_line(shape: TransformerShape, plan: Plan, place: Place) -> LedgerLine:
    return LedgerLine(
        part=Part.COMPUTE_BUFFER,
        place=place,
        band=activations_band(shape, plan),
        template="{:,} tokens in one pass, {} sequences",
        figures=(step_tokens(plan), plan.parallel_sequences),
        reason="Measured with one model on a CPU and scaled by its shape: within 15 %.",
        source=MEASURED_SOURCE,
    )


def _logits_line(shape: TransformerShape, plan: Plan, place: Place) -> LedgerLine:
    return LedgerLine(
        part=Part.OUTPUT_BUFFER,
        place=place,
        band=Band.exact(logits_bytes(shape, plan)),
        template="{:,} logits x {:,} tokens x {} sequences x {} B",
        figures=(
            shape.vocab_size,
            step_tokens(plan),
            plan.parallel_sequences,
            4 if is_on_cpu(plan) else "(2 + 4)",
        ),
        reason="Logits are kept for every token of the prompt; search.chunk_size caps them, "
        "and a graph built with prune_lm_head keeps the last row alone.",
        source=LOGITS_SOURCE,
    )


def _arena_line(dynamic_bytes: int) -> LedgerLine:
    return LedgerLine(
        part=Part.RUNTIME_OVERHEAD,
        place=Place.GPU,
        band=Band(0, 0, dynamic_bytes // 4),
        template="0 to 25 % of {:,} B of cache, activations and logits",
        figures=(dynamic_bytes,),
        reason="The CUDA arena grows in powers of two by default, so it can hold more than is "
        "used.",
        source=ARENA_SOURCE,
    )
