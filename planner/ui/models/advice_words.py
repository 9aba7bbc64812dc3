"""Advice in the words of the window: what to change, what that saves, what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QCoreApplication

from planner.core.advice import AdviceKind
from planner.core.fit import FitVerdict
from planner.core.plan import RuntimeName
from planner.ui import figures, text
from planner.ui.core_texts import core_text

if TYPE_CHECKING:
    from planner.core.advice import Advice
    from planner.core.device_choice import DeviceOption
    from planner.core.fit import FitResult
    from planner.core.machine import MemoryPool
    from planner.core.plan import Plan

# Every call names its context and its words in full: `pyside6-lupdate` reads them here.
translate = QCoreApplication.translate


def can_be_applied(advice: Advice) -> bool:
    """Tell whether the window can do it; it closes nobody's programs."""
    return AdviceKind.CLOSE_PROGRAMS not in advice.kinds


def advice_title(advice: Advice) -> str:
    """Return what to change, such as `KV cache in q8_0 · Q4_K_S`."""
    return text.FACT_MARK.join(_change(kind, advice) for kind in advice.kinds)


def advice_gain(advice: Advice) -> str:
    """Return what it saves and what comes of it, such as `saves 0.73 GiB · fits`."""
    parts = []
    if advice.saved_bytes > 0 and AdviceKind.ANOTHER_POOL not in advice.kinds:
        words = translate("advice", "saves {size}")
        parts.append(words.format(size=text.gib(advice.saved_bytes)))
    if advice.freed_bytes > 0:
        words = translate("advice", "{size} have to come free")
        parts.append(words.format(size=text.gib(advice.freed_bytes)))
    parts.append(_outcome(advice.result.verdict))
    return text.FACT_MARK.join(parts)


def _outcome(verdict: FitVerdict) -> str:
    match verdict:
        case FitVerdict.FITS:
            return translate("advice", "then it fits")
        case FitVerdict.TIGHT:
            return translate("advice", "then it is a tight fit")
        case FitVerdict.PARTIAL:
            return translate("advice", "then part of it is in RAM")
        case FitVerdict.NO | FitVerdict.UNSUPPORTED | FitVerdict.UNKNOWN:
            return text.verdict_word(verdict)
    assert_never(verdict)


def _change(kind: AdviceKind, advice: Advice) -> str:
    changed, plan = advice.changed, advice.result.plan
    options = changed.options
    words = _changes()[kind]
    if kind is AdviceKind.FEWER_SEQUENCES and options.parallel_sequences == 1:
        words = translate("advice", "1 sequence of {share}")
    return words.format(
        option="--no-repack",
        share_of_card=figures.number(options.gpu_memory_utilization, 2),
        expert_layers=figures.number(options.cpu_expert_layers),
        cache_type=options.cache_type_k.value,
        tokens=_tokens(plan),
        share=_tokens_of_one(plan),
        sequences=figures.number(options.parallel_sequences),
        rows=text.token_text(options.micro_batch_size),
        quant_format=changed.quant_format,
        count=0 if plan is None else plan.gpu_layer_count,
        layers=advice.result.layer_count,
        pool=text.pool_title(changed.target),
    )


def _changes() -> dict[AdviceKind, str]:
    return {
        AdviceKind.NO_REPACK: translate(
            "advice", "Start with {option}: prompts are read more slowly"
        ),
        AdviceKind.LOWER_UTILIZATION: translate(
            "advice", "vLLM takes {share_of_card} of the card"
        ),
        AdviceKind.CACHE_TYPE: translate("advice", "KV cache in {cache_type}"),
        AdviceKind.SHORTER_CONTEXT: translate("advice", "A context of {tokens}"),
        AdviceKind.FEWER_SEQUENCES: translate(
            "advice", "{sequences} sequences of {share} each"
        ),
        AdviceKind.SMALLER_MICRO_BATCH: translate("advice", "Micro-batches of {rows}"),
        AdviceKind.SMALLER_FORMAT: translate("advice", "Format {quant_format}"),
        AdviceKind.EXPERTS_TO_RAM: translate(
            "advice", "Experts of the first {expert_layers} layers in RAM"
        ),
        AdviceKind.LAYERS_TO_RAM: translate(
            "advice", "{count} of {layers} layers on the GPU, the rest in RAM"
        ),
        AdviceKind.ANOTHER_POOL: translate("advice", "On {pool} instead"),
        AdviceKind.CLOSE_PROGRAMS: translate(
            "advice", "Close programs that hold memory of {pool}"
        ),
    }


def _tokens(plan: Plan | None) -> str:
    return text.not_known() if plan is None else text.token_text(plan.context_length)


def _tokens_of_one(plan: Plan | None) -> str:
    """Return what each sequence has: llama.cpp shares a context among them."""
    if plan is None or plan.runtime is not RuntimeName.LLAMA_CPP or plan.unified_cache:
        return _tokens(plan)
    return text.token_text(max(1, plan.context_length // plan.parallel_sequences))


def nothing_to_change(result: FitResult) -> str:
    """Return why there is no advice."""
    match result.verdict:
        case FitVerdict.FITS:
            return translate("advice", "It fits, with the reserve: nothing has to change.")
        case FitVerdict.UNSUPPORTED | FitVerdict.UNKNOWN:
            return core_text(result.reason or "") or text.verdict_word(result.verdict)
        case FitVerdict.TIGHT | FitVerdict.PARTIAL | FitVerdict.NO:
            return translate("advice", "No change of the plan alone makes it fit here.")
    assert_never(result.verdict)


def closed_sentence(now: FitResult, closed: FitResult | None) -> str:
    """Return what the verdict would be without other programs, where it would be another."""
    if closed is None or closed.verdict is now.verdict:
        return ""
    words = translate("advice", "With other programs closed the verdict would be: {verdict}.")
    return words.format(verdict=text.verdict_word(closed.verdict))


def holders_heading(pool: MemoryPool) -> str:
    """Return `3 programs hold 1.40 GiB of NVIDIA GeForce RTX 4070`, or nothing."""
    count = len(pool.holders)
    if not count:
        return ""
    sizes = [each.used_bytes for each in pool.holders if each.used_bytes is not None]
    if len(sizes) < count:
        words = translate("advice", "Programs that hold memory of {pool}")
        return words.format(pool=pool.name)
    words = translate("advice", "{count} programs hold {size} of {pool}")
    if count == 1:
        words = translate("advice", "1 program holds {size} of {pool}")
    return words.format(count=count, size=text.gib(sum(sizes)), pool=pool.name)


def devices_sentence(gpu_bytes: int | None, devices: tuple[DeviceOption, ...]) -> str:
    """Return what a GPU must have free, and the smallest that do, where nothing else helps."""
    if gpu_bytes is None or not devices:
        return ""
    named = "; ".join(
        translate("advice", "{device} ({size})").format(
            device=each.name, size=text.gib(each.usable_bytes, 1)
        )
        for each in devices
    )
    words = translate(
        "advice",
        "All of it, with the reserve, takes one GPU with {size} free. The smallest that have "
        "it: {devices}.",
    )
    return words.format(size=text.gib(gpu_bytes), devices=named)
