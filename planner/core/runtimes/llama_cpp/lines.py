"""The lines of a llama.cpp ledger: how each amount is spelled, and on whose word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from planner.core.ledger import LedgerLine, Part, Place
from planner.core.runtimes.llama_cpp.compute_buffer import (
    cpu_compute_stage,
    gpu_compute_stage,
    has_closed_form,
)
from planner.core.runtimes.llama_cpp.kv_cache import (
    cuda_padding_per_layer,
    plan_cells,
    value_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.core.model_spec import TransformerShape
    from planner.core.plan import Plan
    from planner.core.runtimes.llama_cpp.amounts import Amount
    from planner.core.runtimes.llama_cpp.layer_devices import GraphCard
    from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
    from planner.core.runtimes.llama_cpp.weights import GgufWeights

_LLAMA_CPP: Final = "https://github.com/ggml-org/llama.cpp"
WEIGHTS_SOURCE: Final = f"{_LLAMA_CPP}/blob/master/src/llama-quant.cpp"
PLACEMENT_SOURCE: Final = f"{_LLAMA_CPP}/blob/master/src/llama-model.cpp"
REPACK_SOURCE: Final = f"{_LLAMA_CPP}/blob/master/ggml/src/ggml-cpu/repack.cpp"
KV_SOURCE: Final = f"{_LLAMA_CPP}/blob/master/src/llama-kv-cache.cpp"
KV_PADDING_SOURCE: Final = f"{_LLAMA_CPP}/blob/master/ggml/src/ggml-cuda/ggml-cuda.cu"
COMPUTE_SOURCE: Final = f"{_LLAMA_CPP}/blob/master/src/llama-context.cpp"
GPU_OVERHEAD_SOURCE: Final = (
    "cudaMemGetInfo after context creation in public llama.cpp logs, below the card's total, "
    "the driver's reserve included: T4 368 MiB, RTX 4090 565, RTX 5090 1,007, H100 994 to "
    "1,007 MiB; torch's context takes some 300 MiB with lazy loading"
)
HOST_OVERHEAD_SOURCE: Final = (
    "resident memory of llama.cpp 0c1e57098 on x86 Linux (Phi-2, Phi-3-mini, Phi-4-mini): 10 "
    "to 30 MiB beside the logged buffers"
)


class Words(NamedTuple):
    """What a line says beside its bytes; see `LedgerLine`."""

    template: str
    figures: tuple[object, ...]
    reason: str
    source: str


class StepOf(NamedTuple):
    """The step that lines are about; `cards` are all of several, in order."""

    shape: TransformerShape
    plan: Plan
    split: LayerSplit
    weights: GgufWeights | None
    cards: tuple[GraphCard, ...] = ()


def worded(amount: Amount, words: Words) -> LedgerLine:
    """Return the line of an amount."""
    return LedgerLine(
        part=amount.part,
        place=amount.place,
        band=amount.band,
        template=words.template,
        figures=words.figures,
        reason=words.reason,
        source=words.source,
        device=amount.device,
    )


def weight_lines(
    weights: GgufWeights, split: LayerSplit, amounts: Iterable[Amount]
) -> tuple[LedgerLine, ...]:
    """Return the lines of a file's tensors where a split of its layers puts them."""
    return tuple(worded(each, _weight_words(weights, split, each)) for each in amounts)


def step_lines(step: StepOf, amounts: Iterable[Amount]) -> tuple[LedgerLine, ...]:
    """Return the lines of the cache, the buffers and the overhead."""
    return tuple(worded(each, _step_words(step, each)) for each in amounts)


def _weight_words(weights: GgufWeights, split: LayerSplit, amount: Amount) -> Words:
    size_bytes = amount.band.expected_bytes
    if amount.part is Part.REPACKED_WEIGHTS:
        return Words(
            "layer tensors in Q4_K, Q4_0 and IQ4_NL: {:,} B",
            (size_bytes,),
            "A CPU with AVX2 keeps a rearranged copy of these tensors beside the mapped "
            "file; --no-repack avoids it.",
            REPACK_SOURCE,
        )
    if amount.place is Place.GPU:
        return _gpu_weight_words(weights, split, size_bytes)
    return host_weight_words(weights, split, amount)


def _gpu_weight_words(weights: GgufWeights, split: LayerSplit, size_bytes: int) -> Words:
    where = "every layer and the output"
    if not split.is_all_gpu:
        last = f"the last {split.repeating_gpu_layers} of {split.layer_count} layers"
        where = f"the output and {last}"
    if split.expert_layers_in_ram:
        where += f", less the experts of {len(split.expert_layers_in_ram)} layers"
    return Words(
        "{}: {:,} B of {:,} B of tensors",
        (where, size_bytes, weights.tensor_bytes),
        (
            "The token embedding is the output head too (tied), so the GPU holds a copy."
            if weights.is_tied
            else "The token embedding stays in RAM; each tensor is padded to 32 B."
        ),
        WEIGHTS_SOURCE,
    )


