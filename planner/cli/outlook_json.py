"""What goes with one verdict, as JSON: advice, the frontier, speed, the command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planner.cli.json_output import machine_object, optional_band, plan_object
from planner.report.outlook_wording import advice_text

if TYPE_CHECKING:
    from planner.cli.machines import Asked
    from planner.core.advice import Advice
    from planner.core.frontier import Frontier, FrontierCell, SequenceLimit
    from planner.core.grid import FitDetail
    from planner.core.launch import Launch
    from planner.core.plan import RuntimeName
    from planner.core.speed import SpeedBand, SpeedEstimate
    from planner.report.outlook import Outlook

FRONTIER_SCHEMA: Final = "phi-planner/frontier/1"


def outlook_object(detail: FitDetail, outlook: Outlook) -> dict[str, Any]:
    """Return the neighbours that the answer on one plan has beside its result."""
    plan, closed = detail.result.plan, outlook.if_closed
    return {
        "plan": None if plan is None else plan_object(plan),
        "verdict_if_closed": None if closed is None else closed.verdict.value,
        "longest_context": _optional(cell_object, outlook.longest_context),
        "most_sequences": _optional(_sequences_object, outlook.most_sequences),
        "one_gpu_bytes": outlook.gpu_bytes,
        "one_gpu_devices": [each.name for each in outlook.devices],
        "advice": [_advice_object(each) for each in outlook.advice],
        "speed": _optional(_speed_object, outlook.speed),
        "launch": _optional(launch_object, outlook.launch),
        "launch_reason": outlook.launch_reason,
    }


def _optional(make: Any, value: object) -> Any:  # noqa: ANN401 - JSON of any kind
    return None if value is None else make(value)


def cell_object(cell: FrontierCell) -> dict[str, Any]:
    """Return the longest context of one format with one cache type."""
    return {
        "quant_format": cell.quant_format,
        "cache_type": cell.cache_type.value,
        "fits_context_length": cell.fits_context_length,
        "tight_context_length": cell.tight_context_length,
        "reason": cell.reason,
        "cache_type_v": (cell.cache_type_v or cell.cache_type).value,
    }


def frontier_object(found: Frontier, asked: Asked, runtime: RuntimeName) -> dict[str, Any]:
    """Return a whole frontier."""
    return {
        "schema": FRONTIER_SCHEMA,
        "machine": machine_object(asked.session.machine),
        "target": found.target_id,
        "budget": asked.budget.value,
        "model": found.model_id,
        "runtime": runtime.value,
        "max_context_length": found.max_context_length,
        "cells": [cell_object(cell) for cell in found.cells],
        "mixed_cells": [cell_object(cell) for cell in found.mixed_cells],
    }


def _sequences_object(limit: SequenceLimit) -> dict[str, Any]:
    return {
        "context_length": limit.context_length,
        "fits_count": limit.fits_count,
        "tight_count": limit.tight_count,
        "reason": limit.reason,
    }


def _advice_object(advice: Advice) -> dict[str, Any]:
    result = advice.result
    return {
        "kinds": [kind.value for kind in advice.kinds],
        "text": advice_text(advice),
        "verdict": result.verdict.value,
        "needed_bytes": optional_band(result.needed),
        "saved_bytes": advice.saved_bytes,
        "freed_bytes": advice.freed_bytes,
        "holders": [
            {"name": holder.name, "used_bytes": holder.used_bytes} for holder in advice.holders
        ],
        "target": advice.changed.target.id,
        "budget": advice.changed.budget.value,
        "plan": None if result.plan is None else plan_object(result.plan),
    }


def _speed_object(found: SpeedEstimate) -> dict[str, Any]:
    return {
        "is_modelled": found.is_modelled,
        "context_length": found.context_length,
        "decode_tokens_per_s": _optional(_speed_band, found.decode),
        "prefill_tokens_per_s": _optional(_speed_band, found.prefill),
        "reasons": list(found.reasons),
        "sources": list(found.sources),
    }


def _speed_band(band: SpeedBand) -> dict[str, float]:
    return {
        "low": round(band.low_tokens_per_s, 2),
        "expected": round(band.expected_tokens_per_s, 2),
        "high": round(band.high_tokens_per_s, 2),
    }


def launch_object(found: Launch) -> dict[str, Any]:
    """Return what to copy; `text` is exact."""
    return {
        "tool": found.tool.value,
        "text": found.text,
        "is_python": found.is_python,
        "files": [{"name": file.name, "content": file.content} for file in found.files],
        "notes": list(found.notes),
    }
