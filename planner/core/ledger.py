"""Every byte is a line: which part, where it sits, how it is computed, why, on whose word."""

from collections.abc import Iterable
from enum import StrEnum

from planner.core.records import dataclass


class Part(StrEnum):
    """A part of the memory; the values are the keys of the command line's JSON."""

    WEIGHTS = "weights"
    REPACKED_WEIGHTS = "repacked_weights"
    KV_CACHE = "kv_cache"
    COMPUTE_BUFFER = "compute_buffer"
    OUTPUT_BUFFER = "output_buffer"
    RUNTIME_OVERHEAD = "runtime_overhead"


class Place(StrEnum):
    """On which side a line sits: the GPU's memory or the host's."""

    GPU = "gpu"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class Band:
    """What is known of a number of bytes: equal ends where it is exact."""

    low_bytes: int
    expected_bytes: int
    high_bytes: int

    def __post_init__(self) -> None:
        """Refuse a band whose ends are out of order."""
        if not 0 <= self.low_bytes <= self.expected_bytes <= self.high_bytes:
            raise ValueError(
                f"a band must not fall: {self.low_bytes}, {self.expected_bytes}, "
                f"{self.high_bytes}"
            )

    @classmethod
    def exact(cls, size_bytes: int) -> "Band":
        """Return the band of a number that is known."""
        return cls(size_bytes, size_bytes, size_bytes)

    @property
    def is_exact(self) -> bool:
        """Whether both ends are the same."""
        return self.low_bytes == self.high_bytes

    def __add__(self, other: "Band") -> "Band":
        return Band(
            self.low_bytes + other.low_bytes,
            self.expected_bytes + other.expected_bytes,
            self.high_bytes + other.high_bytes,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One part in one place; `source` can be looked up.

    `device` counts the GPUs of a plan that has several; it is 0 for one GPU and for the host.

    The formula is kept as its template and figures and spelled out when somebody reads it: a
    grid of hundreds of plans never does. A figure may be anything that can be written.
    """

    part: Part
    place: Place
    band: Band
    template: str
    figures: tuple[object, ...] = ()
    reason: str
    source: str
    device: int = 0

    @property
    def formula(self) -> str:
        """How the bytes are computed, with the figures filled in."""
        return self.template.format(*self.figures)


@dataclass(frozen=True, slots=True)
class MemoryLedger:
    """The lines of a plan. Totals are sums of lines, nothing else."""

    lines: tuple[LedgerLine, ...]

    def total(self, place: Place) -> Band:
        """Return what the plan takes in one place."""
        return _sum(line.band for line in self.lines if line.place is place)

    def device_total(self, device: int) -> Band:
        """Return what the plan takes on one of its GPUs."""
        return _sum(
            line.band
            for line in self.lines
            if line.place is Place.GPU and line.device == device
        )

    def part(self, part: Part, place: Place) -> Band:
        """Return what one part takes in one place."""
        return _sum(
            line.band for line in self.lines if line.part is part and line.place is place
        )


@dataclass(frozen=True, slots=True)
class PlacedLines:
    """Lines of a ledger with their sums, so that a grid adds them up once.

    `gpu` is the sum over all GPUs; `gpus` has each where a plan has several, else it is empty.
    """

    lines: tuple[LedgerLine, ...]
    gpu: Band
    host: Band
    gpus: tuple[Band, ...] = ()

    @classmethod
    def of(cls, lines: Iterable[LedgerLine]) -> "PlacedLines":
        """Keep the lines and add them up."""
        ledger = MemoryLedger(tuple(lines))
        return cls(ledger.lines, ledger.total(Place.GPU), ledger.total(Place.HOST))

    @classmethod
    def on_devices(cls, lines: Iterable[LedgerLine], device_count: int) -> "PlacedLines":
        """Keep the lines and add them up, also for each of several GPUs."""
        ledger = MemoryLedger(tuple(lines))
        return cls(
            ledger.lines,
            ledger.total(Place.GPU),
            ledger.total(Place.HOST),
            tuple(ledger.device_total(device) for device in range(device_count)),
        )

    def __add__(self, other: "PlacedLines") -> "PlacedLines":
        return PlacedLines(
            self.lines + other.lines,
            self.gpu + other.gpu,
            self.host + other.host,
            tuple(one + more for one, more in zip(self.gpus, other.gpus, strict=True)),
        )


def _sum(bands: Iterable[Band]) -> Band:
    low = expected = high = 0
    for band in bands:
        low += band.low_bytes
        expected += band.expected_bytes
        high += band.high_bytes
    return Band(low, expected, high)
