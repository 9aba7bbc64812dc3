"""Shapes that contradict themselves are refused."""

import dataclasses

import pytest

from planner.core.model_spec import RuntimeSupport, Support


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kv_head_count": 7}, "multiple of kv_head_count"),
        ({"experts_per_token": 2}, "must not exceed expert_count"),
        ({"rotary_dim": 129}, "must not exceed head_dim"),
        ({"context_length_limit": 10**6}, "must not exceed position_limit"),
    ],
)
def test_that_a_shape_that_contradicts_itself_is_refused(phi_4, changes, said):
    with pytest.raises(ValueError, match=said):
        dataclasses.replace(phi_4.shape, **changes)


def test_that_whatever_is_left_out_needs_a_reason():
    with pytest.raises(ValueError, match="note is required"):
        RuntimeSupport(support=Support.NONE, source="https://example.org")
