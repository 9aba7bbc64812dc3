"""The options of `vllm serve` that a plan is made of (`vllm/engine/arg_utils.py`)."""

import math
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
    whole_number,
)
from planner.core.model_spec import ModelSpec
from planner.core.plan import (
    DEFAULT_BATCH_SIZE,
    DEFAULT_GPU_MEMORY_UTILIZATION,
    DEFAULT_MAX_SEQUENCES,
    MAX_BATCH_SIZE,
    MAX_TENSOR_PARALLEL,
    MAX_TOKENS,
    CacheType,
    GpuLayers,
    PlanOptions,
    RuntimeName,
)

_QUANTIZATIONS: Final = {
    "fp8": "fp8",
    "bitsandbytes": "bnb-nf4",
    "gptq": "gptq-int4",
    "gptq_marlin": "gptq-int4",
    "awq": "awq-int4",
    "awq_marlin": "awq-int4",
}
# `auto` takes the checkpoint's own 16-bit type.
_DTYPES: Final = {
    "auto": "bf16",
    "bfloat16": "bf16",
    "half": "fp16",
    "float16": "fp16",
}
_CACHES: Final = {
    "auto": CacheType.F16,
    "float16": CacheType.F16,
    "bfloat16": CacheType.BF16,
    "fp8": CacheType.FP8,
    "fp8_e4m3": CacheType.FP8,
    "fp8_e5m2": CacheType.FP8,
}
# How checkpoints say in their names that they are packed already.
_PACKED_NAMES: Final = (
    (re.compile(r"bnb[-_]?4bit", re.IGNORECASE), "bnb-nf4"),
    (re.compile(r"(?<![a-z])gptq", re.IGNORECASE), "gptq-int4"),
    (re.compile(r"(?<![a-z])awq", re.IGNORECASE), "awq-int4"),
    (re.compile(r"(?<![a-z0-9])fp8", re.IGNORECASE), "fp8"),
)
_TABLE: Final = OptionTable(
    values={
        "--model": "--model",
        "--dtype": "--dtype",
        "--quantization": "--quantization",
        "-q": "--quantization",
        "--max-model-len": "--max-model-len",
        "--gpu-memory-utilization": "--gpu-memory-utilization",
        "--max-num-seqs": "--max-num-seqs",
        "--max-num-batched-tokens": "--max-num-batched-tokens",
        "--kv-cache-dtype": "--kv-cache-dtype",
        "--tensor-parallel-size": "--tensor-parallel-size",
        "-tp": "--tensor-parallel-size",
        "--cpu-offload-gb": "--cpu-offload-gb",
        "--pipeline-parallel-size": "--pipeline-parallel-size",
        "-pp": "--pipeline-parallel-size",
        "--swap-space": "--swap-space",
    },
    switches={"--enforce-eager": "--enforce-eager", "--enable-lora": "--enable-lora"},
    silent_switches=frozenset(
        (
            "--trust-remote-code",
            "--enable-prefix-caching",
            "--no-enable-prefix-caching",
            "--enable-chunked-prefill",
            "--no-enable-chunked-prefill",
            "--enable-auto-tool-choice",
            "--disable-log-requests",
            "--disable-log-stats",
            "--async-scheduling",
        )
    ),
)
_MATTERS: Final = ("--cpu-offload-gb", "--pipeline-parallel-size", "--enable-lora")
# `human_readable_int`: k is 1,000 and K is 1,024.
_UNITS: Final = {"k": 10**3, "K": 1 << 10, "m": 10**6, "M": 1 << 20}
_SCALED: Final = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,6}))?([kKmM])")


def read_vllm(
    words: Sequence[str],
    models: Sequence[ModelSpec],
    base: PlanOptions,
    around: Sequence[str],
) -> ParsedLaunch:
    """Read the options of `vllm serve`.

    Raises:
        PlannerError: a value is none that vLLM takes.
    """
    found = sort_words(words, _TABLE)
    source = found.given.get("--model")
    rest = found.positional
    if source is None and rest:
        source, rest = rest[0], rest[1:]
    model = find_model(models, read_name(source or "", models).model_id)
    notes: list[str] = []
    cache = one_of("--kv-cache-dtype", found.given.get("--kv-cache-dtype", "auto"), _CACHES)
    options = replace(
        base,
        runtime=RuntimeName.VLLM,
        gpu_layers=GpuLayers.ALL,
        context_length=_context_length(found, model, notes),
        cache_type_k=_CACHES[cache],
        cache_type_v=_CACHES[cache],
        gpu_memory_utilization=_utilization(found),
        max_sequences=found.number("--max-num-seqs", lowest=1, highest=MAX_TOKENS)
        or DEFAULT_MAX_SEQUENCES,
        batch_size=_tokens(found, "--max-num-batched-tokens", MAX_BATCH_SIZE)
        or DEFAULT_BATCH_SIZE,
        tensor_parallel=found.number(
            "--tensor-parallel-size", lowest=1, highest=MAX_TENSOR_PARALLEL
        )
        or 1,
        enforce_eager="--enforce-eager" in found.given,
    )
    notes += [
        f"{option} changes the memory, and a plan here does not have it."
        for option in _MATTERS
        if option in found.given
    ]
    return ParsedLaunch(
        program="vllm",
        source=source,
        model=model,
        quant_format=_quant_format(found, source or ""),
        options=options,
        ignored=(*around, *rest, *found.ignored),
        notes=tuple(notes),
    )


def _quant_format(found: OptionWords, source: str) -> str:
    quantization = found.given.get("--quantization")
    if quantization is not None:
        return _QUANTIZATIONS[one_of("--quantization", quantization, _QUANTIZATIONS)]
    if "--dtype" not in found.given:
        for pattern, quant_format in _PACKED_NAMES:
            if pattern.search(source):
                return quant_format
    return _DTYPES[one_of("--dtype", found.given.get("--dtype", "auto"), _DTYPES)]


def _context_length(
    found: OptionWords, model: ModelSpec | None, notes: list[str]
) -> int | None:
    length = _tokens(found, "--max-model-len", MAX_TOKENS)
    if length is not None:
        return length
    limit = None if model is None else model.context_length_limit
    notes.append(
        "Without --max-model-len the model's whole context is taken"
        + ("." if limit is None else f": {limit:,} tokens.")
    )
    return limit


def _tokens(found: OptionWords, option: str, highest: int) -> int | None:
    """Return a number of tokens, which may be written `8k` or `16K`."""
    text = found.given.get(option)
    if text is None:
        return None
    scaled = _SCALED.fullmatch(text)
    if scaled is not None:
        whole, part, unit = scaled.groups(default="")
        text = str(int(whole + part) * _UNITS[unit] // 10 ** len(part))
    return whole_number(option, text, 1, highest)


def _utilization(found: OptionWords) -> float:
    text = found.given.get("--gpu-memory-utilization")
    if text is None:
        return DEFAULT_GPU_MEMORY_UTILIZATION
    try:
        share = float(text) if len(text) <= 32 else math.nan
    except ValueError:
        share = math.nan
    if not 0 < share <= 1:
        raise PlannerError(
            "--gpu-memory-utilization takes a share above 0 and at most 1; the command has "
            f"{shown(text)}."
        )
    return share
