"""llama.cpp's compute buffers: the working memory of one micro-batch.

The graph allocator reuses memory from stage to stage, so a buffer is as large as its largest
stage. The stages were checked against the size simulation of llama.cpp 0c1e57098 (2026-10; the
one behind `--fit`), on the CPU and with CUDA's buffer rules: exact with flash attention and an
f16 cache, within `STAGE_UNCERTAINTY` elsewhere.
"""

from dataclasses import dataclass
from typing import Final

from planner.core.ledger import Band
from planner.core.model_spec import Architecture, TransformerShape
from planner.core.plan import CacheType, Plan, Program
from planner.core.runtimes.llama_cpp.kv_cache import plan_cells
from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
from planner.core.runtimes.llama_cpp.weights import GgufWeights, StoredTensor

# The largest error of the stages that are not exact, against the same simulation.
STAGE_UNCERTAINTY: Final = 0.05
# llama.cpp rotates a quantised cache (a Hadamard transform) where the head size allows it.
ROTATION_BLOCK: Final = 64
_CPU_COPY: Final = "residual copy on the CPU"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the graph: what stands in memory at once, as (word, factor, bytes)."""

    name: str
    terms: tuple[tuple[str, int, int], ...]
    size_bytes: int

    @classmethod
    def of(cls, name: str, *terms: tuple[str, int, int]) -> "Stage":
        """Add the terms up."""
        return cls(name, terms, sum(factor * size for _, factor, size in terms))

    def plus(self, word: str, size_bytes: int) -> "Stage":
        """Return the stage with one tensor more."""
        return Stage(
            self.name, (*self.terms, (word, 1, size_bytes)), self.size_bytes + size_bytes
        )

    @property
    def spelled(self) -> tuple[str, tuple[int | str, ...]]:
        """The sum as a template and its figures: `logits: 1 x 2,048 B logits`."""
        template: list[str] = []
        figures: list[int | str] = []
        for word, factor, size in self.terms:
            if factor and size:
                template.append("{} x {:,} B {}")
                figures += [factor, size, word]
        return f"{self.name}: {' + '.join(template)}", tuple(figures)


@dataclass(frozen=True, slots=True)
class StepSizes:
    """The tensors of one step, all in bytes, f32 but for the mask.

    `hidden` is the residual stream, `inner` one feed-forward vector, `cached` one side of the
    new keys or values, `logits` the rows reserved for output, `mask` the attention mask.
    """

    tokens: int
    cells: int
    hidden: int
    inner: int
    cached: int
    logits: int
    mask: int
    reserves_every_token: bool

    @classmethod
    def of(cls, shape: TransformerShape, plan: Plan) -> "StepSizes":
        """Return the sizes for one micro-batch of a plan.

        llama-server and llama-cli reserve logits for one token a slot (PR 23861, 2026-06);
        libllama's default, and everything before, for each token of a micro-batch.
        """
        tokens = min(plan.micro_batch_size, plan.batch_size, plan.context_length)
        cells = plan_cells(plan).per_sequence
        every_token = plan.program is Program.LIBRARY
        rows = tokens if every_token else plan.parallel_sequences
        return cls(
            tokens=tokens,
            cells=cells,
            hidden=4 * tokens * shape.embedding_length,
            inner=4 * tokens * shape.feed_forward_length,
            cached=4 * tokens * shape.kv_head_count * shape.head_dim,
            logits=4 * rows * shape.vocab_size,
            mask=cells * tokens * (2 if plan.flash_attention else 4),
            reserves_every_token=every_token,
        )


def gpu_compute_stage(shape: TransformerShape, plan: Plan) -> Stage:
    """Return the deciding stage of the GPU's buffer when every layer is there."""
    logits = _logits(shape, plan, StepSizes.of(shape, plan))
    return max(gpu_layer_stage(shape, plan), logits, key=lambda stage: stage.size_bytes)


def gpu_layer_stage(shape: TransformerShape, plan: Plan) -> Stage:
    """Return the deciding stage of a GPU that has layers but not the output."""
    sizes = StepSizes.of(shape, plan)
    stages = [_feed_forward(shape, plan, sizes, rotated=_rotates(shape, plan))]
    if not plan.flash_attention:
        stages.append(_attention(shape, plan, sizes))
    elif _quantised_sides(plan):
        stages.append(_cuda_dequantised_attention(shape, plan, sizes))
    return max(stages, key=lambda stage: stage.size_bytes)


