"""Two saved answers beside one another: what changed, by how much, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, Literal

from pydantic import Field

from planner.core.fit import FitVerdict
from planner.core.ledger import Part, Place
from planner.core.units import format_bytes, format_gib
from planner.report.part_wording import PART_WORDS, gib_range, place_text
from planner.report.records import ReportRecord
from planner.report.wording import VERDICT_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.report.saved import Saved, SavedLine, SavedResult

COMPARISON_SCHEMA: Final = "phi-planner/comparison/1"
_NOTHING: Final = "–"

# Which choices each part of the memory is made of.
_LAYERS: Final = ("model", "gpu_layer_count", "gpu_layers", "split_mode", "tensor_split")
_WEIGHTS: Final = (*_LAYERS, "quant_format", "mix", "layout", "imatrix", "cpu_expert_layers")
_SEQUENCES: Final = ("runtime", "context_length", "parallel_sequences", "unified_cache")
_CAUSES: Final[Mapping[str, tuple[str, ...]]] = {
    Part.WEIGHTS: ("runtime", "tensor_parallel", *_WEIGHTS),
    Part.REPACKED_WEIGHTS: ("runtime", "repack", *_WEIGHTS),
    Part.KV_CACHE: (
        *_SEQUENCES,
        *_LAYERS,
        *("cache_type_k", "cache_type_v", "cache_kind", "max_length", "tensor_parallel"),
    ),
    Part.COMPUTE_BUFFER: (
        *_SEQUENCES,
        *_WEIGHTS,
        *("flash_attention", "attention", "batch_size", "micro_batch_size"),
        *("prompt_length", "max_length", "chunk_size", "cache_type_k", "cache_type_v"),
        *("max_sequences", "tensor_parallel"),
    ),
    Part.OUTPUT_BUFFER: (*_SEQUENCES, *_LAYERS, "program", "batch_size"),
    Part.RUNTIME_OVERHEAD: (*_SEQUENCES, *_LAYERS, "enforce_eager", "tensor_parallel"),
}


class Area(StrEnum):
    """What a change is about; the values are the keys of the JSON."""

    PROGRAM = "program"
    MACHINE = "machine"
    PLAN = "plan"
    LEDGER = "ledger"
    VERDICT = "verdict"


class Change(ReportRecord):
    """One thing that is different; `why` names the causes of a line of the ledger."""

    area: Area
    name: str
    before: str
    after: str
    difference_bytes: int | None = None
    why: tuple[str, ...] = ()


class Comparison(ReportRecord):
    """All that is different, causes before what follows from them."""

    schema_id: Literal["phi-planner/comparison/1"] = Field(
        default=COMPARISON_SCHEMA, alias="schema"
    )
    before: str
    after: str
    sentence: str
    changes: tuple[Change, ...]

    def of(self, area: Area) -> tuple[Change, ...]:
        """Return the changes of one area."""
        return tuple(change for change in self.changes if change.area is area)


def compare(before: Saved, after: Saved, *, names: tuple[str, str]) -> Comparison:
    """Return what is different in the second answer; `names` are those of the files."""
    causes = (
        *_texts(Area.PROGRAM, before.program_versions, after.program_versions),
        *_texts(Area.MACHINE, _machine(before), _machine(after)),
        *_texts(Area.PLAN, before.choices, after.choices),
    )
    changes = (
        *causes,
        *_ledger(before, after, causes),
        *_verdicts(before, after),
    )
    return Comparison(
        before=names[0],
        after=names[1],
        sentence=_sentence(before, after, changes),
        changes=changes,
    )


def _texts(area: Area, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    """Yield what both have and differs; a kind of answer may lack what the other one has."""
    for name in before:
        if name in after and before[name] != after[name]:
            words = name.replace("_", " ")
            yield Change(area=area, name=words, before=before[name], after=after[name])


def _machine(saved: Saved) -> dict[str, str]:
    machine = saved.machine
    if machine is None:
        return {}
    found = {"GPUs and RAM": ", ".join(f"{pool.id} {pool.name}" for pool in machine.pools)}
    for pool in machine.pools:
        found[f"{pool.id}: free"] = _size(pool.free_bytes)
        found[f"{pool.id}: total"] = _size(pool.total_bytes)
    if saved.target is not None:
        found["target"] = saved.target
    found["driver"] = machine.driver_version or "not known"
    found["CUDA"] = machine.cuda_version or "not known"
    return found


def _size(size_bytes: int | None) -> str:
    return "not known" if size_bytes is None else format_gib(size_bytes)


_Key = tuple[str, str, int, int]


def _ledger(before: Saved, after: Saved, causes: tuple[Change, ...]) -> Iterator[Change]:
    """Yield each line that is different, one that only one side has as nothing on the other."""
    if not before.lines or not after.lines:
        return
    old, new = _by_key(before.lines), _by_key(after.lines)
    several = any(device for _, _, device, _ in (*old, *new))
    for key in dict.fromkeys((*old, *new)):
        one, two = old.get(key), new.get(key)
        if one is None or two is None or one.bytes != two.bytes:
            yield _line_change(key, one, two, causes, has_several=several)


def _by_key(lines: tuple[SavedLine, ...]) -> dict[_Key, SavedLine]:
    found: dict[_Key, SavedLine] = {}
    for line in lines:
        number = 0
        while (key := (line.part, line.place, line.device, number)) in found:
            number += 1
        found[key] = line
    return found


def _line_change(
    key: _Key,
    one: SavedLine | None,
    two: SavedLine | None,
    causes: tuple[Change, ...],
    *,
    has_several: bool,
) -> Change:
    part, place, device, _ = key
    return Change(
        area=Area.LEDGER,
        name=f"{_part_words(part)}, {_place_words(place, device, has_several=has_several)}",
        before=_line_text(one),
        after=_line_text(two),
        difference_bytes=_expected(two) - _expected(one),
        why=_why(part, causes),
    )


def _part_words(part: str) -> str:
    return PART_WORDS[Part(part)] if part in set(Part) else part


def _place_words(place: str, device: int, *, has_several: bool) -> str:
    if place not in set(Place):
        return place
    return place_text(Place(place), device, has_several=has_several)


def _line_text(line: SavedLine | None) -> str:
    if line is None:
        return _NOTHING
    size = format_bytes(line.bytes.expected)
    return f"{size} = {line.formula}" if line.formula else size


def _expected(line: SavedLine | None) -> int:
    return 0 if line is None else line.bytes.expected


def _why(part: str, causes: tuple[Change, ...]) -> tuple[str, ...]:
    """Return the choices that the part is made of, else the program, else the machine."""
    mine = {name.replace("_", " ") for name in _CAUSES.get(part, ())}
    for area in (Area.PLAN, Area.PROGRAM, Area.MACHINE):
        found = [
            cause
            for cause in causes
            if cause.area is area and (area is not Area.PLAN or cause.name in mine)
        ]
        if found:
            return tuple(_cause_text(cause) for cause in found)
    return ()


def _cause_text(cause: Change) -> str:
    return f"{cause.name}: {cause.before} → {cause.after}"


def _verdicts(before: Saved, after: Saved) -> Iterator[Change]:
    """Yield the verdicts that are different; all the causes are theirs."""
    old, new = _results(before), _results(after)
    for (model, quant_format), one in old.items():
        two = new.get((model, quant_format))
        if two is not None and one != two:
            yield Change(
                area=Area.VERDICT,
                name=f"{model} {quant_format}",
                before=_verdict_text(one),
                after=_verdict_text(two),
                difference_bytes=_growth(one, two),
            )


def _results(saved: Saved) -> dict[tuple[str, str], SavedResult]:
    results = saved.results
    if saved.answer is not None:
        results = (saved.answer.result, *results)
    return {(each.model, each.quant_format): each for each in results}


def _verdict_text(result: SavedResult) -> str:
    known = result.verdict in set(FitVerdict)
    words = VERDICT_WORDS[FitVerdict(result.verdict)] if known else result.verdict
    needed = result.needed_bytes
    return words if needed is None else f"{words}, needs {gib_range(needed.band)}"


def _growth(one: SavedResult, two: SavedResult) -> int | None:
    if one.needed_bytes is None or two.needed_bytes is None:
        return None
    return two.needed_bytes.expected - one.needed_bytes.expected


def _sentence(before: Saved, after: Saved, changes: tuple[Change, ...]) -> str:
    if not changes:
        return "Nothing that both files say is different."
    found = []
    if before.answer is not None and after.answer is not None:
        found.append(_lead(before.answer.result, after.answer.result))
    lines = [change for change in changes if change.area is Area.LEDGER]
    if lines:
        total = sum(change.difference_bytes or 0 for change in lines)
        largest = max(lines, key=lambda change: abs(change.difference_bytes or 0))
        more = "more" if total >= 0 else "less"
        found.append(
            f"All memory together: {format_bytes(abs(total))} {more}, most of it in "
            f"{largest.name}."
        )
    causes = [each for each in changes if each.area in (Area.PLAN, Area.PROGRAM, Area.MACHINE)]
    if causes:
        found.append(f"Different: {', '.join(each.name for each in causes)}.")
    return " ".join(found) or "The verdicts are different."


def _lead(one: SavedResult, two: SavedResult) -> str:
    if one.verdict == two.verdict:
        return f"The verdict stays: {_word(one)}."
    return f"The verdict was: {_word(one)}. Now it is: {_word(two)}."


def _word(result: SavedResult) -> str:
    return _verdict_text(result).partition(",")[0]
