"""Which rows a typed filter leaves: by name, by verdict, by kind of model, by size."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QCoreApplication

from planner.core.fit import FitVerdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.core.fit import FitResult
    from planner.core.model_spec import ModelSpec

# Every call names its context and its words in full: `pyside6-lupdate` reads them here.
translate = QCoreApplication.translate

# Compiled when somebody types the first filter.
_COMPARED: Final = r"(<=|>=|<|>|=)(\d{1,6}(?:\.\d{1,3})?)([bm]?)"
# So that `< 8B` is one word, too.
_SPACE_AFTER_SIGN: Final = r"([<>=])\s+(?=\d)"
_SIZE: Final = r"(\d+(?:\.\d+)?)([BM])"
_SCALES: Final = {"": 1.0, "b": 1.0, "m": 0.001}
_COMPARE: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": lambda size, limit: size < limit,
    "<=": lambda size, limit: size <= limit,
    ">": lambda size, limit: size > limit,
    ">=": lambda size, limit: size >= limit,
    "=": lambda size, limit: size == limit,
}


class RowFilter(NamedTuple):
    """The words of a filter; a row is left where all of them hold.

    A word is a verdict that a cell of the row has, a kind of model, a size such as `<8B`, or a
    part of the model's name.
    """

    words: tuple[str, ...] = ()

    @classmethod
    def of(cls, typed: str) -> RowFilter:
        """Read what was typed; capital letters and the order of words mean nothing."""
        return cls(tuple(re.sub(_SPACE_AFTER_SIGN, r"\1", typed.casefold()).split()))

    def leaves(
        self, model: ModelSpec, results: Sequence[FitResult], *, file_name: str = ""
    ) -> bool:
        """Whether a row stays; `file_name` is that of a user's own file."""
        name = f"{model.name} {model.label} {file_name}".casefold()
        return all(_holds(word, name, model, results) for word in self.words)


def _holds(word: str, name: str, model: ModelSpec, results: Sequence[FitResult]) -> bool:
    if word in name:
        return True
    compared = re.fullmatch(_COMPARED, word)
    if compared is not None:
        sign, number, unit = compared.groups()
        size = _billions(model)
        return size is not None and _COMPARE[sign](size, float(number) * _SCALES[unit])
    verdict = _verdicts().get(word)
    if verdict is not None:
        return any(result.verdict is verdict for result in results)
    kind = _kinds().get(word)
    return kind is not None and kind(model)


def _billions(model: ModelSpec) -> float | None:
    """Return the size as marketed, as it stands beside the name: 3.8 for `3.8B`."""
    found = re.match(_SIZE, model.label)
    return None if found is None else float(found[1]) * _SCALES[found[2].casefold()]


def _verdicts() -> dict[str, FitVerdict]:
    return {
        translate("row_filter", "fits"): FitVerdict.FITS,
        translate("row_filter", "tight"): FitVerdict.TIGHT,
        translate("row_filter", "partial"): FitVerdict.PARTIAL,
    }


def _kinds() -> dict[str, Callable[[ModelSpec], bool]]:
    return {
        translate("row_filter", "moe"): lambda model: (
            model.shape is not None and model.shape.expert_count > 0
        ),
        translate("row_filter", "vision"): lambda model: _has_encoder(model, "vision"),
        translate("row_filter", "speech"): lambda model: _has_encoder(model, "speech"),
    }


def _has_encoder(model: ModelSpec, sense: str) -> bool:
    return any(part.kind == f"{sense}-encoder" for part in model.components)
