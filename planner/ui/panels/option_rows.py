"""The options that only some runtimes have: their words, what they do, their controls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

from PySide6.QtCore import QCoreApplication

from planner.core.gguf_layout import TensorLayout
from planner.core.plan import (
    CACHE_TYPES,
    MAX_BATCH_SIZE,
    MAX_TENSOR_PARALLEL,
    MAX_TOKENS,
    Attention,
    CacheKind,
    GpuLayers,
    Program,
    RuntimeName,
    SplitMode,
)
from planner.core.quant_mix import MixRules
from planner.ui.widgets.option_fields import (
    ChoiceField,
    CountField,
    FlagField,
    OptionField,
    ShareField,
    SharesField,
)

if TYPE_CHECKING:
    from collections.abc import Callable

# Every call names its context and its words in full: `pyside6-lupdate` reads them here.
translate = QCoreApplication.translate

# No Phi has more layers; a model with fewer takes what it has.
_MOST_LAYERS: Final = 128
_TOKEN_STEP: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionRow:
    """One option: `name` is the field of the plan's options, `make_field` its control."""

    name: str
    label: str
    explained: str
    make_field: Callable[[], OptionField]


def option_rows(runtime: RuntimeName) -> tuple[OptionRow, ...]:
    """Return the rows of a runtime, those that change most first."""
    match runtime:
        case RuntimeName.LLAMA_CPP:
            return (*_llama_placement(), *_llama_step(), *_llama_file())
        case RuntimeName.TRANSFORMERS:
            return (*_transformers(), _prompt())
        case RuntimeName.VLLM:
            return _vllm()
        case RuntimeName.MLX:
            return (_prompt(),)
        case RuntimeName.ONNX_GENAI:
            return (*_onnx(), _prompt())
    assert_never(runtime)


def _llama_placement() -> tuple[OptionRow, ...]:
    return (
        OptionRow(
            name="gpu_layers",
            label=translate("option_rows", "Layers on the GPU"),
            explained=translate(
                "option_rows",
                "How many layers the GPU holds (-ngl); the others stay in RAM. Automatic is "
                "as many as fit.",
            ),
            make_field=lambda: CountField(
                lowest=0,
                highest=_MOST_LAYERS,
                words=(
                    (GpuLayers.AUTO, translate("option_rows", "automatic")),
                    (GpuLayers.ALL, translate("option_rows", "all")),
                ),
            ),
        ),
        OptionRow(
            name="cpu_expert_layers",
            label=translate("option_rows", "Layers with experts in RAM"),
            explained=translate(
                "option_rows",
                "In so many of the first layers the experts' weights stay in RAM "
                "(--n-cpu-moe). Models without experts do not care.",
            ),
            make_field=lambda: CountField(lowest=0, highest=_MOST_LAYERS),
        ),
        OptionRow(
            name="split_mode",
            label=translate("option_rows", "Several GPUs"),
            explained=translate(
                "option_rows",
                "Whether one GPU holds the model, or its layers are spread (-sm).",
            ),
            make_field=lambda: ChoiceField(
                (
                    (SplitMode.NONE, translate("option_rows", "one GPU")),
                    (SplitMode.LAYER, translate("option_rows", "layers over all")),
                )
            ),
        ),
        OptionRow(
            name="tensor_split",
            label=translate("option_rows", "Shares of the GPUs"),
            explained=translate(
                "option_rows",
                "The part of each GPU, such as 3,1 (-ts), where layers are spread. Empty: by "
                "what is free.",
            ),
            make_field=SharesField,
        ),
        OptionRow(
            name="repack",
            label=translate("option_rows", "Rearranged copy on the CPU"),
            explained=translate(
                "option_rows",
                "A CPU with AVX2 keeps a second, rearranged copy of some weights and reads "
                "prompts faster; off is --no-repack.",
            ),
            make_field=FlagField,
        ),
    )


def _llama_step() -> tuple[OptionRow, ...]:
    return (
        OptionRow(
            name="flash_attention",
            label=translate("option_rows", "Flash attention"),
            explained=translate(
                "option_rows",
                "Takes less memory in long contexts (-fa); a quantised cache of values needs "
                "it.",
            ),
            make_field=FlagField,
        ),
        OptionRow(
            name="cache_type_v",
            label=translate("option_rows", "Type of cached values"),
            explained=translate(
                "option_rows",
                "How the values of past tokens are stored (-ctv). The KV cache above the grid "
                "sets keys and values; here the values can differ.",
            ),
            make_field=lambda: ChoiceField(
                [(each, each.value) for each in CACHE_TYPES[RuntimeName.LLAMA_CPP]]
            ),
        ),
        OptionRow(
            name="unified_cache",
            label=translate("option_rows", "One cache for all sequences"),
            explained=translate(
                "option_rows",
                "Parallel sequences share one cache instead of a part each (--kv-unified).",
            ),
            make_field=FlagField,
        ),
        _batch(
            translate("option_rows", "The most tokens of a prompt handed over at once (-b).")
        ),
        OptionRow(
            name="micro_batch_size",
            label=translate("option_rows", "Micro-batch size"),
            explained=translate(
                "option_rows",
                "The most tokens computed at once (-ub); the compute buffer grows with it.",
            ),
            make_field=lambda: CountField(lowest=1, highest=MAX_BATCH_SIZE, step=_TOKEN_STEP),
        ),
        OptionRow(
            name="program",
            label=translate("option_rows", "Program"),
            explained=translate(
                "option_rows",
                "llama-server and llama-cli reserve logits for one token a sequence; other "
                "programs on the library for every token of a micro-batch.",
            ),
            make_field=lambda: ChoiceField(
                (
                    (Program.SERVER, translate("option_rows", "llama-server")),
                    (Program.LIBRARY, translate("option_rows", "the library")),
                )
            ),
        ),
    )


