"""A computer for the live reader: its driver is made up, its clock moves when told."""

from dataclasses import dataclass, field
from pathlib import Path

from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.units import GIB
from planner.hardware.child_process import ChildFailure
from planner.hardware.live import LiveReader
from planner.hardware.live_nvml import NvmlWatcher
from planner.hardware.nvml_pools import nvml_reading
from tests.hardware.trees import put

BUS = "0000:01:00.0"


def ram_pool(free_gib: float = 48) -> MemoryPool:
    free = int(free_gib * GIB)
    return MemoryPool(
        id="ram",
        kind=PoolKind.SYSTEM,
        name="CPU",
        source="psutil",
        total_bytes=64 * GIB,
        used_by_others_bytes=64 * GIB - free,
        free_bytes=free,
    )


def board(
    number: int = 1, *, free_gib: float = 20, used: int | None = None, lost: bool = False
) -> dict[str, object]:
    total, free = 24 * GIB, int(free_gib * GIB)
    memory = {"value": {"total": total, "reserved": 0, "used": total - free, "free": free}}
    held = [{"pid": 7, "name": "llama-server", "used": used}] if used is not None else []
    return {
        "name": {"value": "NVIDIA GeForce RTX 4090"},
        "uuid": {"value": f"GPU-{number}"},
        "memory": {"code": 15, "reason": "GPU is lost"} if lost else memory,
        "processes": {"value": held},
        "pci": {"value": {"bus_id": f"00000000:0{number}:00.0", "device_id": 0x268410DE}},
    }


def record(*boards: object) -> dict[str, object]:
    return {
        "init": {"value": None},
        "board_count": {"value": len(boards)},
        "boards": list(boards),
    }


@dataclass
class Clock:
    now_s: float = 0.0

    def __call__(self) -> float:
        return self.now_s


@dataclass
class Driver:
    """Answers for the child process, and counts how often it was started and asked."""

    boards: list[dict[str, object]] = field(default_factory=lambda: [board()])
    failure: str | None = None
    starts: int = 0
    questions: int = 0
    open_count: int = 0
    is_stuck: bool = False

    def start(self) -> "Child":
        self.starts += 1
        self.open_count += 1
        return Child(self)


@dataclass
class Child:
    driver: Driver
    is_open: bool = True

    def ask(self, *, time_limit_s: float) -> dict[str, object]:
        assert self.is_open
        assert 0 < time_limit_s <= 10
        self.driver.questions += 1
        if self.driver.failure is not None:
            raise ChildFailure(self.driver.failure)
        return record(*self.driver.boards)

    def close(self) -> None:
        self.driver.open_count -= self.is_open
        self.is_open = False

    def is_running(self) -> bool:
        return self.is_open or self.driver.is_stuck


@dataclass
class Scene:
    """A computer: its driver, its clock, its files, and how often it was detected."""

    root: Path
    driver: Driver = field(default_factory=Driver)
    clock: Clock = field(default_factory=Clock)
    ram: MemoryPool = field(default_factory=ram_pool)
    detections: int = 0

    def detect(self) -> Machine:
        self.detections += 1
        return Machine(pools=(*self.nvidia(), self.ram), notes=("detected",))

    def nvidia(self) -> tuple[MemoryPool, ...]:
        return nvml_reading(record(*self.driver.boards), ram=self.ram).pools

    def reader(self, machine: Machine | None = None) -> LiveReader:
        return LiveReader(
            machine or Machine(pools=(*self.nvidia(), self.ram), notes=("at start",)),
            detect=self.detect,
            watcher=NvmlWatcher(start_child=self.driver.start, clock=self.clock),
            read_ram=lambda: self.ram,
            clock=self.clock,
            root=self.root,
        )


def sleeping(scene: Scene, status: str = "suspended", control: str = "auto") -> None:
    power = scene.root / f"sys/bus/pci/devices/{BUS}/power"
    put(power / "runtime_status", status + "\n")
    put(power / "control", control + "\n")


def amd_machine(scene: Scene) -> Machine:
    from planner.hardware.sysfs_gpus import sysfs_reading

    pools = sysfs_reading(scene.root, first_gpu_number=0, ram=scene.ram).pools
    return Machine(pools=(*pools, scene.ram))
