"""Many plans at once: the same as one after the other."""

from typing import Any

import pytest

from planner.core.fit import Reserve
from planner.core.grid import evaluate, evaluate_grid
from planner.core.plan import CacheType, GpuLayers, PlanOptions, RuntimeName
from planner.core.runtimes.llama_cpp import LlamaCpp
from tests.ui.machines import NO_GPU, ONE_GPU, SILENT_GPU, SMALL_GPU

FORMATS = ("F16", "Q8_0", "Q4_K_M", "IQ2_XXS")


@pytest.mark.parametrize("machine", [NO_GPU, ONE_GPU, SMALL_GPU, SILENT_GPU])
@pytest.mark.parametrize(
    "options",
    [
        PlanOptions(),
        PlanOptions(context_length=2048),
        PlanOptions(context_length=100_000, cache_type_k=CacheType.Q8_0),
        PlanOptions(context_length=9000, gpu_layers=12),
        PlanOptions(context_length=9000, gpu_layers=GpuLayers.ALL, imatrix=True),
        PlanOptions(context_length=8192, cache_type_v=CacheType.Q8_0, flash_attention=False),
        PlanOptions(context_length=0),
    ],
)
def test_that_a_grid_says_what_each_plan_says_alone(catalogue, machine, options):
    target = machine.pools[0]
    surroundings = {"options": options, "machine": machine, "target": target}
    models = tuple(catalogue.values())
    grid = evaluate_grid(models, FORMATS, reserve=Reserve(), **surroundings)
    assert grid.models == models
    for number, model in enumerate(models):
        alone = tuple(
            evaluate(model, quant, reserve=Reserve(), **surroundings) for quant in FORMATS
        )
        assert grid.row(number) == alone


@pytest.mark.parametrize("machine", [ONE_GPU, SMALL_GPU])
@pytest.mark.parametrize("context", [1024, 7000, 16384, 100_000])
@pytest.mark.parametrize("flash_attention", [True, False])
def test_that_verdicts_are_sure_where_layers_are_not_counted(
    catalogue, machine, context, flash_attention
):
    surroundings = {
        "options": PlanOptions(context_length=context, flash_attention=flash_attention),
        "machine": machine,
        "target": machine.pools[0],
        "reserve": Reserve(),
    }
    models = tuple(catalogue.values())
    counted = evaluate_grid(models, FORMATS, **surroundings)
    rough = evaluate_grid(models, FORMATS, counts_layers=False, **surroundings)
    for sure, quick in zip(counted.results, rough.results, strict=True):
        assert quick.verdict is sure.verdict
        assert quick.needed == sure.needed
        if quick.is_rough:
            assert quick.plan is not None
            assert sure.plan is not None
            assert quick.layer_count is not None
            assert 1 <= quick.plan.gpu_layer_count < quick.layer_count
            assert abs(quick.plan.gpu_layer_count - sure.plan.gpu_layer_count) <= 4
        else:
            assert quick.plan == sure.plan
    assert not any(result.is_rough for result in counted.results)


def test_that_models_with_the_same_tensors_are_worked_out_once(catalogue, monkeypatch):
    asked = []
    step_sums = LlamaCpp.step_sums

    def note_and_answer(self, model, plan):
        asked.append(model.id)
        return step_sums(self, model, plan)

    monkeypatch.setattr(LlamaCpp, "step_sums", note_and_answer)
    models = [catalogue[name] for name in ("phi-4", "phi-4-reasoning", "phi-4-reasoning-plus")]
    for context, count in ((4096, 1), (20_000, 1)):
        asked.clear()
        evaluate_grid(
            models,
            FORMATS,
            options=PlanOptions(context_length=context),
            machine=NO_GPU,
            target=NO_GPU.pools[0],
            reserve=Reserve(),
        )
        assert len(asked) == count


def test_that_other_runtimes_are_asked_about_every_model(catalogue):
    options = PlanOptions(runtime=RuntimeName.TRANSFORMERS)
    surroundings: dict[str, Any] = {
        "options": options,
        "machine": ONE_GPU,
        "target": ONE_GPU.pools[0],
        "reserve": Reserve(),
    }
    models = tuple(catalogue.values())
    grid = evaluate_grid(models, ("bf16", "nf4"), **surroundings)
    assert grid.results == tuple(
        evaluate(model, quant, **surroundings) for model in models for quant in ("bf16", "nf4")
    )
