"""The JSON that others build on: keys and nesting are a contract."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from planner.core.ledger import Band, LedgerLine, MemoryLedger, Part, Place

if TYPE_CHECKING:
    from planner.core.estimate import Estimate
    from planner.core.fit import FitResult
    from planner.core.grid import FitGrid
    from planner.core.machine import Machine, MemoryPool
    from planner.core.plan import Plan

ESTIMATE_SCHEMA: Final = "phi-planner/estimate/1"
CHECK_SCHEMA: Final = "phi-planner/check/1"
DEVICES_SCHEMA: Final = "phi-planner/devices/1"
MODELS_SCHEMA: Final = "phi-planner/models/1"

JsonObject = dict[str, Any]

_COMMON_CHOICES: Final = frozenset(
    (
        *("flash_attention", "batch_size", "micro_batch_size"),
        *("program", "mix", "layout", "imatrix"),
    )
)
_GPU_PARTS: Final = (Part.WEIGHTS, Part.KV_CACHE, Part.COMPUTE_BUFFER, Part.OUTPUT_BUFFER)
_HOST_PARTS: Final = (*_GPU_PARTS, Part.REPACKED_WEIGHTS)


def band_object(band: Band) -> JsonObject:
    """Return a band as low, expected, high."""
    return {
        "low": band.low_bytes,
        "expected": band.expected_bytes,
        "high": band.high_bytes,
    }


def optional_band(band: Band | None) -> JsonObject | None:
    """Return a band, or null where it is not known."""
    return None if band is None else band_object(band)


def plan_object(plan: Plan) -> JsonObject:
    """Return a plan with every choice spelled out.

    The keys up to `imatrix` are there whatever the runtime; what only some runtimes have
    follows where the plan's has it.
    """
    return {
        "model": plan.model_id,
        "runtime": plan.runtime.value,
        "quant_format": plan.quant_format,
        "context_length": plan.context_length,
        "parallel_sequences": plan.parallel_sequences,
        "cache_type_k": plan.cache_type_k.value,
        "cache_type_v": plan.cache_type_v.value,
        "flash_attention": plan.flash_attention,
        "batch_size": plan.batch_size,
        "micro_batch_size": plan.micro_batch_size,
        "gpu_layer_count": plan.gpu_layer_count,
        "program": plan.program.value,
        "mix": plan.mix.value,
        "layout": plan.layout.value,
        "imatrix": plan.imatrix,
        **_own_choices(plan),
    }


def _own_choices(plan: Plan) -> JsonObject:
    from planner.cli.runtime_options import OWNERS

    return {
        name: _json_value(getattr(plan, name))
        for name, (_, owners) in OWNERS.items()
        if plan.runtime in owners and name not in _COMMON_CHOICES
    }


def _json_value(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return value.value if isinstance(value, Enum) else value


def _place_object(ledger: MemoryLedger, place: Place, parts: tuple[Part, ...]) -> JsonObject:
    figures: JsonObject = {
        f"{part.value}_bytes": ledger.part(part, place).expected_bytes for part in parts
    }
    overhead = ledger.part(Part.RUNTIME_OVERHEAD, place)
    figures["runtime_overhead_bytes"] = band_object(overhead)
    figures["total_bytes"] = band_object(ledger.total(place))
    return figures


def line_object(line: LedgerLine, *, has_several: bool = False) -> JsonObject:
    """Return one line of a ledger; with several GPUs it says on which."""
    device = {"device": line.device} if has_several and line.place is Place.GPU else {}
    return {
        "part": line.part.value,
        "place": line.place.value,
        "bytes": band_object(line.band),
        "formula": line.formula,
        "reason": line.reason,
        "source": line.source,
        **device,
    }


def estimate_object(figures: Estimate) -> JsonObject:
    """Return everything about one plan."""
    ledger = figures.ledger
    count = max((line.device for line in ledger.lines), default=0) + 1
    each = [ledger.device_total(device) for device in range(count)]
    gpus = {"gpus": [{"total_bytes": band_object(band)} for band in each]} if count > 1 else {}
    return {
        "schema": ESTIMATE_SCHEMA,
        "plan": plan_object(figures.plan),
        "parameter_count": figures.parameter_count,
        "bits_per_weight": round(figures.bits_per_weight, 2),
        "tensor_bytes": figures.tensor_bytes,
        "file_bytes": optional_band(figures.file),
        "memory": {
            "gpu": _place_object(ledger, Place.GPU, _GPU_PARTS),
            "host": _place_object(ledger, Place.HOST, _HOST_PARTS),
            **gpus,
        },
        "ledger": [line_object(line, has_several=count > 1) for line in ledger.lines],
    }


def _pool_object(pool: MemoryPool) -> JsonObject:
    return {
        "id": pool.id,
        "kind": pool.kind.value,
        "name": pool.name,
        "total_bytes": pool.total_bytes,
        "reserved_bytes": pool.reserved_bytes,
        "used_by_others_bytes": pool.used_by_others_bytes,
        "free_bytes": pool.free_bytes,
        "source": pool.source,
        "bandwidth_gb_per_s": pool.bandwidth_gb_per_s,
        "compute_capability": pool.compute_capability,
        "same_memory_as": pool.same_memory_as,
        "fp16_tflops": pool.fp16_tflops,
        "rates_source": pool.rates_source,
        "device_id": pool.device_id,
        "notes": list(pool.notes),
    }


def machine_object(machine: Machine) -> JsonObject:
    """Return a machine and its pools, without what identifies one single board."""
    return {
        "pools": [_pool_object(pool) for pool in machine.pools],
        "notes": list(machine.notes),
        "driver_version": machine.driver_version,
        "cuda_version": machine.cuda_version,
        "is_what_if": machine.is_what_if,
    }


def result_object(result: FitResult, *, runtime: str) -> JsonObject:
    """Return one verdict."""
    return {
        "model": result.model_id,
        "runtime": runtime,
        "quant_format": result.quant_format,
        "verdict": result.verdict.value,
        "needed_bytes": optional_band(result.needed),
        "gpu_layer_count": None if result.plan is None else result.plan.gpu_layer_count,
        "layer_count": result.layer_count,
        "max_context_length": result.max_context_length,
        "reason": result.reason,
        "occupied_bytes": result.occupied_bytes,
    }


def check_text(
    grid: FitGrid, *, ensure_ascii: bool, budget: str, more: JsonObject | None = None
) -> str:
    """Return the answer of `check`, a result a line: for programs, and for `grep`."""
    import json

    def compact(value: object) -> str:
        return json.dumps(value, ensure_ascii=ensure_ascii)

    runtime = grid.options.runtime.value
    results = ",\n  ".join(
        compact(result_object(result, runtime=runtime)) for result in grid.results
    )
    further = "".join(
        f",\n {compact(key)}: {compact(value)}" for key, value in (more or {}).items()
    )
    return (
        f'{{"schema": {compact(CHECK_SCHEMA)},\n'
        f' "machine": {compact(machine_object(grid.machine))},\n'
        f' "target": {compact(grid.target.id)},\n'
        f' "budget": {compact(budget)},\n'
        f' "results": [\n  {results}\n ]{further}}}\n'
    )
