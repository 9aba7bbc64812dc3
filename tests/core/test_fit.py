"""Verdicts: what a person is told, and why."""

import dataclasses

import pytest

from planner.core.errors import PlannerError
from planner.core.estimate import estimate
from planner.core.fit import FitVerdict, Reserve, fit
from planner.core.grid import evaluate, evaluate_detail, evaluate_grid
from planner.core.ledger import Place
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.plan import PlanOptions, RuntimeName
from planner.core.target import choose_target
from planner.core.units import GIB

NO_RESERVE = Reserve(gpu_bytes=0, ram_bytes=0)


@pytest.fixture
def verdict_on(phi_4):
    def judge(machine: Machine, *, quant="Q4_K_M", reserve=NO_RESERVE, target=None, **options):
        return evaluate(
            phi_4,
            quant,
            options=PlanOptions(**options),
            machine=machine,
            target=choose_target(machine, target),
            reserve=reserve,
        )

    return judge


@pytest.fixture
def gpu_need(phi_4):
    """What Phi-4 at Q4_K_M and 4,096 tokens takes of a GPU."""
    return estimate(phi_4, PlanOptions().plan(phi_4, "Q4_K_M")).ledger.total(Place.GPU)


def gib(size_bytes: int) -> float:
    return size_bytes / GIB


def test_that_it_fits_when_the_high_estimate_fits(verdict_on, make_machine, gpu_need):
    machine = make_machine(gib(gpu_need.high_bytes) + 0.001)
    assert verdict_on(machine).verdict is FitVerdict.FITS


def test_that_it_is_tight_when_only_the_expected_figure_fits(
    verdict_on, make_machine, gpu_need
):
    machine = make_machine(gib(gpu_need.expected_bytes) + 0.001)
    assert verdict_on(machine).verdict is FitVerdict.TIGHT


def test_that_it_is_tight_when_the_reserve_does_not_fit(verdict_on, make_machine, gpu_need):
    machine = make_machine(gib(gpu_need.high_bytes) + 0.3)
    assert verdict_on(machine, reserve=Reserve()).verdict is FitVerdict.TIGHT


def test_that_the_rest_goes_to_ram_when_some_layers_fit(verdict_on, make_machine):
    result = verdict_on(make_machine(6))
    assert result.verdict is FitVerdict.PARTIAL
    assert 0 < result.plan.gpu_layer_count < result.layer_count == 41


def test_that_one_layer_more_than_partial_would_not_surely_fit(phi_4, verdict_on, make_machine):
    result = verdict_on(make_machine(6))
    for more, fits in ((0, True), (1, False)):
        plan = dataclasses.replace(
            result.plan, gpu_layer_count=result.plan.gpu_layer_count + more
        )
        total = estimate(phi_4, plan).ledger.total(Place.GPU)
        assert (total.high_bytes <= 6 * GIB) is fits


def test_that_it_does_not_fit_when_ram_cannot_hold_the_rest(verdict_on, make_machine):
    assert verdict_on(make_machine(6, ram_gib=2)).verdict is FitVerdict.NO


def test_that_it_does_not_fit_when_not_one_layer_does(verdict_on, make_machine):
    assert verdict_on(make_machine(0.5)).verdict is FitVerdict.NO


def test_that_the_hosts_side_counts_beside_a_gpu(verdict_on, make_machine):
    assert verdict_on(make_machine(24, ram_gib=0.1)).verdict is FitVerdict.NO
    assert verdict_on(make_machine(24, ram_gib=None)).verdict is FitVerdict.TIGHT
    assert verdict_on(make_machine(24, has_ram=False)).verdict is FitVerdict.FITS


def test_that_unified_memory_holds_both_sides_at_once(phi_4, verdict_on, make_machine):
    machine = make_machine(64, kind=PoolKind.UNIFIED)
    result = verdict_on(machine)
    ledger = estimate(phi_4, result.plan).ledger
    assert result.needed == ledger.total(Place.GPU) + ledger.total(Place.HOST)


def test_that_unified_memory_is_never_split(verdict_on, make_machine):
    assert verdict_on(make_machine(6, kind=PoolKind.UNIFIED)).verdict is FitVerdict.NO


def test_that_ram_alone_runs_it_on_the_cpu(verdict_on, make_machine):
    result = verdict_on(make_machine(ram_gib=64))
    assert result.verdict is FitVerdict.FITS
    assert result.plan.gpu_layer_count == 0


def test_that_ram_can_be_the_target_beside_a_gpu(verdict_on, make_machine):
    assert verdict_on(make_machine(24), target="ram").plan.gpu_layer_count == 0


def test_that_a_chosen_split_is_said_to_be_one(verdict_on, make_machine):
    result = verdict_on(make_machine(24), gpu_layers=20)
    assert result.verdict is FitVerdict.PARTIAL
    assert result.plan.gpu_layer_count == 20


