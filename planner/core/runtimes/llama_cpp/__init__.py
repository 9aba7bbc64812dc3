"""llama.cpp (GGUF): exact weights and KV cache, compute buffers by the largest stage."""

from typing import Final

from planner.core.ledger import PlacedLines
from planner.core.model_spec import ModelSpec
from planner.core.plan import Plan, require_shape
from planner.core.quant_format import QUANT_FORMATS
from planner.core.runtimes.llama_cpp import memory
from planner.core.runtimes.llama_cpp.compute_buffer import Buffers, step_buffers
from planner.core.runtimes.llama_cpp.weights import GgufWeights
from planner.core.runtimes.protocol import FileFigures
from planner.core.tensors import parameter_count, text_tensor_sets


class LlamaCpp:
    """llama-server, llama-cli and everything else that stands on libllama.

    With `own_file` the weights are those of a file that exists, not the quantiser's. `buffers`
    sizes the step in `step_sums`; a search may want what it needs at the least.
    """

    quant_formats: Final = tuple(quant_format.name for quant_format in QUANT_FORMATS)
    splits_layers: Final = True

    def __init__(
        self, own_file: GgufWeights | None = None, buffers: Buffers = step_buffers
    ) -> None:
        self._own_file = own_file
        self._buffers = buffers

    def check(self, model: ModelSpec, plan: Plan) -> None:
        """See `Runtime.check`."""
        memory.check(model, plan)

    def weight_lines(self, model: ModelSpec, plan: Plan) -> PlacedLines:
        """See `Runtime.weight_lines`."""
        return memory.weight_lines(model, plan, self._own_file)

    def step_lines(self, model: ModelSpec, plan: Plan) -> PlacedLines:
        """See `Runtime.step_lines`."""
        return memory.step_lines(model, plan, self._own_file)

    def weight_sums(self, model: ModelSpec, plan: Plan) -> PlacedLines:
        """See `Sums.weight_sums`."""
        return memory.weight_sums(model, plan, self._own_file)

    def step_sums(self, model: ModelSpec, plan: Plan) -> PlacedLines:
        """See `Sums.step_sums`."""
        return memory.step_sums(model, plan, self._own_file, self._buffers)

    def file_figures(self, model: ModelSpec, plan: Plan) -> FileFigures:
        """Return the GGUF file: its tensors, and its size where the vocabulary's is known."""
        weights = self._own_file or memory.plan_weights(model, plan)
        return FileFigures(
            parameter_count=parameter_count(text_tensor_sets(require_shape(model))),
            tensor_bytes=weights.tensor_bytes,
            file=memory.file_band(model, weights),
        )
