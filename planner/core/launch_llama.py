"""The options of llama-server and llama-cli that a plan is made of (`common/arg.cpp`)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from planner.core.errors import PlannerError
from planner.core.launch_names import read_name
from planner.core.launch_words import (
    OptionTable,
    OptionWords,
    ParsedLaunch,
    find_model,
    one_of,
    shown,
    sort_words,
    switch,
    whole_number,
)
from planner.core.model_spec import ModelSpec
from planner.core.plan import (
    CACHE_TYPES,
    DEFAULT_BATCH_SIZE,
    DEFAULT_MICRO_BATCH_SIZE,
    MAX_BATCH_SIZE,
    MAX_PARALLEL_SEQUENCES,
    CacheType,
    GpuLayers,
    PlanOptions,
    Program,
    RuntimeName,
    SplitMode,
)

# llama.cpp keeps lengths in 32 bits.
_MOST: Final = (1 << 31) - 1
# What llama-server takes where nobody says how many slots (`--parallel -1`): four, which share
# one cache (`--kv-unified`).
DEFAULT_SLOTS: Final = 4
_LONGEST_SPLIT: Final = 400


def _spellings(*groups: str) -> dict[str, str]:
    """Return each spelling of an option with the last, longest one of its group."""
    return {name: group.split()[-1] for group in groups for name in group.split()}


_MATTERS: Final = _spellings(
    "-ot --override-tensor",
    "-mm --mmproj",
    "-md --model-draft",
    "--lora",
    "--control-vector",
)
_MATTERS_ALONE: Final = _spellings(
    "-nkvo --no-kv-offload",
    "--swa-full",
    "--no-mmap",
)
_TABLE: Final = OptionTable(
    values=_spellings(
        "-m --model",
        "-hf -hfr --hf --hf-repo",
        "-hff --hf-file",
        "-mu --model-url",
        "-c --ctx-size",
        "-ngl --gpu-layers --n-gpu-layers",
        "-dev --device",
        "-np --parallel",
        "-ctk --cache-type-k",
        "-ctv --cache-type-v",
        "-b --batch-size",
        "-ub --ubatch-size",
        "-sm --split-mode",
        "-ts --tensor-split",
        "-ncmoe --n-cpu-moe",
    )
    | _MATTERS,
    switches=_MATTERS_ALONE
    | _spellings("-cmoe --cpu-moe", "-kvu --kv-unified", "-no-kvu --no-kv-unified")
    | _spellings("--repack", "-nr --no-repack"),
    on_off=_spellings("-fa --flash-attn"),
)


def read_llama(
    program: str,
    words: Sequence[str],
    models: Sequence[ModelSpec],
    base: PlanOptions,
    around: Sequence[str],
) -> ParsedLaunch:
    """Read the options of a llama.cpp program.

    Raises:
        PlannerError: a value is none that the program takes.
    """
    found = sort_words(words, _TABLE)
    source = _source(found)
    name = read_name(source or "", models)
    model = find_model(models, name.model_id)
    notes: list[str] = []
    quant_format = name.quant_format or _repository_default(found, notes)
    options = replace(
        base,
        runtime=RuntimeName.LLAMA_CPP,
        program=Program.SERVER,
        context_length=_context_length(found, model, notes),
        gpu_layers=_gpu_layers(found, notes),
        parallel_sequences=_sequences(found, program, notes),
        unified_cache=_is_unified(found, program),
        split_mode=_split_mode(found, notes),
        tensor_split=_tensor_split(found),
        cpu_expert_layers=_cpu_expert_layers(found, model),
        repack="--no-repack" not in found.given,
        cache_type_k=_cache_type(found, "--cache-type-k"),
        cache_type_v=_cache_type(found, "--cache-type-v"),
        # `auto`, the default, turns it on wherever the device has it.
        flash_attention=switch("--flash-attn", found.given.get("--flash-attn", "on"))
        is not False,
        batch_size=found.number("--batch-size", lowest=1, highest=MAX_BATCH_SIZE)
        or DEFAULT_BATCH_SIZE,
        micro_batch_size=found.number("--ubatch-size", lowest=1, highest=MAX_BATCH_SIZE)
        or DEFAULT_MICRO_BATCH_SIZE,
    )
    for option in (*_MATTERS.values(), *_MATTERS_ALONE.values()):
        note = f"{option} changes the memory, and a plan here does not have it."
        if option in found.given and note not in notes:
            notes.append(note)
    return ParsedLaunch(
        program=program,
        source=source,
        model=model,
        quant_format=quant_format,
        options=options,
        ignored=(*around, *found.positional, *found.ignored),
        notes=tuple(notes),
    )


def _repository_default(found: OptionWords, notes: list[str]) -> str | None:
    """Return the file that `-hf` takes of a repository where its name has no format."""
    others = ("--model", "--hf-file")
    if "--hf-repo" not in found.given or any(each in found.given for each in others):
        return None
    notes.append("Without a format --hf-repo takes the repository's Q4_K_M.")
    return "Q4_K_M"


def _source(found: OptionWords) -> str | None:
    for option in ("--model", "--hf-file", "--hf-repo", "--model-url"):
        if option in found.given:
            return found.given[option]
    return None


def _context_length(
    found: OptionWords, model: ModelSpec | None, notes: list[str]
) -> int | None:
    length = found.number("--ctx-size", lowest=0, highest=_MOST)
    if length:
        return length
    limit = None if model is None else model.context_length_limit
    notes.append(
        "Without --ctx-size the model's whole context is taken"
        + ("." if limit is None else f": {limit:,} tokens.")
    )
    return limit


def _gpu_layers(found: OptionWords, notes: list[str]) -> GpuLayers | int:
    if found.given.get("--device", "").casefold() == "none":
        return 0
    text = found.given.get("--n-gpu-layers")
    if text is None:
        notes.append("Without --n-gpu-layers llama.cpp takes as many layers as fit.")
        return GpuLayers.AUTO
    if text in (GpuLayers.AUTO, GpuLayers.ALL):
        return GpuLayers(text)
    number = whole_number("--n-gpu-layers", text, -_MOST, _MOST)
    if number >= 0:
        return number
    return GpuLayers.AUTO if number == -1 else GpuLayers.ALL


def _sequences(found: OptionWords, program: str, notes: list[str]) -> int:
    count = found.number("--parallel", lowest=-1, highest=MAX_PARALLEL_SEQUENCES)
    if count is not None and count > 0:
        return count
    if program == "llama-cli":
        return 1
    notes.append(
        f"Without --parallel llama-server has {DEFAULT_SLOTS} slots that share one cache."
    )
    return DEFAULT_SLOTS


def _is_unified(found: OptionWords, program: str) -> bool:
    """Return whether the slots share a cache: as told, else where their number is not told."""
    if "--kv-unified" in found.given or "--no-kv-unified" in found.given:
        return "--kv-unified" in found.given
    count = found.number("--parallel", lowest=-1, highest=MAX_PARALLEL_SEQUENCES)
    return program == "llama-server" and (count is None or count < 1)


def _split_mode(found: OptionWords, notes: list[str]) -> SplitMode:
    text = found.given.get("--split-mode")
    if text is None:
        notes.append("Without --split-mode llama.cpp uses every GPU; one is planned with here.")
        return SplitMode.NONE
    return SplitMode(one_of("--split-mode", text, SplitMode))


def _tensor_split(found: OptionWords) -> tuple[float, ...]:
    """Return the share of each GPU: `3,1`, or `3/1`.

    Raises:
        PlannerError: a share is no number.
    """
    text = found.given.get("--tensor-split", "")
    try:
        shares = tuple(float(each) for each in re.split("[,/]", text[:_LONGEST_SPLIT]) if text)
    except ValueError:
        shares = (-1.0,)
    if len(text) > _LONGEST_SPLIT or not all(0 <= each < _MOST for each in shares):
        raise PlannerError(
            "--tensor-split takes a share for each GPU, such as 3,1; the command has "
            f"{shown(text)}."
        )
    return shares


def _cpu_expert_layers(found: OptionWords, model: ModelSpec | None) -> int:
    layers = _MOST if model is None or model.shape is None else model.shape.layer_count
    if "--cpu-moe" in found.given:
        return layers
    return min(found.number("--n-cpu-moe", lowest=0, highest=_MOST) or 0, layers)


def _cache_type(found: OptionWords, option: str) -> CacheType:
    text = found.given.get(option, CacheType.F16.value)
    return CacheType(one_of(option, text, CACHE_TYPES[RuntimeName.LLAMA_CPP]))