def cpu_compute_stage(shape: TransformerShape, plan: Plan) -> Stage:
    """Return the deciding stage when everything runs on the CPU: one residual stream more."""
    sizes = StepSizes.of(shape, plan)
    stages = [_feed_forward(shape, plan, sizes, rotated=False).plus(_CPU_COPY, sizes.hidden)]
    logits = _logits(shape, plan, sizes, on_gpu=False)
    if shape.architecture is Architecture.PHI or _logits_wait(shape, plan, sizes):
        logits = logits.plus(_CPU_COPY, sizes.hidden)
    stages.append(logits)
    if not plan.flash_attention:
        stages.append(_attention(shape, plan, sizes).plus(_CPU_COPY, sizes.hidden))
    return max(stages, key=lambda stage: stage.size_bytes)


def gpu_host_compute_bytes(shape: TransformerShape, plan: Plan) -> int:
    """Return the pinned buffer in RAM beside a GPU that holds every layer: inputs and mask."""
    sizes = StepSizes.of(shape, plan)
    copied = 0 if plan.flash_attention else 2 * sizes.cached
    return sizes.mask + 2 * sizes.hidden + copied


def output_buffer_bytes(shape: TransformerShape, plan: Plan) -> int:
    """Return the logits that the program reads: one row a sequence, in RAM."""
    return 4 * shape.vocab_size * plan.parallel_sequences


def _quantised_sides(plan: Plan) -> int:
    return sum(cache_type.is_quantised for cache_type in (plan.cache_type_k, plan.cache_type_v))


def _rotates(shape: TransformerShape, plan: Plan) -> bool:
    return bool(_quantised_sides(plan)) and shape.head_dim % ROTATION_BLOCK == 0


def is_exact(plan: Plan) -> bool:
    """Whether the stages of this plan matched the simulation in every measured case."""
    plain = plan.cache_type_k is CacheType.F16 and plan.cache_type_v is CacheType.F16
    return plan.flash_attention and plain


def _fuses_qkv(shape: TransformerShape) -> bool:
    return shape.architecture is Architecture.PHI3


def _attention(shape: TransformerShape, plan: Plan, sizes: StepSizes) -> Stage:
    """Without flash attention the scores of every head are kept as f32."""
    scores = sizes.cells * sizes.tokens * shape.head_count * 4
    copies = 2 if _fuses_qkv(shape) else 4
    cached = 2
    if _rotates(shape, plan):
        # The rotated K keeps a second copy of the step's activations alive.
        copies, cached = copies + 2, cached + 2
    return Stage.of(
        "attention",
        ("scores", 1, scores),
        ("mask", 1, sizes.mask),
        ("residual", copies, sizes.hidden),
        ("new keys or values", cached, sizes.cached),
    )


def _cuda_dequantised_attention(shape: TransformerShape, plan: Plan, sizes: StepSizes) -> Stage:
    """With a quantised cache CUDA keeps an f16 copy of one layer's K and V (PR 23907)."""
    copy = 2 * sizes.cells * shape.kv_head_count * shape.head_dim
    if not _fuses_qkv(shape):
        hidden, cached = max((4, 0), (3, 2), key=lambda pair: _kept(pair, sizes))
    elif _rotates(shape, plan):
        hidden, cached = 5, 2
    else:
        hidden, cached = 3, 0
    return Stage.of(
        "attention with an f16 copy of the cache",
        ("f16 copy of the cache", _quantised_sides(plan), copy),
        ("mask", 1, sizes.mask),
        ("residual", hidden, sizes.hidden),
        ("new keys or values", cached, sizes.cached),
    )


def _kept(pair: tuple[int, int], sizes: StepSizes) -> int:
    hidden, cached = pair
    return hidden * sizes.hidden + cached * sizes.cached


def _feed_forward(
    shape: TransformerShape, plan: Plan, sizes: StepSizes, *, rotated: bool
) -> Stage:
    hidden = {Architecture.PHI: 4, Architecture.PHIMOE: 3}.get(shape.architecture, 2)
    inner = {Architecture.PHI: 1, Architecture.PHIMOE: 3 * shape.experts_per_token}.get(
        shape.architecture, 3
    )
    if _fuses_qkv(shape) and (rotated or _mask_waits(sizes)):
        hidden += 1
    return Stage.of(
        "feed-forward",
        ("mask", 1, sizes.mask),
        ("feed-forward", inner, sizes.inner),
        ("residual", hidden, sizes.hidden),
        (
            "new keys or values",
            2 if _keeps_small_values(shape, plan, sizes) else 0,
            sizes.cached,
        ),
    )