def test_that_unknown_memory_is_not_taken_for_none(verdict_on, make_machine):
    result = verdict_on(make_machine(None), target="gpu0")
    assert result.verdict is FitVerdict.UNKNOWN
    assert "The driver refused the question." in result.reason
    assert result.needed.expected_bytes > 8 * GIB


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"context_length": 20_000}, "at most 16,384 tokens"),
        (
            {"runtime": RuntimeName.VLLM, "quant": "bf16", "tensor_parallel": 2},
            "needs 2 GPUs; this machine has 1",
        ),
    ],
)
def test_that_a_refused_plan_carries_its_reason(verdict_on, make_machine, changes, said):
    result = verdict_on(make_machine(24), **changes)
    assert result.verdict is FitVerdict.UNSUPPORTED
    assert said in result.reason
    assert result.needed is None


def test_that_every_model_llama_cpp_cannot_run_says_why(catalogue, make_machine):
    machine = make_machine(80)
    refused = {}
    for model in catalogue.values():
        result = evaluate(
            model,
            "Q4_K_M",
            options=PlanOptions(),
            machine=machine,
            target=choose_target(machine),
            reserve=Reserve(),
        )
        if result.verdict is FitVerdict.UNSUPPORTED:
            refused[model.id] = result.reason
    assert set(refused) == {
        "phi-3-small-8k",
        "phi-3-small-128k",
        "phi-3-vision-128k",
        "phi-3.5-vision",
        "phi-4-mini-flash-reasoning",
        "phi-tiny-moe",
        "phi-silica",
    }
    assert all(reason and reason.endswith(".") for reason in refused.values())


def test_that_the_freest_gpu_is_the_target(make_machine):
    assert choose_target(make_machine(8, 24, None)).id == "gpu1"
    assert choose_target(make_machine(ram_gib=8)).id == "ram"


def test_that_a_target_that_is_not_there_is_answered_with_those_that_are(make_machine):
    with pytest.raises(PlannerError, match="it has: gpu0, ram"):
        choose_target(make_machine(8), "gpu7")
    with pytest.raises(PlannerError, match="No memory could be read"):
        choose_target(make_machine(has_ram=False))


def test_that_a_fit_can_be_asked_for_one_plan(phi_4, make_machine):
    machine = make_machine(24)
    result = fit(
        phi_4,
        PlanOptions().plan(phi_4, "Q8_0"),
        machine,
        target=machine.pools[0],
        reserve=Reserve(),
    )
    assert result.verdict is FitVerdict.FITS


def test_that_the_grid_says_what_each_cell_says(catalogue, make_machine):
    machine = make_machine(10)
    options = PlanOptions(context_length=2048)
    about = {
        "options": options,
        "machine": machine,
        "target": choose_target(machine),
        "reserve": Reserve(),
    }
    models = list(catalogue.values())
    formats = ("F16", "Q4_K_M", "IQ2_M")
    grid = evaluate_grid(models, formats, **about)
    assert len(grid.results) == 24 * 3
    for index, model in enumerate(models):
        assert grid.row(index) == tuple(evaluate(model, quant, **about) for quant in formats)


def test_that_a_detail_has_the_ledger_of_the_plan_that_runs(phi_4, make_machine):
    machine = make_machine(6)
    detail = evaluate_detail(
        phi_4,
        "Q4_K_M",
        options=PlanOptions(),
        machine=machine,
        target=machine.pools[0],
        reserve=Reserve(),
    )
    assert detail.estimate is not None
    assert detail.estimate.plan == detail.result.plan
    assert detail.estimate.bits_per_weight == pytest.approx(4.94, abs=0.005)


def test_that_a_detail_without_figures_keeps_its_reason(catalogue, make_machine):
    machine = make_machine(6)
    detail = evaluate_detail(
        catalogue["phi-3-small-8k"],
        "Q4_K_M",
        options=PlanOptions(),
        machine=machine,
        target=machine.pools[0],
        reserve=Reserve(),
    )
    assert detail.estimate is None
    assert "block-sparse" in (detail.result.reason or "")


def unified(free_gib: float, **known) -> MemoryPool:
    return MemoryPool(
        id="gpu0",
        kind=PoolKind.UNIFIED,
        name="a GPU in the processor",
        source="test",
        free_bytes=int(free_gib * GIB),
        **known,
    )


def test_that_a_card_is_the_default_beside_a_gpu_that_borrows_more(make_machine):
    cards = make_machine(8, 12)
    machine = dataclasses.replace(
        cards, pools=(unified(60, pci_device_id="8086:46a6"), *cards.pools[:2])
    )
    assert choose_target(machine).free_bytes == 12 * GIB


@pytest.mark.parametrize(
    ("gpu", "chosen"),
    [
        (unified(16, pci_device_id="8086:46a6"), "ram"),  # Intel, half of the RAM
        (unified(16, pci_device_id="1002:15bf"), "ram"),  # AMD
        (unified(31, pci_device_id="1002:1586"), "gpu0"),  # Strix Halo, all of it
        (unified(22), "gpu0"),  # Apple: Metal keeps a part for the system
        (unified(22, pci_device_id="10DE:2E12"), "gpu0"),  # GB10
    ],
)
def test_that_a_gpu_without_memory_of_its_own_is_the_default_where_it_is_worth_it(
    make_machine, gpu, chosen
):
    ram = make_machine(ram_gib=31).ram
    assert choose_target(Machine(pools=(gpu, ram))).id == chosen
    assert choose_target(Machine(pools=(gpu, ram)), "gpu0") == gpu
    assert choose_target(Machine(pools=(gpu,))) == gpu
