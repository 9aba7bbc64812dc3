"""Machines made by hand, and what stands in a picture."""

from collections.abc import Iterator
from typing import Any

from planner.catalogue import load_catalogue
from planner.core.machine import MemoryPool, PoolKind
from planner.core.pictures.picture import Box, Group, Mark, Path, Picture, Text
from planner.core.pictures.text_width import text_width
from planner.core.units import GIB

MODELS = {model.id: model for model in load_catalogue().models}


def gpu(total_gib: float, free_gib: float | None = None, **more: Any) -> MemoryPool:
    """Return a card, all of it free where nothing else is said."""
    free = total_gib if free_gib is None else free_gib
    facts: dict[str, Any] = {
        "id": "gpu0",
        "kind": PoolKind.DEDICATED,
        "name": "the GPU",
        "source": "test",
        "total_bytes": int(total_gib * GIB),
        "free_bytes": int(free * GIB),
    }
    return MemoryPool(**(facts | more))


RAM = MemoryPool(
    id="ram",
    kind=PoolKind.SYSTEM,
    name="the CPU",
    source="test",
    total_bytes=64 * GIB,
    free_bytes=48 * GIB,
)


def marks_of(marks: tuple[Mark, ...]) -> Iterator[Box | Path | Text]:
    """Yield every mark, those inside groups too."""
    for mark in marks:
        if isinstance(mark, Group):
            yield from marks_of(mark.marks)
        else:
            yield mark


def texts_of(picture: Picture) -> list[str]:
    """Return all words that are drawn."""
    return [mark.words for mark in marks_of(picture.marks) if isinstance(mark, Text)]


def outside(picture: Picture) -> list[Box | Path | Text]:
    """Return what stands out of the picture to a side, which nobody would see."""
    return [mark for mark in marks_of(picture.marks) if not _is_within(mark, picture)]


def _is_within(mark: Box | Path | Text, picture: Picture) -> bool:
    match mark:
        case Box():
            points = [(mark.x, mark.y), (mark.x + mark.width, mark.y + mark.height)]
        case Path():
            points = list(mark.points)
        case _:
            wide = text_width(mark.words, mark.size_px, is_bold=mark.is_bold)
            left = mark.x - {"start": 0.0, "middle": wide / 2, "end": wide}[mark.anchor]
            points = [(left, mark.y - mark.size_px * 0.75), (left + wide, mark.y)]
    return all(
        -0.5 <= x <= picture.width + 0.5 and -0.5 <= y <= picture.height + 0.5
        for x, y in points
    )