def host_weight_words(weights: GgufWeights, split: LayerSplit, amount: Amount) -> Words:
    """Return the words of the weights in RAM."""
    size_bytes = amount.band.expected_bytes
    if not split.is_all_host:
        embedding = weights.token_embedding_bytes
        template = "token embedding {:,} B + {} layers {:,} B"
        if split.expert_layers_in_ram:
            template = "token embedding {:,} B + {} layers and experts of others {:,} B"
        return Words(
            template,
            (embedding, split.first_gpu_layer, size_bytes - embedding),
            "llama.cpp looks the token embedding up on the host.",
            PLACEMENT_SOURCE,
        )
    reason = "Mapped pages can be dropped and read again."
    if not amount.band.is_exact:
        # The pages of a tensor that was repacked are not read again: the system may drop them.
        reason = (
            "Mapped pages can be dropped and read again; those of repacked tensors are not "
            "needed once loaded."
        )
    return Words(
        "all tensors: {:,} B, mapped from the file", (size_bytes,), reason, PLACEMENT_SOURCE
    )


def _step_words(step: StepOf, amount: Amount) -> Words:
    if amount.part is Part.KV_CACHE:
        return _cache_words(step.shape, step.plan, amount)
    if amount.part is Part.COMPUTE_BUFFER:
        return _compute_words(step, amount)
    if amount.part is Part.OUTPUT_BUFFER:
        return Words(
            "{:,} logits x 4 B x {} sequences",
            (step.shape.vocab_size, step.plan.parallel_sequences),
            "The program reads one row of logits for each sequence.",
            COMPUTE_SOURCE,
        )
    return overhead_words(step.split, amount)


def _cache_words(shape: TransformerShape, plan: Plan, amount: Amount) -> Words:
    padding = cuda_padding_per_layer(shape, plan) if amount.place is Place.GPU else 0
    cells = plan_cells(plan).total
    types = f"{value_words(plan.cache_type_k)} K + {value_words(plan.cache_type_v)} V"
    template = "{:,} cells x {} layers x {} KV heads x {} values x ({})"
    figures: tuple[object, ...] = (
        *(cells, amount.layers, shape.kv_head_count, shape.head_dim),
        types,
    )
    if padding:
        template += " + {} layers x {:,} B of row padding"
        figures += (amount.layers, padding)
    source = KV_PADDING_SOURCE if padding else KV_SOURCE
    return Words(template, figures, _cache_reason(shape, plan), source)


def _cache_reason(shape: TransformerShape, plan: Plan) -> str:
    rounded = "The cells are rounded up to 256"
    if plan.parallel_sequences > 1 and plan.unified_cache:
        rounded += "; the sequences share them"
    elif plan.parallel_sequences > 1:
        rounded += " for each sequence"
    window = shape.sliding_window
    if window is not None and window < plan.context_length:
        return (
            f"{rounded}; llama.cpp ignores the model's sliding window of {window:,} tokens (PR "
            "13676), so the cache holds the full context."
        )
    return f"{rounded}; the cache is allocated in full at the start."


def _compute_words(step: StepOf, amount: Amount) -> Words:
    if amount.place is Place.HOST and not step.split.is_all_host:
        return Words(
            "inputs and attention mask: {:,} B",
            (amount.band.expected_bytes,),
            "Pinned RAM beside the GPU's buffer (CUDA_Host in the log).",
            COMPUTE_SOURCE,
        )
    if step.weights is None and not step.cards and has_closed_form(step.plan):
        deciding = cpu_compute_stage if step.split.is_all_host else gpu_compute_stage
        spelled = deciding(step.shape, step.plan).spelled
        return Words("{}", (spelled,), _STAGE_REASON, COMPUTE_SOURCE)
    card = step.cards[amount.device] if step.cards else None
    if card is not None and card.is_idle:
        return Words("no layers", (), _GRAPH_REASON, COMPUTE_SOURCE)
    # Only here: the usual plan needs no graph, and the command starts without it.
    from planner.core.runtimes.llama_cpp.graph.nodes import Side
    from planner.core.runtimes.llama_cpp.graph.step import PeakWords

    words = PeakWords(
        shape=step.shape,
        plan=step.plan,
        split=step.split,
        weights=step.weights,
        card=card,
        side=Side.HOST if amount.place is Place.HOST else Side.GPU,
    )
    return Words("{}", (words,), _GRAPH_REASON, COMPUTE_SOURCE)


_STAGE_REASON: Final = (
    "The graph's largest stage; memory is reused between stages. Equal to llama.cpp's own size "
    "simulation."
)
_GRAPH_REASON: Final = (
    "What stands in the buffer when it is largest, by replaying llama.cpp's graph allocator; "
    "weights in RAM are copied to the GPU for each long prompt. Equal to llama.cpp's own size "
    "simulation."
)


def overhead_words(split: LayerSplit, amount: Amount) -> Words:
    """Return the words of what the process takes beside llama.cpp's own buffers."""
    if split.is_all_host:
        return Words(
            "the process itself: 10 to 30 MiB",
            (),
            "Code, tokenizer and work buffers that llama.cpp does not log.",
            HOST_OVERHEAD_SOURCE,
        )
    if amount.place is Place.GPU:
        return Words(
            "CUDA context, kernels and workspaces: 0.30 to 1.00 GiB",
            (),
            "The driver allocates this for each process; it differs by card and driver.",
            GPU_OVERHEAD_SOURCE,
        )
    return Words(
        "the process and the GPU driver's libraries: 10 to 512 MiB",
        (),
        "The process takes 10 to 30 MiB; what the driver's libraries add was not measured.",
        HOST_OVERHEAD_SOURCE,
    )
