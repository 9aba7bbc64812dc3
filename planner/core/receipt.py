"""A runtime's own log beside our prediction: what it printed, what we said, and the error."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from planner.core.estimate import Estimate, estimate
from planner.core.ledger import Band, LedgerLine, MemoryLedger, Part, Place
from planner.core.model_spec import ModelSpec
from planner.core.plan import (
    CacheType,
    Plan,
    PlanOptions,
    Program,
    RuntimeName,
    offloadable_layer_count,
    require_shape,
)
from planner.core.quant_mix import MixRules

CUDA_GRAPHS: Final = "CUDA graphs"
# More than that on the host beside a GPU is the file as a whole, not what stays there.
_MOST_OF_A_FILE: Final = 0.97


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedBuffer:
    """One size that a log prints.

    `resolution_bytes` is what its last digit is worth. `device` is the log's own word.
    """

    part: Part
    place: Place
    device: str
    size_bytes: int
    resolution_bytes: int
    line_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuntimeLog:
    """What a log tells: sizes, and the choices behind them; `None` where it does not."""

    program: str
    runtime: RuntimeName
    buffers: tuple[LoggedBuffer, ...]
    source: str | None = None
    quant_format: str | None = None
    context_length: int | None = None
    parallel_sequences: int | None = None
    unified_cache: bool | None = None
    batch_size: int | None = None
    micro_batch_size: int | None = None
    flash_attention: bool | None = None
    cache_type_k: CacheType | None = None
    cache_type_v: CacheType | None = None
    gpu_layer_count: int | None = None
    tensor_parallel: int | None = None
    enforce_eager: bool | None = None
    cache_tokens: int | None = None

    def options(self, base: PlanOptions) -> PlanOptions:
        """Return options with what the log tells in the place of what it does not."""
        told = {
            "context_length": self.context_length,
            "parallel_sequences": self.parallel_sequences,
            "unified_cache": self.unified_cache,
            "batch_size": self.batch_size,
            "micro_batch_size": self.micro_batch_size,
            "flash_attention": self.flash_attention,
            "cache_type_k": self.cache_type_k,
            "cache_type_v": self.cache_type_v,
            "gpu_layers": self.gpu_layer_count,
            "tensor_parallel": self.tensor_parallel,
            "enforce_eager": self.enforce_eager,
        }
        known = {name: value for name, value in told.items() if value is not None}
        return replace(base, runtime=self.runtime, **known)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """One part in one place: what the log prints, and what we predict.

    `predicted` is `None` where a plan alone does not tell it; `reason` then says why.
    """

    part: Part
    place: Place
    devices: tuple[str, ...]
    logged_bytes: int
    resolution_bytes: int
    predicted: Band | None
    reason: str | None = None

    @property
    def error_bytes(self) -> int | None:
        """How much we predict beyond what the log prints; 0 within its last digit."""
        if self.predicted is None:
            return None
        error = self.predicted.expected_bytes - self.logged_bytes
        return 0 if abs(error) <= self.resolution_bytes else error

    @property
    def error_ratio(self) -> float | None:
        """The error as a share of what the log prints."""
        if self.error_bytes is None or not self.logged_bytes:
            return None
        return self.error_bytes / self.logged_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A log beside the prediction for one plan, part by part."""

    log: RuntimeLog
    estimate: Estimate
    lines: tuple[ReceiptLine, ...]
    notes: tuple[str, ...] = ()


def receipt(
    log: RuntimeLog,
    model: ModelSpec,
    quant_format: str,
    *,
    options: PlanOptions,
    programs: Sequence[Program] = tuple(Program),
    mixes: Sequence[MixRules] = tuple(MixRules),
) -> Receipt:
    """Set a log beside the prediction for a model.

    A llama.cpp log does not say for how many tokens logits were reserved, nor which quantiser
    made the file. Of `programs` and `mixes` the ones that come nearest are taken, and a note
    says so; give one of each where it is known.

    Raises:
        PlannerError: the runtime refuses the plan that the log tells of.
    """
    plan = log.options(options).plan(model, quant_format)
    if log.runtime is not RuntimeName.LLAMA_CPP:
        found = estimate(model, plan)
        return Receipt(log=log, estimate=found, lines=_lines(log, found.ledger))
    mix = _nearest(log, model, [replace(plan, mix=each) for each in mixes], _WEIGHTS).mix
    candidates = [replace(plan, mix=mix, program=each) for each in programs]
    chosen = _nearest(log, model, candidates, (Part.COMPUTE_BUFFER,))
    found = estimate(model, chosen)
    return Receipt(
        log=log,
        estimate=found,
        lines=_lines(log, found.ledger),
        notes=tuple(_notes(log, found, programs=programs, mixes=mixes)),
    )


