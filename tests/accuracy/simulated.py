"""Compute buffers as llama.cpp itself reserves them (`tests/measure/llama_cpp`)."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from planner.core.estimate import estimate
from planner.core.ledger import Part, Place
from planner.core.model_spec import ModelSpec
from planner.core.plan import CacheType, Plan, Program, SplitMode, require_shape

TABLE: Final = "compute_simulation.csv"


class Buffer(NamedTuple):
    """One buffer that was simulated, and ours; `part` says where it is and of what plan."""

    part: str
    name: str
    measured: int
    ours: int


def plan_of(row: dict[str, str]) -> Plan:
    """Return the plan of a row."""
    shares = tuple(float(share) for share in row["tensor_split"].split())
    return Plan(
        model_id=row["model"],
        quant_format=row["quant"],
        context_length=int(row["ctx"]),
        gpu_layer_count=int(row["ngl"]),
        parallel_sequences=int(row["n_seq"]),
        unified_cache=row["kv_unified"] == "1",
        cache_type_k=CacheType(row["ctk"]),
        cache_type_v=CacheType(row["ctv"]),
        flash_attention=row["fa"] == "1",
        micro_batch_size=int(row["ubatch"]),
        program=Program(row["program"]),
        cpu_expert_layers=int(row["n_cpu_moe"]),
        tensor_split=shares,
        split_mode=SplitMode.LAYER if shares else SplitMode.NONE,
    )


def simulated_buffers(model: ModelSpec, row: dict[str, str]) -> Iterator[Buffer]:
    """Yield each buffer of a row: those of the cards, and the one in RAM."""
    plan = plan_of(row)
    ledger = estimate(model, plan).ledger
    lines = [line for line in ledger.lines if line.part is Part.COMPUTE_BUFFER]
    where, name = _where(model, plan), _name(model, plan)
    for line in lines:
        if line.place is Place.HOST:
            part = where if plan.gpu_layer_count == 0 else "pinned buffer in RAM beside GPUs"
            measured = int(row["host_compute_bytes"])
            yield Buffer(part, name, measured, line.band.expected_bytes)
            continue
        measured = int(row["gpu_compute_bytes"].split()[line.device])
        card = f", GPU {line.device}" if plan.tensor_split else ""
        # A card without layers computes nothing, and no error can be told of that.
        if measured:
            yield Buffer(where, name + card, measured, line.band.expected_bytes)


def _where(model: ModelSpec, plan: Plan) -> str:
    if plan.gpu_layer_count == 0:
        return "compute buffer on the CPU"
    if plan.tensor_split:
        return "compute buffer on each of several GPUs"
    if plan.cpu_expert_layers:
        return "compute buffer on the GPU, experts in RAM"
    is_whole = plan.gpu_layer_count > require_shape(model).layer_count
    return f"compute buffer on the GPU{'' if is_whole else ', some layers in RAM'}"


def _name(model: ModelSpec, plan: Plan) -> str:
    every_layer = plan.gpu_layer_count > require_shape(model).layer_count
    words = [
        f"{plan.model_id} {plan.quant_format} context {plan.context_length}",
        f"K {plan.cache_type_k} V {plan.cache_type_v}",
        f"flash attention {'on' if plan.flash_attention else 'off'}",
        f"micro-batch {plan.micro_batch_size}",
        f"sequences {plan.parallel_sequences}{' with one cache' if plan.unified_cache else ''}",
        f"layers on the GPU {'all' if every_layer else plan.gpu_layer_count}",
    ]
    if plan.cpu_expert_layers:
        words.append(f"experts of {plan.cpu_expert_layers} layers in RAM")
    if plan.tensor_split:
        words.append(f"split {':'.join(f'{share:g}' for share in plan.tensor_split)}")
    return ", ".join([*words, plan.program.value])
