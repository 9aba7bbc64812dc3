"""The sums for searches against the ledger's lines."""

from hypothesis import given
from hypothesis import strategies as st

from planner.catalogue import load_catalogue
from planner.core.errors import PlannerError
from planner.core.model_spec import Support
from planner.core.plan import CacheType, Plan, Program, SplitMode, offloadable_layer_count
from planner.core.runtimes.llama_cpp import LlamaCpp
from planner.core.runtimes.llama_cpp.totals import WholeStepTotals

RUNTIME = LlamaCpp()
RUNNABLE = [
    model
    for model in load_catalogue().models
    if model.runtimes["llama.cpp"].support is not Support.NONE
]


@given(data=st.data())
def test_that_the_sums_are_those_of_the_lines(data):
    model = data.draw(st.sampled_from(RUNNABLE))
    on_gpu, flash_attention = data.draw(st.booleans()), data.draw(st.booleans())
    parallel, micro_batch = data.draw(st.integers(1, 8)), data.draw(st.integers(1, 4096))
    program, unified = data.draw(st.sampled_from(Program)), data.draw(st.booleans())
    totals = WholeStepTotals(model.shape)
    for cache_type_k in data.draw(st.lists(st.sampled_from(CacheType), min_size=2)):
        plan = Plan(
            model_id=model.id,
            quant_format="Q4_K_M",
            context_length=data.draw(st.integers(parallel, model.context_length_limit)),
            gpu_layer_count=offloadable_layer_count(model.shape) if on_gpu else 0,
            parallel_sequences=parallel,
            unified_cache=unified,
            cache_type_k=cache_type_k,
            cache_type_v=data.draw(st.sampled_from(CacheType)),
            flash_attention=flash_attention,
            micro_batch_size=micro_batch,
            program=program,
        )
        try:
            RUNTIME.check(model, plan)
        except PlannerError:
            continue
        lines = RUNTIME.step_lines(model, plan)
        sums = totals.totals(plan)
        assert (sums.gpu, sums.host) == (lines.gpu, lines.host)


def test_that_the_sums_of_a_split_are_those_of_its_lines():
    model = next(model for model in RUNNABLE if model.id == "phi-3.5-moe")
    splits = (
        {"gpu_layer_count": 12},
        {"gpu_layer_count": 33, "cpu_expert_layers": 8},
        {"gpu_layer_count": 33, "split_mode": SplitMode.LAYER, "tensor_split": (3, 1)},
        {"gpu_layer_count": 9, "split_mode": SplitMode.LAYER, "tensor_split": (1, 1)},
        {"gpu_layer_count": 0},
        {"gpu_layer_count": 0, "repack": False},
    )
    for split in splits:
        plan = Plan(model_id=model.id, quant_format="Q4_K_M", context_length=4096, **split)
        for lines, sums in (
            (RUNTIME.weight_lines(model, plan), RUNTIME.weight_sums(model, plan)),
            (RUNTIME.step_lines(model, plan), RUNTIME.step_sums(model, plan)),
        ):
            assert (sums.gpu, sums.host, sums.gpus) == (lines.gpu, lines.host, lines.gpus)
            assert sums.lines == ()
