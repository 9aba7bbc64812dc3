"""What goes with a verdict, in figures and in words."""

import ast
import shlex
from dataclasses import replace

import pytest

from planner.core.advice import AdviceKind
from planner.core.budget import Budget
from planner.core.fit import FitVerdict
from planner.core.launch import TOOLS, LaunchTool, Shell, launch
from planner.core.machine import Machine, PoolKind
from planner.core.plan import CacheType, GpuLayers, PlanOptions, Program, RuntimeName
from planner.core.units import GIB
from planner.report.outlook import NOTHING_MORE, outlook, tokens_of_one
from planner.report.outlook_wording import (
    advice_text,
    command_lines,
    gpu_text,
    outlook_sentences,
    speed_text,
)
from planner.session import PlannerSession

Q8 = CacheType.Q8_0


@pytest.fixture
def look(catalogue, machine):
    """Return a verdict and what goes with it."""

    def ask(model, quant, *, free=None, ram=None, target=None, gpus=(), **options):
        card, host = machine.pools
        cards = (
            replace(card, free_bytes=card.free_bytes if free is None else int(free * GIB)),
            *gpus,
        )
        pools = (*cards, replace(host, free_bytes=int(ram * GIB) if ram else host.free_bytes))
        session = PlannerSession(models=catalogue.models, machine=Machine(pools=pools))
        choices = PlanOptions(**options)
        detail = session.detail(
            catalogue.find(model), quant, choices, target_id=target or "gpu0"
        )
        return detail, outlook(detail, choices)

    return ask


def sentences(detail, found):
    return outlook_sentences(found, detail.result, detail.target)


def kinds(found):
    return [each.kinds for each in found.advice]


def advice_of(found, *wanted):
    return next(each for each in found.advice if each.kinds == wanted)


def test_that_nothing_goes_with_a_model_that_cannot_run(look):
    detail, found = look("phi-silica", "Q4_K_M")
    assert found is NOTHING_MORE
    assert sentences(detail, found) == []


def test_that_what_fits_has_a_command_and_no_advice(look):
    detail, found = look("phi-4", "Q4_K_M")
    assert found.advice == ()
    assert found.launch is not None
    assert found.launch.tool is LaunchTool.LLAMA_SERVER
    assert found.launch_reason is None
    assert gpu_text(found, detail.result.verdict) is None


def test_that_what_does_not_fit_is_not_to_be_started_and_has_no_speed(look):
    detail, found = look("phi-4", "F16", gpu_layers=GpuLayers.ALL)
    assert detail.result.verdict is FitVerdict.NO
    assert (found.launch, found.launch_reason, found.speed) == (None, None, None)
    needed = detail.result.needed.high_bytes + detail.reserve.gpu_bytes
    assert found.gpu_bytes == needed
    told = gpu_text(found, FitVerdict.NO) or ""
    assert told.endswith(f"takes one GPU with {needed / GIB:.2f} GiB free.")


def test_that_a_plan_that_no_tool_starts_says_why(look):
    _, found = look("phi-4", "Q4_K_M", program=Program.LIBRARY)
    assert found.launch is None
    assert "libllama" in found.launch_reason


def test_that_a_plan_that_vllm_refuses_on_any_gpu_has_no_gpu_to_look_for(look):
    detail, found = look("phi-4", "Q4_K_M")
    assert gpu_text(replace(found, gpu_bytes=None), FitVerdict.NO) is None
    assert detail.result.verdict is FitVerdict.FITS


def test_that_the_longest_context_is_of_the_plans_cache_type(look):
    _, found = look("phi-4", "Q6_K", free=14, cache_type_k=Q8, cache_type_v=Q8)
    assert found.longest_context is not None
    assert found.longest_context.quant_format == "Q6_K"
    _, mixed = look("phi-4", "Q6_K", cache_type_k=Q8)
    assert mixed.longest_context is None


def test_that_llama_cpps_sequences_share_a_context_unless_it_is_one_cache(catalogue):
    model = catalogue.find("phi-4")

    def tokens(**options):
        choices = PlanOptions(context_length=4096, parallel_sequences=4, **options)
        return tokens_of_one(choices.plan(model, "bf16"))

    assert tokens() == 1024
    assert tokens(unified_cache=True) == 4096
    assert tokens(runtime=RuntimeName.VLLM) == 4096


def test_that_how_far_the_plan_could_go_is_said(look):
    detail, found = look("phi-4-mini", "Q8_0", free=8)
    longest, most, *_ = sentences(detail, found)
    fits = found.longest_context.fits_context_length
    tight = found.longest_context.tight_context_length
    assert longest == (
        f"Longest context with everything on gpu0: {fits:,} tokens, {tight:,} as a tight fit."
    )
    assert (
        f"Most sequences of 4,096 tokens each on gpu0: {found.most_sequences.fits_count}"
        in most
    )


