"""Which layers sit on the GPU: llama.cpp's `-ngl`, the output first, then the last ones."""

from planner.core.ledger import Place
from planner.core.model_spec import TransformerShape
from planner.core.plan import Plan, offloadable_layer_count
from planner.core.records import dataclass
from planner.core.runtimes.llama_cpp.weights import GgufWeights


@dataclass(frozen=True, slots=True)
class LayerSplit:
    """Where each layer of a model sits; since 2026-03 the output layer is counted first."""

    layer_count: int
    gpu_layer_count: int
    cpu_expert_layers: int = 0

    @classmethod
    def of(cls, shape: TransformerShape, gpu_layer_count: int) -> "LayerSplit":
        """Return the split of a model's layers for one value of `-ngl`."""
        return cls(shape.layer_count, min(gpu_layer_count, offloadable_layer_count(shape)))

    @classmethod
    def of_plan(cls, shape: TransformerShape, plan: Plan) -> "LayerSplit":
        """Return where a plan puts the layers, and the experts of the first of them."""
        experts = plan.cpu_expert_layers if shape.expert_count else 0
        layers = min(plan.gpu_layer_count, offloadable_layer_count(shape))
        return cls(shape.layer_count, layers, experts)

    @property
    def is_all_gpu(self) -> bool:
        """Whether every layer and the output are on the GPU."""
        return self.gpu_layer_count > self.layer_count

    @property
    def is_all_host(self) -> bool:
        """Whether the GPU holds nothing."""
        return self.gpu_layer_count == 0

    @property
    def expert_layers_in_ram(self) -> range:
        """The layers on the GPU whose experts stay in RAM."""
        if self.is_all_host:
            return range(0)
        return range(self.first_gpu_layer, max(self.first_gpu_layer, self.cpu_expert_layers))

    @property
    def repeating_gpu_layers(self) -> int:
        """How many of the repeating layers, the last ones, are on the GPU."""
        return max(0, self.gpu_layer_count - 1)

    @property
    def first_gpu_layer(self) -> int:
        """The first repeating layer on the GPU; `layer_count` where there is none."""
        return self.layer_count - self.repeating_gpu_layers

    def weights_bytes(self, weights: GgufWeights, place: Place) -> int:
        """Return the bytes of weights in one place.

        The token embedding stays on the host. Where it is the output head too (tied), the GPU
        needs a copy of its own.
        """
        embedding = weights.token_embedding_bytes
        layers = sum(weights.layer_bytes)
        host_layers = sum(weights.layer_bytes[: self.first_gpu_layer])
        host_layers += sum(weights.expert_bytes[layer] for layer in self.expert_layers_in_ram)
        output = weights.tensor_bytes - layers - embedding
        if place is Place.HOST:
            return embedding + host_layers + (output if self.is_all_host else 0)
        if self.is_all_host:
            return 0
        return layers - host_layers + output + (embedding if weights.is_tied else 0)
