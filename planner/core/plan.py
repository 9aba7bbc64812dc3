"""What somebody wants to run, and how: the choices that a figure depends on."""

from dataclasses import fields
from enum import StrEnum
from operator import attrgetter
from typing import Final

from planner.core.errors import PlannerError, UnsupportedPlanError
from planner.core.gguf_layout import TensorLayout
from planner.core.model_spec import ModelSpec, TransformerShape
from planner.core.quant_mix import MixRules
from planner.core.records import dataclass

DEFAULT_CONTEXT_LENGTH: Final = 4096
DEFAULT_BATCH_SIZE: Final = 2048
DEFAULT_MICRO_BATCH_SIZE: Final = 512
# LLAMA_MAX_SEQ in llama.cpp's `llama-cparams.h`.
MAX_PARALLEL_SEQUENCES: Final = 256
# Far above any use, and small enough that no product of plan figures runs away.
MAX_BATCH_SIZE: Final = 1 << 20
MAX_TOKENS: Final = 1 << 24
MAX_TENSOR_PARALLEL: Final = 64
# vLLM's defaults: `gpu_memory_utilization` in `vllm/config/cache.py`, and what `vllm serve`
# takes for `--max-num-seqs` on a card below 70 GiB (`get_batch_defaults` in `arg_utils.py`).
DEFAULT_GPU_MEMORY_UTILIZATION: Final = 0.92
DEFAULT_MAX_SEQUENCES: Final = 256


class RuntimeName(StrEnum):
    """The programs that run a model, as the command line spells them."""

    LLAMA_CPP = "llama.cpp"
    TRANSFORMERS = "transformers"
    VLLM = "vllm"
    MLX = "mlx"
    ONNX_GENAI = "onnx-genai"


class CacheType(StrEnum):
    """How keys or values are stored in the cache, as llama.cpp spells it; fp8 is vLLM's.

    Every runtime starts from `f16`, which stands for its own default: 16 bits a value, or 32
    where a runtime keeps the cache in the 32-bit type it computes in.
    """

    F32 = "f32"
    F16 = "f16"
    BF16 = "bf16"
    Q8_0 = "q8_0"
    Q5_1 = "q5_1"
    Q5_0 = "q5_0"
    Q4_1 = "q4_1"
    Q4_0 = "q4_0"
    FP8 = "fp8"

    @property
    def is_quantised(self) -> bool:
        """Whether values are stored in blocks of 32 with a scale."""
        return self.value.startswith("q")


_C = CacheType
# Which types each runtime can store its cache in. MLX's 8-bit and 4-bit caches keep groups of
# 64 with a 16-bit scale and bias: 8.5 and 4.5 bits a value, just what q8_0 and q4_0 take.
CACHE_TYPES: Final[dict[RuntimeName, tuple[CacheType, ...]]] = {
    RuntimeName.LLAMA_CPP: tuple(each for each in CacheType if each is not _C.FP8),
    RuntimeName.TRANSFORMERS: (_C.F16, _C.BF16),
    RuntimeName.VLLM: (_C.F16, _C.BF16, _C.FP8),
    RuntimeName.MLX: (_C.F16, _C.BF16, _C.Q8_0, _C.Q4_0),
    RuntimeName.ONNX_GENAI: (_C.F16,),
}


class Attention(StrEnum):
    """Which attention transformers runs: a fused kernel, or one that keeps every score."""

    SDPA = "sdpa"
    EAGER = "eager"


class CacheKind(StrEnum):
    """Which cache transformers keeps: one that grows, or one of full length from the start."""

    DYNAMIC = "dynamic"
    STATIC = "static"


class Program(StrEnum):
    """Which program of llama.cpp runs: they reserve logits for different numbers of tokens."""

    SERVER = "server"
    LIBRARY = "library"


class SplitMode(StrEnum):
    """How llama.cpp uses several GPUs: one of them, whole layers over all, or rows."""

    NONE = "none"
    LAYER = "layer"
    ROW = "row"


