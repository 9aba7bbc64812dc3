"""The smallest hardware that a plan would fit on, and never far larger hardware."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from planner.core.errors import PlannerError
from planner.core.estimate import estimate
from planner.core.fit import Reserve
from planner.core.ledger import Place
from planner.core.model_spec import ModelSpec
from planner.core.plan import GpuLayers, PlanOptions

# Devices up to this much larger than the smallest that fits are named beside it.
NEAR_RATIO: Final = 1.25
MOST_DEVICES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceOption:
    """A device that one could have: its name, and what a program may use of its memory."""

    name: str
    usable_bytes: int


def smallest_devices(
    needed_bytes: int, devices: Iterable[DeviceOption], *, most: int = MOST_DEVICES
) -> tuple[DeviceOption, ...]:
    """Return the smallest devices with that much memory, smallest first, `()` if none has.

    Only devices near the smallest one are named, whatever else there is.
    """
    large_enough = sorted(
        (each for each in devices if each.usable_bytes >= needed_bytes),
        key=lambda each: (each.usable_bytes, each.name),
    )
    if not large_enough:
        return ()
    limit = large_enough[0].usable_bytes * NEAR_RATIO
    return tuple(each for each in large_enough if each.usable_bytes <= limit)[:most]


def gpu_bytes_needed(
    model: ModelSpec, quant_format: str, *, options: PlanOptions, reserve: Reserve
) -> int | None:
    """Return what a GPU must have free to hold all of a plan, with the reserve.

    `None` where the runtime refuses the plan on any GPU.
    """
    whole = replace(options, gpu_layers=GpuLayers.ALL).plan(model, quant_format)
    try:
        total = estimate(model, whole).ledger.total(Place.GPU)
    except PlannerError:
        return None
    return total.high_bytes + reserve.gpu_bytes