_WEIGHTS: Final = (Part.WEIGHTS, Part.REPACKED_WEIGHTS)


def _nearest(
    log: RuntimeLog, model: ModelSpec, plans: Sequence[Plan], parts: Sequence[Part]
) -> Plan:
    """Return the plan whose parts come nearest to the log's; the first of equals.

    The GPU's lines decide where there are any: older logs count a mapped file twice.
    """
    places = {each.place for each in log.buffers if each.part in parts}
    place = Place.GPU if Place.GPU in places else Place.HOST

    def distance(plan: Plan) -> int:
        lines = _lines(log, estimate(model, plan).ledger)
        return sum(
            abs(line.error_bytes or 0)
            for line in lines
            if line.part in parts and line.place is place
        )

    return min(plans, key=distance)


def _notes(
    log: RuntimeLog,
    found: Estimate,
    *,
    programs: Sequence[Program],
    mixes: Sequence[MixRules],
) -> Iterable[str]:
    plan = found.plan
    parts = {buffer.part for buffer in log.buffers}
    if len(programs) > 1 and Part.COMPUTE_BUFFER in parts:
        yield (
            f"The log does not say for how many tokens logits are reserved: '{plan.program}' "
            "comes nearest."
        )
    if len(mixes) > 1 and Part.WEIGHTS in parts:
        yield (
            "The log does not say which quantiser made the file: the rules of "
            f"'{plan.mix}' come nearest."
        )
    devices = {buffer.device for buffer in log.buffers if buffer.place is Place.GPU}
    if len(devices) > 1:
        yield "Several GPUs hold the model: they are added up here, and judged together."
    if 0 < plan.gpu_layer_count < offloadable_layer_count(require_shape(found.model)):
        yield (
            "llama.cpp counts the output layer first since 2026-03; before, the same number of "
            "layers on the GPU were all repeating ones."
        )
    host = sum(
        each.size_bytes
        for each in log.buffers
        if each.part is Part.WEIGHTS and each.place is Place.HOST
    )
    if devices and host > _MOST_OF_A_FILE * found.tensor_bytes:
        yield (
            "This log counts the whole mapped file for the host, as llama.cpp did before 2025, "
            "also what the GPU holds."
        )


def _lines(log: RuntimeLog, ledger: MemoryLedger) -> tuple[ReceiptLine, ...]:
    """Return one line for each part, place and, of the overhead, kind that the log prints."""
    groups: dict[tuple[Part, Place, bool], list[LoggedBuffer]] = {}
    for buffer in log.buffers:
        key = (buffer.part, buffer.place, buffer.device == CUDA_GRAPHS)
        groups.setdefault(key, []).append(buffer)
    return tuple(
        _line(part, place, buffers, ledger, log.runtime, is_graphs=is_graphs)
        for (part, place, is_graphs), buffers in groups.items()
    )


def _line(
    part: Part,
    place: Place,
    buffers: Sequence[LoggedBuffer],
    ledger: MemoryLedger,
    runtime: RuntimeName,
    *,
    is_graphs: bool,
) -> ReceiptLine:
    predicted: Band | None = ledger.part(part, place)
    reason = None
    if part is Part.RUNTIME_OVERHEAD:
        predicted = _sum(
            line
            for line in ledger.lines
            if line.part is part
            and line.place is place
            and line.template.startswith(CUDA_GRAPHS) is is_graphs
        )
    elif part is Part.KV_CACHE and runtime is RuntimeName.VLLM:
        predicted = None
        reason = "vLLM gives the cache all that is left of its share of the card."
    return ReceiptLine(
        part=part,
        place=place,
        devices=tuple(dict.fromkeys(buffer.device for buffer in buffers)),
        logged_bytes=sum(buffer.size_bytes for buffer in buffers),
        resolution_bytes=sum(buffer.resolution_bytes for buffer in buffers),
        predicted=predicted,
        reason=reason,
    )


def _sum(lines: Iterable[LedgerLine]) -> Band:
    total = Band.exact(0)
    for line in lines:
        total += line.band
    return total