class GpuLayers(StrEnum):
    """The two choices of `-ngl` that are no number."""

    AUTO = "auto"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunChoices:
    """What can be chosen for any model and quant format; every plan has all of it.

    llama.cpp: with `unified_cache` the sequences share one cache instead of a part each.
    `split_mode` and `tensor_split` (a share for each GPU; empty: equal, or by what is free)
    are its `-sm` and `-ts`. `cpu_expert_layers` is `--n-cpu-moe`: in so many of the first
    layers the experts' weights stay in RAM. Without `repack` (`--no-repack`) a CPU keeps no
    rearranged second copy of them.

    `prompt_length` is how much of the context is read in one go, all of it where it is `None`
    (not llama.cpp). `attention` and `cache_kind` are of transformers. `max_length` (`None`:
    the context) and `chunk_size` are search options of ONNX Runtime GenAI. vLLM has
    `gpu_memory_utilization`, `max_sequences` (`--max-num-seqs`), `tensor_parallel` (the
    figures are then of one card), `enforce_eager`, and reads `batch_size` as
    `--max-num-batched-tokens`.
    """

    runtime: RuntimeName = RuntimeName.LLAMA_CPP
    parallel_sequences: int = 1
    unified_cache: bool = False
    cache_type_k: CacheType = CacheType.F16
    cache_type_v: CacheType = CacheType.F16
    flash_attention: bool = True
    batch_size: int = DEFAULT_BATCH_SIZE
    micro_batch_size: int = DEFAULT_MICRO_BATCH_SIZE
    program: Program = Program.SERVER
    mix: MixRules = MixRules.CURRENT
    layout: TensorLayout = TensorLayout.DEFAULT
    imatrix: bool = False
    split_mode: SplitMode = SplitMode.NONE
    tensor_split: tuple[float, ...] = ()
    cpu_expert_layers: int = 0
    repack: bool = True
    attention: Attention = Attention.SDPA
    cache_kind: CacheKind = CacheKind.DYNAMIC
    prompt_length: int | None = None
    max_length: int | None = None
    chunk_size: int | None = None
    gpu_memory_utilization: float = DEFAULT_GPU_MEMORY_UTILIZATION
    max_sequences: int = DEFAULT_MAX_SEQUENCES
    tensor_parallel: int = 1
    enforce_eager: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(RunChoices):
    """One model file on one runtime with one set of options.

    With llama.cpp `context_length` is the whole cache in tokens, its `-c`, shared by the
    sequences; every other runtime gives each sequence that length.
    `gpu_layer_count` counts as llama.cpp's `-ngl` does: the output layer first, then the last
    layers; 0 keeps everything in RAM and `layer_count + 1` puts everything on the GPU.
    """

    model_id: str
    quant_format: str
    context_length: int
    gpu_layer_count: int

    @property
    def prompt_tokens(self) -> int:
        """The tokens of one sequence that are read in one go."""
        return self.context_length if self.prompt_length is None else self.prompt_length

    def changed(
        self,
        *,
        model_id: str | None = None,
        quant_format: str | None = None,
        gpu_layer_count: int | None = None,
    ) -> "Plan":
        """Return the plan for another model of the same shape, another format, other layers.

        A grid makes hundreds of them, and `dataclasses.replace` takes several times as long.
        """
        made = object.__new__(Plan)
        for put, value in zip(_PUT_FIELDS, _GET_FIELDS(self), strict=True):
            put(made, value)
        if model_id is not None:
            object.__setattr__(made, "model_id", model_id)
        if quant_format is not None:
            object.__setattr__(made, "quant_format", quant_format)
        if gpu_layer_count is not None:
            object.__setattr__(made, "gpu_layer_count", gpu_layer_count)
        return made


_FIELD_NAMES: Final = tuple(field.name for field in fields(Plan))
_GET_FIELDS: Final = attrgetter(*_FIELD_NAMES)
# The slots' own setters, which know nothing of a frozen record.
_PUT_FIELDS: Final = tuple(getattr(Plan, name).__set__ for name in _FIELD_NAMES)
_CHOICE_NAMES: Final = tuple(field.name for field in fields(RunChoices))
_GET_CHOICES: Final = attrgetter(*_CHOICE_NAMES)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOptions(RunChoices):
    """The choices that hold for every model and quant format of a comparison.

    `context_length` is `None` for the default: 4,096 tokens, or a model's limit where that is
    less. `gpu_layers` is `auto` (the most that fit), `all`, or a number.
    """

    context_length: int | None = None
    gpu_layers: GpuLayers | int = GpuLayers.AUTO

    def plan(self, model: ModelSpec, quant_format: str) -> Plan:
        """Return the plan for one model and quant format; `auto` starts from all layers.

        A number beyond the model's layers means all of them, as it does for llama.cpp.
        """
        every_layer = 0 if model.shape is None else offloadable_layer_count(model.shape)
        layers = every_layer if isinstance(self.gpu_layers, GpuLayers) else self.gpu_layers
        context = self.context_length
        choices = dict(zip(_CHOICE_NAMES, _GET_CHOICES(self), strict=True))
        choices["cpu_expert_layers"] = min(self.cpu_expert_layers, max(0, every_layer - 1))
        return Plan(
            model_id=model.id,
            quant_format=quant_format,
            context_length=default_context_length(model) if context is None else context,
            gpu_layer_count=min(layers, every_layer),
            **choices,
        )


def offloadable_layer_count(shape: TransformerShape) -> int:
    """Return how many layers `-ngl` can count: the repeating ones and the output layer."""
    return shape.layer_count + 1


def default_context_length(model: ModelSpec) -> int:
    """Return 4,096 tokens, or the model's limit where that is less."""
    limit = model.context_length_limit
    return DEFAULT_CONTEXT_LENGTH if limit is None else min(DEFAULT_CONTEXT_LENGTH, limit)


