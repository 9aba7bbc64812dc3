"""How large the tensors of one step are, whatever the graph makes of them."""

from typing import NamedTuple

from planner.core.model_spec import TransformerShape
from planner.core.plan import Plan, Program
from planner.core.records import dataclass
from planner.core.runtimes.llama_cpp.kv_cache import plan_cells


class Peaks(NamedTuple):
    """The largest extent of a step's buffers, in bytes."""

    gpu_bytes: int
    host_bytes: int


@dataclass(frozen=True, slots=True)
class StepSizes:
    """The tensors of one step, all in bytes, f32 but for the mask.

    `hidden` is the residual stream, `inner` one feed-forward vector, `cached` one side of the
    new keys or values, `logits` the rows reserved for output, `mask` the attention mask.
    """

    tokens: int
    rows: int
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
            rows=rows,
            cells=cells,
            hidden=4 * tokens * shape.embedding_length,
            inner=4 * tokens * shape.feed_forward_length,
            cached=4 * tokens * shape.kv_head_count * shape.head_dim,
            logits=4 * rows * shape.vocab_size,
            mask=cells * tokens * (2 if plan.flash_attention else 4),
            reserves_every_token=every_token,
        )
