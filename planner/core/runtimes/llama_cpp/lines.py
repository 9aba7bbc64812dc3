"""The lines of a llama.cpp ledger: how each buffer is spelled, and on whose word."""

from functools import lru_cache
from typing import Final

from planner.core.ledger import Band, LedgerLine, Part, Place, PlacedLines
from planner.core.model_spec import TransformerShape
from planner.core.plan import Plan
from planner.core.runtimes.llama_cpp.compute_buffer import (
    Stage,
    cpu_compute_stage,
    gpu_compute_stage,
    gpu_host_compute_bytes,
    has_closed_form,
    output_buffer_bytes,
)
from planner.core.runtimes.llama_cpp.graph.nodes import Side
from planner.core.runtimes.llama_cpp.graph.step import PeakWords, step_peaks
from planner.core.runtimes.llama_cpp.kv_cache import (
    cuda_padding_per_layer,
    kv_bytes_per_layer,
    plan_cells,
    value_words,
)
from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
from planner.core.runtimes.llama_cpp.weights import GgufWeights
from planner.core.units import GIB, MIB

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

# What a CUDA program holds beside llama.cpp's buffers: context, kernels, cuBLAS workspaces.
GPU_OVERHEAD: Final = Band(int(0.30 * GIB), int(0.50 * GIB), GIB)
CPU_OVERHEAD: Final = Band(10 * MIB, 20 * MIB, 30 * MIB)
# Nobody has published what the CUDA libraries take of the host's memory; the top is a guess.
HOST_OVERHEAD_WITH_GPU: Final = Band(10 * MIB, 200 * MIB, 512 * MIB)


@lru_cache(maxsize=8192)
def placed_weights(weights: GgufWeights, split: LayerSplit) -> PlacedLines:
    """Return the lines of a file's tensors where a split of its layers puts them."""
    host = host_weights_line(weights, split, split.weights_bytes(weights, Place.HOST))
    if not split.is_all_host:
        gpu_bytes = split.weights_bytes(weights, Place.GPU)
        return PlacedLines.of((_gpu_weights_line(weights, split, gpu_bytes), host))
    if not weights.repacked_bytes:
        return PlacedLines.of((host,))
    repacked = LedgerLine(
        part=Part.REPACKED_WEIGHTS,
        place=Place.HOST,
        band=Band.exact(weights.repacked_bytes),
        template="layer tensors in Q4_K, Q4_0 and IQ4_NL: {:,} B",
        figures=(weights.repacked_bytes,),
        reason="A CPU with AVX2 keeps a rearranged copy of these tensors beside the mapped "
        "file; --no-repack avoids it.",
        source=REPACK_SOURCE,
    )
    return PlacedLines.of((host, repacked))


def _gpu_weights_line(weights: GgufWeights, split: LayerSplit, size_bytes: int) -> LedgerLine:
    where = "every layer and the output"
    if not split.is_all_gpu:
        last = f"the last {split.repeating_gpu_layers} of {split.layer_count} layers"
        where = f"the output and {last}"
    if split.expert_layers_in_ram:
        where += f", less the experts of {len(split.expert_layers_in_ram)} layers"
    return LedgerLine(
        part=Part.WEIGHTS,
        place=Place.GPU,
        band=Band.exact(size_bytes),
        template="{}: {:,} B of {:,} B of tensors",
        figures=(where, size_bytes, weights.tensor_bytes),
        reason=(
            "The token embedding is the output head too (tied), so the GPU holds a copy."
            if weights.is_tied
            else "The token embedding stays in RAM; each tensor is padded to 32 B."
        ),
        source=WEIGHTS_SOURCE,
    )


def host_weights_line(weights: GgufWeights, split: LayerSplit, size_bytes: int) -> LedgerLine:
    """Return the weights in RAM."""
    if not split.is_all_host:
        embedding = weights.token_embedding_bytes
        template = "token embedding {:,} B + {} layers {:,} B"
        if split.expert_layers_in_ram:
            template = "token embedding {:,} B + {} layers and experts of others {:,} B"
        return LedgerLine(
            part=Part.WEIGHTS,
            place=Place.HOST,
            band=Band.exact(size_bytes),
            template=template,
            figures=(embedding, split.first_gpu_layer, size_bytes - embedding),
            reason="llama.cpp looks the token embedding up on the host.",
            source=PLACEMENT_SOURCE,
        )
    # The pages of a tensor that was repacked are not read again: the system may drop them.
    return LedgerLine(
        part=Part.WEIGHTS,
        place=Place.HOST,
        band=Band(size_bytes - weights.repacked_bytes, size_bytes, size_bytes),
        template="all tensors: {:,} B, mapped from the file",
        figures=(size_bytes,),
        reason="Mapped pages can be dropped and read again; those of repacked tensors are not "
        "needed once loaded.",
        source=PLACEMENT_SOURCE,
    )


def cache_lines(
    shape: TransformerShape, plan: Plan, split: LayerSplit
) -> tuple[LedgerLine, ...]:
    """Return the cache on each side of a split."""
    padding = cuda_padding_per_layer(shape, plan)
    places = (
        (Place.GPU, split.repeating_gpu_layers, padding),
        (Place.HOST, split.first_gpu_layer, 0),
    )
    return tuple(
        cache_line(shape, plan, place, layers, extra)
        for place, layers, extra in places
        if layers
    )


