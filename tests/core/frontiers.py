"""What tests of the frontier ask with: models, a machine of any size, one search."""

from dataclasses import replace

from planner.catalogue import load_catalogue
from planner.core.fit import FitVerdict, Reserve
from planner.core.frontier import Frontier, frontier
from planner.core.grid import evaluate
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.model_spec import ModelSpec, Support
from planner.core.plan import CacheType, PlanOptions
from planner.core.quant_format import QUANT_FORMATS
from planner.core.target import choose_target
from planner.core.units import GIB

ALL_FORMATS = tuple(quant_format.name for quant_format in QUANT_FORMATS)
MODELS = {model.id: model for model in load_catalogue().models}
RUNNABLE = [
    model
    for model in MODELS.values()
    if model.runtimes["llama.cpp"].support is not Support.NONE
]


def machine_of(
    gpu_bytes: int | None,
    ram_bytes: int | None = 64 * GIB,
    *,
    kind: PoolKind = PoolKind.DEDICATED,
    has_gpu: bool = True,
) -> Machine:
    gpu = MemoryPool(
        id="gpu0",
        kind=kind,
        name="the GPU",
        source="test",
        free_bytes=gpu_bytes,
        notes=() if gpu_bytes is not None else ("The driver refused the question.",),
    )
    ram = MemoryPool(
        id="ram", kind=PoolKind.SYSTEM, name="the RAM", source="test", free_bytes=ram_bytes
    )
    return Machine(pools=(gpu, ram) if has_gpu else (ram,))


def frontier_of(
    model: ModelSpec,
    machine: Machine,
    *formats: str,
    options: PlanOptions | None = None,
    cache_types: tuple[CacheType, ...] = (CacheType.F16,),
    target: str | None = None,
) -> Frontier:
    return frontier(
        model,
        options=options or PlanOptions(),
        machine=machine,
        target=choose_target(machine, target),
        reserve=Reserve(),
        quant_formats=formats or ("Q4_K_M",),
        cache_types=cache_types,
    )


def verdict_at(
    model: ModelSpec,
    machine: Machine,
    quant_format: str,
    context_length: int,
    options: PlanOptions,
) -> FitVerdict:
    return evaluate(
        model,
        quant_format,
        options=replace(options, context_length=context_length),
        machine=machine,
        target=choose_target(machine),
        reserve=Reserve(),
    ).verdict
