"""One run with torch: a truncated model of random weights, what it holds and what it takes.

This is the only module of the project that imports torch.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import torch
import transformers
from torch.profiler import ProfilerActivity, profile
from transformers import AutoModelForCausalLM, Phi3Config, PhiConfig, StaticCache

from planner.core.model_spec import Architecture, TransformerShape
from planner.core.plan import CacheKind
from tests.measure.runs import (
    CACHE_AFTER_PROMPT,
    CACHE_AFTER_STEP,
    CPU_WITH_BF16,
    CPU_WITHOUT_BF16,
    PREFILL_PEAK,
    WEIGHTS,
    Run,
)

ISA_WITH_BF16 = ("ALL", "DEFAULT", "AVX512_CORE_BF16", "AVX512_CORE_FP16", "AVX512_CORE_AMX")
DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16}


class Versions(NamedTuple):
    """The versions that a row names."""

    torch: str
    transformers: str


def versions() -> Versions:
    """Return what is installed."""
    return Versions(str(torch.__version__), transformers.__version__)


def device_name() -> str:
    """Return where the runs take place.

    oneDNN multiplies 16-bit matrices as they are where the processor can, and copies them to 32
    bits where it cannot; `ONEDNN_MAX_CPU_ISA=AVX512_CORE_VNNI` shows the latter anywhere.
    """
    if torch.cuda.is_available():
        return str(torch.cuda.get_device_name())
    limit = os.environ.get("ONEDNN_MAX_CPU_ISA", "ALL")
    has_bf16 = torch.cpu._is_avx512_bf16_supported() and limit in ISA_WITH_BF16
    return CPU_WITH_BF16 if has_bf16 else CPU_WITHOUT_BF16


def measure(run: Run, shape: TransformerShape) -> dict[str, int]:
    """Return the bytes of one run by quantity; `shape` is already truncated."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    config = config_of(shape)
    model = AutoModelForCausalLM.from_config(
        config, dtype=DTYPES[run.quant], attn_implementation=run.attention.value
    )
    model = model.eval().to(device)
    tokens = torch.zeros((run.sequences, run.prompt_tokens), dtype=torch.long, device=device)
    options: dict[str, Any] = {"use_cache": True, "logits_to_keep": 1}
    if run.cache is CacheKind.STATIC:
        options["past_key_values"] = StaticCache(config=config, max_cache_len=run.cache_tokens)

    def read_prompt() -> Any:
        return model(tokens, **options)

    with torch.no_grad():
        peak, output = (cuda_peak if device == "cuda" else cpu_peak)(read_prompt)
        cache = output.past_key_values
        after_prompt = cache_bytes(cache)
        output = model(tokens[:, :1], past_key_values=cache, logits_to_keep=1)
    return {
        WEIGHTS: storage_bytes(model.parameters()),
        CACHE_AFTER_PROMPT: after_prompt,
        CACHE_AFTER_STEP: cache_bytes(output.past_key_values),
        PREFILL_PEAK: peak - after_prompt,
    }


def config_of(shape: TransformerShape) -> PhiConfig | Phi3Config:
    """Return the config of transformers for a shape."""
    common: dict[str, Any] = {
        "vocab_size": shape.vocab_size,
        "hidden_size": shape.embedding_length,
        "intermediate_size": shape.feed_forward_length,
        "num_hidden_layers": shape.layer_count,
        "num_attention_heads": shape.head_count,
        "num_key_value_heads": shape.kv_head_count,
        "max_position_embeddings": shape.context_length_limit,
        "partial_rotary_factor": shape.rotary_dim / shape.head_dim,
        "tie_word_embeddings": shape.tied_embeddings,
        # The usual ones lie outside a vocabulary that was cut.
        **dict.fromkeys(("bos_token_id", "eos_token_id", "pad_token_id")),
    }
    if shape.architecture is Architecture.PHI:
        return PhiConfig(**common)
    return Phi3Config(**common, sliding_window=shape.sliding_window)


def storage_bytes(tensors: Iterable[torch.Tensor]) -> int:
    """Return what tensors hold in memory; a view counts all it keeps, a shared one once."""
    held = {
        tensor.untyped_storage().data_ptr(): tensor.untyped_storage().nbytes()
        for tensor in tensors
    }
    return sum(held.values())


def cache_bytes(cache: Any) -> int:
    """Return what the keys and values of all layers hold."""
    return storage_bytes(
        tensor for layer in cache.layers for tensor in (layer.keys, layer.values)
    )


def cpu_peak(work: Callable[[], Any]) -> tuple[int, Any]:
    """Return the most bytes that stood above what was there before, and the work's result.

    The profiler's memory events are every allocation and release of torch's CPU allocator.
    """
    with profile(activities=[ProfilerActivity.CPU], profile_memory=True) as profiler:
        result = work()
    held = most = 0
    for event in profiler.profiler.kineto_results.events():
        if event.name() == "[memory]":
            held += event.nbytes()
            most = max(most, held)
    return most, result


def cuda_peak(work: Callable[[], Any]) -> tuple[int, Any]:
    """Return the same from the CUDA allocator's own count."""
    torch.cuda.synchronize()
    torch.cuda.reset_peak_memory_stats()
    before = torch.cuda.memory_allocated()
    result = work()
    torch.cuda.synchronize()
    return torch.cuda.max_memory_allocated() - before, result
