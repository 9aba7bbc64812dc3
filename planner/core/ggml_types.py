"""The numbers by which a GGUF file names storage types and quant formats.

Numbers and block sizes from ggml-org/llama.cpp: `enum ggml_type` in `ggml/include/ggml.h`, the
structs in `ggml/src/ggml-common.h`, `enum llama_ftype` in `include/llama.h`. Numbers that are
not listed were never released or have been withdrawn.
"""

from dataclasses import dataclass
from typing import Final

from planner.core.quant_format import BLOCKS
from planner.core.quant_format import StorageType as T


@dataclass(frozen=True, slots=True)
class GgmlType:
    """A storage type: `block_bytes` hold `block_elements` values."""

    name: str
    block_elements: int
    block_bytes: int


_QUANTISERS: Final = {
    0: T.F32,
    1: T.F16,
    2: T.Q4_0,
    3: T.Q4_1,
    6: T.Q5_0,
    7: T.Q5_1,
    8: T.Q8_0,
    10: T.Q2_K,
    11: T.Q3_K,
    12: T.Q4_K,
    13: T.Q5_K,
    14: T.Q6_K,
    16: T.IQ2_XXS,
    17: T.IQ2_XS,
    18: T.IQ3_XXS,
    19: T.IQ1_S,
    20: T.IQ4_NL,
    21: T.IQ3_S,
    22: T.IQ2_S,
    23: T.IQ4_XS,
    29: T.IQ1_M,
    30: T.BF16,
}
# Types that the named quant formats do not use; a file may hold them all the same.
_OTHERS: Final = {
    9: GgmlType("Q8_1", 32, 36),
    15: GgmlType("Q8_K", 256, 292),
    24: GgmlType("I8", 1, 1),
    25: GgmlType("I16", 1, 2),
    26: GgmlType("I32", 1, 4),
    27: GgmlType("I64", 1, 8),
    28: GgmlType("F64", 1, 8),
    34: GgmlType("TQ1_0", 256, 54),
    35: GgmlType("TQ2_0", 256, 66),
    39: GgmlType("MXFP4", 32, 17),
    40: GgmlType("NVFP4", 64, 36),
    41: GgmlType("Q1_0", 128, 18),
}
GGML_TYPES: Final[dict[int, GgmlType]] = {
    number: GgmlType(storage.value, *BLOCKS[storage]) for number, storage in _QUANTISERS.items()
} | _OTHERS

# `general.file_type`: the quant format that the quantiser was asked for.
FILE_TYPES: Final[dict[int, str]] = {
    0: "F32",
    1: "F16",
    2: "Q4_0",
    3: "Q4_1",
    7: "Q8_0",
    8: "Q5_0",
    9: "Q5_1",
    10: "Q2_K",
    11: "Q3_K_S",
    12: "Q3_K_M",
    13: "Q3_K_L",
    14: "Q4_K_S",
    15: "Q4_K_M",
    16: "Q5_K_S",
    17: "Q5_K_M",
    18: "Q6_K",
    19: "IQ2_XXS",
    20: "IQ2_XS",
    21: "Q2_K_S",
    22: "IQ3_XS",
    23: "IQ3_XXS",
    24: "IQ1_S",
    25: "IQ4_NL",
    26: "IQ3_S",
    27: "IQ3_M",
    28: "IQ2_S",
    29: "IQ2_M",
    30: "IQ4_XS",
    31: "IQ1_M",
    32: "BF16",
    36: "TQ1_0",
    37: "TQ2_0",
    38: "MXFP4_MOE",
    39: "NVFP4",
    40: "Q1_0",
}
