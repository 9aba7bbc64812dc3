"""A device of the catalogue: what one could have, as data sheets and drivers give it.

The annotations are the schema of `specs/devices`, as those of `planner.core.model_spec` are of
the models; `planner.catalogue.devices` reads the files.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

from planner.core.errors import PlannerError
from planner.core.model_spec import Count
from planner.core.units import GIB, MIB

_NOT_WORDS: Final = re.compile(r"[^a-z0-9+]+")
# Left off from the front, so that `rtx-4090` is enough.
_MAKERS_WORDS: Final = (
    *("nvidia-", "geforce-", "amd-", "radeon-", "instinct-"),
    *("intel-r-", "intel-", "apple-"),
)


class DeviceVendor(StrEnum):
    """Who makes it."""

    NVIDIA = "nvidia"
    AMD = "amd"
    INTEL = "intel"
    APPLE = "apple"


class MemoryBasis(StrEnum):
    """Where `memory_mib` is from; `NOMINAL` is the size it is sold with."""

    OBSERVED = "observed"
    RULE = "rule"
    NOMINAL = "nominal"


class UnifiedShare(StrEnum):
    """How much of unified memory the GPU may have.

    `METAL` is the least that Macs report: two thirds up to 32 GB and three quarters above.
    `HALF` is what Linux and Windows give an integrated GPU unless they are told otherwise.
    """

    ALL = "all"
    METAL = "metal"
    HALF = "half"


class Confidence(StrEnum):
    """High: two sources agree on the memory and the bandwidth. Low: not confirmed."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceSpec:
    """A GPU, or a computer whose GPU shares its memory.

    `memory_gb` are the sizes it is sold with (of 2**30 bytes), smallest first. `memory_mib` is
    what the driver shows of the one size, where that differs from it or was seen. `unified` is
    of devices whose memory is the computer's RAM. `compute_capability` is NVIDIA's number, or
    what AMD and Intel call the architecture. `fp16_tflops` is the dense peak, of the
    tensor or matrix units where there are any. `pci_device_ids` are `vendor:device`, on some
    with `:revision`. `sources` are keys of the catalogue's sources.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: str
    name: str
    vendor: DeviceVendor
    memory_gb: tuple[Count, ...]
    memory_mib: Count | None = None
    memory_basis: MemoryBasis = MemoryBasis.NOMINAL
    unified: UnifiedShare | None = None
    bandwidth_gb_per_s: float | None = None
    compute_capability: str | None = None
    fp16_tflops: float | None = None
    reported_names: tuple[str, ...] = ()
    pci_device_ids: tuple[str, ...] = ()
    confidence: Confidence
    sources: tuple[str, ...]
    note: str | None = None

    def __post_init__(self) -> None:
        """Refuse figures that contradict one another."""
        if not self.id or slug(self.id) != self.id:
            raise ValueError(f"id must be of small letters, digits and hyphens: {self.id!r}")
        if not self.memory_gb or list(self.memory_gb) != sorted(set(self.memory_gb)):
            raise ValueError("memory_gb must have sizes, each once, smallest first")
        if (self.memory_mib is None) != (self.memory_basis is MemoryBasis.NOMINAL):
            raise ValueError("memory_mib and a memory_basis other than nominal go together")
        if self.memory_mib is not None and not self._is_near(self.memory_mib):
            raise ValueError(f"memory_mib ({self.memory_mib}) is not about memory_gb")
        for name in ("bandwidth_gb_per_s", "fp16_tflops"):
            value = getattr(self, name)
            if value is not None and value <= 0:
                raise ValueError(f"{name} must be above zero, got {value}")
        if not self.sources:
            raise ValueError("sources must name one at the least")

    def _is_near(self, mib: int) -> bool:
        """Tell whether a driver could show that much of the one size there is."""
        return len(self.memory_gb) == 1 and 0.9 <= mib / (self.memory_gb[0] * 1024) <= 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceChoice:
    """A device with one of its sizes of memory."""

    device: DeviceSpec
    memory_gb: int

    @property
    def label(self) -> str:
        """The name for people, with the size where there are several."""
        several = len(self.device.memory_gb) > 1
        return f"{self.device.name}, {self.memory_gb} GB" if several else self.device.name

    @property
    def total_bytes(self) -> int:
        """All of its memory, as the driver shows it."""
        if self.device.memory_mib is not None:
            return self.device.memory_mib * MIB
        return self.memory_gb * GIB

    @property
    def usable_bytes(self) -> int:
        """What the GPU may have of it."""
        total = self.total_bytes
        match self.device.unified:
            case UnifiedShare.METAL:
                # Imported here: only a Mac needs the rules of its runtime.
                from planner.core.runtimes.mlx import working_set_band

                return working_set_band(total).low_bytes
            case UnifiedShare.HALF:
                return total // 2
            case _:
                return total


def slug(name: str) -> str:
    """Return a name as ids are written: small letters, digits, hyphens for all the rest."""
    return _NOT_WORDS.sub("-", name.casefold()).strip("-")


def own_names(device: DeviceSpec) -> frozenset[str]:
    """Return what names this device and no other, as slugs."""
    return _with_short((device.id, device.name))


def shared_names(device: DeviceSpec) -> frozenset[str]:
    """Return what a driver says for this device, and perhaps for others, as slugs."""
    return _with_short(device.reported_names)


def choices_of(device: DeviceSpec) -> tuple[DeviceChoice, ...]:
    """Return the device with each of its sizes, smallest first."""
    return tuple(DeviceChoice(device=device, memory_gb=size) for size in device.memory_gb)


def choose(
    name: str, named: Iterable[DeviceSpec], *, memory_gb: int | None = None
) -> DeviceChoice:
    """Return the one device and size that is meant; `named` are all devices of that name.

    Raises:
        PlannerError: none of them has that size, or several could be meant.
    """
    sizes = [each for device in named for each in choices_of(device)]
    meant = [each for each in sizes if memory_gb in (None, each.memory_gb)]
    if len(meant) == 1:
        return meant[0]
    if not meant:
        known = sorted({each.memory_gb for each in sizes})
        raise PlannerError(
            f"There is no {name} with {memory_gb} GB: it comes with {_either(known, ' GB')}."
        )
    ids = list(dict.fromkeys(each.device.id for each in meant))
    if len(ids) == 1:
        known = [each.memory_gb for each in meant]
        raise PlannerError(
            f"{meant[0].device.name} comes with {_either(known, ' GB')}: name the memory too, "
            f"such as '{ids[0]} {known[0]}GB'."
        )
    raise PlannerError(f"Several devices are called {name!r}: name {_either(ids)}.")


def _with_short(names: Iterable[str]) -> frozenset[str]:
    found = set()
    for name in names:
        short = slug(name)
        found.add(short)
        for word in _MAKERS_WORDS:
            short = short.removeprefix(word)
            found.add(short)
    return frozenset(found)


def _either(values: list[int] | list[str], unit: str = "") -> str:
    words = [str(value) for value in values]
    if len(words) > 1:
        words[-2:] = [f"{words[-2]} or {words[-1]}"]
    return f"{', '.join(words)}{unit}"
