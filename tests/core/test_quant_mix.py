"""Rules of the quantiser that no published Phi file shows."""

import pytest

from planner.core.blocks import Role
from planner.core.quant_format import StorageType, find_quant_format, row_bytes
from planner.core.quant_mix import MixRules, MixTraits, TypeRule, Where, storable, type_rule

T = StorageType


@pytest.mark.parametrize(
    ("wanted", "row_length", "rules", "stored"),
    [
        (T.Q4_K, 256, MixRules.CURRENT, T.Q4_K),
        (T.Q4_K, 960, MixRules.CURRENT, T.Q5_0),
        (T.Q6_K, 960, MixRules.CURRENT, T.Q8_0),
        (T.Q2_K, 960, MixRules.CURRENT, T.Q4_0),
        (T.Q2_K, 960, MixRules.MAY_2024, T.IQ4_NL),
        (T.IQ3_S, 960, MixRules.CURRENT, T.IQ4_NL),
        (T.Q5_K, 100, MixRules.CURRENT, T.F16),
        (T.Q8_0, 100, MixRules.CURRENT, T.F16),
    ],
)
def test_that_a_row_that_does_not_fit_gets_the_fallback(wanted, row_length, rules, stored):
    assert storable(wanted, row_length, rules) is stored


def test_that_a_row_is_a_whole_number_of_blocks():
    assert row_bytes(T.Q4_K, 5120) == 2880
    with pytest.raises(ValueError, match="no multiple"):
        row_bytes(T.Q4_K, 100)


def traits(*, rules: MixRules = MixRules.CURRENT, tied_embeddings: bool = False) -> MixTraits:
    return MixTraits(
        rules=rules,
        imatrix=False,
        grouped_heads=False,
        expert_count=0,
        tied_embeddings=tied_embeddings,
    )


def test_that_a_tied_embedding_was_stored_like_any_other_in_2023():
    quant = find_quant_format("Q4_K_M")
    old = traits(tied_embeddings=True, rules=MixRules.DECEMBER_2023)
    new = traits(tied_embeddings=True)
    assert type_rule(quant, Role.TOKEN_EMBEDDING, 2, old).base is T.Q4_K
    assert type_rule(quant, Role.TOKEN_EMBEDDING, 2, new).base is T.Q6_K


@pytest.mark.parametrize(
    ("name", "role", "expected"),
    [
        ("Q2_K", Role.FEED_FORWARD_UP, TypeRule(T.Q3_K)),
        ("Q3_K_M", Role.FEED_FORWARD_DOWN, TypeRule(T.Q4_K, T.Q5_K, Where.FIRST_2)),
        ("Q4_K_S", Role.FEED_FORWARD_DOWN, TypeRule(T.Q4_K, T.Q5_K, Where.FIRST_4)),
    ],
)
def test_that_the_mixes_of_2023_are_kept(name, role, expected):
    old = traits(rules=MixRules.DECEMBER_2023)
    assert type_rule(find_quant_format(name), role, 2, old) == expected


def test_that_a_type_is_told_layer_by_layer():
    rule = TypeRule(T.Q4_K, T.Q6_K, Where.USE_MORE_BITS)
    better = [layer for layer in range(32) if rule.type_in(layer, 32) is T.Q6_K]
    assert len(better) == 16
    assert better[:5] == [0, 1, 2, 3, 6]
    assert rule.type_in(None, 32) is T.Q4_K
    assert TypeRule(T.Q8_0).type_in(3, 32) is T.Q8_0
