"""A user's own file seen whole: its shape, what it resembles, and its ledger.

Everything is concluded from what a reader of `planner.files` found; this module opens nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from planner.core.errors import UnsupportedPlanError
from planner.core.estimate import Estimate
from planner.core.file_findings import Finding, findings
from planner.core.foreign_shape import ForeignShape
from planner.core.gguf_layout import TensorLayout
from planner.core.ledger import Band, LedgerLine, MemoryLedger, Part, PlacedLines
from planner.core.mix_match import MixMatch, match_mix
from planner.core.model_file import FileKind, ModelFile
from planner.core.model_spec import ModelSpec, TransformerShape
from planner.core.plan import (
    DEFAULT_CONTEXT_LENGTH,
    GpuLayers,
    Plan,
    PlanOptions,
    RuntimeName,
    require_shape,
)
from planner.core.quant_format import QUANT_FORMATS
from planner.core.resemblance import Resemblance, checkpoint_resemblance, gguf_resemblance
from planner.core.runtimes.protocol import FileFigures

OWN_FILE_ID: Final = "own-file"
MIXED: Final = "mixed"
FILE_SOURCE: Final = "the file's own header"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What is known of a file.

    `spec` is a record like a catalogue's, of the file itself; its shape is `None` for a model
    that is no Phi, whose `file.shape` then says what it can. `estimate` is `None` where
    `unsupported` says why; `is_checked` is false for figures of families that were never
    compared with measurements.
    """

    file: ModelFile
    spec: ModelSpec
    resemblance: Resemblance | None
    mix: MixMatch | None
    findings: tuple[Finding, ...]
    estimate: Estimate | None
    unsupported: str | None
    is_checked: bool


def inspect_model_file(
    file: ModelFile, models: Iterable[ModelSpec], options: PlanOptions
) -> Inspection:
    """Compare a file with the catalogue, and work out what it needs in llama.cpp.

    Raises:
        PlannerError: a choice in `options` is out of range for this file, or refused.
    """
    candidates = tuple(models)
    resemblance = _resemblance(file, candidates)
    mix = _mix(file, resemblance)
    usual = _usual_bits(file, resemblance, mix)
    unsupported = _why_no_ledger(file)
    spec = _spec(file)
    return Inspection(
        file=file,
        spec=spec,
        resemblance=resemblance,
        mix=mix,
        findings=findings(file, resemblance, mix, usual_bits=usual),
        estimate=None if unsupported else _estimate(file, spec, mix, options),
        unsupported=unsupported,
        is_checked=isinstance(file.shape, TransformerShape),
    )


def _resemblance(file: ModelFile, models: tuple[ModelSpec, ...]) -> Resemblance | None:
    if file.kind is FileKind.GGUF:
        return gguf_resemblance(file.tensors, models)
    if file.tensors:
        return checkpoint_resemblance(file.tensors, models)
    # A config alone has no tensors, but those that follow from its shape.
    same = [model for model in models if _is_same_shape(file, model)]
    if not same:
        return None
    return Resemblance(models=tuple(same), layout=None, tensor_count=0, differences=())


def _is_same_shape(file: ModelFile, model: ModelSpec) -> bool:
    if not isinstance(file.shape, TransformerShape) or model.shape is None:
        return False
    return replace(
        file.shape,
        source=model.shape.source,
        context_length_limit=model.shape.context_length_limit,
        position_limit=max(file.shape.position_limit, model.shape.context_length_limit),
    ) == replace(
        model.shape,
        position_limit=max(file.shape.position_limit, model.shape.context_length_limit),
    )


def _mix(file: ModelFile, resemblance: Resemblance | None) -> MixMatch | None:
    """Return the nearest quant format; only with the catalogue's tensors can it be told."""
    if resemblance is None or resemblance.layout is None:
        return None
    shape = require_shape(resemblance.models[0])
    return match_mix(file.tensors, shape, resemblance.layout, label=_label(file))


def _label(file: ModelFile) -> str | None:
    return file.labels[0].quant_format if file.labels else None


def _usual_bits(
    file: ModelFile, resemblance: Resemblance | None, mix: MixMatch | None
) -> float | None:
    """Return the bits per weight that the labelled format has for the model resembled."""
    from planner.core.runtimes.llama_cpp.weights import gguf_weights
    from planner.core.tensors import parameter_count, text_tensor_sets

    label = _label(file)
    quant = next((each for each in QUANT_FORMATS if each.name == label), None)
    if resemblance is None or mix is None or quant is None:
        return None
    shape = require_shape(resemblance.models[0])
    layout = resemblance.layout or TensorLayout.DEFAULT
    weights = gguf_weights(shape, quant, rules=mix.rules[0], layout=layout)
    return weights.tensor_bytes * 8 / parameter_count(text_tensor_sets(shape))


