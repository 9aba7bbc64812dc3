"""The ready file that comes nearest to a plan, for people and as JSON."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from planner.core.published import compare_file, describe_file, matching_files

if TYPE_CHECKING:
    from planner.core.estimate import Estimate
    from planner.core.plan import RuntimeName
    from planner.core.published import FileComparison, PublishedFile


def published_sentences(figures: Estimate) -> list[str]:
    """Return the ready file that comes nearest to the plan, and what its label hides."""
    found = _nearest(figures)
    if found is None:
        return []
    described = describe_file(found.file)
    sentences = [f"{described[:1].upper()}{described[1:]}."]
    return sentences if found.warning is None else [*sentences, found.warning]


def published_object(figures: Estimate) -> dict[str, Any] | None:
    """Return the same as JSON, null where no ready file is known."""
    found = _nearest(figures)
    if found is None:
        return None
    file = found.file
    return {
        "name": file.name,
        "publisher": file.publisher,
        "url": file.url,
        "size_bytes": file.size_bytes,
        "rounded_to_bytes": file.rounded_to_bytes,
        "difference_bytes": found.difference_bytes,
        "bits_per_weight": round(found.bits_per_weight, 2),
        "note": file.note,
        "warning": found.warning,
    }


def _nearest(figures: Estimate) -> FileComparison | None:
    plan = figures.plan
    files = _by_format().get((plan.model_id, plan.runtime, plan.quant_format), [])
    found = matching_files(files, plan)
    return compare_file(found[0], figures.model, plan) if found else None


@lru_cache(maxsize=1)
def _by_format() -> dict[tuple[str, RuntimeName, str], list[PublishedFile]]:
    """Return the files by what a plan names: thousands of plans ask."""
    from planner.catalogue.published import load_published_files

    found: dict[tuple[str, RuntimeName, str], list[PublishedFile]] = {}
    for file in load_published_files():
        found.setdefault((file.model, file.runtime, file.quant_format), []).append(file)
    return found
