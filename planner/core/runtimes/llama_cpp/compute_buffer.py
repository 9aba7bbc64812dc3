"""llama.cpp's compute buffers: the working memory of one micro-batch.

The graph's allocator reuses memory from node to node; `graph` replays it. With flash attention,
an f16 cache and all layers on one side, the usual case, the result has a closed form: the
largest of two stages. The tests hold the two equal, and both equal to the size simulation of
llama.cpp 0c1e57098 (2026-10, the one behind `--fit`), on the CPU and with CUDA's buffer rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from planner.core.model_spec import Architecture
from planner.core.plan import CacheType
from planner.core.records import dataclass
from planner.core.runtimes.llama_cpp.step_sizes import Peaks, StepSizes

if TYPE_CHECKING:
    from planner.core.model_spec import TransformerShape
    from planner.core.plan import Plan
    from planner.core.runtimes.llama_cpp.layer_devices import GraphCard
    from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
    from planner.core.runtimes.llama_cpp.weights import GgufWeights

_CPU_COPY: Final = "residual copy on the CPU"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the graph: what stands in memory at once, as (word, factor, bytes)."""

    name: str
    terms: tuple[tuple[str, int, int], ...]
    size_bytes: int

    @classmethod
    def of(cls, name: str, *terms: tuple[str, int, int]) -> Stage:
        """Add the terms up."""
        return cls(name, terms, sum(factor * size for _, factor, size in terms))

    def plus(self, word: str, size_bytes: int) -> Stage:
        """Return the stage with one tensor more."""
        return Stage(
            self.name, (*self.terms, (word, 1, size_bytes)), self.size_bytes + size_bytes
        )

    @property
    def spelled(self) -> str:
        """The sum with its figures: `logits: 1 x 2,048 B logits`."""
        terms = (
            f"{factor} x {size:,} B {word}"
            for word, factor, size in self.terms
            if factor * size
        )
        return f"{self.name}: {' + '.join(terms)}"


class Buffers(Protocol):
    """How large the buffers of a step are, on the GPU and in RAM.

    `weights` are those of which some are copied to the GPU for a step, `None` where all layers
    stand together. `card` is one of several; without it one computes everything.
    """

    def __call__(
        self,
        shape: TransformerShape,
        plan: Plan,
        split: LayerSplit,
        weights: GgufWeights | None,
        card: GraphCard | None = None,
    ) -> Peaks:
        """Return both sizes."""
        ...


def step_buffers(
    shape: TransformerShape,
    plan: Plan,
    split: LayerSplit,
    weights: GgufWeights | None,
    card: GraphCard | None = None,
) -> Peaks:
    """Return what llama.cpp reserves; see `Buffers`."""
    if card is None and weights is None and has_closed_form(plan):
        return _closed_form(shape, plan)
    # Only here: the usual plan needs no graph, and the command starts without it.
    from planner.core.runtimes.llama_cpp.graph.step import step_peaks

    return step_peaks(shape, plan, split, weights, card=card)


def least_buffers(
    shape: TransformerShape,
    plan: Plan,
    split: LayerSplit,
    weights: GgufWeights | None,
    card: GraphCard | None = None,
) -> Peaks:
    """Return a size that the buffers never fall below, and that grows with the context.

    The allocator leaves holes, and a longer context may leave fewer; see `Buffers`.
    """
    if card is None and weights is None and has_closed_form(plan):
        return _closed_form(shape, plan)
    from planner.core.runtimes.llama_cpp.graph.step import step_floor

    return step_floor(shape, plan, split, weights, card=card)


def has_closed_form(plan: Plan) -> bool:
    """Whether two stages tell the buffer's size: flash attention over an f16 cache."""
    plain = plan.cache_type_k is CacheType.F16 and plan.cache_type_v is CacheType.F16
    return plan.flash_attention and plain


def _closed_form(shape: TransformerShape, plan: Plan) -> Peaks:
    if plan.gpu_layer_count == 0:
        return Peaks(gpu_bytes=0, host_bytes=cpu_compute_stage(shape, plan).size_bytes)
    return Peaks(
        gpu_bytes=gpu_compute_stage(shape, plan).size_bytes,
        host_bytes=gpu_host_compute_bytes(shape, plan),
    )


def gpu_compute_stage(shape: TransformerShape, plan: Plan) -> Stage:
    """Return the deciding stage of the GPU's buffer when every layer is there."""
    sizes = StepSizes.of(shape, plan)
    return max(_feed_forward(shape, sizes), _logits(shape, sizes), key=_size)


def cpu_compute_stage(shape: TransformerShape, plan: Plan) -> Stage:
    """Return the deciding stage when everything runs on the CPU: one residual stream more."""
    sizes = StepSizes.of(shape, plan)
    inner = _feed_forward(shape, sizes).plus(_CPU_COPY, sizes.hidden)
    logits = _logits(shape, sizes)
    if shape.architecture is Architecture.PHI or _mask_waits(sizes):
        logits = logits.plus(_CPU_COPY, sizes.hidden)
    return max(inner, logits, key=_size)


def gpu_host_compute_bytes(shape: TransformerShape, plan: Plan) -> int:
    """Return the pinned buffer in RAM beside a GPU that holds every layer: inputs and mask."""
    sizes = StepSizes.of(shape, plan)
    # Token ids and positions (4 B), places in the cache for keys and values (8 B), output rows.
    return sizes.mask + 2 * sizes.hidden + 24 * sizes.tokens + 4 * sizes.rows


def output_buffer_bytes(shape: TransformerShape, plan: Plan) -> int:
    """Return the logits that the program reads: one row a sequence, in RAM."""
    return 4 * shape.vocab_size * plan.parallel_sequences


def _size(stage: Stage) -> int:
    return stage.size_bytes


def _feed_forward(shape: TransformerShape, sizes: StepSizes) -> Stage:
    hidden = {Architecture.PHI: 4, Architecture.PHIMOE: 3}.get(shape.architecture, 2)
    inner = {Architecture.PHI: 1, Architecture.PHIMOE: 3 * shape.experts_per_token}.get(
        shape.architecture, 3
    )
    if shape.architecture is Architecture.PHI3 and _mask_waits(sizes):
        hidden += 1
    return Stage.of(
        "feed-forward",
        ("mask", 1, sizes.mask),
        ("feed-forward", inner, sizes.inner),
        ("residual", hidden, sizes.hidden),
    )


def _mask_waits(sizes: StepSizes) -> bool:
    """A mask smaller than the residual stream stays below it until the logits are out."""
    return sizes.reserves_every_token and sizes.mask < sizes.hidden


def _logits(shape: TransformerShape, sizes: StepSizes) -> Stage:
    if not sizes.reserves_every_token:
        return Stage.of("logits", ("logits", 1, sizes.logits))
    mask, hidden = 0, 2
    if shape.architecture is Architecture.PHI:
        hidden = 1
    elif _mask_waits(sizes):
        mask, hidden = 1, 3
    return Stage.of(
        "logits",
        ("logits", 1, sizes.logits),
        ("mask", mask, sizes.mask),
        ("residual", hidden, sizes.hidden),
    )
