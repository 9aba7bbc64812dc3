"""Parts of the memory and plans in words: nothing here needs a machine or a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from planner.core.ledger import Band, Part, Place
from planner.core.plan import RuntimeName, SplitMode
from planner.core.units import format_gib

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.core.plan import Plan, RunChoices

PART_WORDS: Final = {
    Part.WEIGHTS: "Weights",
    Part.REPACKED_WEIGHTS: "Repacked weights",
    Part.KV_CACHE: "KV cache",
    Part.COMPUTE_BUFFER: "Compute buffer",
    Part.OUTPUT_BUFFER: "Output buffer",
    Part.RUNTIME_OVERHEAD: "Runtime overhead",
}
PLACE_WORDS: Final = {Place.GPU: "GPU", Place.HOST: "RAM"}


def place_text(place: Place, device: int, *, has_several: bool) -> str:
    """Return where a line sits; of several GPUs, on which."""
    words = PLACE_WORDS[place]
    return f"{words} {device}" if has_several and place is Place.GPU else words


def where_text(target_id: str, split_mode: SplitMode) -> str:
    """Return where the needs of a table are counted."""
    return target_id if split_mode is SplitMode.NONE else "all GPUs together"


def device_count(devices: Iterable[int]) -> int:
    """Return how many GPUs the lines of a ledger are on."""
    return max(devices, default=0) + 1


def gib_range(band: Band) -> str:
    """Return the expected figure, and both ends where they read differently."""
    low, expected, high = (
        format_gib(size) for size in (band.low_bytes, band.expected_bytes, band.high_bytes)
    )
    if low == high:
        return expected
    return f"{expected} ({low.removesuffix(' GiB')} to {high.removesuffix(' GiB')})"


def layers_text(plan: Plan, layer_count: int | None) -> str:
    """Return where the layers are."""
    if plan.gpu_layer_count == 0:
        return "everything in RAM"
    if plan.gpu_layer_count == layer_count:
        return f"all {layer_count} layers on the GPU"
    return f"{plan.gpu_layer_count} of {layer_count} layers on the GPU, the rest in RAM"


def plan_text(plan: Plan) -> str:
    """Return the choices of a plan on one line."""
    return choices_text(plan, f"{plan.context_length:,} tokens")


def choices_text(choices: RunChoices, context: str) -> str:
    """Return what was chosen, with a context in words; what a runtime has not is left out."""
    count = choices.parallel_sequences
    is_shared = choices.runtime is RuntimeName.LLAMA_CPP
    words = [
        choices.runtime.value,
        f"context {context}{'' if is_shared or count == 1 else ' each'}",
        f"{count} sequence{'' if count == 1 else 's'}",
    ]
    types = (choices.cache_type_k.value, choices.cache_type_v.value)
    words.append(f"KV cache {'/'.join(types) if is_shared else types[0]}")
    return ", ".join([*words, *_own_words(choices)])


def _own_words(choices: RunChoices) -> list[str]:
    match choices.runtime:
        case RuntimeName.LLAMA_CPP:
            return _llama_words(choices)
        case RuntimeName.TRANSFORMERS:
            return [
                f"{choices.attention.value} attention",
                f"{choices.cache_kind.value} cache",
                *_prompt_words(choices),
            ]
        case RuntimeName.VLLM:
            return _vllm_words(choices)
        case RuntimeName.MLX | RuntimeName.ONNX_GENAI:
            return _prompt_words(choices)
        case _:
            assert_never(choices.runtime)


def _llama_words(choices: RunChoices) -> list[str]:
    words = [f"flash attention {'on' if choices.flash_attention else 'off'}"]
    if choices.unified_cache:
        words.append("one cache for all sequences")
    if choices.split_mode is not SplitMode.NONE:
        words.append(f"layers over the GPUs{_shares_text(choices.tensor_split)}")
    if choices.cpu_expert_layers:
        words.append(f"the experts of {choices.cpu_expert_layers} layers in RAM")
    if not choices.repack:
        words.append("no second copy of weights")
    return words


def _shares_text(shares: tuple[float, ...]) -> str:
    """Return shares in percent: they may have been given in any unit."""
    total = sum(shares)
    if not total:
        return ""
    return f" ({' : '.join(f'{100 * share / total:.0f} %' for share in shares)})"


def _vllm_words(choices: RunChoices) -> list[str]:
    words = [f"{choices.gpu_memory_utilization:g} of the card"]
    words.append(f"at most {choices.max_sequences:,} sequences")
    if choices.tensor_parallel > 1:
        words.append(f"over {choices.tensor_parallel} cards")
    if choices.enforce_eager:
        words.append("no CUDA graphs")
    return words


def _prompt_words(choices: RunChoices) -> list[str]:
    words = []
    if choices.prompt_length is not None:
        words.append(f"prompts of {choices.prompt_length:,} tokens")
    if choices.max_length is not None:
        words.append(f"maximum length {choices.max_length:,}")
    if choices.chunk_size is not None:
        words.append(f"read in chunks of {choices.chunk_size:,}")
    return words