def require_shape(model: ModelSpec) -> TransformerShape:
    """Return the model's shape.

    Raises:
        UnsupportedPlanError: the model is closed; nothing is known of its sizes.
    """
    if model.shape is None:
        raise UnsupportedPlanError(
            f"{model.name} is closed: its sizes are not published and no open runtime loads it."
        )
    return model.shape


def check_plan(model: ModelSpec, plan: Plan) -> None:
    """Refuse figures that no runtime takes, with a sentence that says what would be right.

    Raises:
        PlannerError: a figure is out of its range, or the context is beyond the model's limit.
    """
    shape = require_shape(model)
    for name, value, highest in (
        ("The number of parallel sequences", plan.parallel_sequences, MAX_PARALLEL_SEQUENCES),
        ("The batch size", plan.batch_size, MAX_BATCH_SIZE),
        ("The micro-batch size", plan.micro_batch_size, MAX_BATCH_SIZE),
    ):
        if not 1 <= value <= highest:
            raise PlannerError(f"{name} must be between 1 and {highest:,}; it is {value:,}.")
    if not 0 <= plan.gpu_layer_count <= offloadable_layer_count(shape):
        raise PlannerError(
            f"{model.name} has {offloadable_layer_count(shape)} layers that a GPU can hold, "
            f"the output layer included; {plan.gpu_layer_count:,} is out of that range."
        )
    if not 0 <= plan.cpu_expert_layers <= shape.layer_count:
        raise PlannerError(
            f"{model.name} has {shape.layer_count} layers whose experts could stay in RAM; "
            f"{plan.cpu_expert_layers:,} is out of that range."
        )
    check_context_length(model, plan.context_length)
    if plan.runtime is not RuntimeName.LLAMA_CPP:
        _check_runtime_options(plan)
    elif not plan.unified_cache and plan.context_length < plan.parallel_sequences:
        raise PlannerError(
            f"A context of {plan.context_length:,} tokens cannot be shared by "
            f"{plan.parallel_sequences:,} sequences."
        )
    _check_cache_types(plan)
    if plan.tensor_parallel > 1 and plan.runtime is not RuntimeName.VLLM:
        raise UnsupportedPlanError(
            f"Tensor parallelism is estimated for vLLM alone; {plan.runtime} would need "
            "tensor_parallel 1."
        )


def _check_runtime_options(plan: Plan) -> None:
    """Refuse options of the runtimes beside llama.cpp that are out of their range."""
    for name, value, highest in (
        ("The prompt length", plan.prompt_length, plan.context_length),
        ("The maximum length", plan.max_length, MAX_TOKENS),
        ("The chunk size", plan.chunk_size, MAX_TOKENS),
        ("The number of sequences that vLLM runs", plan.max_sequences, MAX_TOKENS),
        ("The number of cards in parallel", plan.tensor_parallel, MAX_TENSOR_PARALLEL),
    ):
        if value is not None and not 1 <= value <= highest:
            raise PlannerError(f"{name} must be between 1 and {highest:,}; it is {value:,}.")
    if plan.max_length is not None and plan.max_length < plan.context_length:
        raise PlannerError(
            f"A maximum length of {plan.max_length:,} tokens is below the context of "
            f"{plan.context_length:,}."
        )
    if not 0 < plan.gpu_memory_utilization <= 1:
        raise PlannerError(
            "The share of the GPU's memory that vLLM takes must be above 0 and at most 1; it "
            f"is {plan.gpu_memory_utilization:g}."
        )


def _check_cache_types(plan: Plan) -> None:
    """Refuse cache types that the runtime does not have."""
    known = CACHE_TYPES[plan.runtime]
    for cache_type in (plan.cache_type_k, plan.cache_type_v):
        if cache_type not in known:
            raise UnsupportedPlanError(
                f"{plan.runtime} has no {cache_type} cache here; it has: {', '.join(known)}."
            )
    if plan.runtime is not RuntimeName.LLAMA_CPP and plan.cache_type_k != plan.cache_type_v:
        raise UnsupportedPlanError(
            f"{plan.runtime} stores keys and values in one type; {plan.cache_type_k} and "
            f"{plan.cache_type_v} cannot be mixed."
        )


def check_context_length(model: ModelSpec, context_length: int) -> None:
    """Refuse a context that is no length at all or that the model was not made for.

    Raises:
        PlannerError: the length is below 1 or above the model's limit.
    """
    if context_length < 1:
        raise PlannerError(
            f"A context length must be at least 1 token; it is {context_length:,}."
        )
    limit = require_shape(model).context_length_limit
    if context_length > limit:
        raise PlannerError(
            f"{model.name} supports at most {limit:,} tokens; a context of "
            f"{context_length:,} is beyond its limit."
        )
