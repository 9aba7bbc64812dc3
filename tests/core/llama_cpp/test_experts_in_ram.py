"""Mixture-of-experts models with experts in RAM, and split models that stream them."""

import dataclasses

import pytest

from planner.core.errors import PlannerError
from planner.core.estimate import estimate
from planner.core.fit import FitVerdict, Reserve
from planner.core.grid import evaluate
from planner.core.ledger import Part, Place
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.plan import GpuLayers, Plan, PlanOptions, check_plan
from planner.core.units import GIB, MIB


def ledger_of(models, name: str, **options):
    return estimate(models[name], PlanOptions(**options).plan(models[name], "Q4_K_M")).ledger


@pytest.mark.parametrize(("quant", "measured_mib"), [("Q4_K_M", 405), ("F16", 886)])
def test_that_a_split_moe_streams_its_experts(models, quant, measured_mib):
    # llama.cpp 0c1e57098's size simulation, Phi-3.5-MoE, 4,096 tokens, flash attention.
    plan = PlanOptions(context_length=4096, gpu_layers=16).plan(models["phi-3.5-moe"], quant)
    ledger = estimate(models["phi-3.5-moe"], plan).ledger
    compute = ledger.part(Part.COMPUTE_BUFFER, Place.GPU).expected_bytes
    assert compute / MIB == pytest.approx(measured_mib, rel=0.03)


def test_that_experts_in_ram_leave_everything_else_on_the_gpu(models):
    whole = ledger_of(models, "phi-3.5-moe", gpu_layers=GpuLayers.ALL)
    apart = ledger_of(models, "phi-3.5-moe", gpu_layers=GpuLayers.ALL, cpu_expert_layers=99)
    for side in (whole, apart):
        both = sum(side.part(Part.WEIGHTS, place).expected_bytes for place in Place)
        assert both == sum(whole.part(Part.WEIGHTS, place).expected_bytes for place in Place)
    # 16 experts of 3 x 4,096 x 6,400 values in 32 layers are 96 % of Phi-3.5-MoE.
    gpu = apart.part(Part.WEIGHTS, Place.GPU).expected_bytes
    assert gpu < 0.05 * whole.part(Part.WEIGHTS, Place.GPU).expected_bytes
    assert apart.part(Part.KV_CACHE, Place.GPU) == whole.part(Part.KV_CACHE, Place.GPU)
    assert "less the experts of 32 layers" in apart.lines[0].formula
    assert "experts of others" in apart.lines[1].formula


def test_that_a_dense_model_has_no_experts_to_leave_in_ram(models):
    assert (
        ledger_of(models, "phi-4", cpu_expert_layers=8).lines
        == ledger_of(models, "phi-4").lines
    )


def test_that_nothing_is_left_in_ram_where_all_of_it_is_there(models):
    in_ram = ledger_of(models, "phi-3.5-moe", gpu_layers=0)
    assert ledger_of(models, "phi-3.5-moe", gpu_layers=0, cpu_expert_layers=4) == in_ram


def test_that_more_layers_than_there_are_is_refused_in_a_plan(models):
    plan = Plan(
        model_id="phi-3.5-moe", quant_format="Q4_K_M", context_length=512, gpu_layer_count=33
    )
    with pytest.raises(PlannerError, match="32 layers whose experts could stay in RAM"):
        check_plan(models["phi-3.5-moe"], dataclasses.replace(plan, cpu_expert_layers=33))


@pytest.mark.parametrize(("in_ram", "verdict"), [(0, FitVerdict.NO), (32, FitVerdict.FITS)])
def test_that_experts_in_ram_make_room_on_a_small_card(models, in_ram, verdict):
    machine = what_if(12, 64)
    result = evaluate(
        models["phi-3.5-moe"],
        "Q4_K_M",
        options=PlanOptions(gpu_layers=GpuLayers.ALL, cpu_expert_layers=in_ram),
        machine=machine,
        target=machine.pools[0],
        reserve=Reserve(),
    )
    assert result.verdict is verdict


def what_if(gpu_gib: int, ram_gib: int) -> Machine:
    sizes = (("gpu0", PoolKind.DEDICATED, gpu_gib), ("ram", PoolKind.SYSTEM, ram_gib))
    return Machine(
        pools=tuple(
            MemoryPool(id=name, kind=kind, name=name, source="test", free_bytes=gib * GIB)
            for name, kind, gib in sizes
        )
    )
