"""GGUF weights against llama.cpp's own quantiser and against published files."""

from collections import defaultdict

import pytest

from planner.core.gguf_layout import TensorLayout
from planner.core.quant_format import QUANT_FORMATS, StorageType, find_quant_format
from planner.core.quant_mix import MixRules
from planner.core.runtimes.llama_cpp.weights import GgufWeights, gguf_weights
from tests.core.llama_cpp.conftest import rows

ERAS = {"A": MixRules.DECEMBER_2023, "B": MixRules.MAY_2024, "C": MixRules.CURRENT}
LAYOUTS = {"-fusedqkv": TensorLayout.FUSED, "-llamafied": TensorLayout.SPLIT}


def measured_weights(shapes, model: str, quant: str, rules: MixRules, **options) -> GgufWeights:
    return gguf_weights(shapes[model], find_quant_format(quant), rules=rules, **options)


def test_that_every_measured_file_comes_out_to_the_byte(shapes):
    cases = rows("weights_sample.csv")
    off = {
        (case["model"], case["quant"], case["rules"]): weights.tensor_bytes
        for case in cases
        if (
            weights := measured_weights(
                shapes, case["model"], case["quant"], ERAS[case["rules"]]
            )
        ).tensor_bytes
        != int(case["tensor_bytes"])
    }
    assert len(cases) == 180
    assert off == {}


def matrix_types(weights: GgufWeights) -> dict[str, set[str]]:
    """Spell the types as the measurements do: `blk.*.ffn_down.weight` -> {Q6_Kx16, Q4_Kx16}."""
    types = defaultdict(set)
    for stored in weights.stored:
        if len(stored.tensor_set.shape) > 1:
            name = stored.tensor_set.name.replace("{layer}", "*")
            types[name].add(f"{stored.storage}x{len(stored.layers) or 1}")
    return dict(types)


def test_that_every_tensor_gets_the_type_that_the_quantiser_chose(shapes):
    for case in rows("tensor_types_sample.csv"):
        weights = measured_weights(shapes, case["model"], case["quant"], ERAS[case["rules"]])
        spelled = (entry.split(":") for entry in case["types"].split())
        assert matrix_types(weights) == {name: set(kinds.split("+")) for name, kinds in spelled}


def test_that_published_files_of_all_generations_and_layouts_come_out(shapes):
    checked = 0
    for case in rows("published_sample.csv"):
        if "Q6_K_L" in case["note"]:
            continue  # a mix of its own: the embedding and the output in Q8_0
        name, layout = case["model"], TensorLayout.DEFAULT
        for suffix, meant in LAYOUTS.items():
            if name.endswith(suffix):
                name, layout = name.removesuffix(suffix), meant
        weights = measured_weights(
            shapes,
            name,
            case["quant"],
            ERAS[case["rules_era"]],
            layout=layout,
            imatrix=case["imatrix"] == "True",
        )
        assert weights.tensor_bytes == int(case["predicted_tensor_bytes"]), case
        checked += 1
    assert checked == 105


def test_that_microsofts_own_phi_4_file_is_its_tensors_and_its_header(shapes):
    # phi-4-Q4_K.gguf of microsoft/phi-4-gguf: 9,053,114,464 bytes (git-lfs pointer).
    weights = measured_weights(shapes, "phi-4", "Q4_K_M", MixRules.MAY_2024)
    assert weights.tensor_bytes + 3_555_424 == 9_053_114_464


def test_that_rows_of_960_fall_back_to_blocks_of_32(shapes):
    # Phi-mini-MoE's experts are 960 wide; 4,992,376,064 is the published sum of its tensors.
    weights = measured_weights(shapes, "phi-mini-moe", "Q4_K_M", MixRules.CURRENT)
    down = {
        stored.storage
        for stored in weights.stored
        if stored.tensor_set.name == "blk.{layer}.ffn_down_exps.weight"
    }
    assert down == {StorageType.Q5_0, StorageType.Q8_0}
    assert weights.tensor_bytes == 4_992_376_064


def test_that_the_layers_and_the_rest_add_up_to_the_whole(shapes):
    for name in ("phi-2", "phi-4", "phi-4-mini", "phi-3.5-moe"):
        for quant in QUANT_FORMATS:
            weights = gguf_weights(shapes[name], quant)
            outside = sum(each.total_bytes for each in weights.stored if not each.layers)
            assert sum(weights.layer_bytes) + outside == weights.tensor_bytes


@pytest.mark.parametrize(
    ("model", "quant", "repacked_mib"),
    [
        # CPU_REPACK buffers that llama.cpp 0c1e57098 printed at Q4_K_M and Q4_0.
        ("phi-2", "Q4_K_M", 1068.75),
        ("phi-3-mini-4k", "Q4_K_M", 1485.0),
        ("phi-3-mini-4k", "Q4_0", 1944.0),
        ("phi-4", "Q4_K_M", 5906.25),
        ("phi-4-mini", "Q4_K_M", 1377.0),
        ("phi-4-mini", "Q4_0", 1728.0),
        ("phi-3.5-moe", "Q4_K_M", 18684.0),
        ("phi-4-mini", "Q8_0", 0.0),
    ],
)
def test_that_the_repacked_copy_is_as_large_as_llama_cpp_printed(
    shapes, model, quant, repacked_mib
):
    weights = gguf_weights(shapes[model], find_quant_format(quant))
    assert weights.repacked_bytes == int(repacked_mib * 2**20)


def test_that_an_old_conversion_of_phi_2_is_larger_because_its_qkv_is_fused(shapes):
    # TheBloke's fused files and later ones with q, k and v apart: 1.79 and 1.74 GB at Q4_K_M.
    fused = gguf_weights(
        shapes["phi-2"],
        find_quant_format("Q4_K_M"),
        rules=MixRules.DECEMBER_2023,
        layout=TensorLayout.FUSED,
    )
    apart = gguf_weights(shapes["phi-2"], find_quant_format("Q4_K_M"))
    assert round(fused.tensor_bytes / 1e9, 2) == 1.79
    assert round(apart.tensor_bytes / 1e9, 2) == 1.74
