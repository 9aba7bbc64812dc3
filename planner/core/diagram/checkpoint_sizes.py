"""What each tensor of a checkpoint takes in the runtimes that load one.

The rules are those of the runtimes' own sums in `planner.core.runtimes`, tensor by tensor; a
test holds the two equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, assert_never

from planner.core.blocks import Role
from planner.core.diagram.builder import checkpoint_tensors
from planner.core.diagram.tensors import SizedTensors
from planner.core.plan import RuntimeName, require_shape
from planner.core.runtimes.checkpoint_parts import Matrices, is_layer_matrix
from planner.core.runtimes.torch_formats import PACKED_ON_LOAD, Packing, packed_tensors

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.core.model_spec import ModelSpec
    from planner.core.plan import Plan
    from planner.core.tensors import TensorSet


@dataclass(frozen=True, slots=True)
class _Storage:
    name: str
    bytes_each: int


def checkpoint_sizes(model: ModelSpec, plan: Plan) -> tuple[SizedTensors, ...]:
    """Return the checkpoint's tensors as the plan's runtime holds them, on one device.

    Raises:
        UnknownNameError: the runtime has no such quant format.
    """
    rule = _rule(model, plan)
    sized = []
    for each in checkpoint_tensors(model):
        storage = rule(each.tensors)
        sized.append(
            SizedTensors(
                tensors=each.tensors, storage=storage.name, bytes_each=storage.bytes_each
            )
        )
    return tuple(sized)


def _rule(model: ModelSpec, plan: Plan) -> Callable[[TensorSet], _Storage]:
    # A runtime is imported when a plan names it, as `planner.core.estimate` does.
    match plan.runtime:
        case RuntimeName.TRANSFORMERS:
            return _transformers(plan)
        case RuntimeName.VLLM:
            return _vllm(plan)
        case RuntimeName.MLX:
            return _mlx(plan)
        case RuntimeName.ONNX_GENAI:
            return _onnx(model, plan)
        case RuntimeName.LLAMA_CPP:
            raise ValueError("llama.cpp loads a GGUF file, whose tensors have other names")
        case _:
            assert_never(plan.runtime)


def _transformers(plan: Plan) -> Callable[[TensorSet], _Storage]:
    from planner.core.runtimes.transformers_weights import torch_format

    kind = torch_format(plan.quant_format)
    on_load = kind.packing in PACKED_ON_LOAD
    plain = kind.name if kind.packing is Packing.PLAIN else "bf16"

    def storage(tensors: TensorSet) -> _Storage:
        # Experts of a layer are one parameter since transformers 5 and stay as they are.
        packs = is_layer_matrix(tensors) and not (on_load and tensors.copies > 1)
        packs = packs or (on_load and _is_component_matrix(tensors))
        if packs and kind.packing is not Packing.PLAIN:
            return _Storage(kind.name, _packed(tensors, kind.packing, kind.value_bytes))
        return _Storage(plain, kind.value_bytes * prod(tensors.shape))

    return storage


def _vllm(plan: Plan) -> Callable[[TensorSet], _Storage]:
    from planner.core.runtimes.vllm import packing_of

    packing = packing_of(plan.quant_format)
    plain = "fp16" if plan.quant_format == "fp16" else "bf16"

    def storage(tensors: TensorSet) -> _Storage:
        if is_layer_matrix(tensors) and packing is not Packing.PLAIN:
            return _Storage(plan.quant_format, _packed(tensors, packing, 2))
        return _Storage(plain, 2 * prod(tensors.shape))

    return storage


def _mlx(plan: Plan) -> Callable[[TensorSet], _Storage]:
    from planner.core.runtimes.mlx import format_bits, packed_bytes

    bits = format_bits(plan.quant_format)

    def storage(tensors: TensorSet) -> _Storage:
        if bits != 16 and (is_layer_matrix(tensors) or _is_vocabulary(tensors)):
            return _Storage(f"{bits}-bit", packed_bytes(prod(tensors.shape), bits))
        return _Storage("bf16", 2 * prod(tensors.shape))

    return storage


def _onnx(model: ModelSpec, plan: Plan) -> Callable[[TensorSet], _Storage]:
    from planner.core.runtimes.onnx_genai import onnx_format, packed_bytes

    build = onnx_format(plan)
    plain = "fp32" if build.value_bytes == 4 else "fp16"
    is_tied = require_shape(model).tied_embeddings

    def storage(tensors: TensorSet) -> _Storage:
        # An embedding is looked up as it is, unless the head needs it as a packed matrix.
        packs = is_layer_matrix(tensors) or (
            _is_vocabulary(tensors) and (is_tied or tensors.role is Role.OUTPUT)
        )
        if packs and build.name == "int4":
            return _Storage("int4", packed_bytes(prod(tensors.shape), build))
        return _Storage(plain, build.value_bytes * prod(tensors.shape))

    return storage


def _packed(tensors: TensorSet, packing: Packing, value_bytes: int) -> int:
    rows, columns = tensors.shape
    return sum(packed_tensors(packing, Matrices(rows, columns), value_bytes))


def _is_vocabulary(tensors: TensorSet) -> bool:
    """Return whether it is the matrix of the embedding or the head, and not a bias."""
    return tensors.role in (Role.TOKEN_EMBEDDING, Role.OUTPUT) and len(tensors.shape) == 2


def _is_component_matrix(tensors: TensorSet) -> bool:
    return tensors.component is not None and len(tensors.shape) == 2