def cache_line(
    shape: TransformerShape,
    plan: Plan,
    place: Place,
    layers: int,
    padding: int,
    *,
    device: int = 0,
) -> LedgerLine:
    """Return the cache of some layers in one place."""
    cells = plan_cells(plan).total
    types = f"{value_words(plan.cache_type_k)} K + {value_words(plan.cache_type_v)} V"
    template = "{:,} cells x {} layers x {} KV heads x {} values x ({})"
    figures: tuple[int | str, ...] = (
        cells,
        layers,
        shape.kv_head_count,
        shape.head_dim,
        types,
    )
    if padding:
        template += " + {} layers x {:,} B of row padding"
        figures += (layers, padding)
    return LedgerLine(
        part=Part.KV_CACHE,
        place=place,
        band=Band.exact(layers * (kv_bytes_per_layer(shape, plan) + padding)),
        template=template,
        figures=figures,
        reason=_cache_reason(shape, plan),
        source=KV_PADDING_SOURCE if padding else KV_SOURCE,
        device=device,
    )


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


def compute_lines(
    shape: TransformerShape, plan: Plan, split: LayerSplit, weights: GgufWeights | None
) -> tuple[LedgerLine, ...]:
    """Return the buffers of one step, and the logits that the program reads.

    `weights` are needed only where some of them are streamed from RAM to the GPU.
    """
    output = output_line(shape, plan)
    if weights is None and has_closed_form(plan):
        if split.is_all_host:
            return (_stage_line(cpu_compute_stage(shape, plan), Place.HOST), output)
        stage = _stage_line(gpu_compute_stage(shape, plan), Place.GPU)
        return (stage, host_compute_line(gpu_host_compute_bytes(shape, plan)), output)
    peaks = step_peaks(shape, plan, split, weights)
    if split.is_all_host:
        words = PeakWords(shape=shape, plan=plan, split=split, weights=weights, side=Side.HOST)
        return (graph_line(words, peaks.host_bytes, Place.HOST), output)
    words = PeakWords(shape=shape, plan=plan, split=split, weights=weights, side=Side.GPU)
    return (
        graph_line(words, peaks.gpu_bytes, Place.GPU),
        host_compute_line(peaks.host_bytes),
        output,
    )


def output_line(shape: TransformerShape, plan: Plan) -> LedgerLine:
    """Return the logits in RAM."""
    return LedgerLine(
        part=Part.OUTPUT_BUFFER,
        place=Place.HOST,
        band=Band.exact(output_buffer_bytes(shape, plan)),
        template="{:,} logits x 4 B x {} sequences",
        figures=(shape.vocab_size, plan.parallel_sequences),
        reason="The program reads one row of logits for each sequence.",
        source=COMPUTE_SOURCE,
    )


_STAGE_REASON: Final = (
    "The graph's largest stage; memory is reused between stages. Equal to llama.cpp's own size "
    "simulation."
)
_GRAPH_REASON: Final = (
    "What stands in the buffer when it is largest, by replaying llama.cpp's graph allocator; "
    "weights in RAM are copied to the GPU for each long prompt. Equal to llama.cpp's own size "
    "simulation."
)


def _stage_line(stage: Stage, place: Place) -> LedgerLine:
    template, figures = stage.spelled
    return LedgerLine(
        part=Part.COMPUTE_BUFFER,
        place=place,
        band=Band.exact(stage.size_bytes),
        template=template,
        figures=figures,
        reason=_STAGE_REASON,
        source=COMPUTE_SOURCE,
    )


def graph_line(
    words: PeakWords, size_bytes: int, place: Place, *, device: int = 0
) -> LedgerLine:
    """Return the compute buffer of one place, spelled out only when somebody reads it."""
    return LedgerLine(
        part=Part.COMPUTE_BUFFER,
        place=place,
        band=Band.exact(size_bytes),
        template="{}",
        figures=(words,),
        reason=_GRAPH_REASON,
        source=COMPUTE_SOURCE,
        device=device,
    )


def host_compute_line(size_bytes: int) -> LedgerLine:
    """Return the pinned buffer in RAM."""
    return LedgerLine(
        part=Part.COMPUTE_BUFFER,
        place=Place.HOST,
        band=Band.exact(size_bytes),
        template="inputs and attention mask: {:,} B",
        figures=(size_bytes,),
        reason="Pinned RAM beside the GPU's buffer (CUDA_Host in the log).",
        source=COMPUTE_SOURCE,
    )


def overhead_lines(split: LayerSplit) -> tuple[LedgerLine, ...]:
    """Return what the process takes beside llama.cpp's own buffers."""
    if split.is_all_host:
        return (_CPU_OVERHEAD_LINE,)
    return (GPU_OVERHEAD_LINE, HOST_OVERHEAD_LINE)


_CPU_OVERHEAD_LINE: Final = LedgerLine(
    part=Part.RUNTIME_OVERHEAD,
    place=Place.HOST,
    band=CPU_OVERHEAD,
    template="the process itself: 10 to 30 MiB",
    reason="Code, tokenizer and work buffers that llama.cpp does not log.",
    source=HOST_OVERHEAD_SOURCE,
)
GPU_OVERHEAD_LINE: Final = LedgerLine(
    part=Part.RUNTIME_OVERHEAD,
    place=Place.GPU,
    band=GPU_OVERHEAD,
    template="CUDA context, kernels and workspaces: 0.30 to 1.00 GiB",
    reason="The driver allocates this for each process; it differs by card and driver.",
    source=GPU_OVERHEAD_SOURCE,
)
HOST_OVERHEAD_LINE: Final = LedgerLine(
    part=Part.RUNTIME_OVERHEAD,
    place=Place.HOST,
    band=HOST_OVERHEAD_WITH_GPU,
    template="the process and the GPU driver's libraries: 10 to 512 MiB",
    reason="The process takes 10 to 30 MiB; what the driver's libraries add was not measured.",
    source=HOST_OVERHEAD_SOURCE,
)
