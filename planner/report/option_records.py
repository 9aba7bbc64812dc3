"""The choices that all plans of a report share, as plain values."""

from dataclasses import fields
from enum import Enum
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
    repack: bool = True
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
        # An option that this record has not is an error, so that none is forgotten.
        values = {each.name: getattr(options, each.name) for each in fields(options)}
        return cls.model_validate(
            {
                name: value.value if isinstance(value, Enum) else value
                for name, value in values.items()
            }
        )
