"""What can be said of a model's integrity: facts with sources, and what we checked ourselves.

There is no score. A check says what was set beside what, and whether the two are equal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from planner.core.errors import PlannerError
from planner.core.ledger import Place
from planner.core.plan import Plan, PlanOptions
from planner.core.published import FileComparison, compare_file
from planner.core.tensors import active_parameter_count, model_parameter_count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.core.model_spec import ModelSpec
    from planner.core.published import PublishedFile


class Aspect(StrEnum):
    """What is asked of a model, in the order in which it is shown."""

    PROVENANCE = "provenance"
    DATA = "data"
    TOKENIZER = "tokenizer"
    COMPUTE = "compute"
    LICENCE = "licence"
    VERSIONING = "versioning"


# The fields of the specification sheet that answer it.
ASPECT_FIELDS: Final[dict[Aspect, tuple[str, ...]]] = {
    Aspect.PROVENANCE: ("repository", "architecture_class"),
    Aspect.DATA: ("training_tokens", "knowledge_cutoff"),
    Aspect.TOKENIZER: ("tokenizer", "vocab_size"),
    Aspect.COMPUTE: ("training_compute",),
    Aspect.LICENCE: ("licence", "licence_history"),
    Aspect.VERSIONING: ("released", "release_note", "official_dtype", "checkpoint_note"),
}


# Of the size: templates and descriptions in the head of a file differ from one to the other.
NEAR_RATIO: Final = 0.00005


class CheckKind(StrEnum):
    """What was set beside what."""

    PARAMETER_COUNT = "parameter-count"
    ACTIVE_PARAMETER_COUNT = "active-parameter-count"
    FILE_SIZES = "file-sizes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check. `ours` and `theirs` are counts of values, or of files that are met.

    Of file sizes `theirs` is how many were compared, `ours` how many agree to the byte and
    `near` how many within what the names and notes in a file's head can make.
    """

    kind: CheckKind
    ours: int
    theirs: int
    near: int | None = None

    @property
    def holds(self) -> bool:
        """Whether both are the same, as nearly as can be told."""
        return (self.ours if self.near is None else self.near) == self.theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class Integrity:
    """The checks that could be made, and every published file beside ours."""

    checks: tuple[Check, ...]
    files: tuple[FileComparison, ...]


def integrity(model: ModelSpec, files: Iterable[PublishedFile]) -> Integrity:
    """Check what is published of a model against what follows from its shape.

    `files` may be of any models. A check without a published figure is not made.
    """
    compared = tuple(_compared(model, files))
    exact = [each for each in compared if each.file.is_exact]
    checks = []
    derived = model_parameter_count(model)
    if derived is not None and model.parameter_count is not None:
        checks.append(
            Check(kind=CheckKind.PARAMETER_COUNT, ours=derived, theirs=model.parameter_count)
        )
    if model.shape is not None and model.active_parameter_count is not None:
        checks.append(
            Check(
                kind=CheckKind.ACTIVE_PARAMETER_COUNT,
                ours=active_parameter_count(model.shape),
                theirs=model.active_parameter_count,
            )
        )
    if exact:
        met = sum(each.difference_bytes == 0 for each in exact)
        near = sum(abs(each.difference_bytes) <= _head_bytes(each) for each in exact)
        checks.append(Check(kind=CheckKind.FILE_SIZES, ours=met, theirs=len(exact), near=near))
    return Integrity(checks=tuple(checks), files=compared)


def _head_bytes(found: FileComparison) -> float:
    return found.file.size_bytes * NEAR_RATIO


def _compared(model: ModelSpec, files: Iterable[PublishedFile]) -> Iterable[FileComparison]:
    for file in files:
        if file.model != model.id:
            continue
        try:
            yield compare_file(file, model, _plan_of(file, model))
        except PlannerError:
            continue  # a format that we have no figures for cannot be set beside ours


def _plan_of(file: PublishedFile, model: ModelSpec) -> Plan:
    """Return the plan that the file is made for; a package for the CPU has other parts."""
    plan = PlanOptions(runtime=file.runtime).plan(model, file.quant_format)
    return replace(plan, gpu_layer_count=0) if file.place is Place.HOST else plan
