"""Will it run here: a plan against a machine, as a verdict with its figures."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from planner.core.errors import PlannerError
from planner.core.estimate import plan_ledger
from planner.core.ledger import Band, MemoryLedger, Place
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.model_spec import ModelSpec
from planner.core.plan import Plan, offloadable_layer_count
from planner.core.units import GIB

DEFAULT_GPU_RESERVE_BYTES: Final = GIB // 2
DEFAULT_RAM_RESERVE_BYTES: Final = 2 * GIB


class FitVerdict(StrEnum):
    """What a person is told; the values are those of the command line's JSON."""

    FITS = "fits"
    TIGHT = "tight"
    PARTIAL = "partial"
    NO = "no"
    UNSUPPORTED = "unsupported"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """Memory to leave free for everything else, on a GPU and in RAM."""

    gpu_bytes: int = DEFAULT_GPU_RESERVE_BYTES
    ram_bytes: int = DEFAULT_RAM_RESERVE_BYTES

    def of(self, pool: MemoryPool) -> int:
        """Return the reserve of one pool; unified memory keeps the system's."""
        return self.gpu_bytes if pool.kind is PoolKind.DEDICATED else self.ram_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FitResult:
    """The verdict on one plan.

    `needed` is what the whole plan takes on the target. `plan` is the plan as it would run: with
    `partial` its `gpu_layer_count` is the most that fits. `reason` is set where there is no
    figure (`unsupported`, `unknown`).
    """

    model_id: str
    quant_format: str
    verdict: FitVerdict
    needed: Band | None = None
    plan: Plan | None = None
    layer_count: int | None = None
    max_context_length: int | None = None
    reason: str | None = None


def choose_target(machine: Machine, target_id: str | None = None) -> MemoryPool:
    """Return the pool to fit into: the named one, else the freest GPU, else RAM.

    Raises:
        PlannerError: there is no pool of that name, or none at all.
    """
    if target_id is not None:
        for pool in machine.pools:
            if pool.id == target_id:
                return pool
        known = ", ".join(pool.id for pool in machine.pools) or "none"
        raise PlannerError(f"This machine has no memory pool {target_id!r}; it has: {known}.")
    candidates = machine.gpus or machine.pools
    if not candidates:
        raise PlannerError("No memory could be read on this machine, so nothing can be compared.")
    return max(candidates, key=lambda pool: -1 if pool.free_bytes is None else pool.free_bytes)


def fit(
    model: ModelSpec,
    plan: Plan,
    machine: Machine,
    *,
    target: MemoryPool,
    reserve: Reserve,
    auto_layers: bool = True,
) -> FitResult:
    """Compare what a plan needs with what a machine has free.

    With `auto_layers` the plan's `gpu_layer_count` is chosen here: everything on the target if
    that fits, else the most layers that do.
    """
    if auto_layers:
        plan = replace(plan, gpu_layer_count=_all_layers_on(target, model))
    limit = model.context_length_limit
    layers = None if model.shape is None else offloadable_layer_count(model.shape)
    try:
        ledger = plan_ledger(model, plan)
    except PlannerError as refusal:
        return _without_figure(model, plan, FitVerdict.UNSUPPORTED, str(refusal), limit, layers)
    needed = needed_on(ledger, target)
    if target.free_bytes is None:
        why = " ".join(target.notes) or "the driver does not say."
        return _without_figure(
            model,
            plan,
            FitVerdict.UNKNOWN,
            f"How much of {target.name} is free is not known: {why}",
            limit,
            layers,
            needed,
        )
    verdict = _verdict(ledger, machine, target, reserve)
    chosen = plan
    if verdict is FitVerdict.NO and auto_layers and target.kind is PoolKind.DEDICATED:
        most = _most_layers(model, plan, machine, target, reserve)
        if most:
            verdict, chosen = FitVerdict.PARTIAL, replace(plan, gpu_layer_count=most)
    elif verdict is not FitVerdict.NO and _is_split(plan, layers):
        verdict = FitVerdict.PARTIAL
    return FitResult(
        model_id=model.id,
        quant_format=plan.quant_format,
        verdict=verdict,
        needed=needed,
        plan=chosen,
        layer_count=layers,
        max_context_length=limit,
    )


def needed_on(ledger: MemoryLedger, target: MemoryPool) -> Band:
    """Return what a plan takes from the target: unified memory holds both sides at once."""
    if target.kind is PoolKind.DEDICATED:
        return ledger.total(Place.GPU)
    if target.kind is PoolKind.SYSTEM:
        return ledger.total(Place.HOST)
    return ledger.total(Place.GPU) + ledger.total(Place.HOST)


def _all_layers_on(target: MemoryPool, model: ModelSpec) -> int:
    if model.shape is None or target.kind is PoolKind.SYSTEM:
        return 0
    return offloadable_layer_count(model.shape)


def _is_split(plan: Plan, layers: int | None) -> bool:
    return layers is not None and 0 < plan.gpu_layer_count < layers


def _without_figure(
    model: ModelSpec,
    plan: Plan,
    verdict: FitVerdict,
    reason: str,
    limit: int | None,
    layers: int | None,
    needed: Band | None = None,
) -> FitResult:
    return FitResult(
        model_id=model.id,
        quant_format=plan.quant_format,
        verdict=verdict,
        needed=needed,
        plan=plan if needed is not None else None,
        layer_count=layers,
        max_context_length=limit,
        reason=reason,
    )


def _verdict(
    ledger: MemoryLedger, machine: Machine, target: MemoryPool, reserve: Reserve
) -> FitVerdict:
    """Judge both sides: the target, and RAM where a GPU is the target."""
    verdicts = [_pool_verdict(needed_on(ledger, target), target, reserve)]
    ram = machine.ram
    if target.kind is PoolKind.DEDICATED and ram is not None:
        verdicts.append(_pool_verdict(ledger.total(Place.HOST), ram, reserve))
    return max(verdicts, key=_STRICTNESS.index)


_STRICTNESS: Final = (FitVerdict.FITS, FitVerdict.TIGHT, FitVerdict.NO)


def _pool_verdict(needed: Band, pool: MemoryPool, reserve: Reserve) -> FitVerdict:
    if pool.free_bytes is None:
        # Only RAM beside a GPU comes here: it is not the target, so it cannot be promised.
        return FitVerdict.TIGHT
    if needed.high_bytes + reserve.of(pool) <= pool.free_bytes:
        return FitVerdict.FITS
    return FitVerdict.TIGHT if needed.expected_bytes <= pool.free_bytes else FitVerdict.NO


def _most_layers(
    model: ModelSpec, plan: Plan, machine: Machine, target: MemoryPool, reserve: Reserve
) -> int:
    """Return the most layers that surely fit on the GPU with the rest in RAM, 0 if none do."""

    def on_gpu(count: int) -> bool:
        ledger = plan_ledger(model, replace(plan, gpu_layer_count=count))
        return _pool_verdict(ledger.total(Place.GPU), target, reserve) is FitVerdict.FITS

    layers = plan.gpu_layer_count
    most = _last_true(on_gpu, highest=layers - 1)
    if not most:
        return 0
    ledger = plan_ledger(model, replace(plan, gpu_layer_count=most))
    ram = machine.ram
    if ram is None or _pool_verdict(ledger.total(Place.HOST), ram, reserve) is FitVerdict.NO:
        return 0
    return most


def _last_true(holds: Callable[[int], bool], *, highest: int) -> int:
    """Return the largest count from 1 to `highest` that holds, 0 if 1 does not (bisection)."""
    low, high = 0, highest
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low