def _llama_file() -> tuple[OptionRow, ...]:
    return (
        OptionRow(
            name="mix",
            label=translate("option_rows", "Quantised with"),
            explained=translate(
                "option_rows",
                "The generation of llama.cpp's quantiser that made the file; older ones chose "
                "other types for some tensors.",
            ),
            make_field=lambda: ChoiceField(
                (
                    (MixRules.CURRENT, translate("option_rows", "today's rules")),
                    (MixRules.MAY_2024, translate("option_rows", "rules of May 2024")),
                    (MixRules.DECEMBER_2023, translate("option_rows", "rules of 2023")),
                )
            ),
        ),
        OptionRow(
            name="layout",
            label=translate("option_rows", "Tensors stored"),
            explained=translate(
                "option_rows",
                "How the converter stored q, k, v and gate, up: as the checkpoint has them, "
                "joined, or apart.",
            ),
            make_field=lambda: ChoiceField(
                (
                    (TensorLayout.DEFAULT, translate("option_rows", "as published")),
                    (TensorLayout.FUSED, translate("option_rows", "joined")),
                    (TensorLayout.SPLIT, translate("option_rows", "apart")),
                )
            ),
        ),
        OptionRow(
            name="imatrix",
            label=translate("option_rows", "Importance matrix"),
            explained=translate(
                "option_rows",
                "Whether the file was quantised with an importance matrix, which changes the "
                "types of a few tensors.",
            ),
            make_field=FlagField,
        ),
    )


def _transformers() -> tuple[OptionRow, ...]:
    return (
        OptionRow(
            name="attention",
            label=translate("option_rows", "Attention"),
            explained=translate(
                "option_rows",
                "A fused kernel, or one that keeps every score of the prompt in memory.",
            ),
            make_field=lambda: ChoiceField(
                (
                    (Attention.SDPA, translate("option_rows", "fused (sdpa)")),
                    (Attention.EAGER, translate("option_rows", "plain (eager)")),
                )
            ),
        ),
        OptionRow(
            name="cache_kind",
            label=translate("option_rows", "Kind of cache"),
            explained=translate(
                "option_rows", "One that grows with each token, or of full length at the start."
            ),
            make_field=lambda: ChoiceField(
                (
                    (CacheKind.DYNAMIC, translate("option_rows", "grows")),
                    (CacheKind.STATIC, translate("option_rows", "full length")),
                )
            ),
        ),
    )


def _vllm() -> tuple[OptionRow, ...]:
    return (
        OptionRow(
            name="gpu_memory_utilization",
            label=translate("option_rows", "Share of the GPU's memory"),
            explained=translate(
                "option_rows",
                "What vLLM takes of the card at its start (--gpu-memory-utilization).",
            ),
            make_field=ShareField,
        ),
        OptionRow(
            name="max_sequences",
            label=translate("option_rows", "Most sequences at once"),
            explained=translate(
                "option_rows", "How many requests one step serves at most (--max-num-seqs)."
            ),
            make_field=lambda: CountField(lowest=1, highest=MAX_TOKENS, step=16),
        ),
        _batch(
            translate("option_rows", "The most tokens of one step (--max-num-batched-tokens).")
        ),
        OptionRow(
            name="tensor_parallel",
            label=translate("option_rows", "GPUs for each layer"),
            explained=translate(
                "option_rows",
                "Cards that share every layer (--tensor-parallel-size); figures are of one.",
            ),
            make_field=lambda: CountField(lowest=1, highest=MAX_TENSOR_PARALLEL),
        ),
        OptionRow(
            name="enforce_eager",
            label=translate("option_rows", "Without CUDA graphs"),
            explained=translate(
                "option_rows", "Saves the graphs' memory and costs speed (--enforce-eager)."
            ),
            make_field=FlagField,
        ),
    )


def _onnx() -> tuple[OptionRow, ...]:
    return (
        OptionRow(
            name="max_length",
            label=translate("option_rows", "Maximum length"),
            explained=translate(
                "option_rows",
                "Tokens that the cache is made for (max_length), no fewer than the context.",
            ),
            make_field=_tokens_as_context,
        ),
        OptionRow(
            name="chunk_size",
            label=translate("option_rows", "Chunk size"),
            explained=translate(
                "option_rows", "Tokens of the prompt that are read at once (chunk_size)."
            ),
            make_field=lambda: CountField(
                lowest=1,
                highest=MAX_TOKENS,
                step=_TOKEN_STEP,
                words=((None, translate("option_rows", "the whole prompt")),),
            ),
        ),
    )


def _prompt() -> OptionRow:
    return OptionRow(
        name="prompt_length",
        label=translate("option_rows", "Prompt length"),
        explained=translate(
            "option_rows",
            "Tokens that are read in one go; working memory is reserved for them.",
        ),
        make_field=_tokens_as_context,
    )


def _tokens_as_context() -> CountField:
    return CountField(
        lowest=1,
        highest=MAX_TOKENS,
        step=_TOKEN_STEP,
        words=((None, translate("option_rows", "as the context")),),
    )


def _batch(explained: str) -> OptionRow:
    return OptionRow(
        name="batch_size",
        label=translate("option_rows", "Batch size"),
        explained=explained,
        make_field=lambda: CountField(lowest=1, highest=MAX_BATCH_SIZE, step=_TOKEN_STEP),
    )