def test_that_what_is_tight_at_best_is_said(look):
    detail, found = look("phi-4", "Q6_K", free=12)
    (longest, *_) = sentences(detail, found)
    tight = found.longest_context.tight_context_length
    assert longest.endswith(f"gpu0: {tight:,} tokens as a tight fit.")


def test_that_where_no_token_fits_the_sequences_are_not_told_too(look):
    detail, found = look("phi-4", "F16", gpu_layers=GpuLayers.ALL)
    told = sentences(detail, found)
    assert told[0].startswith("Longest context with everything on gpu0: none. Even one token")
    assert not any("sequences" in each for each in told)


def test_that_where_no_second_length_fits_there_are_no_sequences(look):
    detail, found = look("phi-4", "Q4_K_M", free=9.9, context_length=16_384)
    assert found.longest_context.tight_context_length < 16_384
    assert any(
        each.startswith("Most sequences of 16,384 tokens each on gpu0: none. Even one")
        for each in sentences(detail, found)
    )


def test_that_a_reason_that_the_verdict_has_is_not_told_again(look):
    detail, found = look("phi-4-mini", "bf16", free=12, runtime=RuntimeName.VLLM)
    assert detail.result.reason is not None
    assert sentences(detail, found)[0] == "Longest context with everything on gpu0: none."


def test_that_the_other_budget_is_told_where_it_differs(look):
    detail, found = look("phi-4", "Q4_K_M", free=4)
    assert found.if_closed.verdict is FitVerdict.FITS
    told = "With other programs closed the verdict would be: fits."
    assert told in sentences(detail, found)
    assert told not in sentences(*look("phi-4", "Q4_K_M"))


def test_that_a_speed_says_that_it_is_modelled(look):
    detail, found = look("phi-4", "Q4_K_M")
    (told,) = (each for each in sentences(detail, found) if each.startswith("Speed"))
    assert told.startswith("Speed, modelled and not measured: ")
    assert told.endswith(" tokens per second with 4,096 tokens in the cache.")
    slow = replace(found.speed.decode, low_tokens_per_s=1.25, high_tokens_per_s=2.5)
    with_prompt = replace(found.speed, decode=slow, prefill=found.speed.decode)
    text = speed_text(with_prompt, slow)
    assert ": 1.2 to 2.5 tokens per second" in text
    assert "; a prompt of that length is read at " in text


def test_that_a_machine_without_ram_figures_still_has_an_outlook(catalogue, machine):
    alone = Machine(pools=machine.pools[:1])
    session = PlannerSession(models=catalogue.models, machine=alone)
    detail = session.detail(catalogue.find("phi-4"), "Q4_K_M", PlanOptions())
    speed = outlook(detail, PlanOptions()).speed
    assert speed is not None
    assert speed.decode is not None


def test_that_in_ram_nothing_is_said_of_the_gpus_bandwidth(look):
    _, found = look("phi-4", "Q4_K_M", target="ram")
    assert found.speed.decode is None
    assert "AMD Ryzen 7 7700" in found.speed.reasons[0]


# ------------------------------------------------------------------------------ advice


def test_that_advice_names_the_change_the_gain_and_the_verdict(look):
    _, found = look("phi-4", "Q8_0", free=12, parallel_sequences=2)
    advice = advice_of(found, AdviceKind.SMALLER_FORMAT)
    saved = advice.saved_bytes / GIB
    assert advice_text(advice) == (
        f"Take {advice.changed.quant_format}: {saved:.2f} GiB less, then it fits."
    )


def test_that_every_kind_of_advice_has_words(look, machine):
    other = replace(machine.pools[0], id="gpu1", name="Another card", free_bytes=23 * GIB)
    texts: dict[AdviceKind, str] = {}
    for found in (
        look("phi-4", "Q4_K_M", free=11, context_length=16_384, parallel_sequences=4)[1],
        look("phi-4", "Q4_K_M", free=9.9, micro_batch_size=2048, batch_size=2048)[1],
        look("phi-4", "F16", gpu_layers=GpuLayers.ALL)[1],
        look("phi-4", "Q4_K_M", free=4)[1],
        look("phi-3.5-moe", "Q4_K_M", free=14)[1],
        look("phi-4-mini", "bf16", free=20, runtime=RuntimeName.VLLM)[1],
        look("phi-4", "Q4_K_M", target="ram", ram=14.5)[1],
    ):
        for advice in found.advice:
            if len(advice.kinds) == 1:
                texts.setdefault(advice.kinds[0], advice_text(advice))
    assert set(texts) == set(AdviceKind)
    starts = {
        AdviceKind.NO_REPACK: "Start with --no-repack",
        AdviceKind.LOWER_UTILIZATION: "Start with --gpu-memory-utilization 0.",
        AdviceKind.EXPERTS_TO_RAM: "Keep the experts of the first ",
        AdviceKind.CACHE_TYPE: "Store the KV cache as q",
        AdviceKind.SHORTER_CONTEXT: "Take a context of ",
        AdviceKind.FEWER_SEQUENCES: "Run ",
        AdviceKind.SMALLER_MICRO_BATCH: "Take micro-batches of ",
        AdviceKind.SMALLER_FORMAT: "Take ",
        AdviceKind.LAYERS_TO_RAM: "Put ",
        AdviceKind.ANOTHER_POOL: "Run it on AMD Ryzen 7 7700 (ram): then it fits.",
        AdviceKind.CLOSE_PROGRAMS: "Close other programs that hold memory of NVIDIA",
    }
    for kind, text in texts.items():
        assert text.startswith(starts[kind]), text
        assert "None" not in text
        assert text.endswith(".")
    _, beside = look("phi-4", "Q4_K_M", free=4, gpus=(other,))
    moved = advice_text(advice_of(beside, AdviceKind.ANOTHER_POOL))
    assert moved == "Run it on Another card (gpu1): then it fits."
    assert "GiB have to come free" in texts[AdviceKind.CLOSE_PROGRAMS]
    assert "of 41 layers on the GPU" in texts[AdviceKind.LAYERS_TO_RAM]


