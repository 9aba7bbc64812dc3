"""The tensors that a diagram stands on: sets of equal ones with what each of them takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.core.blocks import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.core.tensors import TensorSet


@dataclass(frozen=True, slots=True, kw_only=True)
class SizedTensors:
    """Equal tensors and their storage, both `None` where the format does not hold them.

    `used_ratio` is the share of them that one token meets: below 1 for experts.
    """

    tensors: TensorSet
    storage: str | None = None
    bytes_each: int | None = None
    used_ratio: float = 1.0

    @property
    def tensor_count(self) -> int:
        """How many there are."""
        return self.tensors.tensor_count

    @property
    def parameter_count(self) -> int:
        """The parameters of all of them.

        Rope factors are none: the converter writes the config's list as a tensor.
        """
        return 0 if self.tensors.role is Role.ROPE_FACTORS else self.tensors.parameter_count

    @property
    def used_parameter_count(self) -> int:
        """Those that one token meets."""
        return round(self.parameter_count * self.used_ratio)

    @property
    def total_bytes(self) -> int | None:
        """The bytes of all of them."""
        return None if self.bytes_each is None else self.bytes_each * self.tensor_count

    def within(self, layers: Sequence[int]) -> SizedTensors | None:
        """Return those of some layers, `None` where there are none."""
        kept = tuple(layer for layer in self.tensors.layers if layer in layers)
        if not kept:
            return None
        if kept == self.tensors.layers:
            return self
        return replace(self, tensors=replace(self.tensors, layers=kept))
