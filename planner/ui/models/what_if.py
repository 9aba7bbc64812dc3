"""Which machine somebody would like to have. No Qt: the controller reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.core.device_spec import DeviceChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfOrder:
    """Devices of the catalogue, GPUs by size, and RAM; `None` leaves RAM out of account."""

    devices: tuple[DeviceChoice, ...] = ()
    vram_bytes: tuple[int, ...] = ()
    ram_bytes: int | None = None
