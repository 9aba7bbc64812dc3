"""Block storage types of GGUF and the quant formats whose names people know.

A quant format such as Q4_K_M is a mix: most tensors get its base type, some a better one;
`planner.core.quant_mix` says which.
"""

from enum import StrEnum
from typing import Final

from planner.core.errors import UnknownNameError
from planner.core.records import dataclass


class StorageType(StrEnum):
    """How the values of one tensor are stored (ggml's type names)."""

    F32 = "F32"
    F16 = "F16"
    BF16 = "BF16"
    Q8_0 = "Q8_0"
    Q6_K = "Q6_K"
    Q5_K = "Q5_K"
    Q5_1 = "Q5_1"
    Q5_0 = "Q5_0"
    Q4_K = "Q4_K"
    Q4_1 = "Q4_1"
    Q4_0 = "Q4_0"
    IQ4_NL = "IQ4_NL"
    IQ4_XS = "IQ4_XS"
    Q3_K = "Q3_K"
    IQ3_S = "IQ3_S"
    IQ3_XXS = "IQ3_XXS"
    Q2_K = "Q2_K"
    IQ2_S = "IQ2_S"
    IQ2_XS = "IQ2_XS"
    IQ2_XXS = "IQ2_XXS"
    IQ1_M = "IQ1_M"
    IQ1_S = "IQ1_S"


_T = StorageType
# Elements and bytes of one block: `ggml-common.h` and the type table in `ggml.c` of
# ggml-org/llama.cpp (static_assert on the size of each block struct).
BLOCKS: Final[dict[StorageType, tuple[int, int]]] = {
    _T.F32: (1, 4),
    _T.F16: (1, 2),
    _T.BF16: (1, 2),
    _T.Q8_0: (32, 34),
    _T.Q6_K: (256, 210),
    _T.Q5_K: (256, 176),
    _T.Q5_1: (32, 24),
    _T.Q5_0: (32, 22),
    _T.Q4_K: (256, 144),
    _T.Q4_1: (32, 20),
    _T.Q4_0: (32, 18),
    _T.IQ4_NL: (32, 18),
    _T.IQ4_XS: (256, 136),
    _T.Q3_K: (256, 110),
    _T.IQ3_S: (256, 110),
    _T.IQ3_XXS: (256, 98),
    _T.Q2_K: (256, 84),
    _T.IQ2_S: (256, 82),
    _T.IQ2_XS: (256, 74),
    _T.IQ2_XXS: (256, 66),
    _T.IQ1_M: (256, 56),
    _T.IQ1_S: (256, 50),
}


def row_bytes(storage: StorageType, element_count: int) -> int:
    """Return the bytes of one row of `element_count` values.

    Raises:
        ValueError: the row is not a whole number of blocks; llama.cpp has no such tensor.
    """
    block_elements, block_bytes = BLOCKS[storage]
    blocks, rest = divmod(element_count, block_elements)
    if rest:
        raise ValueError(
            f"a row of {element_count} values is no multiple of {storage}'s {block_elements}"
        )
    return blocks * block_bytes


@dataclass(frozen=True, slots=True)
class QuantFormat:
    """A named mix and the storage type that most of its tensors get."""

    name: str
    base: StorageType


# `llama_ftype_get_default_type` in llama.cpp's `llama-quant.cpp`; from large to small.
QUANT_FORMATS: Final = tuple(
    QuantFormat(name, base)
    for name, base in (
        ("F32", _T.F32),
        ("F16", _T.F16),
        ("BF16", _T.BF16),
        ("Q8_0", _T.Q8_0),
        ("Q6_K", _T.Q6_K),
        ("Q5_K_M", _T.Q5_K),
        ("Q5_K_S", _T.Q5_K),
        ("Q5_1", _T.Q5_1),
        ("Q5_0", _T.Q5_0),
        ("Q4_K_M", _T.Q4_K),
        ("Q4_K_S", _T.Q4_K),
        ("Q4_1", _T.Q4_1),
        ("Q4_0", _T.Q4_0),
        ("IQ4_NL", _T.IQ4_NL),
        ("IQ4_XS", _T.IQ4_XS),
        ("Q3_K_L", _T.Q3_K),
        ("Q3_K_M", _T.Q3_K),
        ("Q3_K_S", _T.Q3_K),
        ("IQ3_M", _T.IQ3_S),
        ("IQ3_S", _T.IQ3_S),
        ("IQ3_XS", _T.IQ3_S),
        ("IQ3_XXS", _T.IQ3_XXS),
        ("Q2_K", _T.Q2_K),
        ("Q2_K_S", _T.Q2_K),
        ("IQ2_M", _T.IQ2_S),
        ("IQ2_S", _T.IQ2_XS),
        ("IQ2_XS", _T.IQ2_XS),
        ("IQ2_XXS", _T.IQ2_XXS),
        ("IQ1_M", _T.IQ1_M),
        ("IQ1_S", _T.IQ1_S),
    )
)
_BY_NAME: Final = {quant_format.name.casefold(): quant_format for quant_format in QUANT_FORMATS}


def find_quant_format(name: str) -> QuantFormat:
    """Return the quant format of that name, whatever its letter case.

    Raises:
        UnknownNameError: there is none; the message offers the nearest names.
    """
    found = _BY_NAME.get(name.strip().casefold())
    if found is None:
        # Only a wrong name pays for this import.
        from planner.core.nearest import unknown_name

        names = [quant_format.name for quant_format in QUANT_FORMATS]
        raise UnknownNameError(unknown_name("llama.cpp quant format", name, names))
    return found
