"""What somebody wants to run, and how: the choices that a figure depends on."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from planner.core.errors import PlannerError, UnsupportedPlanError
from planner.core.gguf_layout import TensorLayout
from planner.core.model_spec import ModelSpec, TransformerShape
from planner.core.quant_mix import MixRules

DEFAULT_CONTEXT_LENGTH: Final = 4096
DEFAULT_BATCH_SIZE: Final = 2048
DEFAULT_MICRO_BATCH_SIZE: Final = 512
# LLAMA_MAX_SEQ in llama.cpp's `llama-cparams.h`.
MAX_PARALLEL_SEQUENCES: Final = 256
# Far above any use, and small enough that no product of plan figures runs away.
MAX_BATCH_SIZE: Final = 1 << 20


class RuntimeName(StrEnum):
    """The programs that run a model, as the command line spells them."""

    LLAMA_CPP = "llama.cpp"
    TRANSFORMERS = "transformers"
    VLLM = "vllm"
    MLX = "mlx"
    ONNX_GENAI = "onnx-genai"


class CacheType(StrEnum):
    """How keys or values are stored in llama.cpp's cache."""

    F32 = "f32"
    F16 = "f16"
    BF16 = "bf16"
    Q8_0 = "q8_0"
    Q5_1 = "q5_1"
    Q5_0 = "q5_0"
    Q4_1 = "q4_1"
    Q4_0 = "q4_0"

    @property
    def is_quantised(self) -> bool:
        """Whether values are stored in blocks of 32 with a scale."""
        return self.value.startswith("q")


class Program(StrEnum):
    """Which program of llama.cpp runs: they reserve logits for different numbers of tokens."""

    SERVER = "server"
    LIBRARY = "library"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One model file on one runtime with one set of options.

    `context_length` is the whole cache in tokens, llama.cpp's `-c`, shared by the sequences.
    `gpu_layer_count` counts as llama.cpp's `-ngl` does: the output layer first, then the last
    layers; 0 keeps everything in RAM and `layer_count + 1` puts everything on the GPU.
    """

    model_id: str
    quant_format: str
    context_length: int
    gpu_layer_count: int
    runtime: RuntimeName = RuntimeName.LLAMA_CPP
    parallel_sequences: int = 1
    cache_type_k: CacheType = CacheType.F16
    cache_type_v: CacheType = CacheType.F16
    flash_attention: bool = True
    batch_size: int = DEFAULT_BATCH_SIZE
    micro_batch_size: int = DEFAULT_MICRO_BATCH_SIZE
    program: Program = Program.SERVER
    mix: MixRules = MixRules.CURRENT
    layout: TensorLayout = TensorLayout.DEFAULT
    imatrix: bool = False


class GpuLayers(StrEnum):
    """The two choices of `-ngl` that are no number."""

    AUTO = "auto"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOptions:
    """The choices that hold for every model and quant format of a comparison.

    `context_length` is `None` for the default: 4,096 tokens, or a model's limit where that is
    less. `gpu_layers` is `auto` (the most that fit), `all`, or a number.
    """

    runtime: RuntimeName = RuntimeName.LLAMA_CPP
    context_length: int | None = None
    parallel_sequences: int = 1
    cache_type_k: CacheType = CacheType.F16
    cache_type_v: CacheType = CacheType.F16
    flash_attention: bool = True
    batch_size: int = DEFAULT_BATCH_SIZE
    micro_batch_size: int = DEFAULT_MICRO_BATCH_SIZE
    gpu_layers: GpuLayers | int = GpuLayers.AUTO
    program: Program = Program.SERVER
    mix: MixRules = MixRules.CURRENT
    layout: TensorLayout = TensorLayout.DEFAULT
    imatrix: bool = False

    def plan(self, model: ModelSpec, quant_format: str) -> Plan:
        """Return the plan for one model and quant format; `auto` starts from all layers.

        A number beyond the model's layers means all of them, as it does for llama.cpp.
        """
        every_layer = 0 if model.shape is None else offloadable_layer_count(model.shape)
        layers = every_layer if isinstance(self.gpu_layers, GpuLayers) else self.gpu_layers
        context = self.context_length
        return Plan(
            model_id=model.id,
            quant_format=quant_format,
            context_length=default_context_length(model) if context is None else context,
            gpu_layer_count=min(layers, every_layer),
            runtime=self.runtime,
            parallel_sequences=self.parallel_sequences,
            cache_type_k=self.cache_type_k,
            cache_type_v=self.cache_type_v,
            flash_attention=self.flash_attention,
            batch_size=self.batch_size,
            micro_batch_size=self.micro_batch_size,
            program=self.program,
            mix=self.mix,
            layout=self.layout,
            imatrix=self.imatrix,
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
    check_context_length(model, plan.context_length)
    if plan.context_length < plan.parallel_sequences:
        raise PlannerError(
            f"A context of {plan.context_length:,} tokens cannot be shared by "
            f"{plan.parallel_sequences:,} sequences."
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
