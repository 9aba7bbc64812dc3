"""Plans as JSON lines in, results as JSON lines out: a bad line is answered, and none stops."""

from __future__ import annotations

import gc
import json
from typing import TYPE_CHECKING, Any, Final, NoReturn

from planner.catalogue import load_model
from planner.cli.json_output import estimate_object
from planner.cli.options import MAX_COUNT
from planner.cli.published_file import published_object
from planner.cli.runtime_options import foreign_choice, runtime_name, whose
from planner.core.errors import PlannerError
from planner.core.estimate import estimate, runtime_quant_format
from planner.core.gguf_layout import TensorLayout
from planner.core.plan import (
    Attention,
    CacheKind,
    CacheType,
    GpuLayers,
    PlanOptions,
    Program,
    SplitMode,
)
from planner.core.quant_mix import MixRules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from enum import StrEnum
    from typing import BinaryIO

    from planner.cli.command import Surroundings
    from planner.core.model_spec import ModelSpec

MAX_LINE_BYTES: Final = 64 * 1024
_MOST_SHARES: Final = 64


def answer_plans(
    path: str, defaults: PlanOptions, default_quant: str | None, around: Surroundings
) -> None:
    """Write one result for each plan, in the same order.

    Raises:
        PlannerError: the file cannot be read.
    """
    # There may be millions of them; see `planner.__main__`.
    gc.enable()
    answerer = _Answerer(defaults, default_quant)
    out = around.out
    ensure_ascii = not out.is_unicode
    for number, line in _lines(path, around):
        out.write(json.dumps(answerer.answer(number, line), ensure_ascii=ensure_ascii) + "\n")
        # A program that waits for this answer before its next question must get it.
        out.flush()


def _lines(path: str, around: Surroundings) -> Iterator[tuple[int, bytes | None]]:
    """Yield numbered lines that are not blank; `None` stands for one that is too long."""
    try:
        if path == "-":
            yield from _bounded_lines(around.standard_input())
            return
        with open(path, "rb") as stream:  # noqa: PTH123 - pathlib is not needed otherwise
            yield from _bounded_lines(stream)
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise PlannerError(f"The plans in {path!r} cannot be read: {reason}.") from error


def _bounded_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE_BYTES)
            yield number, None
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")  # as some editors begin UTF-8 files
        if line.strip():
            yield number, line


class _Answerer:
    """Keeps each model it has met, so that thousands of plans read a file once."""

    def __init__(self, defaults: PlanOptions, default_quant: str | None) -> None:
        self._defaults = defaults
        self._default_quant = default_quant
        self._models: dict[str, ModelSpec] = {}

    def answer(self, number: int, line: bytes | None) -> dict[str, Any]:
        plan: object = None
        try:
            plan = _parse(number, line)
            return self._figures(plan)
        except PlannerError as error:
            return {"error": str(error), "plan": plan}

    def _figures(self, plan: dict[str, Any]) -> dict[str, Any]:
        unknown = [key for key in plan if key not in _READERS]
        if unknown:
            raise PlannerError(_unknown_keys(unknown))
        values = {key: _READERS[key](key, value) for key, value in plan.items()}
        model = self._model(values.pop("model", None))
        quant = values.pop("quant_format", self._default_quant)
        if quant is None:
            raise PlannerError("The plan has no 'quant_format'.")
        options = _options(self._defaults, values)
        quant_format = runtime_quant_format(options.runtime, quant)
        figures = estimate(model, options.plan(model, quant_format))
        return estimate_object(figures) | {"published": published_object(figures)}

    def _model(self, name: str | None) -> ModelSpec:
        if name is None:
            raise PlannerError("The plan has no 'model'.")
        model = self._models.get(name)
        if model is None:
            model = load_model(name)
            self._models[name] = model
        return model


