"""Advice: what is promised is what applying it gives, and the mildest change comes first."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.catalogue import load_catalogue
from planner.core.advice import Advice, AdviceKind, Situation, advise
from planner.core.advice_changes import LEAST_CONTEXT_LENGTH
from planner.core.budget import Budget
from planner.core.estimate import estimate
from planner.core.fit import FitVerdict, Reserve
from planner.core.ledger import Place
from planner.core.machine import Machine, MemoryHolder, MemoryPool, PoolKind
from planner.core.plan import CacheType, GpuLayers, PlanOptions, RuntimeName
from planner.core.quant_format import QUANT_FORMATS
from planner.core.units import GIB

MODELS = {model.id: model for model in load_catalogue().models}
FORMATS = tuple(quant_format.name for quant_format in QUANT_FORMATS)
ORDER = [FitVerdict.FITS, FitVerdict.TIGHT, FitVerdict.PARTIAL, FitVerdict.NO]


def machine_of(*gpus_gib: float, ram_gib: float = 64, used_gib: float = 0) -> Machine:
    gpus = [
        MemoryPool(
            id=f"gpu{index}",
            kind=PoolKind.DEDICATED,
            name=f"GPU {index}",
            source="test",
            total_bytes=int((size + used_gib) * GIB),
            reserved_bytes=0,
            used_by_others_bytes=int(used_gib * GIB),
            free_bytes=int(size * GIB),
        )
        for index, size in enumerate(gpus_gib)
    ]
    ram = MemoryPool(
        id="ram",
        kind=PoolKind.SYSTEM,
        name="RAM",
        source="test",
        total_bytes=int(ram_gib * GIB),
        free_bytes=int(ram_gib * GIB),
    )
    return Machine(pools=(*gpus, ram))


def situation_of(
    machine: Machine,
    model: str = "phi-4",
    quant_format: str = "Q4_K_M",
    *,
    target_id: str | None = "gpu0",
    reserve: Reserve | None = None,
    **options,
) -> Situation:
    return Situation(
        model=MODELS[model],
        quant_format=quant_format,
        options=PlanOptions(**options),
        machine=machine,
        reserve=reserve or Reserve(),
        target_id=target_id,
    )


def advice_on(situation: Situation) -> dict[tuple[AdviceKind, ...], Advice]:
    return {each.kinds: each for each in advise(situation, quant_formats=FORMATS)}


@st.composite
def situations(draw) -> Situation:
    parallel = draw(st.integers(1, 4))
    return situation_of(
        machine_of(
            *draw(st.lists(st.floats(1, 40), min_size=1, max_size=2)),
            ram_gib=draw(st.sampled_from([1, 16, 128])),
            used_gib=draw(st.sampled_from([0, 4])),
        ),
        draw(st.sampled_from(["phi-2", "phi-3-mini-128k", "phi-4", "phi-3.5-moe"])),
        draw(st.sampled_from(FORMATS)),
        context_length=draw(st.sampled_from([2048, 1000])),
        parallel_sequences=parallel,
        cache_type_k=draw(st.sampled_from([CacheType.F32, CacheType.F16, CacheType.Q8_0])),
        flash_attention=draw(st.booleans()),
        gpu_layers=draw(st.sampled_from([GpuLayers.AUTO, GpuLayers.ALL, 5])),
    )


@given(situation=situations())
def test_that_advice_applied_gives_what_it_promised(situation):
    now = situation.verdict()
    for advice in advise(situation, quant_formats=FORMATS):
        result = advice.changed.verdict()
        assert result == advice.result
        assert ORDER.index(result.verdict) < ORDER.index(now.verdict)
        if advice.kinds == (AdviceKind.CLOSE_PROGRAMS,):
            assert advice.saved_bytes == 0
            continue
        before = now.needed.expected_bytes
        if advice.kinds == (AdviceKind.ANOTHER_POOL,):
            assert advice.saved_bytes == before
            continue
        assert result.plan is not None
        place = estimate(situation.model, result.plan).ledger.total(Place.GPU)
        assert advice.saved_bytes == before - place.expected_bytes
        assert advice.saved_bytes >= 0


@given(situation=situations())
def test_that_what_surely_fits_comes_first_and_then_what_costs_least(situation):
    ranks = [
        (ORDER.index(advice.result.verdict), max(map(list(AdviceKind).index, advice.kinds)))
        for advice in advise(situation, quant_formats=FORMATS)
    ]
    assert ranks == sorted(ranks)


def test_that_a_plan_that_fits_needs_no_advice():
    assert advise(situation_of(machine_of(24)), quant_formats=FORMATS) == ()


@pytest.mark.parametrize("model", ["phi-silica", "phi-3-small-8k"])
def test_that_no_advice_turns_a_refused_model_into_one_that_runs(model):
    assert advise(situation_of(machine_of(24), model), quant_formats=FORMATS) == ()


def test_that_every_kind_of_change_is_offered_where_each_is_enough():
    # Phi-3-mini with four chats of 8,192 tokens: 12 GiB of cache at f16.
    found = advice_on(
        situation_of(
            machine_of(14.8, 24, used_gib=8),
            "phi-3-mini-128k",
            context_length=32_768,
            parallel_sequences=4,
            micro_batch_size=2048,
            gpu_layers=GpuLayers.ALL,
        )
    )
    assert list(found) == [
        (AdviceKind.CACHE_TYPE,),
        (AdviceKind.SHORTER_CONTEXT,),
        (AdviceKind.FEWER_SEQUENCES,),
        (AdviceKind.SMALLER_FORMAT,),
        (AdviceKind.ANOTHER_POOL,),
        (AdviceKind.CLOSE_PROGRAMS,),
        (AdviceKind.SMALLER_MICRO_BATCH,),
        (AdviceKind.LAYERS_TO_RAM,),
    ]
    # A smaller micro-batch alone only gets nearer, and so comes after what surely fits.
    assert [each.result.verdict for each in found.values()] == [
        *[FitVerdict.FITS] * 6,
        FitVerdict.TIGHT,
        FitVerdict.PARTIAL,
    ]
    cache = found[(AdviceKind.CACHE_TYPE,)].changed.options
    assert (cache.cache_type_k, cache.cache_type_v) == (CacheType.Q8_0, CacheType.Q8_0)
    fewer = found[(AdviceKind.FEWER_SEQUENCES,)].changed.options
    assert fewer.context_length == 8192 * fewer.parallel_sequences
    assert found[(AdviceKind.ANOTHER_POOL,)].changed.target_id == "gpu1"


def test_that_a_shorter_context_is_the_longest_that_fits():
    situation = situation_of(machine_of(12), context_length=16_384)
    advice = advice_on(situation)[(AdviceKind.SHORTER_CONTEXT,)]
    length = advice.changed.options.context_length
    assert length is not None
    assert advice.result.verdict is FitVerdict.FITS
    longer = replace(situation, options=replace(situation.options, context_length=length + 1))
    assert longer.verdict().verdict is not FitVerdict.FITS


def test_that_no_context_too_short_for_a_chat_is_advised():
    for gib in range(60, 110):
        found = advice_on(situation_of(machine_of(gib / 10), reserve=Reserve(gpu_bytes=0)))
        shorter = found.get((AdviceKind.SHORTER_CONTEXT,))
        if shorter is not None:
            assert (shorter.changed.options.context_length or 0) >= LEAST_CONTEXT_LENGTH


def test_that_a_smaller_micro_batch_is_offered_where_the_step_is_what_is_too_large():
    found = advice_on(
        situation_of(
            machine_of(10.9), context_length=4096, micro_batch_size=4096, batch_size=4096
        )
    )
    changed = found[(AdviceKind.SMALLER_MICRO_BATCH,)].changed.options
    assert changed.micro_batch_size == 256


def test_that_the_next_format_down_is_the_first_that_fits():
    situation = situation_of(machine_of(9.5))
    advice = advice_on(situation)[(AdviceKind.SMALLER_FORMAT,)]
    chosen = FORMATS.index(advice.changed.quant_format)
    for larger in FORMATS[FORMATS.index("Q4_K_M") : chosen]:
        assert replace(situation, quant_format=larger).verdict().verdict is not FitVerdict.FITS


def test_that_a_format_that_is_not_in_the_list_has_no_next_one():
    situation = situation_of(machine_of(9.5))
    found = {each.kinds for each in advise(situation, quant_formats=("Q8_0", "F16"))}
    assert not any(AdviceKind.SMALLER_FORMAT in kinds for kinds in found)


def test_that_a_cache_llama_cpp_refuses_is_not_advised():
    found = advice_on(situation_of(machine_of(2.6), "phi-2", context_length=2048))
    assert not any(AdviceKind.CACHE_TYPE in kinds for kinds in found)


def test_that_a_quantised_cache_brings_flash_attention_with_it():
    found = advice_on(
        situation_of(
            machine_of(9),
            "phi-3-mini-128k",
            context_length=20_480,
            micro_batch_size=128,
            flash_attention=False,
        )
    )
    assert found[(AdviceKind.CACHE_TYPE,)].changed.options.flash_attention


def test_that_several_changes_are_tried_together_where_none_is_enough():
    found = advice_on(
        situation_of(machine_of(8, ram_gib=4), "phi-3-mini-128k", "F16", context_length=131_072)
    )
    together = next(kinds for kinds in found if len(kinds) > 1)
    assert together == (
        AdviceKind.CACHE_TYPE,
        AdviceKind.SMALLER_MICRO_BATCH,
        AdviceKind.SHORTER_CONTEXT,
        AdviceKind.SMALLER_FORMAT,
    )
    advice = found[together]
    assert advice.result.verdict is FitVerdict.FITS
    assert advice.changed.options.context_length == 4096


def test_that_nothing_is_advised_where_nothing_helps():
    assert advice_on(situation_of(machine_of(1, ram_gib=1), "phi-3.5-moe")) == {}


def test_that_layers_go_to_ram_as_a_number_that_can_be_applied():
    situation = situation_of(machine_of(6), gpu_layers=GpuLayers.ALL)
    advice = advice_on(situation)[(AdviceKind.LAYERS_TO_RAM,)]
    assert advice.result.verdict is FitVerdict.PARTIAL
    assert advice.result.plan is not None
    assert advice.changed.options.gpu_layers == advice.result.plan.gpu_layer_count
    # With `auto` the verdict is partial already: it is no change.
    auto = advice_on(situation_of(machine_of(6)))
    assert (AdviceKind.LAYERS_TO_RAM,) not in auto


def test_that_more_layers_on_the_gpu_are_not_called_layers_to_ram():
    # Five layers on the card leave more in RAM than there is; 30 would fit on the card.
    situation = situation_of(machine_of(8, ram_gib=7), gpu_layers=5)
    assert situation.verdict().verdict is FitVerdict.NO
    assert (AdviceKind.LAYERS_TO_RAM,) not in advice_on(situation)


def test_that_closing_programs_says_how_much_they_must_give_back():
    situation = situation_of(machine_of(6, ram_gib=4, used_gib=18))
    advice = advice_on(situation)[(AdviceKind.CLOSE_PROGRAMS,)]
    assert advice.result.needed is not None
    high = advice.result.needed.high_bytes
    assert advice.freed_bytes == high + Reserve().gpu_bytes - 6 * GIB
    assert advice.changed.budget is Budget.PROGRAMS_CLOSED
    assert advice.saved_bytes == 0
    closed = advise(advice.changed, quant_formats=FORMATS)
    assert closed == ()


def test_that_closing_programs_counts_to_the_verdict_it_gives():
    tight = advice_on(situation_of(machine_of(6, used_gib=4.2)))[(AdviceKind.CLOSE_PROGRAMS,)]
    assert tight.result.verdict is FitVerdict.TIGHT
    assert tight.result.needed is not None
    assert tight.freed_bytes == tight.result.needed.expected_bytes - 6 * GIB
    some = advice_on(situation_of(machine_of(0.9, used_gib=4)))[(AdviceKind.CLOSE_PROGRAMS,)]
    assert some.result.verdict is FitVerdict.PARTIAL
    assert some.freed_bytes == 4 * GIB


def test_that_closed_programs_are_not_advised_twice():
    closed = replace(situation_of(machine_of(6, used_gib=1)), budget=Budget.PROGRAMS_CLOSED)
    kinds = {each.kinds for each in advise(closed, quant_formats=FORMATS)}
    assert (AdviceKind.CLOSE_PROGRAMS,) not in kinds


def test_that_memory_that_is_the_targets_too_is_no_other_pool():
    ram = MemoryPool(
        id="ram", kind=PoolKind.SYSTEM, name="RAM", source="test", free_bytes=9 * GIB
    )
    gpu = replace(ram, id="gpu0", kind=PoolKind.UNIFIED, same_memory_as="ram")
    machine = Machine(pools=(gpu, ram))
    for target in ("gpu0", "ram"):
        found = advice_on(situation_of(machine, target_id=target))
        assert (AdviceKind.ANOTHER_POOL,) not in found


def test_that_a_runtime_that_is_not_known_gets_no_advice():
    situation = situation_of(machine_of(24), "phi-silica", runtime=RuntimeName.VLLM)
    assert advise(situation, quant_formats=FORMATS) == ()


def test_that_a_start_without_a_second_copy_is_the_first_advice_on_a_cpu():
    # Phi-4 in Q4_K_M keeps 6.19 GB twice where the CPU rearranges it.
    tight = situation_of(machine_of(ram_gib=14.5), target_id="ram")
    first = advise(tight, quant_formats=FORMATS)[0]
    assert first.kinds == (AdviceKind.NO_REPACK,)
    assert first.result.verdict is FitVerdict.FITS
    assert first.changed.options.repack is False
    assert first.saved_bytes == pytest.approx(6.19e9, rel=0.001)


def test_that_nothing_is_repacked_beside_a_gpu_and_so_nothing_advised():
    assert (AdviceKind.NO_REPACK,) not in advice_on(situation_of(machine_of(6)))


def test_that_vllm_is_told_to_take_less_where_its_share_prevents_the_start():
    # 24 GiB, 20 of them free: 0.92 of the card are not.
    machine = machine_of(20, used_gib=4)
    found = advice_on(
        situation_of(
            machine, "phi-4-mini", "bf16", runtime=RuntimeName.VLLM, context_length=4096
        )
    )
    lower = found[AdviceKind.LOWER_UTILIZATION,]
    assert lower.result.verdict is FitVerdict.FITS
    # (20 - 0.5) / 24, rounded down to what people type.
    assert lower.changed.options.gpu_memory_utilization == 0.81


def test_that_a_share_that_is_free_is_left_as_it_is():
    situation = situation_of(machine_of(6), "phi-4", "bf16", runtime=RuntimeName.VLLM)
    assert (AdviceKind.LOWER_UTILIZATION,) not in advice_on(situation)


def test_that_experts_go_to_ram_as_few_as_must():
    situation = situation_of(machine_of(14), "phi-3.5-moe", "Q4_K_M")
    found = advice_on(situation)[AdviceKind.EXPERTS_TO_RAM,]
    count = found.changed.options.cpu_expert_layers
    assert found.result.verdict is FitVerdict.FITS
    assert 0 < count < 32
    fewer = replace(found.changed.options, cpu_expert_layers=count - 1)
    assert replace(found.changed, options=fewer).verdict().verdict is not FitVerdict.FITS
    # A dense model has none, and a number of layers is somebody's own choice.
    assert (AdviceKind.EXPERTS_TO_RAM,) not in advice_on(situation_of(machine_of(6)))
    chosen = situation_of(machine_of(14), "phi-3.5-moe", "Q4_K_M", gpu_layers=20)
    assert (AdviceKind.EXPERTS_TO_RAM,) not in advice_on(chosen)


def test_that_no_experts_are_moved_on_a_machine_without_a_gpu_of_its_own():
    machine = machine_of(ram_gib=20)
    on_cpu = situation_of(machine, "phi-3.5-moe", "Q4_K_M", target_id="ram")
    assert (AdviceKind.EXPERTS_TO_RAM,) not in advice_on(on_cpu)


def test_that_programs_that_hold_the_card_are_named_the_largest_first():
    machine = machine_of(6, used_gib=18)
    holders = (
        MemoryHolder(name="a browser", used_bytes=GIB),
        MemoryHolder(name="another program"),
        MemoryHolder(name="a game", used_bytes=16 * GIB),
    )
    card = replace(machine.pools[0], holders=holders)
    machine = replace(machine, pools=(card, *machine.pools[1:]))
    found = advice_on(situation_of(machine))
    names = [holder.name for holder in found[AdviceKind.CLOSE_PROGRAMS,].holders]
    assert names == ["a game", "a browser", "another program"]
    assert found[AdviceKind.SMALLER_FORMAT,].holders == ()
