"""One model over several GPUs: layers by share, a ledger for each card, the worst verdict."""

import dataclasses

import pytest

from planner.core.errors import PlannerError, UnsupportedPlanError
from planner.core.estimate import estimate
from planner.core.fit import FitVerdict, Reserve
from planner.core.grid import evaluate
from planner.core.ledger import Part, Place
from planner.core.plan import GpuLayers, PlanOptions, Program, SplitMode
from planner.core.quant_mix import MixRules
from planner.core.target import choose_target
from planner.core.units import MIB


@pytest.fixture
def verdict_on(phi_4):
    def judge(machine, quant="Q8_0", **options):
        return evaluate(
            phi_4,
            quant,
            options=PlanOptions(split_mode=SplitMode.LAYER, **options),
            machine=machine,
            target=choose_target(machine),
            reserve=Reserve(),
        )

    return judge


def test_that_two_cards_together_hold_what_neither_does_alone(phi_4, verdict_on, make_machine):
    # Phi-4 at Q8_0 takes 15.4 GiB.
    machine = make_machine(12, 12)
    alone = evaluate(
        phi_4,
        "Q8_0",
        options=PlanOptions(),
        machine=machine,
        target=machine.pools[0],
        reserve=Reserve(),
    )
    assert alone.verdict is FitVerdict.PARTIAL
    assert verdict_on(machine).verdict is FitVerdict.FITS


def test_that_the_worst_card_decides(verdict_on, make_machine):
    assert verdict_on(make_machine(24, 4), tensor_split=(1, 1)).verdict is FitVerdict.PARTIAL
    assert verdict_on(make_machine(24, 4), tensor_split=(8, 1)).verdict is FitVerdict.FITS


def test_that_shares_follow_what_is_free_where_none_are_given(verdict_on, make_machine):
    result = verdict_on(make_machine(20, 10))
    assert result.plan.tensor_split[0] == 2 * result.plan.tensor_split[1]


def test_that_a_card_that_does_not_say_what_is_free_leaves_it_unknown(verdict_on, make_machine):
    result = verdict_on(make_machine(24, None), tensor_split=(1, 1))
    assert result.verdict is FitVerdict.UNKNOWN
    assert "GPU1" in result.reason


def test_that_one_card_needs_no_split(verdict_on, make_machine):
    assert verdict_on(make_machine(24)).verdict is FitVerdict.FITS


def test_that_more_shares_than_cards_are_refused(verdict_on, make_machine):
    result = verdict_on(make_machine(24, 24), tensor_split=(1, 1, 1))
    assert result.verdict is FitVerdict.UNSUPPORTED
    assert "3 shares; this machine has 2 GPUs" in result.reason


def test_that_slices_of_a_card_are_not_joined(verdict_on, make_machine):
    machine = make_machine(12, 12)
    slices = tuple(
        dataclasses.replace(pool, id=f"gpu0.mig{number}")
        for number, pool in enumerate(machine.gpus)
    )
    result = verdict_on(dataclasses.replace(machine, pools=(*slices, machine.pools[-1])))
    assert result.verdict is not FitVerdict.FITS


def test_that_ram_alone_is_not_split(verdict_on, make_machine):
    assert verdict_on(make_machine(ram_gib=64)).verdict is FitVerdict.FITS


@pytest.mark.parametrize("layers", [GpuLayers.ALL, 20])
@pytest.mark.parametrize("shares", [(1, 1), (3, 1), (1, 1, 1, 1)])
def test_that_the_cards_and_ram_add_up_to_the_whole(phi_4, layers, shares):
    spread = PlanOptions(gpu_layers=layers, tensor_split=shares, split_mode=SplitMode.LAYER)
    together = PlanOptions(gpu_layers=layers)
    cards, one = (
        estimate(phi_4, options.plan(phi_4, "Q4_K_M")).ledger for options in (spread, together)
    )
    for part in (Part.WEIGHTS, Part.KV_CACHE):
        for place in Place:
            assert cards.part(part, place) == one.part(part, place)
    each = [cards.device_total(device) for device in range(len(shares))]
    assert sum(band.expected_bytes for band in each) == cards.total(Place.GPU).expected_bytes
    # Each card has a driver's context of its own.
    overhead = one.part(Part.RUNTIME_OVERHEAD, Place.GPU).expected_bytes
    assert cards.part(Part.RUNTIME_OVERHEAD, Place.GPU).expected_bytes == overhead * len(shares)


def test_that_the_card_with_the_output_holds_the_logits_of_its_log(catalogue):
    # Phi-4-mini Q4_K_M on two Vulkan cards, context 2,048: the second asked for 416,022,528 B
    # of compute buffer, and the cards for 999.77 and 1,368.79 MiB of weights.
    model = catalogue["phi-4-mini"]
    options = PlanOptions(
        context_length=2048,
        program=Program.LIBRARY,
        mix=MixRules.MAY_2024,
        tensor_split=(1, 1),
        gpu_layers=GpuLayers.ALL,
        split_mode=SplitMode.LAYER,
    )
    ledger = estimate(model, options.plan(model, "Q4_K_M")).ledger
    weights = [line for line in ledger.lines if line.part is Part.WEIGHTS][:2]
    assert [round(line.band.expected_bytes / MIB, 1) for line in weights] == [999.8, 1368.8]
    logits = next(
        line.band
        for line in ledger.lines
        if line.part is Part.COMPUTE_BUFFER and line.device == 1
    )
    assert logits.low_bytes <= 416_022_528 <= logits.high_bytes


def test_that_a_split_without_shares_asks_for_them(phi_4):
    options = PlanOptions(gpu_layers=GpuLayers.ALL, split_mode=SplitMode.LAYER)
    with pytest.raises(PlannerError, match="needs their shares"):
        estimate(phi_4, options.plan(phi_4, "Q4_K_M"))


def test_that_rows_are_not_split_because_llama_cpp_does_not_load_that(phi_4):
    plan = PlanOptions(split_mode=SplitMode.ROW).plan(phi_4, "Q4_K_M")
    with pytest.raises(UnsupportedPlanError, match="does not support split buffers"):
        estimate(phi_4, plan)
    # Without layers on a GPU there is nothing to split.
    estimate(phi_4, plan.changed(gpu_layer_count=0))
