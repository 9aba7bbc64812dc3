"""A llama.cpp ledger for a model that is no Phi: exact where its own file says enough.

Weights are the file's tensors and the cache follows from the heads. The graph of the block is
not known here, so the compute buffer is a wide band. None of it was checked against
measurements, and every reason says so.
"""

from collections.abc import Iterable
from typing import Final

from planner.core.errors import PlannerError, UnsupportedPlanError
from planner.core.foreign_shape import ForeignShape, LayerCache
from planner.core.ledger import Band, LedgerLine, Part, Place, PlacedLines
from planner.core.plan import (
    CACHE_TYPES,
    MAX_BATCH_SIZE,
    MAX_PARALLEL_SEQUENCES,
    Plan,
    Program,
    RuntimeName,
    SplitMode,
)
from planner.core.runtimes.llama_cpp.amounts import overhead_amounts, weight_amounts
from planner.core.runtimes.llama_cpp.kv_cache import (
    CELL_STEP,
    QUANTISED_BLOCK,
    plan_cells,
    value_words,
    values_bytes,
)
from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
from planner.core.runtimes.llama_cpp.lines import (
    COMPUTE_SOURCE,
    KV_SOURCE,
    overhead_words,
    weight_lines,
    worded,
)
from planner.core.runtimes.llama_cpp.weights import GgufWeights

WINDOW_SOURCE: Final = (
    "https://github.com/ggml-org/llama.cpp/blob/master/src/llama-kv-cache-iswa.cpp"
)
NOT_CHECKED: Final = "Not checked against measurements"


def check_foreign(shape: ForeignShape, plan: Plan) -> None:
    """Refuse figures that llama.cpp does not take for this model.

    Raises:
        PlannerError: a figure is out of its range, or llama.cpp refuses the cache.
    """
    for name, value, highest in (
        ("The number of parallel sequences", plan.parallel_sequences, MAX_PARALLEL_SEQUENCES),
        ("The batch size", plan.batch_size, MAX_BATCH_SIZE),
        ("The micro-batch size", plan.micro_batch_size, MAX_BATCH_SIZE),
        ("The context length", plan.context_length, shape.context_length_limit),
    ):
        if not 1 <= value <= highest:
            raise PlannerError(
                f"{name} must be between 1 and {highest:,} for this model; it is {value:,}."
            )
    if plan.context_length < plan.parallel_sequences:
        raise PlannerError(
            f"A context of {plan.context_length:,} tokens cannot be shared by "
            f"{plan.parallel_sequences:,} sequences."
        )
    if plan.split_mode is not SplitMode.NONE or plan.cpu_expert_layers:
        raise UnsupportedPlanError(
            "Several GPUs and experts in RAM are worked out for Phi models alone; this file "
            "holds another model."
        )
    _check_cache_types(shape, plan)


def _check_cache_types(shape: ForeignShape, plan: Plan) -> None:
    if plan.cache_type_v.is_quantised and not plan.flash_attention:
        raise UnsupportedPlanError(
            f"llama.cpp refuses a {plan.cache_type_v} V cache here: a quantised V cache "
            "requires flash attention to be enabled."
        )
    for cache_type in (plan.cache_type_k, plan.cache_type_v):
        if cache_type not in CACHE_TYPES[RuntimeName.LLAMA_CPP]:
            raise UnsupportedPlanError(f"llama.cpp has no {cache_type} cache.")
    sides = (
        ("K", plan.cache_type_k, {cache.key_length for cache in shape.caches}),
        ("V", plan.cache_type_v, {cache.value_length for cache in shape.caches}),
    )
    for side, cache_type, lengths in sides:
        odd = sorted(length for length in lengths if length % QUANTISED_BLOCK)
        if cache_type.is_quantised and odd:
            raise UnsupportedPlanError(
                f"llama.cpp refuses a {cache_type} {side} cache for this model: its block "
                f"size of {QUANTISED_BLOCK} does not divide the head size of {odd[0]:,}."
            )


def foreign_lines(shape: ForeignShape, plan: Plan, weights: GgufWeights) -> PlacedLines:
    """Return every line of a plan that `check_foreign` accepted."""
    split = LayerSplit(shape.layer_count, min(plan.gpu_layer_count, shape.layer_count + 1))
    tensors = weight_amounts(weights, split, repacks=plan.repack)
    return PlacedLines.of(
        (
            *weight_lines(weights, split, tensors),
            *_cache_lines(shape, plan, split),
            *_compute_lines(shape, plan, split, weights),
            _output_line(shape, plan),
            *(worded(each, overhead_words(split, each)) for each in overhead_amounts(split)),
        )
    )


def _cache_lines(shape: ForeignShape, plan: Plan, split: LayerSplit) -> tuple[LedgerLine, ...]:
    first = split.first_gpu_layer
    places = ((Place.GPU, shape.caches[first:]), (Place.HOST, shape.caches[:first]))
    return tuple(_cache_line(caches, plan, place) for place, caches in places if caches)