def _why_no_ledger(file: ModelFile) -> str | None:
    if file.kind is not FileKind.GGUF:
        return "A ledger is worked out for GGUF files; this one is for other runtimes."
    if file.shape is None:
        return f"Nothing can be worked out but the weights: {'; '.join(file.missing)}."
    return None


def _spec(file: ModelFile) -> ModelSpec:
    count = file.parameter_count
    return ModelSpec(
        id=OWN_FILE_ID,
        name=file.title or file.name,
        label=f"{count / 1e9:.1f}B" if count else "not known",
        released="not known",
        description=f"A file of one's own: {file.name}.",
        parameter_count=count or None,
        shape=file.shape if isinstance(file.shape, TransformerShape) else None,
        runtimes={},
    )


def _estimate(
    file: ModelFile, spec: ModelSpec, mix: MixMatch | None, options: PlanOptions
) -> Estimate:
    """Return the figures of a GGUF with its own tensors in place of the quantiser's."""
    return file_estimate(file, spec, file_plan(file, mix, options))


def file_estimate(file: ModelFile, spec: ModelSpec, plan: Plan) -> Estimate:
    """Return the figures of one plan for a file that `file_plan` accepted.

    Raises:
        PlannerError: a choice is out of range for this file, or refused.
    """
    from planner.core.runtimes.llama_cpp import LlamaCpp
    from planner.core.runtimes.llama_cpp.file_weights import file_weights
    from planner.core.runtimes.llama_cpp.foreign_memory import check_foreign, foreign_lines

    shape = _shape(file)
    weights = file_weights(
        file.tensors, layer_count=shape.layer_count, alignment=file.alignment
    )
    if isinstance(shape, ForeignShape):
        check_foreign(shape, plan)
        lines = foreign_lines(shape, plan, weights)
    else:
        runtime = LlamaCpp(weights)
        runtime.check(spec, plan)
        lines = runtime.weight_lines(spec, plan) + runtime.step_lines(spec, plan)
    return Estimate(
        model=spec,
        plan=plan,
        figures=FileFigures(
            parameter_count=file.parameter_count,
            tensor_bytes=weights.tensor_bytes,
            file=None if file.file_bytes is None else Band.exact(file.file_bytes),
        ),
        ledger=MemoryLedger(_as_the_file_says(lines)),
    )


def _as_the_file_says(lines: PlacedLines) -> tuple[LedgerLine, ...]:
    """Name the source of the weights: the file, not the quantiser."""
    return tuple(
        replace(line, source=FILE_SOURCE) if line.part is Part.WEIGHTS else line
        for line in lines.lines
    )


def _shape(file: ModelFile) -> TransformerShape | ForeignShape:
    if file.shape is None:
        raise UnsupportedPlanError(f"Nothing can be planned: {'; '.join(file.missing)}.")
    return file.shape


def file_plan(file: ModelFile, mix: MixMatch | None, options: PlanOptions) -> Plan:
    """Return the plan of a GGUF file with these options.

    Raises:
        UnsupportedPlanError: the runtime loads no GGUF file, or the file does not say enough.
    """
    if options.runtime is not RuntimeName.LLAMA_CPP:
        raise UnsupportedPlanError(
            f"{options.runtime} does not load a GGUF file; llama.cpp does."
        )
    shape = _shape(file)
    every_layer = shape.layer_count + 1
    layers = every_layer if isinstance(options.gpu_layers, GpuLayers) else options.gpu_layers
    named = mix.quant_format if mix is not None and mix.is_exact else _label(file)
    context = options.context_length
    if context is None:
        context = min(DEFAULT_CONTEXT_LENGTH, shape.context_length_limit)
    return Plan(
        model_id=OWN_FILE_ID,
        quant_format=named or MIXED,
        context_length=context,
        gpu_layer_count=min(layers, every_layer),
        runtime=options.runtime,
        parallel_sequences=options.parallel_sequences,
        cache_type_k=options.cache_type_k,
        cache_type_v=options.cache_type_v,
        flash_attention=options.flash_attention,
        batch_size=options.batch_size,
        micro_batch_size=options.micro_batch_size,
        program=options.program,
        mix=mix.rules[0] if mix is not None else options.mix,
        layout=options.layout,
        imatrix=mix.imatrix if mix is not None else options.imatrix,
        unified_cache=options.unified_cache,
        split_mode=options.split_mode,
        tensor_split=options.tensor_split,
        cpu_expert_layers=min(options.cpu_expert_layers, shape.layer_count),
        repack=options.repack,
    )
