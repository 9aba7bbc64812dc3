"""The choices that all plans of a report share, in words."""

from planner.core.plan import RuntimeName
from planner.report.option_records import ReportOptions


def option_words(options: ReportOptions) -> dict[str, str]:
    """Return names and values; what the runtime has not is left out."""
    context = options.context_length
    tokens = "4,096 tokens or the model's limit" if context is None else f"{context:,} tokens"
    types = {"keys": options.cache_type_k, "values": options.cache_type_v}
    return {
        "Runtime": options.runtime,
        "Context": tokens,
        "Parallel sequences": str(options.parallel_sequences),
        "KV cache": ", ".join(f"{cache_type} {name}" for name, cache_type in types.items()),
        "Layers on the GPU": str(options.gpu_layers),
        **_own_options(options),
    }


def _own_options(options: ReportOptions) -> dict[str, str]:
    """Return what the runtime alone has."""
    match RuntimeName(options.runtime):
        case RuntimeName.LLAMA_CPP:
            return _llama_options(options)
        case RuntimeName.TRANSFORMERS:
            return {"Attention": options.attention, "Cache": options.cache_kind} | _prompt(
                options
            )
        case RuntimeName.VLLM:
            return {
                "Share of the card": f"{options.gpu_memory_utilization:g}",
                "Sequences at most": f"{options.max_sequences:,}",
                "Batched tokens": f"{options.batch_size:,}",
                "Tensor parallel": str(options.tensor_parallel),
                "CUDA graphs": "no" if options.enforce_eager else "yes",
            }
        case _:
            return _prompt(options)


def _prompt(options: ReportOptions) -> dict[str, str]:
    lengths = {
        "Prompt": options.prompt_length,
        "Maximum length": options.max_length,
        "Chunk size": options.chunk_size,
    }
    return {name: f"{length:,} tokens" for name, length in lengths.items() if length}


def _llama_options(options: ReportOptions) -> dict[str, str]:
    shares = ", ".join(f"{share:g}" for share in options.tensor_split)
    more = {
        "Split over GPUs": f"{options.split_mode} {shares}".strip(),
        "Experts in RAM": f"of {options.cpu_expert_layers} layers",
        "Sequences": "one cache for all",
        "Second copy for the CPU": "none (--no-repack)",
    }
    is_chosen = (
        options.split_mode != "none",
        bool(options.cpu_expert_layers),
        options.unified_cache,
        not options.repack,
    )
    chosen = zip(more.items(), is_chosen, strict=True)
    return {
        "Flash attention": "on" if options.flash_attention else "off",
        "Batch": f"{options.batch_size:,}, micro-batch {options.micro_batch_size:,}",
        "Program": options.program,
        "Quantiser rules": options.mix,
        "Tensor layout": options.layout,
        "Importance matrix": "yes" if options.imatrix else "no",
        **{name: words for (name, words), is_there in chosen if is_there},
    }