def _cache_line(caches: tuple[LayerCache, ...], plan: Plan, place: Place) -> LedgerLine:
    full = _cache_bytes(caches, plan, windowed=False)
    kept = _cache_bytes(caches, plan, windowed=True)
    cells = plan_cells(plan).total
    values = sum(cache.values_per_token for cache in caches)
    reason = "the cells are rounded up to 256."
    if kept < full:
        reason = (
            "layers with a sliding window keep the window and a micro-batch; with --swa-full, "
            "and before 2025-05, they keep the whole context (the high figure)."
        )
    return LedgerLine(
        part=Part.KV_CACHE,
        place=place,
        band=Band(kept, kept, full),
        template="{:,} cells x {:,} values in {} layers ({} K, {} V){}",
        figures=(
            cells,
            values,
            len(caches),
            value_words(plan.cache_type_k),
            value_words(plan.cache_type_v),
            ", less beyond the windows" if kept < full else "",
        ),
        reason=f"{NOT_CHECKED}; {reason}",
        source=WINDOW_SOURCE if kept < full else KV_SOURCE,
    )


def _cache_bytes(caches: Iterable[LayerCache], plan: Plan, *, windowed: bool) -> int:
    per_sequence = plan_cells(plan).per_sequence
    total = 0
    for cache in caches:
        cells = per_sequence
        if windowed and cache.sliding_window is not None:
            # `llama_kv_cache_iswa`: the window and one micro-batch, padded to 256.
            needed = min(per_sequence, cache.sliding_window + plan.micro_batch_size)
            cells = -(-needed // CELL_STEP) * CELL_STEP
        heads = cells * plan.parallel_sequences * cache.kv_head_count
        total += values_bytes(plan.cache_type_k, heads * cache.key_length)
        total += values_bytes(plan.cache_type_v, heads * cache.value_length)
    return total


def _compute_lines(
    shape: ForeignShape, plan: Plan, split: LayerSplit, weights: GgufWeights
) -> tuple[LedgerLine, ...]:
    expected = _stage_bytes(shape, plan)
    inputs = _input_bytes(shape, plan)
    if split.is_all_host:
        return (_band_line(Place.HOST, expected, 2 * expected),)
    high = 2 * expected
    if not split.is_all_gpu:
        # Long prompts copy host weights to the GPU: the buffer may hold the largest of them.
        largest = max(
            (
                each.bytes_each
                for each in weights.stored
                if each.layers and each.layers[0] < split.first_gpu_layer
            ),
            default=0,
        )
        expected, high = max(expected, largest), high + 2 * largest
    return (
        _band_line(Place.GPU, expected, high),
        _band_line(Place.HOST, inputs, 2 * inputs),
    )


def _tokens(plan: Plan) -> int:
    return min(plan.micro_batch_size, plan.batch_size, plan.context_length)


def _mask_bytes(plan: Plan) -> int:
    cells = plan_cells(plan).per_sequence
    return cells * _tokens(plan) * (2 if plan.flash_attention else 4)


def _input_bytes(shape: ForeignShape, plan: Plan) -> int:
    return _mask_bytes(plan) + 2 * 4 * _tokens(plan) * shape.embedding_length


def _stage_bytes(shape: ForeignShape, plan: Plan) -> int:
    """Return the largest stage if the block were built as Phi-3 or Phi-3.5-MoE."""
    tokens, mask = _tokens(plan), _mask_bytes(plan)
    hidden = 4 * tokens * shape.embedding_length
    inner = 4 * tokens * shape.feed_forward_length * 3 * max(1, shape.experts_per_token)
    rows = tokens if plan.program is Program.LIBRARY else plan.parallel_sequences
    stages = [mask + inner + 3 * hidden, 4 * rows * shape.vocab_size + 2 * hidden]
    cells = plan_cells(plan).per_sequence
    if not plan.flash_attention:
        stages.append(4 * cells * tokens * shape.head_count + mask + 4 * hidden)
    elif plan.cache_type_k.is_quantised or plan.cache_type_v.is_quantised:
        widest = max(cache.values_per_token for cache in shape.caches)
        stages.append(mask + 2 * cells * widest + 4 * hidden)
    return max(stages)


def _band_line(place: Place, expected: int, high: int) -> LedgerLine:
    return LedgerLine(
        part=Part.COMPUTE_BUFFER,
        place=place,
        band=Band(expected // 2, expected, high),
        template="about {:,} B, as a Phi block of these sizes would take",
        figures=(expected,),
        reason=f"{NOT_CHECKED}: the graph of this architecture was not studied, so the band "
        "is from half to twice that or more.",
        source=COMPUTE_SOURCE,
    )


def _output_line(shape: ForeignShape, plan: Plan) -> LedgerLine:
    return LedgerLine(
        part=Part.OUTPUT_BUFFER,
        place=Place.HOST,
        band=Band.exact(4 * shape.vocab_size * plan.parallel_sequences),
        template="{:,} logits x 4 B x {} sequences",
        figures=(shape.vocab_size, plan.parallel_sequences),
        reason="The program reads one row of logits for each sequence.",
        source=COMPUTE_SOURCE,
    )