def _parse(number: int, line: bytes | None) -> dict[str, Any]:
    if line is None:
        raise PlannerError(f"Line {number} is longer than {MAX_LINE_BYTES:,} bytes.")
    try:
        plan = json.loads(line.decode("utf-8"), parse_constant=_no_constant)
        # What is repeated beside an error must be JSON again.
        json.dumps(plan)
    except RecursionError as error:
        raise PlannerError(f"Line {number} is nested too deeply.") from error
    except ValueError as error:  # bad UTF-8, bad JSON, a number of thousands of digits
        raise PlannerError(f"Line {number} is not JSON: {error}.") from error
    if not isinstance(plan, dict):
        raise PlannerError(f"Line {number} is not a JSON object.")
    return plan


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _options(defaults: PlanOptions, values: dict[str, Any]) -> PlanOptions:
    from dataclasses import replace

    count = values.pop("gpu_layer_count", None)
    if count is not None and values.setdefault("gpu_layers", count) != count:
        raise PlannerError("'gpu_layers' and 'gpu_layer_count' contradict one another.")
    choices = replace(defaults, **values) if values else defaults
    foreign = foreign_choice(choices)
    if foreign is not None:
        raise PlannerError(whose(foreign, choices.runtime, spelled=f"'{foreign}'"))
    return choices


def _text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise PlannerError(f"'{key}' must be a text, not {_shown(value)}.")
    return value


def _flag(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise PlannerError(f"'{key}' must be true or false, not {_shown(value)}.")
    return value


def _whole_number(key: str, value: object) -> int:
    # In Python true is a number; in a plan it is a mistake.
    if not isinstance(value, int) or isinstance(value, bool):
        raise PlannerError(f"'{key}' must be a whole number, not {_shown(value)}.")
    if not 0 <= value <= MAX_COUNT:
        raise PlannerError(f"'{key}' must be from 0 to {MAX_COUNT:,}, not {_shown(value)}.")
    return value


def _optional(key: str, value: object) -> int | None:
    return None if value is None else _whole_number(key, value)


def _ratio(key: str, value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise PlannerError(f"'{key}' must be a number, not {_shown(value)}.")
    if not 0 <= value <= MAX_COUNT:
        raise PlannerError(f"'{key}' must be from 0 to {MAX_COUNT:,}, not {_shown(value)}.")
    return float(value)


def _ratios(key: str, value: object) -> tuple[float, ...]:
    if not isinstance(value, list) or len(value) > _MOST_SHARES:
        raise PlannerError(
            f"'{key}' must be a list of at most {_MOST_SHARES} numbers, not {_shown(value)}."
        )
    return tuple(_ratio(key, each) for each in value)


def _layers(key: str, value: object) -> int | GpuLayers:
    if value == GpuLayers.ALL:
        return GpuLayers.ALL
    if value == GpuLayers.AUTO:
        raise PlannerError(f"'{key}': 'auto' needs a machine; give a number or 'all'.")
    return _whole_number(key, value)


def _one_of(kind: Iterable[StrEnum]) -> Callable[[str, Any], Any]:
    known = {each.value: each for each in kind}

    def read(key: str, value: object) -> StrEnum:
        found = known.get(value) if isinstance(value, str) else None
        if found is None:
            raise PlannerError(
                f"'{key}' must be one of {', '.join(known)}; not {_shown(value)}."
            )
        return found

    return read


def _shown(value: object) -> str:
    text = json.dumps(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _unknown_keys(unknown: list[str]) -> str:
    names = ", ".join(_shown(key) for key in unknown[:8])
    return f"A plan has no key {names}; it has: {', '.join(_READERS)}."


_READERS: Final[dict[str, Callable[[str, Any], Any]]] = {
    "model": _text,
    "runtime": lambda key, value: runtime_name(_text(key, value)),
    "quant_format": _text,
    "context_length": _whole_number,
    "parallel_sequences": _whole_number,
    "cache_type_k": _one_of(CacheType),
    "cache_type_v": _one_of(CacheType),
    "flash_attention": _flag,
    "batch_size": _whole_number,
    "micro_batch_size": _whole_number,
    "gpu_layer_count": _layers,
    "gpu_layers": _layers,
    "program": _one_of(Program),
    "mix": _one_of(MixRules),
    "layout": _one_of(TensorLayout),
    "imatrix": _flag,
    "unified_cache": _flag,
    "split_mode": _one_of(SplitMode),
    "tensor_split": _ratios,
    "cpu_expert_layers": _whole_number,
    "repack": _flag,
    "attention": _one_of(Attention),
    "cache_kind": _one_of(CacheKind),
    "prompt_length": _optional,
    "max_length": _optional,
    "chunk_size": _optional,
    "gpu_memory_utilization": _ratio,
    "max_sequences": _whole_number,
    "tensor_parallel": _whole_number,
    "enforce_eager": _flag,
}
