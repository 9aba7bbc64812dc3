"""Which GPUs of a machine a plan computes on, and the share of each."""

from dataclasses import replace

from planner.core.errors import UnsupportedPlanError
from planner.core.machine import Machine, MemoryPool
from planner.core.plan import Plan, SplitMode
from planner.core.units import GIB


def with_shares(plan: Plan, machine: Machine) -> Plan:
    """Return the plan with a share for each GPU; without a choice each gets by what is free."""
    if plan.split_mode is not SplitMode.LAYER or plan.tensor_split:
        return plan
    # In GiB, as people write them: the launch command shows these shares.
    free = (pool.free_bytes or 0 for pool in _spread_over(machine))
    return replace(plan, tensor_split=tuple(round(each / GIB, 2) for each in free))


def _spread_over(machine: Machine) -> tuple[MemoryPool, ...]:
    return tuple(pool for pool in machine.gpus if pool.can_be_joined)


def cards_of(machine: Machine, target: MemoryPool, plan: Plan) -> tuple[MemoryPool, ...]:
    """Return the cards that the plan computes on: one, all (split layers), or the freest few.

    Raises:
        UnsupportedPlanError: the machine has fewer cards than the plan needs.
    """
    if plan.split_mode is SplitMode.LAYER and plan.gpu_layer_count:
        spread = _spread_over(machine)
        if len(spread) != len(plan.tensor_split):
            raise UnsupportedPlanError(
                f"The tensor split has {len(plan.tensor_split)} shares; this machine has "
                f"{len(spread)} GPUs with memory of their own."
            )
        return spread
    count = plan.tensor_parallel
    others = [pool for pool in machine.gpus if pool.id != target.id]
    if len(others) < count - 1:
        raise UnsupportedPlanError(
            f"Tensor parallelism over {count} cards needs {count} GPUs; this machine has "
            f"{len(machine.gpus)}."
        )
    freest = sorted(others, key=lambda pool: -(pool.free_bytes or 0))
    return target, *freest[: count - 1]


def unknown_memory(cards: tuple[MemoryPool, ...]) -> str:
    """Return the sentence for a pool whose driver does not say enough."""
    card = next(each for each in cards if None in (each.free_bytes, each.total_bytes))
    why = " ".join(card.notes) or "the driver does not say."
    if card.free_bytes is None:
        return f"How much of {card.name} is free is not known: {why}"
    return f"How much memory {card.name} has is not known: {why}"
