"""Two budgets: what is free right now, and what would be if other programs were closed.

A driver says what is free now. What closing programs would give back is a sum: the total less
what the driver keeps for itself, less what stays in use whatever is closed. Every verdict
carries the budget that it is about.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, assert_never

from planner.core.fit import FitResult, Reserve
from planner.core.grid import evaluate
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.model_spec import ModelSpec
from planner.core.plan import PlanOptions
from planner.core.target import choose_target
from planner.core.units import GIB, MIB


class Budget(StrEnum):
    """Which memory a verdict counts on."""

    FREE_NOW = "free-now"
    PROGRAMS_CLOSED = "programs-closed"


# A driver before 510 does not tell its own share apart from what is used. Public readings of
# newer ones: 205 to 434 MiB on GeForce cards, 479 to 614 MiB on L40S, H100 and H200
# (utkuozdemir/nvidia_gpu_exporter, internal/captures).
ASSUMED_DRIVER_RESERVE_BYTES: Final = 512 * MIB
# An assumption, not a measurement: what a system with a desktop holds with nothing else open.
DEFAULT_SYSTEM_BYTES: Final = 2 * GIB


@dataclass(frozen=True, slots=True, kw_only=True)
class StillHeld:
    """What stays in use when every other program is closed.

    `gpu_bytes` is for a desktop drawn by the same card: 0, because the reserve of a verdict
    already leaves room there.
    """

    gpu_bytes: int = 0
    system_bytes: int = DEFAULT_SYSTEM_BYTES


DEFAULT_STILL_HELD: Final = StillHeld()


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetedFit:
    """A verdict, and the budget that it counts on."""

    budget: Budget
    result: FitResult


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoFits:
    """The verdicts on one plan with both budgets."""

    now: BudgetedFit
    closed: BudgetedFit


def machine_under(
    machine: Machine, budget: Budget, *, still_held: StillHeld = DEFAULT_STILL_HELD
) -> Machine:
    """Return the machine as a budget sees it; `free_bytes` is what may be counted on."""
    match budget:
        case Budget.FREE_NOW:
            return machine
        case Budget.PROGRAMS_CLOSED:
            return replace(
                machine,
                pools=tuple(_closed(pool, machine, still_held) for pool in machine.pools),
            )
        case _:
            assert_never(budget)


def free_if_closed_bytes(
    pool: MemoryPool, machine: Machine, *, still_held: StillHeld = DEFAULT_STILL_HELD
) -> int | None:
    """Return what would be free without other programs, `None` where the total is not known.

    It is never less than what is free now. Memory that a GPU shares with the system is the
    system's: the GPU may have as much as closing programs gives the system, up to its own
    limit.
    """
    if pool.total_bytes is None:
        return pool.free_bytes
    if pool.kind is PoolKind.DEDICATED:
        kept = _driver_reserve_bytes(pool) + still_held.gpu_bytes
    else:
        kept = max(still_held.system_bytes, pool.reserved_bytes or 0)
    free = max(pool.total_bytes - kept, pool.free_bytes or 0)
    shared = shared_pool(pool, machine)
    if shared is None:
        return free
    system = free_if_closed_bytes(shared, machine, still_held=still_held)
    # A limit of its own, such as Metal's working set, leaves the system its part already.
    limit = pool.total_bytes - (pool.reserved_bytes or 0)
    return free if system is None else max(min(limit, system), pool.free_bytes or 0)


def shared_pool(pool: MemoryPool, machine: Machine) -> MemoryPool | None:
    """Return the pool whose memory this one is too, `None` where it has memory of its own."""
    return next((each for each in machine.pools if each.id == pool.same_memory_as), None)


def total_free_bytes(
    machine: Machine, budget: Budget, *, still_held: StillHeld = DEFAULT_STILL_HELD
) -> int:
    """Return what all pools have free together; shared memory is counted once."""
    seen = machine_under(machine, budget, still_held=still_held)
    return sum(pool.free_bytes or 0 for pool in seen.pools if shared_pool(pool, seen) is None)


def fit_under(
    model: ModelSpec,
    quant_format: str,
    *,
    options: PlanOptions,
    machine: Machine,
    budget: Budget,
    reserve: Reserve,
    target_id: str | None = None,
    still_held: StillHeld = DEFAULT_STILL_HELD,
) -> BudgetedFit:
    """Fit one model in one quant format with one budget.

    Without a `target_id` the target is chosen by what is free now, so that both budgets are
    about the same pool.

    Raises:
        PlannerError: there is no such target.
    """
    target = choose_target(machine, target_id)
    seen = machine_under(machine, budget, still_held=still_held)
    result = evaluate(
        model,
        quant_format,
        options=options,
        machine=seen,
        target=choose_target(seen, target.id),
        reserve=reserve,
    )
    return BudgetedFit(budget=budget, result=result)


def fit_both(
    model: ModelSpec,
    quant_format: str,
    *,
    options: PlanOptions,
    machine: Machine,
    reserve: Reserve,
    target_id: str | None = None,
    still_held: StillHeld = DEFAULT_STILL_HELD,
) -> TwoFits:
    """Fit one model in one quant format with both budgets.

    Raises:
        PlannerError: there is no such target.
    """
    now, closed = (
        fit_under(
            model,
            quant_format,
            options=options,
            machine=machine,
            budget=budget,
            reserve=reserve,
            target_id=target_id,
            still_held=still_held,
        )
        for budget in Budget
    )
    return TwoFits(now=now, closed=closed)


def _driver_reserve_bytes(pool: MemoryPool) -> int:
    if pool.reserved_bytes is not None:
        return pool.reserved_bytes
    # A what-if card, or one of whose memory everything is free, has nothing to take off.
    if pool.total_bytes is not None and pool.free_bytes == pool.total_bytes:
        return 0
    return ASSUMED_DRIVER_RESERVE_BYTES


def _closed(pool: MemoryPool, machine: Machine, still_held: StillHeld) -> MemoryPool:
    free = free_if_closed_bytes(pool, machine, still_held=still_held)
    used_by_others = 0 if pool.used_by_others_bytes is not None else None
    return replace(pool, free_bytes=free, used_by_others_bytes=used_by_others)
