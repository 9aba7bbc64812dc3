"""The use cases, without Qt: a catalogue and a machine give verdicts, ledgers and reports.

The command line and the window both stand on this, so they cannot disagree.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from planner.core.errors import PlannerError
from planner.core.estimate import runtime_of
from planner.core.fit import FitVerdict, Reserve
from planner.core.grid import FitDetail, FitGrid, evaluate_detail, evaluate_grid
from planner.core.records import dataclass
from planner.core.target import choose_target

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import TypeAlias

    from planner.core.accuracy import AccuracyTable
    from planner.core.file_fit import OwnFile
    from planner.core.launch_start import Start
    from planner.core.machine import Machine, MemoryPool
    from planner.core.model_spec import ModelSpec
    from planner.core.plan import PlanOptions
    from planner.core.published import FileComparison, PublishedFile
    from planner.core.receipt import Receipt, RuntimeLog
    from planner.core.reference_figures import ReferenceFigure
    from planner.core.spec_sheet import Specification
    from planner.core.speed import SpeedEstimate
    from planner.files.our_files import SavedAnswer
    from planner.report.outlook import Outlook

    Opened: TypeAlias = OwnFile | Machine | RuntimeLog | SavedAnswer

DEFAULT_RESERVE: Final = Reserve()
SPEED_STEPS: Final = 32
_BEGIN_BYTES: Final = 4096
_MODEL_SUFFIXES: Final = frozenset({".gguf", ".safetensors", ".json"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannerSession:
    """Models, a machine and what to leave free: everything that a verdict depends on."""

    models: tuple[ModelSpec, ...]
    machine: Machine
    reserve: Reserve = DEFAULT_RESERVE

    def target(self, target_id: str | None = None) -> MemoryPool:
        """Return the named pool, else the freest GPU, else RAM.

        Raises:
            PlannerError: there is no such pool, or no memory could be read.
        """
        return choose_target(self.machine, target_id)

    def grid(
        self,
        options: PlanOptions,
        *,
        target_id: str | None = None,
        quant_formats: Sequence[str] | None = None,
        models: Sequence[ModelSpec] | None = None,
        files: Sequence[OwnFile] = (),
        counts_layers: bool = True,
    ) -> FitGrid:
        """Return the verdict on every model in every format, by default all of the runtime.

        `files` are a user's own. Without `counts_layers` a `partial` plan's layers may be
        rough, and the whole takes half the time.
        """
        target = self.target(target_id)
        formats = runtime_of(options.runtime).quant_formats
        grid = evaluate_grid(
            self.models if models is None else models,
            formats if quant_formats is None else quant_formats,
            options=options,
            machine=self.machine,
            target=target,
            reserve=self.reserve,
            counts_layers=counts_layers,
        )
        if not files:
            return grid
        # Late: most windows and commands are not about files.
        from planner.core.file_fit import evaluate_file

        fits = (
            evaluate_file(
                file,
                options=options,
                machine=self.machine,
                target=target,
                reserve=self.reserve,
            )
            for file in files
        )
        return replace(grid, files=tuple(fits))

    def file_detail(
        self, file: OwnFile, options: PlanOptions, *, target_id: str | None = None
    ) -> FitDetail:
        """Return the verdict on a user's own file with its ledger."""
        from planner.core.file_fit import evaluate_file_detail

        return evaluate_file_detail(
            file,
            options=options,
            machine=self.machine,
            target=self.target(target_id),
            reserve=self.reserve,
        )

    def detail(
        self,
        model: ModelSpec,
        quant_format: str,
        options: PlanOptions,
        *,
        target_id: str | None = None,
    ) -> FitDetail:
        """Return one verdict with its ledger."""
        return evaluate_detail(
            model,
            quant_format,
            options=options,
            machine=self.machine,
            target=self.target(target_id),
            reserve=self.reserve,
        )

    # What follows loads what it needs when it is asked for: a command or a window starts
    # without it.

    def specification(self, model: ModelSpec) -> Specification:
        """Return all that is known of a model, and what was checked of it.

        A user's own file has no card, and nothing to set it beside.

        Raises:
            PlannerError: a record of the catalogue cannot be used.
        """
        from planner.catalogue import load_card
        from planner.core.errors import UnknownNameError
        from planner.core.integrity import integrity
        from planner.core.spec_sheet import Specification, spec_sheet

        try:
            card = load_card(model.id)
        except UnknownNameError:
            return Specification(sheet=spec_sheet(model, None))
        return Specification(
            sheet=spec_sheet(model, card),
            integrity=integrity(model, _published_files()),
            quoted=tuple(each for each in _reference_figures() if each.model == model.id),
        )

    def speed_curve(self, detail: FitDetail) -> tuple[SpeedEstimate, ...]:
        """Return the modelled speed at the plan's context, then along the context.

        Nothing for what does not run: a speed of it would mean nothing.
        """
        from planner.core.speed import ProcessorRates, speed_curve

        plan = detail.result.plan
        if plan is None or detail.result.verdict is FitVerdict.NO:
            return ()

        def rates(pool: MemoryPool | None) -> ProcessorRates | None:
            if pool is None:
                return None
            return ProcessorRates(
                name=pool.name,
                memory_bandwidth_gb_per_s=pool.bandwidth_gb_per_s,
                fp16_tflops=pool.fp16_tflops,
            )

        if detail.model.shape is None:
            # A person's own file of a model that is no Phi.
            return ()
        longest = detail.model.context_length_limit or plan.context_length
        steps = (max(1, longest * step // SPEED_STEPS) for step in range(1, SPEED_STEPS + 1))
        return speed_curve(
            detail.model,
            plan,
            context_lengths=(plan.context_length, *steps),
            gpu=rates(detail.target if detail.target.is_gpu else None),
            host=rates(detail.machine.ram),
        )

    def starts(self, detail: FitDetail) -> tuple[Start, ...]:
        """Return what starts the plan from each shell, tool by tool, or why it cannot.

        What does not fit is not to be started.
        """
        from planner.core.inspection import OWN_FILE_ID
        from planner.core.launch import TOOLS, Shell
        from planner.core.launch_start import start_of

        plan, model = detail.result.plan, detail.model
        if plan is None or model.shape is None or detail.result.verdict is FitVerdict.NO:
            return ()
        source = None
        if model.id.startswith(OWN_FILE_ID):
            # A command calls a person's own file as they do.
            source = model.name
            model = replace(model, id=source.removesuffix(".gguf"))
        return tuple(
            start_of(model, plan, tool, shell, source=source)
            for tool in TOOLS[plan.runtime]
            for shell in Shell
        )

    def downloads(self, detail: FitDetail) -> tuple[FileComparison, ...]:
        """Return the published files of a plan, the likest first, each beside our figure."""
        from planner.core.published import compare_file, matching_files

        plan = detail.result.plan
        if plan is None or detail.estimate is None:
            return ()
        files = matching_files(_published_files(), plan)
        return tuple(compare_file(each, detail.model, plan) for each in files)

    def outlook(self, detail: FitDetail, options: PlanOptions) -> Outlook:
        """Return how far the plan could go and what would help; it tries hundreds of plans."""
        from planner.catalogue.device_options import device_options
        from planner.report.outlook import outlook

        return outlook(detail, options, devices=lambda: device_options(options.runtime))


@cache
def _published_files() -> tuple[PublishedFile, ...]:
    """Return what is known to be published; a dragged slider asks again and again."""
    from planner.catalogue.published import load_published_files

    return load_published_files()


@cache
def _reference_figures() -> tuple[ReferenceFigure, ...]:
    """Return what others publish; each model's sheet asks again."""
    from planner.catalogue.reference_figures import load_reference_figures

    return load_reference_figures()


def pasted_log(words: str) -> RuntimeLog:
    """Read a log that somebody pasted; of a longer one, as much as of a file.

    Raises:
        PlannerError: it holds none of the lines that are looked for.
    """
    from planner.files.runtime_log import MAX_LOG_BYTES, parse_runtime_log

    return parse_runtime_log(words[:MAX_LOG_BYTES].splitlines(), "The pasted text")


def receipt_of(
    log: RuntimeLog, models: Sequence[ModelSpec], *, model: ModelSpec, quant_format: str
) -> tuple[Receipt, bool]:
    """Return a log's receipt, and whether `model` or `quant_format` stand in for its own.

    Raises:
        PlannerError: the runtime refuses the plan that the log tells of.
    """
    from planner.core.estimate import runtime_quant_format
    from planner.core.log_subject import subject_of_log
    from planner.core.plan import PlanOptions
    from planner.core.receipt import receipt

    told = subject_of_log(log, models)
    known = {each.id: each for each in models}
    found = receipt(
        log,
        known.get(told.model_id or "", model),
        runtime_quant_format(log.runtime, told.quant_format or quant_format),
        options=PlanOptions(),
    )
    return found, told.model_id is None or told.quant_format is None


def load_accuracy_table() -> AccuracyTable:
    """Return how far the figures were from what was measured.

    Raises:
        PlannerError: the shipped table cannot be read.
    """
    from planner.catalogue.accuracy import load_accuracy

    return load_accuracy()


def write_machine_card(machine: Machine, path: Path, *, with_identity: bool = False) -> None:
    """Write what a machine is to a file that others can plan for.

    Raises:
        PlannerError: it cannot be written.
    """
    from planner.files.machine_card import save_machine_card
    from planner.hardware.private_words import private_words

    save_machine_card(machine, path, with_identity=with_identity, private_words=private_words())


def write_diagnostics(path: Path, *, with_identity: bool = False) -> None:
    """Detect this computer once more and write all that was asked and answered.

    Raises:
        PlannerError: the file cannot be written.
    """
    from planner.files.diagnostic_file import bundle_text
    from planner.files.whole_file import write_whole
    from planner.hardware.diagnostics import record_diagnostics
    from planner.hardware.private_words import private_words

    bundle = record_diagnostics()
    text = bundle_text(bundle, with_identity=with_identity, private_words=private_words())
    write_whole(path, text, what="The diagnostic bundle")


def measured_bandwidth_gb_per_s() -> float:
    """Return what this computer's memory moves, after a moment of full load.

    Raises:
        PlannerError: there is too little memory left to measure with.
    """
    from planner.hardware.memory_bandwidth import measure_memory_bandwidth

    return measure_memory_bandwidth()


def open_path(path: Path, models: Sequence[ModelSpec]) -> Opened:
    """Read a model, a machine card or a runtime's log, or find a saved answer.

    What a file is, is told by how it begins, not by what it is called; a model is compared
    with `models`.

    Raises:
        PlannerError: it is none of these, or cannot be used.
    """
    from planner.files.opened import opened, shown

    if path.is_dir():
        return open_model(path, models)
    with opened(path) as file:
        begin = file.stream.read(_BEGIN_BYTES)
    from planner.files.our_files import our_file

    if (ours := our_file(path, begin)) is not None:
        return ours
    is_text = b"\x00" not in begin or begin[:2] in (b"\xff\xfe", b"\xfe\xff")
    if is_text and not begin.lstrip().startswith(b"{") and path.suffix not in _MODEL_SUFFIXES:
        from planner.files.runtime_log import read_runtime_log

        return read_runtime_log(path)
    try:
        return open_model(path, models)
    except PlannerError as reason:
        if path.suffix in _MODEL_SUFFIXES or begin.startswith(b"GGUF"):
            raise
        raise PlannerError(
            f"{shown(path)} cannot be opened: it is no GGUF or safetensors file, no "
            f"config.json, no machine card and no log of a runtime. {reason}"
        ) from reason


def open_model(path: Path, models: Sequence[ModelSpec]) -> OwnFile:
    """Read a user's own model, ready to be fitted.

    Raises:
        PlannerError: it is no model, or cannot be used.
    """
    import zlib

    from planner.core.file_fit import own_file
    from planner.core.inspection import OWN_FILE_ID, inspect_model_file
    from planner.core.plan import PlanOptions
    from planner.files.model_reader import read_model_file

    inspection = inspect_model_file(read_model_file(path), models, PlanOptions())
    # The same for the same path, so that a file that is opened again takes its own place.
    number = zlib.crc32(str(path.resolve()).encode("utf-8", "surrogateescape"))
    return own_file(f"{OWN_FILE_ID}-{number:08x}", inspection)
