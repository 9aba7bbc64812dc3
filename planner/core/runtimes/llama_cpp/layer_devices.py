"""Which GPU holds which layers: llama.cpp's `--split-mode layer` over `--tensor-split`.

The rule is that of `llama_model::load_tensors` in ggml-org/llama.cpp: the shares are summed to
split points between 0 and 1, and a layer goes to the first GPU whose point lies beyond the
layer's place among those on GPUs. The output counts as one layer more, the last.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from planner.core.errors import PlannerError
from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
from planner.core.runtimes.llama_cpp.weights import GgufWeights


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceLayers:
    """The repeating layers of one GPU, `first` to before `end`, and the output if it has it."""

    first: int
    end: int
    has_output: bool

    @property
    def layer_count(self) -> int:
        """How many repeating layers it holds."""
        return self.end - self.first

    def weights_bytes(self, weights: GgufWeights, cpu_expert_layers: int = 0) -> int:
        """Return the bytes of weights on this GPU; a tied head is a copy of the embedding.

        The experts of the first `cpu_expert_layers` layers of the model are in RAM.
        """
        layers = sum(weights.layer_bytes[self.first : self.end])
        layers -= sum(weights.expert_bytes[self.first : min(self.end, cpu_expert_layers)])
        if not self.has_output:
            return layers
        head = weights.tensor_bytes - sum(weights.layer_bytes) - weights.token_embedding_bytes
        return layers + head + (weights.token_embedding_bytes if weights.is_tied else 0)


class GraphCard(NamedTuple):
    """The layers that one card computes, and whether it ends with the output.

    `input_copies` is how often it keeps its inputs, where several cards make a pipeline. One
    that follows another is handed the residual stream and the first norm of it.
    """

    first: int
    end: int
    has_output: bool
    input_copies: int = 1
    follows_another: bool = False

    @property
    def is_idle(self) -> bool:
        """Whether it computes nothing."""
        return self.first == self.end and not self.has_output


def device_layers(split: LayerSplit, shares: Sequence[float]) -> tuple[DeviceLayers, ...]:
    """Return what each GPU holds, in the order of `shares` (any unit: ratios, free bytes).

    Raises:
        PlannerError: a share is negative or not a number, or all are 0.
    """
    total = sum(shares)
    if not total > 0 or not all(0 <= share <= total for share in shares):
        raise PlannerError(
            "A tensor split needs one share for each GPU, none negative and not all 0; it is "
            f"{', '.join(f'{share:g}' for share in shares) or 'empty'}."
        )
    points = [point / total for point in accumulate(shares)]
    owners = [
        bisect_right(points, place / split.gpu_layer_count)
        for place in range(split.gpu_layer_count)
    ]
    devices = []
    first = split.first_gpu_layer
    for device in range(len(shares)):
        slots = owners.count(device)
        # The last slot is the output; it belongs to whoever owns the last place.
        has_output = bool(owners) and owners[-1] == device
        end = first + slots - has_output
        devices.append(DeviceLayers(first=first, end=end, has_output=has_output))
        first = end
    return tuple(devices)
