"""Which quant format a file is, and who made it."""

import pytest

from planner.core.gguf_layout import TensorLayout
from planner.core.mix_match import match_mix
from planner.core.quant_mix import MixRules
from tests.core.model_files import gguf_file, stored_as

OLD = (MixRules.MAY_2024, MixRules.DECEMBER_2023)


@pytest.mark.parametrize(
    "quant", ["Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q4_0", "IQ3_M", "IQ1_S"]
)
@pytest.mark.parametrize("rules", [MixRules.CURRENT, MixRules.MAY_2024])
def test_that_the_format_and_the_rules_are_found_without_a_label(phi_4, quant, rules):
    file = gguf_file(phi_4, quant, rules=rules)
    found = match_mix(file.tensors, phi_4.shape, TensorLayout.DEFAULT, label=None)
    assert found.is_exact
    assert found.quant_format == quant
    assert rules in found.rules


def test_that_microsofts_own_phi_4_file_was_made_by_the_rules_of_2024(phi_4):
    # phi-4-Q4_K.gguf of microsoft/phi-4-gguf: attn_qkv is Q5_K in every layer.
    file = gguf_file(phi_4, "Q4_K_M", rules=MixRules.MAY_2024)
    found = match_mix(file.tensors, phi_4.shape, TensorLayout.DEFAULT, label="Q4_K_M")
    assert found.rules == OLD
    assert {(each.name, each.here, each.there) for each in found.differences_from_current} == {
        ("blk.*.attn_qkv.weight", "Q5_K", "Q6_K"),
        ("blk.*.attn_qkv.weight", "Q5_K", "Q4_K"),
    }
    assert sum(each.tensor_count for each in found.differences_from_current) == 40


def test_that_an_importance_matrix_shows_where_it_matters(phi_4):
    file = gguf_file(phi_4, "IQ4_XS", imatrix=True)
    found = match_mix(file.tensors, phi_4.shape, TensorLayout.DEFAULT, label="IQ4_XS")
    assert found.is_exact
    assert found.imatrix


def test_that_a_better_embedding_is_the_one_difference(phi_4):
    # What some publishers call Q4_K_L: embedding and output in Q8_0.
    file = stored_as(gguf_file(phi_4, "Q4_K_M"), "token_embd", "Q8_0")
    found = match_mix(file.tensors, phi_4.shape, TensorLayout.DEFAULT, label="Q4_K_M")
    assert not found.is_exact
    assert [(each.name, each.here, each.there) for each in found.differences] == [
        ("token_embd.weight", "Q8_0", "Q4_K")
    ]
