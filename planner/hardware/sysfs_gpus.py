"""AMD's and Intel's GPUs on Linux, and neural processors, from the files in `/sys`."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from planner.core.machine import MemoryPool, PoolKind
from planner.hardware.pci_boards import AMD, INTEL, PciBoard, read_board
from planner.hardware.probe import PendingReading, ProbeReading
from planner.hardware.sysfs import names_in, read_fields

MAX_GPUS: Final = 64
# The kernel's drivers of class `accel` (https://docs.kernel.org/accel).
_NEURAL_PROCESSORS: Final = {"amdxdna": "AMD XDNA", "intel_vpu": "Intel NPU"}


class SysfsProbe:
    """The GPUs that the kernel's own drivers show."""

    def __init__(self, *, root: Path = Path("/")) -> None:
        """Set up the probe; nothing is read yet.

        Args:
            root: Where the file system of the computer begins.
        """
        self._root = root

    def start(self) -> PendingReading:
        """Return at once: a few small files are read when the result is wanted."""
        return _PendingSysfs(self._root)


class _PendingSysfs:
    def __init__(self, root: Path) -> None:
        self._root = root

    def result(self, *, first_gpu_number: int, ram: MemoryPool | None) -> ProbeReading:
        return sysfs_reading(self._root, first_gpu_number=first_gpu_number, ram=ram)

    def cancel(self) -> None:
        pass


def sysfs_reading(root: Path, *, first_gpu_number: int, ram: MemoryPool | None) -> ProbeReading:
    """Return the pools of AMD's and Intel's GPUs, cards before integrated ones.

    A processor's own small GPU beside a card of any maker is named and not counted: its half
    of the RAM would pass for the largest memory of the machine, and nobody computes there.
    """
    found = list(_cards(root))[:MAX_GPUS]
    cards = [each for each in found if not _is_small(*each)]
    small = [each for each in found if _is_small(*each)]
    counted = cards if cards or first_gpu_number else small
    pools = [_pool(board, device, pool_id="", ram=ram, root=root) for board, device in counted]
    pools.sort(key=lambda pool: pool.kind is not PoolKind.DEDICATED)
    notes = [] if counted is small else _small_notes(small, root)
    return ProbeReading(
        pools=tuple(
            replace(pool, id=f"gpu{number}")
            for number, pool in enumerate(pools, start=first_gpu_number)
        ),
        notes=(*notes, *_neural_processor_notes(root)),
        board_count=len(pools),
    )


def _cards(root: Path) -> Iterator[tuple[PciBoard, Path]]:
    """Yield what PCI tells of each of the two makers' boards, and its folder."""
    seen: set[str] = set()
    cards = root / "sys/class/drm"
    for name in names_in(cards, "card"):
        if not name.removeprefix("card").isdigit():  # `card0-DP-1` is a connector
            continue
        board = read_board(cards / name / "device")
        if board is None or board.vendor not in (AMD, INTEL) or board.address in seen:
            continue
        seen.add(board.address)
        yield board, cards / name / "device"


def _is_small(board: PciBoard, device: Path) -> bool:
    # Only now, here and below: most computers with NVIDIA's cards have neither maker's.
    if board.vendor == AMD:
        from planner.hardware import amd_sysfs

        is_large = board.device in amd_sysfs.LARGE_CHIPS
        return not is_large and amd_sysfs.is_integrated(board, device)
    from planner.hardware import intel_sysfs

    return intel_sysfs.is_integrated(board)


def _pool(
    board: PciBoard, device: Path, *, pool_id: str, ram: MemoryPool | None, root: Path
) -> MemoryPool:
    if board.vendor == AMD:
        from planner.hardware.amd_sysfs import amd_pool

        return amd_pool(board, device, pool_id=pool_id, ram=ram, root=root)
    from planner.hardware.intel_sysfs import intel_pool

    return intel_pool(board, device, pool_id=pool_id, ram=ram, root=root)


def _small_notes(small: list[tuple[PciBoard, Path]], root: Path) -> list[str]:
    names = [
        _pool(board, device, pool_id="", ram=None, root=root).name for board, device in small
    ]
    return [
        f"The processor's own GPU ({name}) is not counted beside a card: it shares the RAM."
        for name in names
    ]


def _neural_processor_notes(root: Path) -> list[str]:
    devices = root / "sys/class/accel"
    drivers = (
        read_fields(devices / name / "device/uevent").get("DRIVER", "")
        for name in names_in(devices, "accel")
    )
    names = sorted({_NEURAL_PROCESSORS[each] for each in drivers if each in _NEURAL_PROCESSORS})
    return [
        f"A neural processor ({name}) is in this computer. It has no memory of its own, and "
        "the runtimes here compute on CPU or GPU: it is not counted."
        for name in names
    ]
