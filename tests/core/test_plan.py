"""What a plan may hold, and the sentence when it may not."""

import dataclasses

import pytest

from planner.core.errors import PlannerError, UnsupportedPlanError
from planner.core.plan import GpuLayers, Plan, PlanOptions, check_plan, default_context_length


def plan(**changes) -> Plan:
    usual = Plan(
        model_id="phi-4", quant_format="Q4_K_M", context_length=4096, gpu_layer_count=41
    )
    return dataclasses.replace(usual, **changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"context_length": 0}, "at least 1 token; it is 0"),
        ({"context_length": -5}, "at least 1 token; it is -5"),
        ({"context_length": 16385}, "supports at most 16,384 tokens"),
        ({"context_length": 10**18}, "beyond its limit"),
        ({"parallel_sequences": 0}, "between 1 and 256; it is 0"),
        ({"parallel_sequences": 257}, "between 1 and 256; it is 257"),
        ({"batch_size": 0}, "The batch size must be"),
        ({"micro_batch_size": 10**9}, "The micro-batch size must be"),
        ({"gpu_layer_count": 42}, "has 41 layers that a GPU can hold"),
        ({"gpu_layer_count": -1}, "out of that range"),
        ({"context_length": 3, "parallel_sequences": 4}, "cannot be shared by 4 sequences"),
    ],
)
def test_that_a_figure_out_of_range_is_answered_in_a_sentence(phi_4, changes, said):
    with pytest.raises(PlannerError, match=said):
        check_plan(phi_4, plan(**changes))


def test_that_the_limit_itself_is_within_it(phi_4):
    check_plan(phi_4, plan(context_length=16384))


def test_that_a_closed_model_cannot_be_planned(catalogue):
    with pytest.raises(UnsupportedPlanError, match="Phi Silica is closed"):
        check_plan(catalogue["phi-silica"], plan())


@pytest.mark.parametrize(
    ("model_id", "tokens"), [("phi-4", 4096), ("phi-2", 2048), ("phi-silica", 4096)]
)
def test_that_the_default_context_is_4096_or_the_models_limit(catalogue, model_id, tokens):
    assert default_context_length(catalogue[model_id]) == tokens


@pytest.mark.parametrize(
    ("choice", "count"),
    [(GpuLayers.ALL, 41), (GpuLayers.AUTO, 41), (0, 0), (12, 12), (99, 41)],
)
def test_that_gpu_layers_are_counted_as_llama_cpp_does(phi_4, choice, count):
    assert PlanOptions(gpu_layers=choice).plan(phi_4, "Q8_0").gpu_layer_count == count


def test_that_a_closed_model_has_no_layers_to_count(catalogue):
    assert PlanOptions().plan(catalogue["phi-silica"], "Q8_0").gpu_layer_count == 0


def test_that_every_option_reaches_the_plan(phi_4):
    options = PlanOptions(context_length=123, batch_size=7, imatrix=True)
    made = options.plan(phi_4, "Q8_0")
    shared = {field.name for field in dataclasses.fields(PlanOptions)} - {"gpu_layers"}
    assert {name: getattr(made, name) for name in shared} == {
        name: getattr(options, name) for name in shared
    }


def test_that_a_changed_plan_is_what_replacing_its_fields_gives(phi_4):
    plan = PlanOptions(context_length=123, batch_size=7).plan(phi_4, "Q8_0")
    changed = plan.changed(quant_format="F16", gpu_layer_count=3)
    assert changed == dataclasses.replace(plan, quant_format="F16", gpu_layer_count=3)
    assert plan.changed() == plan
