"""`receipt`: a runtime's own log against our prediction, with the error of each line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planner.cli.command import Command, Surroundings
from planner.core.errors import PlannerError
from planner.core.plan import PlanOptions, Program
from planner.core.quant_mix import MixRules

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from planner.cli.output import Output
    from planner.core.model_spec import ModelSpec
    from planner.core.receipt import Receipt, ReceiptLine, RuntimeLog

RECEIPT_SCHEMA: Final = "phi-planner/receipt/1"


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("log", metavar="LOG", help="what llama.cpp, Ollama or vLLM printed")
    parser.add_argument("--json", action="store_true", help="JSON instead of text")
    add = parser.add_argument_group("what the log does not tell").add_argument
    add("--model", metavar="MODEL", help="a model's id or name (default: the log's file name)")
    add("--quant", metavar="FORMAT", help="the quant format (default: the log's)")
    add(
        "--program",
        choices=[each.value for each in Program],
        help="llama.cpp: how logits are reserved (default: what comes nearest)",
    )
    add(
        "--mix",
        choices=[each.value for each in MixRules],
        help="llama.cpp: which quantiser rules made the file (default: what comes nearest)",
    )


def _run(options: Namespace, around: Surroundings) -> int:
    from pathlib import Path

    from planner.core.receipt import receipt
    from planner.files.runtime_log import read_runtime_log

    log = read_runtime_log(Path(options.log))
    model, quant_format = _model_and_format(log, options)
    found = receipt(
        log,
        model,
        quant_format,
        options=PlanOptions(),
        programs=tuple(Program) if options.program is None else (Program(options.program),),
        mixes=tuple(MixRules) if options.mix is None else (MixRules(options.mix),),
    )
    if options.json:
        around.out.json(_object(found))
    else:
        _write(around.out, found)
    return 0


def _model_and_format(log: RuntimeLog, options: Namespace) -> tuple[ModelSpec, str]:
    """Return what the log is about, as the options or the log itself tell.

    Raises:
        PlannerError: neither does.
    """
    from planner.catalogue import load_catalogue, load_model
    from planner.core.estimate import runtime_quant_format
    from planner.core.log_subject import subject_of_log

    told = subject_of_log(log, load_catalogue().models)
    name = options.model or told.model_id
    if name is None:
        raise PlannerError("The log does not tell its model: name it with --model.")
    quant = options.quant or told.quant_format
    if quant is None:
        raise PlannerError("The log does not tell its quant format: name it with --quant.")
    return load_model(name), runtime_quant_format(log.runtime, quant)


def _object(found: Receipt) -> dict[str, Any]:
    from planner.cli.json_output import optional_band, plan_object

    return {
        "schema": RECEIPT_SCHEMA,
        "program": found.log.program,
        "plan": plan_object(found.estimate.plan),
        "lines": [
            {
                "part": line.part.value,
                "place": line.place.value,
                "devices": list(line.devices),
                "logged_bytes": line.logged_bytes,
                "resolution_bytes": line.resolution_bytes,
                "predicted_bytes": optional_band(line.predicted),
                "error_bytes": line.error_bytes,
                "error_percent": _percent(line),
                "reason": line.reason,
            }
            for line in found.lines
        ],
        "notes": list(found.notes),
    }


def _percent(line: ReceiptLine) -> float | None:
    return None if line.error_ratio is None else round(100 * line.error_ratio, 3)


def _write(out: Output, found: Receipt) -> None:
    from planner.cli.tables import Cell, Column, write_table
    from planner.core.units import format_bytes
    from planner.report.part_wording import PART_WORDS, PLACE_WORDS, plan_text

    model, plan = found.estimate.model, found.estimate.plan
    out.prose(f"{model.name} in {plan.quant_format}, as {found.log.program} printed it.")
    out.prose(f"{plan_text(plan)}.")
    out.line()
    columns = (
        Column("Part"),
        Column("Where"),
        Column("Log", is_number=True),
        Column("Predicted", is_number=True),
        Column("Error", is_number=True),
        Column("%", is_number=True),
    )
    rows = []
    for line in found.lines:
        predicted = "–" if line.predicted is None else line.predicted.expected_bytes
        percent = _percent(line)
        rows.append(
            [
                Cell(PART_WORDS[line.part]),
                Cell(f"{PLACE_WORDS[line.place]} ({', '.join(line.devices)})"),
                Cell(format_bytes(line.logged_bytes)),
                Cell(format_bytes(predicted) if isinstance(predicted, int) else predicted),
                Cell(_error(line.error_bytes)),
                Cell("–" if percent is None else f"{percent:+.1f}".replace("-", "−")),
            ]
        )
    write_table(out, columns, rows)
    reasons = [line.reason for line in found.lines if line.reason is not None]
    for note in (*reasons, *found.notes):
        out.prose(note, indent="  ")


def _error(error_bytes: int | None) -> str:
    from planner.core.units import format_bytes

    if error_bytes is None:
        return "–"
    if error_bytes == 0:
        return "0"
    sign = "+" if error_bytes > 0 else "−"
    return sign + format_bytes(abs(error_bytes))


COMMAND = Command(
    summary="A runtime's own log against our prediction, with the error of each line.",
    add_options=_add_options,
    run=_run,
)