def _mask_waits(sizes: StepSizes) -> bool:
    """A mask smaller than the residual stream stays below it until the logits are out."""
    return sizes.reserves_every_token and sizes.mask < sizes.hidden


def _keeps_small_values(shape: TransformerShape, plan: Plan, sizes: StepSizes) -> bool:
    """Without flash attention the grouped values of a fused q, k, v outlive a small mask."""
    grouped = _fuses_qkv(shape) and shape.kv_head_count < shape.head_count
    return not plan.flash_attention and grouped and sizes.mask < sizes.hidden


def _logits_wait(shape: TransformerShape, plan: Plan, sizes: StepSizes) -> bool:
    """Whether the mask and a residual copy still stand when the logits are computed.

    A tied head without flash attention was measured not to keep them.
    """
    return _mask_waits(sizes) and (plan.flash_attention or not shape.tied_embeddings)


def _logits(
    shape: TransformerShape, plan: Plan, sizes: StepSizes, *, on_gpu: bool = True
) -> Stage:
    if not sizes.reserves_every_token:
        return Stage.of("logits", ("logits", 1, sizes.logits))
    mask, hidden, cached = 0, 2, 0
    if shape.architecture is Architecture.PHI:
        hidden = 1
    elif on_gpu and plan.flash_attention and _rotates(shape, plan):
        mask = 1
    elif _logits_wait(shape, plan, sizes):
        mask, hidden = 1, 3
        cached = 2 if _keeps_small_values(shape, plan, sizes) else 0
    return Stage.of(
        "logits",
        ("logits", 1, sizes.logits),
        ("mask", mask, sizes.mask),
        ("residual", hidden, sizes.hidden),
        ("new keys or values", cached, sizes.cached),
    )


def partial_gpu_compute(
    shape: TransformerShape, plan: Plan, weights: GgufWeights, split: LayerSplit
) -> tuple[Stage, Band]:
    """Return the GPU's buffer when some layers stay in RAM, as a band.

    Prompts of 32 tokens and more are computed on the GPU from weights, keys and values copied
    there (`ggml_backend_sched` offloads large batches), so the buffer also holds the largest of
    them. The simulated cases lie within the band.
    """
    sizes = StepSizes.of(shape, plan)
    gated = shape.architecture is not Architecture.PHI
    usual = gpu_compute_stage(shape, plan)
    if not gated:
        usual = usual.plus("residual", sizes.hidden)
    # Separate k and v are copied one after the other, fused ones together.
    sides = 2 if _fuses_qkv(shape) else 1
    cache_copy = 2 * sides * sizes.cells * shape.kv_head_count * shape.head_dim
    largest = max(
        (
            each.bytes_each
            for each in weights.stored
            if each.layers and each.layers[0] < _layers_in_ram(each, split)
        ),
        default=0,
    )
    streamed = Stage.of(
        "a layer computed from weights in RAM",
        ("largest tensor in RAM", 1, largest),
        ("feed-forward", 3 if gated else 1, sizes.inner),
        ("residual", 6 if gated else 4, sizes.hidden),
    )
    waiting = usual
    if not plan.flash_attention:
        waiting = usual.plus("copy of a layer's cache in RAM", cache_copy)
    expected = max(waiting, streamed, key=lambda stage: stage.size_bytes)
    high = expected.size_bytes + largest + cache_copy + 2 * sizes.hidden
    return expected, Band(usual.size_bytes, expected.size_bytes, high)


def _layers_in_ram(stored: StoredTensor, split: LayerSplit) -> int:
    """Return how many of the first layers keep a tensor in RAM."""
    experts = split.cpu_expert_layers if stored.holds_experts else 0
    return max(split.first_gpu_layer, experts)


def partial_host_compute_bytes(shape: TransformerShape, plan: Plan) -> int:
    """Return the pinned buffer in RAM when some layers stay there: inputs, mask, new keys."""
    sizes = StepSizes.of(shape, plan)
    extra = 3 if _fuses_qkv(shape) else 1
    return gpu_host_compute_bytes(shape, plan) + extra * sizes.cached
