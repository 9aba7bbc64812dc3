"""Keeps a machine's figures fresh: what is free, and who holds the rest.

A reading asks only for what changes. A sleeping GPU is let sleep, one that could sleep is
asked seldom while nobody uses it, and a change of the cards leads to a whole detection.
"""

import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.units import MIB
from planner.hardware.detect import detect_machine
from planner.hardware.live_nvml import NvmlWatcher
from planner.hardware.pci_boards import (
    AMD,
    INTEL,
    NVIDIA,
    PCI_DEVICES,
    PciBoard,
    display_boards,
    is_suspended,
    may_suspend,
)
from planner.hardware.sysfs import names_in
from planner.hardware.sysfs_gpus import sysfs_reading
from planner.hardware.system_memory import read_system_memory

# A GPU of a laptop falls asleep some seconds after the last question.
IDLE_PAUSE_S: Final = 60.0
# A card that comes and goes shall not keep the machine busy with detections.
DETECTION_PAUSE_S: Final = 10.0

DESKTOP_BYTES: Final = 64 * MIB

_Sign = tuple[str, bool]


class LiveReader:
    """Reads a machine again, about once a second and off the GUI thread.

    Windows' and Apple's own GPUs give no fresh figures of their own here: memory that is
    shared with the system follows the system's, a card that NVML does not know stays as it
    was. Programs are told of NVIDIA's GPUs only; to look through all processes for the others
    would take longer than a reading may.
    """

    def __init__(
        self,
        machine: Machine,
        *,
        detect: Callable[[], Machine] = detect_machine,
        watcher: NvmlWatcher | None = None,
        read_ram: Callable[[], MemoryPool] = read_system_memory,
        clock: Callable[[], float] = time.monotonic,
        root: Path = Path("/"),
    ) -> None:
        """Set up; nothing is read yet.

        Args:
            machine: As it was detected, and matched or corrected since.
            detect: Detects it anew, with the same matching and corrections.
            watcher: Asks NVIDIA's driver.
            read_ram: Gives the RAM pool.
            clock: Gives seconds.
            root: Where the file system of the computer begins.
        """
        self._machine = machine
        self._detect = detect
        self._watcher = watcher or NvmlWatcher(clock=clock)
        self._read_ram = read_ram
        self._clock = clock
        self._root = root
        self._notes = machine.notes
        self._pci = _pci_addresses(root)
        self._cards = _cards(root)
        self._odd: frozenset[_Sign] | None = None
        self._next_detection_s = clock()
        self._next_question_s = clock()
        self._was_asleep = False
        self._is_closed = False

    def read(self) -> Machine:
        """Return the machine as it is now; after `close`, as it was last."""
        if self._is_closed:
            return self._machine
        ram = self._read_ram()
        nvidia = self._nvidia_pools(ram)
        if self._must_detect(nvidia):
            self._start_anew()
            return self._machine
        fresh = {_key(pool): pool for pool in (*(nvidia or ()), *self._sysfs_pools(ram))}
        note = self._watcher.note
        self._machine = replace(
            self._machine,
            pools=tuple(self._refreshed(pool, fresh, ram) for pool in self._machine.pools),
            notes=(*self._notes, *(() if note is None else (note,))),
        )
        return self._machine

    def close(self) -> None:
        """End what was started; a reading that is under way ends soon."""
        self._is_closed = True
        self._watcher.close()

    def _nvidia_pools(self, ram: MemoryPool) -> tuple[MemoryPool, ...] | None:
        """Return what NVIDIA's driver shows, `None` where it is not asked or is silent."""
        boards = _of_nvml(self._machine.pools)
        if not boards:
            return None
        is_asleep = all(self._sleeps(pool) for pool in boards)
        woke = self._was_asleep and not is_asleep
        self._was_asleep = is_asleep
        if is_asleep:
            self._watcher.rest()  # a library that is in use would wake it with the next call
            return None
        if self._clock() < self._next_question_s and not woke:
            return None
        pools = self._watcher.pools(ram)
        if pools and _is_idle(pools) and self._may_sleep(boards):
            self._watcher.rest()
            self._next_question_s = self._clock() + IDLE_PAUSE_S
        return pools

    def _sysfs_pools(self, ram: MemoryPool) -> tuple[MemoryPool, ...]:
        if not any(_is_of_sysfs(pool) for pool in self._machine.pools):
            return ()
        # This wakes nobody: amdgpu answers these files from its own books. Numbered from 0, so
        # that an integrated GPU that is counted is found again.
        return sysfs_reading(self._root, first_gpu_number=0, ram=ram).pools

    def _sleeps(self, pool: MemoryPool) -> bool:
        return pool.pci_bus_id is not None and is_suspended(self._root, pool.pci_bus_id)

    def _may_sleep(self, boards: Iterable[MemoryPool]) -> bool:
        return all(
            pool.pci_bus_id is not None and may_suspend(self._root, pool.pci_bus_id)
            for pool in boards
        )

    def _must_detect(self, nvidia: tuple[MemoryPool, ...] | None) -> bool:
        """Return whether cards came, went or were lost, and it is not too soon to look."""
        signs = None if nvidia is None else _signs(nvidia)
        differs = signs is not None and signs != _signs(_of_nvml(self._machine.pools))
        # What a detection could not bring in line is not tried again until it changes.
        is_new = differs and signs != self._odd
        if not is_new and not self._cards_changed():
            return False
        if self._clock() < self._next_detection_s:
            return False
        self._odd = signs
        return True

    def _cards_changed(self) -> bool:
        addresses = _pci_addresses(self._root)
        if addresses == self._pci:
            return False
        if _cards(self._root) != self._cards:
            return True
        self._pci = addresses  # a disk, or a dock without a card
        return False

    def _start_anew(self) -> None:
        self._watcher.rest()
        self._next_detection_s = self._clock() + DETECTION_PAUSE_S
        self._next_question_s = self._clock()
        self._pci, self._cards = _pci_addresses(self._root), _cards(self._root)
        self._machine = self._detect()
        self._notes = self._machine.notes

    def _refreshed(
        self, pool: MemoryPool, fresh: dict[str, MemoryPool], ram: MemoryPool
    ) -> MemoryPool:
        if pool.kind is PoolKind.SYSTEM:
            return _with_figures(pool, ram)
        is_asleep = self._sleeps(pool)
        seen = fresh.get(_key(pool))
        if seen is not None and not is_asleep:
            return _with_figures(pool, seen)
        if pool.same_memory_as == ram.id and not is_asleep:
            return _within_ram(pool, ram)
        return pool if pool.is_asleep == is_asleep else replace(pool, is_asleep=is_asleep)


