"""What a plan runs on: pools of memory, each with where its figures come from.

A figure that no driver gave is `None`, never 0, and `notes` says why.
"""

from enum import StrEnum
from typing import Final

from planner.core.records import dataclass


class PoolKind(StrEnum):
    """How a pool of memory is shared between the processors."""

    DEDICATED = "dedicated"
    UNIFIED = "unified"
    SYSTEM = "system"


RAM_POOL_ID: Final = "ram"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryHolder:
    """A program that holds memory of a pool; `used_bytes` is `None` where nobody tells.

    `name` is the program's own, without its path or arguments.
    """

    name: str
    pid: int | None = None
    used_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryPool:
    """One pool: a GPU's memory, a MIG slice, unified memory, or the system's RAM.

    `free_bytes` is what may be allocated now. `used_by_others_bytes` is what programs hold and
    `reserved_bytes` what the driver keeps for itself, where the driver tells them apart.
    `source` names what gave the figures: `nvml`, `psutil`, `what-if`, `catalogue`. Of unified
    memory, `reserved_bytes` is what the GPU may never have. `pci_device_id` is
    `vendor:device` as `lspci -nn` prints it. `same_memory_as` is the id of the pool whose
    memory this is too: of unified memory and RAM, only one may be counted. `device_id` is the
    entry of the device catalogue that it was matched with, `rates_source` what gave bandwidth
    and compute: `driver`, `catalogue`, `rule`, `measured` or `user`. `holders` are the programs
    that hold its memory, as far as the system tells; `is_asleep` is a card that was left
    sleeping, whose figures are from before or unknown.
    """

    id: str
    kind: PoolKind
    name: str
    source: str
    total_bytes: int | None = None
    reserved_bytes: int | None = None
    used_by_others_bytes: int | None = None
    free_bytes: int | None = None
    bandwidth_gb_per_s: float | None = None
    fp16_tflops: float | None = None
    compute_capability: str | None = None
    uuid: str | None = None
    pci_bus_id: str | None = None
    pci_device_id: str | None = None
    same_memory_as: str | None = None
    device_id: str | None = None
    rates_source: str | None = None
    holders: tuple[MemoryHolder, ...] = ()
    is_asleep: bool = False
    notes: tuple[str, ...] = ()

    @property
    def can_be_joined(self) -> bool:
        """Whether a model's layers may be spread over this pool and others.

        Only whole cards reach one another: MIG slices do not, and unified memory is one pool.
        """
        return self.kind is PoolKind.DEDICATED and ".mig" not in self.id

    @property
    def is_gpu(self) -> bool:
        """Whether a GPU computes from this pool."""
        return self.kind is not PoolKind.SYSTEM


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The pools of one computer, and the sentences that explain what is missing.

    `system` is `linux`, `darwin` or `windows`. `disk_free_bytes` is what is free where models
    are kept.
    """

    pools: tuple[MemoryPool, ...]
    notes: tuple[str, ...] = ()
    driver_version: str | None = None
    cuda_version: str | None = None
    is_what_if: bool = False
    system: str | None = None
    disk_free_bytes: int | None = None

    @property
    def gpus(self) -> tuple[MemoryPool, ...]:
        """The pools that a GPU computes from, in the driver's order."""
        return tuple(pool for pool in self.pools if pool.is_gpu)

    @property
    def ram(self) -> MemoryPool | None:
        """The system's RAM, or `None` where it could not be read."""
        return next((pool for pool in self.pools if pool.kind is PoolKind.SYSTEM), None)
