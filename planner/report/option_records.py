"""The choices that all plans of a report share, as plain values."""

from typing import Self

from planner.core.plan import (
    DEFAULT_GPU_MEMORY_UTILIZATION,
    DEFAULT_MAX_SEQUENCES,
    PlanOptions,
)
from planner.report.records import ReportRecord


class ReportOptions(ReportRecord):
    """The choices that all plans of the grid share."""

    runtime: str
    context_length: int | None
    parallel_sequences: int
    cache_type_k: str
    cache_type_v: str
    flash_attention: bool
    batch_size: int
    micro_batch_size: int
    gpu_layers: int | str
    program: str
    mix: str
    layout: str
    imatrix: bool
    unified_cache: bool = False
    split_mode: str = "none"
    tensor_split: tuple[float, ...] = ()
    cpu_expert_layers: int = 0
    attention: str = "sdpa"
    cache_kind: str = "dynamic"
    prompt_length: int | None = None
    max_length: int | None = None
    chunk_size: int | None = None
    gpu_memory_utilization: float = DEFAULT_GPU_MEMORY_UTILIZATION
    max_sequences: int = DEFAULT_MAX_SEQUENCES
    tensor_parallel: int = 1
    enforce_eager: bool = False

    @classmethod
    def of(cls, options: PlanOptions) -> Self:
        """Return the record of the options."""
        layers = options.gpu_layers
        return cls(
            runtime=options.runtime.value,
            context_length=options.context_length,
            parallel_sequences=options.parallel_sequences,
            cache_type_k=options.cache_type_k.value,
            cache_type_v=options.cache_type_v.value,
            flash_attention=options.flash_attention,
            batch_size=options.batch_size,
            micro_batch_size=options.micro_batch_size,
            gpu_layers=layers.value if isinstance(layers, str) else layers,
            program=options.program.value,
            mix=options.mix.value,
            layout=options.layout.value,
            imatrix=options.imatrix,
            unified_cache=options.unified_cache,
            split_mode=options.split_mode.value,
            tensor_split=options.tensor_split,
            cpu_expert_layers=options.cpu_expert_layers,
            attention=options.attention.value,
            cache_kind=options.cache_kind.value,
            prompt_length=options.prompt_length,
            max_length=options.max_length,
            chunk_size=options.chunk_size,
            gpu_memory_utilization=options.gpu_memory_utilization,
            max_sequences=options.max_sequences,
            tensor_parallel=options.tensor_parallel,
            enforce_eager=options.enforce_eager,
        )
