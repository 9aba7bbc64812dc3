"""Which quant formats are the grid's columns. No Qt: the controller chooses them."""

import re
from typing import Final

from planner.core.estimate import runtime_of
from planner.core.plan import RuntimeName
from planner.core.quant_format import QUANT_FORMATS

ALL_FORMATS: Final = tuple(quant_format.name for quant_format in QUANT_FORMATS)
# Of llama.cpp's, one of each size that people download, from large to small.
COMMON_FORMATS: Final = ("F16", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q3_K_M", "Q2_K")
_USUAL_BITS: Final = 4
_BITS: Final = re.compile(r"\d+")


def column_formats(runtime: RuntimeName, *, shows_all: bool) -> tuple[str, ...]:
    """Return the formats of a runtime; llama.cpp has so many that some may be left out."""
    if runtime is RuntimeName.LLAMA_CPP:
        return ALL_FORMATS if shows_all else COMMON_FORMATS
    return runtime_of(runtime).quant_formats


def format_near(quant_format: str, formats: tuple[str, ...]) -> str:
    """Return the same format, else the first with about as many bits in its name.

    A format without a number, such as the mixed one of a file, is taken for one of four bits.
    """
    if quant_format in formats:
        return quant_format
    wanted = _bits(quant_format) or _USUAL_BITS
    return min(formats, key=lambda name: abs(_bits(name) - wanted))


def _bits(quant_format: str) -> int:
    """Return the number in a format's name: 4 of `Q4_K_M`, `nf4` and `gptq-int4`."""
    found = _BITS.search(quant_format)
    return int(found[0]) if found else 0
