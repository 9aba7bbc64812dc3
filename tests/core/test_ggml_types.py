"""The numbers of GGUF's types against those of the `gguf` package."""

from planner.core.ggml_types import FILE_TYPES, GGML_TYPES
from planner.core.quant_format import QUANT_FORMATS

# GGML_QUANT_SIZES and GGMLQuantizationType of gguf 0.19.0 on PyPI: number, values, bytes.
PUBLISHED = {
    "F32": (0, 1, 4),
    "F16": (1, 1, 2),
    "Q4_0": (2, 32, 18),
    "Q4_1": (3, 32, 20),
    "Q5_0": (6, 32, 22),
    "Q5_1": (7, 32, 24),
    "Q8_0": (8, 32, 34),
    "Q8_1": (9, 32, 40),
    "Q2_K": (10, 256, 84),
    "Q3_K": (11, 256, 110),
    "Q4_K": (12, 256, 144),
    "Q5_K": (13, 256, 176),
    "Q6_K": (14, 256, 210),
    "Q8_K": (15, 256, 292),
    "IQ2_XXS": (16, 256, 66),
    "IQ2_XS": (17, 256, 74),
    "IQ3_XXS": (18, 256, 98),
    "IQ1_S": (19, 256, 50),
    "IQ4_NL": (20, 32, 18),
    "IQ3_S": (21, 256, 110),
    "IQ2_S": (22, 256, 82),
    "IQ4_XS": (23, 256, 136),
    "I8": (24, 1, 1),
    "I16": (25, 1, 2),
    "I32": (26, 1, 4),
    "I64": (27, 1, 8),
    "F64": (28, 1, 8),
    "IQ1_M": (29, 256, 56),
    "BF16": (30, 1, 2),
    "TQ1_0": (34, 256, 54),
    "TQ2_0": (35, 256, 66),
    "MXFP4": (39, 32, 17),
    "NVFP4": (40, 64, 36),
    "Q1_0": (41, 128, 18),
}


def test_that_every_type_has_the_published_number_and_block():
    ours = {
        each.name: (number, each.block_elements, each.block_bytes)
        for number, each in GGML_TYPES.items()
    }
    # ggml.h has had a Q8_1 of 36 bytes since its two scales are 16 bits each; the package
    # still counts them as 32. No file stores it.
    assert ours.pop("Q8_1") == (9, 32, 36)
    assert ours == {name: block for name, block in PUBLISHED.items() if name != "Q8_1"}


def test_that_every_quant_format_has_a_file_type():
    assert {each.name for each in QUANT_FORMATS} <= set(FILE_TYPES.values())
    # `enum llama_ftype`: the three that people meet most.
    assert (FILE_TYPES[7], FILE_TYPES[15], FILE_TYPES[32]) == ("Q8_0", "Q4_K_M", "BF16")
