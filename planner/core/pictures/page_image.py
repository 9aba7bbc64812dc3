"""A page as pixels, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """One page of a document; `number` counts from 0.

    `pixels` are rows of `row_bytes`, three bytes a pixel: blue, green, red. `words` are what
    the page says, for those who cannot see it.
    """

    number: int
    width: int
    height: int
    row_bytes: int
    pixels: bytes
    words: str