def _with_figures(pool: MemoryPool, seen: MemoryPool) -> MemoryPool:
    """Return the pool with what changes; its total may be one that the user corrected."""
    free = seen.free_bytes
    if free is not None and pool.total_bytes is not None:
        free = min(free, pool.total_bytes)
    return replace(
        pool,
        free_bytes=free,
        used_by_others_bytes=seen.used_by_others_bytes,
        holders=seen.holders,
        is_asleep=False,
    )


def _within_ram(pool: MemoryPool, ram: MemoryPool) -> MemoryPool:
    if pool.total_bytes is None or ram.free_bytes is None:
        return pool
    limit = pool.total_bytes - (pool.reserved_bytes or 0)
    free = min(limit, ram.free_bytes)
    return replace(pool, free_bytes=free, used_by_others_bytes=limit - free)


def _of_nvml(pools: Iterable[MemoryPool]) -> tuple[MemoryPool, ...]:
    # By the UUID too: the source of a pool that the user corrected is the user.
    return tuple(
        pool
        for pool in pools
        if pool.source.startswith("nvml") or (pool.uuid or "").startswith(("GPU-", "MIG-"))
    )


def _is_of_sysfs(pool: MemoryPool) -> bool:
    makers = (f"{AMD:04x}:", f"{INTEL:04x}:")
    return pool.source.startswith("sysfs") or (pool.pci_device_id or "").startswith(makers)


def _is_idle(pools: Iterable[MemoryPool]) -> bool:
    """Return whether nobody computes: a desktop keeps some MiB on every GPU there is."""
    held = (holder.used_bytes for pool in pools for holder in pool.holders)
    return all(used is not None and used <= DESKTOP_BYTES for used in held)


def _key(pool: MemoryPool) -> str:
    """Return what stays the same of a pool from one reading to the next."""
    return pool.uuid or pool.pci_bus_id or pool.id


def _signs(pools: Iterable[MemoryPool]) -> frozenset[_Sign]:
    """Return the cards, and which of them give no figures, as a lost one does not."""
    return frozenset((_key(pool), pool.free_bytes is None) for pool in pools)


def _pci_addresses(root: Path) -> list[str]:
    # Names alone: the driver counts its boards once, when it starts.
    return names_in(root / PCI_DEVICES) if sys.platform == "linux" else []


def _cards(root: Path) -> frozenset[PciBoard]:
    makers = (NVIDIA, AMD, INTEL) if sys.platform == "linux" else ()
    return frozenset(board for maker in makers for board in display_boards(root, maker))