def test_that_changes_that_are_taken_together_are_one_sentence(look):
    _, found = look("phi-4", "F16", free=7, ram=8, context_length=16_384)
    together = next(each for each in found.advice if len(each.kinds) > 1)
    assert " and take " in advice_text(together)


def test_that_advice_without_a_plan_is_still_a_sentence(look):
    _, found = look("phi-4", "Q4_K_M", free=9.9, context_length=16_384)
    advice = advice_of(found, AdviceKind.SHORTER_CONTEXT)
    bare = replace(advice, result=replace(advice.result, plan=None))
    assert advice_text(bare).startswith("Take a context of 0 tokens")


# ----------------------------------------------------------------------------- commands


@pytest.mark.parametrize(("shell", "sign"), [(Shell.POSIX, " \\"), (Shell.POWERSHELL, " `")])
def test_that_a_long_command_goes_on_in_the_next_line(catalogue, shell, sign):
    model = catalogue.find("phi-4-mini-flash-reasoning")
    options = PlanOptions(runtime=RuntimeName.TRANSFORMERS)
    python = launch(model, options.plan(model, "bf16"), LaunchTool.TRANSFORMERS)
    assert command_lines(python, shell) == python.text.splitlines()
    other = catalogue.find("phi-3-medium-128k")
    plan = PlanOptions(context_length=131_072).plan(other, "Q4_K_M")
    whole = launch(other, plan, TOOLS[plan.runtime][0], shell=shell)
    lines = command_lines(whole, shell)
    assert len(lines) > 1
    assert all(line.endswith(sign) for line in lines[:-1])
    assert max(map(len, lines)) <= 96
    joined = " ".join(line.removesuffix(sign) for line in lines)
    assert shlex.split(joined) == shlex.split(whole.text)


@pytest.mark.parametrize("quant", ["bf16", "int8", "nf4", "nf4-dq", "awq-int4"])
def test_that_a_program_in_python_stays_the_same_program(catalogue, quant):
    model = catalogue.find("phi-4-mini")
    plan = PlanOptions(runtime=RuntimeName.TRANSFORMERS).plan(model, quant)
    source = "a folder(of=mine, and=yours)" * 4
    found = launch(model, plan, LaunchTool.TRANSFORMERS, source=source)
    lines = command_lines(found)
    assert ast.dump(ast.parse("\n".join(lines))) == ast.dump(ast.parse(found.text))
    assert max(len(line) for line in lines if source not in line) <= 96


def test_that_what_is_quoted_is_not_broken(catalogue):
    model = catalogue.find("phi-4")
    plan = PlanOptions().plan(model, "Q4_K_M")
    source = "a folder - with blanks/and a name that is long/phi-4-Q4_K_M.gguf"
    found = launch(model, plan, LaunchTool.LLAMA_SERVER, source=source)
    assert command_lines(found) == [found.text]


def test_that_a_unified_pool_has_an_outlook_of_its_own(catalogue, machine):
    ram = machine.pools[1]
    gpu = replace(ram, id="gpu0", kind=PoolKind.UNIFIED, same_memory_as="ram")
    session = PlannerSession(models=catalogue.models, machine=Machine(pools=(gpu, ram)))
    choices = PlanOptions(runtime=RuntimeName.MLX)
    detail = session.detail(catalogue.find("phi-4"), "4bit", choices)
    found = outlook(detail, choices)
    assert found.launch is not None
    assert found.if_closed is not None
    assert found.launch.tool is LaunchTool.MLX_SERVER
    assert found.if_closed.verdict is detail.result.verdict


def test_that_budgets_have_words_of_their_own():
    from planner.report.wording import FREE_WORDS

    assert set(FREE_WORDS) == set(Budget)
