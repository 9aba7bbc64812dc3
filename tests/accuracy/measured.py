"""Our figures for the rows that `make measure` wrote: the transformers runtime, truncated."""

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from planner.catalogue import load_model
from planner.core.estimate import estimate
from planner.core.ledger import Part, Place
from planner.core.model_spec import ModelSpec, TransformerShape
from planner.core.plan import CacheKind, Plan, PlanOptions, RuntimeName, require_shape
from planner.core.runtimes.prefill import Prefill, prefill_peak
from planner.core.runtimes.transformers_cache import cache_bytes
from planner.core.runtimes.transformers_weights import torch_format
from tests.measure.runs import (
    CACHE_AFTER_PROMPT,
    CACHE_AFTER_STEP,
    PREFILL_PEAK,
    WEIGHTS,
    Row,
    Run,
)

MEASURED = Path(__file__).parents[1] / "data" / "runtimes" / "measured.csv"


class Truncated(NamedTuple):
    """A model of the catalogue, cut to the layers and the vocabulary of a run."""

    model: ModelSpec
    shape: TransformerShape


@cache
def truncated(run: Run) -> Truncated:
    """Return the model that a run builds."""
    model = load_model(run.model)
    shape = replace(require_shape(model), layer_count=run.layers, vocab_size=run.vocab_size)
    return Truncated(replace(model, shape=shape), shape)


def measured_rows() -> list[Row]:
    """Return what was measured so far."""
    with MEASURED.open(newline="", encoding="utf-8") as file:
        return [Row.of(raw) for raw in csv.DictReader(file)]


def plan_of(row: Row) -> Plan:
    """Return the plan of a run: its prompt and one more token, or the static cache."""
    is_static = row.cache is CacheKind.STATIC
    options = PlanOptions(
        runtime=RuntimeName.TRANSFORMERS,
        context_length=row.cache_tokens if is_static else row.prompt_tokens + 1,
        prompt_length=row.prompt_tokens,
        parallel_sequences=row.sequences,
        attention=row.attention,
        cache_kind=row.cache,
        gpu_layers=0 if row.is_on_cpu else row.layers + 1,
    )
    return options.plan(truncated(row).model, row.quant)


def predicted_bytes(row: Row) -> int:
    """Return our figure for a row."""
    model, shape = truncated(row)
    plan = plan_of(row)
    value_bytes = torch_format(row.quant).value_bytes
    if row.quantity == WEIGHTS:
        ledger = estimate(model, plan).ledger
        return sum(ledger.part(Part.WEIGHTS, place).expected_bytes for place in Place)
    if row.quantity == PREFILL_PEAK:
        prefill = Prefill(
            sequences=row.sequences,
            tokens=row.prompt_tokens,
            value_bytes=value_bytes,
            attention=row.attention,
            on_cpu=row.is_on_cpu,
        )
        return prefill_peak(shape, prefill).band.expected_bytes
    held = cache_bytes(shape, plan, value_bytes=value_bytes)
    return {CACHE_AFTER_PROMPT: held.after_prompt, CACHE_AFTER_STEP: held.at_end}[row.quantity]
