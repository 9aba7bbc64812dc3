"""`estimate --train`: what fine-tuning takes on one GPU, in text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planner.cli.command import Surroundings, UsageError
from planner.cli.options import whole_number
from planner.core.plan import RuntimeName

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from planner.core.fine_tuning import FineTuningPlan, TrainingMemory
    from planner.core.model_spec import ModelSpec

TRAINING_SCHEMA: Final = "phi-planner/training/1"
# The values of `FineTuningMethod` and `Optimizer`, whose module only training loads.
METHODS: Final = ("full", "lora", "qlora")
OPTIMIZERS: Final = ("adamw", "adamw-8bit", "paged-adamw-8bit")
_MOST: Final = 1 << 20


def _count(text: str) -> int:
    return whole_number(text, lowest=1, highest=_MOST)


def add_training_options(parser: ArgumentParser) -> None:
    """Add the options of fine-tuning."""
    group = parser.add_argument_group(
        "fine-tuning with torch (--context: tokens of a sequence)"
    )
    add = group.add_argument
    add("--train", choices=METHODS, help="what training takes instead: full, lora or qlora")
    add("--optimizer", choices=OPTIMIZERS, default=OPTIMIZERS[0], help="default: adamw")
    add("--train-batch", metavar="N", type=_count, default=1, help="sequences of a micro-batch")
    add("--lora-rank", metavar="N", type=_count, default=16, help="default: 16")
    add("--no-checkpointing", action="store_true", help="keep every layer's activations")
    add("--fused-loss", action="store_true", help="a cross-entropy in chunks (Unsloth, Liger)")
    add("--full-precision", action="store_true", help="full: 32-bit weights")


def answer_training(options: Namespace, around: Surroundings) -> None:
    """Write what training takes.

    Raises:
        UsageError: an option is about running a model.
        PlannerError: a figure is out of range, or the model cannot be sized.
    """
    _check_usage(options)
    from planner.catalogue import load_model
    from planner.core.fine_tuning import fine_tuning_memory

    model = load_model(options.model)
    plan = _plan(options, model)
    memory = fine_tuning_memory(model, plan)
    if options.json:
        around.out.json(_object(model, plan, memory))
    else:
        _write(model, plan, memory, around)


def _check_usage(options: Namespace) -> None:
    if options.model is None:
        raise UsageError("--train is about one model: name MODEL.")
    if options.plans is not None:
        raise UsageError("--train and --plans exclude one another.")
    if options.quant is not None:
        raise UsageError("--train sets the format of the weights: --quant says nothing there.")
    if options.runtime not in (RuntimeName.LLAMA_CPP, RuntimeName.TRANSFORMERS):
        raise UsageError("--train is about torch and transformers, not another --runtime.")
    if options.full_precision and options.train != METHODS[0]:
        raise UsageError("--full-precision is for --train full: adapters have 32 bits anyway.")


def _plan(options: Namespace, model: ModelSpec) -> FineTuningPlan:
    from planner.core.fine_tuning import FineTuningMethod, FineTuningPlan, Optimizer

    usual = FineTuningPlan().sequence_length
    return FineTuningPlan(
        method=FineTuningMethod(options.train),
        optimizer=Optimizer(options.optimizer),
        batch_size=options.train_batch,
        sequence_length=options.context or min(usual, model.context_length_limit or usual),
        gradient_checkpointing=not options.no_checkpointing,
        fused_loss=options.fused_loss,
        full_precision=options.full_precision,
        lora_rank=options.lora_rank,
    )


def _object(model: ModelSpec, plan: FineTuningPlan, memory: TrainingMemory) -> dict[str, Any]:
    from dataclasses import asdict

    from planner.cli.json_output import band_object
    from planner.core.fine_tuning import TrainingPart, trained_parameter_count
    from planner.core.runtimes.checkpoint_parts import checkpoint_parts

    parts = checkpoint_parts(model)
    return {
        "schema": TRAINING_SCHEMA,
        "plan": {"model": model.id, **asdict(plan)},
        "parameter_count": parts.parameter_count,
        "trained_parameter_count": trained_parameter_count(parts, plan),
        "memory": {
            **{f"{part.value}_bytes": band_object(memory.part(part)) for part in TrainingPart},
            "total_bytes": band_object(memory.total),
        },
        "ledger": [
            {
                "part": line.part.value,
                "bytes": band_object(line.band),
                "formula": line.formula,
                "reason": line.reason,
                "source": line.source,
            }
            for line in memory.lines
        ],
    }


def _write(
    model: ModelSpec, plan: FineTuningPlan, memory: TrainingMemory, around: Surroundings
) -> None:
    from planner.cli.tables import Cell, Column, write_table
    from planner.core.units import format_bytes
    from planner.report.part_wording import gib_range

    out = around.out
    out.prose(f"{_METHOD_WORDS[plan.method]} {model.name} needs {gib_range(memory.total)}.")
    batch = f"{plan.batch_size} sequence{'' if plan.batch_size == 1 else 's'}"
    kept = "with" if plan.gradient_checkpointing else "without"
    out.prose(
        f"{plan.optimizer.value}, micro-batches of {batch} of {plan.sequence_length:,} tokens, "
        f"{kept} gradient checkpointing; one GPU."
    )
    out.line()
    bands = [(line.part.value.capitalize(), line.band, "") for line in memory.lines]
    rows = [
        [
            Cell(name, colour),
            *(
                Cell(format_bytes(size))
                for size in (band.low_bytes, band.expected_bytes, band.high_bytes)
            ),
        ]
        for name, band, colour in [*bands, ("Total", memory.total, "1")]
    ]
    heads = (Column(name, is_number=True) for name in ("Low", "Expected", "High"))
    write_table(out, (Column("Part"), *heads), rows)
    out.line()
    for line in memory.lines:
        head = line.part.value.capitalize()
        out.prose(f"{head}: {line.formula}. {line.reason}", indent="  ")


_METHOD_WORDS: Final = {
    "full": "Training every weight of",
    "lora": "LoRA beside",
    "qlora": "QLoRA beside",
}
