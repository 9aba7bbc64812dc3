"""A step's graph as a list of nodes: what each computes from what, where, and how large."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum


class Side(IntEnum):
    """Which memory a tensor is in."""

    GPU = 0
    HOST = 1


@dataclass(slots=True, eq=False)
class Tensor:
    """A tensor of the graph; `size` names its bytes in the table of a plan's sizes.

    `is_weight` starts a new part of the graph where it has to be copied, as llama.cpp's
    scheduler does to reuse the room of the weights that were copied before.
    """

    size: str
    side: Side
    is_weight: bool = False
    is_kept: bool = False
    layer: int = 0


@dataclass(slots=True, eq=False)
class Node:
    """One operation. `reuses` are the sources whose place the result may take, in order."""

    out: Tensor | None
    side: Side
    sources: tuple[Tensor, ...]
    reuses: tuple[Tensor, ...]
    layer: int


@dataclass(slots=True)
class StepGraph:
    """Nodes in the order they are computed; `near` is the side that computes."""

    near: Side
    layer: int = 0
    nodes: list[Node] = field(default_factory=list)

    def op(
        self,
        size: str,
        *sources: Tensor,
        reuses: tuple[Tensor, ...] = (),
        side: Side | None = None,
    ) -> Tensor:
        """Add an operation with a result of its own and return the result."""
        where = self.near if side is None else side
        out = Tensor(size, where, layer=self.layer)
        self.nodes.append(Node(out, where, sources, reuses, self.layer))
        return out

    def in_place(self, source: Tensor, *others: Tensor, side: Side | None = None) -> Tensor:
        """Add an operation whose result takes the place of its first source, if it is free."""
        return self.op(source.size, source, *others, reuses=(source,), side=side)

    def write(self, *sources: Tensor, side: Side) -> None:
        """Add an operation that writes into memory which is there already: the cache."""
        self.nodes.append(Node(None, side, sources, (), self.layer))
